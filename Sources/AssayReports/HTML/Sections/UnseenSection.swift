import AssayCore
import AssayProgram

/// What could not be looked at, what it leaves unknown, and what would show it.
enum UnseenSection {
    static func write(_ context: HTMLContext, to writer: inout MarkupWriter) {
        let unseen = context.result.unseen
        let missing = BytewiseOrder.sorted(context.result.coverage.filter { !$0.isKnown }) {
            [$0.collection, $0.scope, $0.state.rawValue]
        }
        if unseen.isEmpty {
            writer.element(
                "p",
                text: context.result.summary.unknown == 0
                    ? "No rule needed anything that could not be seen."
                    : "Nothing is listed, yet some verdicts are unknown; their reasons stand with each rule.")
        } else {
            writer.table(
                "What could not be seen and what would show it",
                columns: ["What", "Why", "What would show it", "#Unknown verdicts"]
            ) { writer in
                for entry in unseen.prefix(HTMLContext.rowsPerTable) {
                    writer.element("tr") { writer in
                        writer.rowHeading(entry.what)
                        writer.cell(entry.reason)
                        writer.cell(entry.remedy)
                        writer.cell(entry.verdicts)
                    }
                }
            }
            writer.remainder(unseen.count - HTMLContext.rowsPerTable, of: "entries")
        }
        guard !missing.isEmpty else { return }
        writer.element("details") { writer in
            writer.element("summary") { writer in
                writer.element(
                    "span", ["class": "name"],
                    text: "\(Words.count(missing.count, "collection")) not read in full, by scope")
            }
            writer.table(
                "Collections not read in full", columns: ["Collection", "Scope", "State", "Call", "Answer"]
            ) { writer in
                for record in missing.prefix(HTMLContext.rowsPerTable) {
                    writer.element("tr") { writer in
                        writer.rowHeading(record.collection)
                        writer.codeCell(record.scope)
                        writer.cell(record.state.rawValue)
                        writer.codeCell(record.call ?? "")
                        writer.cell([record.code, record.message].compactMap(\.self).joined(separator: ": "))
                    }
                }
            }
            writer.remainder(missing.count - HTMLContext.rowsPerTable, of: "collections")
        }
    }
}
