import AssayCore
import AssayProgram

/// Resources that hold PHI and for which nobody answers.
enum UnownedPHISection {
    static func write(_ context: HTMLContext, to writer: inout MarkupWriter) {
        let result = context.result
        let resources = BytewiseOrder.sorted(result.unownedPHI, by: \.orderKeys)
        let total = result.summary.resources
        writer.element(
            "p",
            text: result.classified == 0
                ? "No resource is classified by tags or the scope file, so it is not known which hold PHI."
                : "\(result.classified) of \(Words.count(total, "resource")) are classified by tags or the scope file; "
                    + "of the others it is not known whether they hold PHI.")
        guard !resources.isEmpty else {
            if result.classified > 0 {
                writer.element("p", text: "No resource that is marked as holding PHI lacks an owner.")
            }
            return
        }
        writer.table(
            "Resources that hold PHI and have no owner", columns: ["Resource", "Type", "Origin"]
        ) { writer in
            for resource in resources.prefix(HTMLContext.rowsPerTable) {
                writer.element("tr") { writer in
                    writer.rowHeading(resource.name)
                    writer.cell(resource.type)
                    writer.codeCell(resource.origin.display)
                }
            }
        }
        writer.remainder(resources.count - HTMLContext.rowsPerTable, of: "resources")
    }
}
