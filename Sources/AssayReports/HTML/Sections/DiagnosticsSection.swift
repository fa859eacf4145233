import AssayCore
import AssayProgram

/// What degraded the run without stopping it.
enum DiagnosticsSection {
    static func write(_ context: HTMLContext, to writer: inout MarkupWriter) {
        let diagnostics = context.result.diagnostics.sorted()
        guard !diagnostics.isEmpty else {
            writer.element("p", text: "None.")
            return
        }
        writer.table("Diagnostics", columns: ["Severity", "Where", "What", "Next step", "Code"]) { writer in
            for diagnostic in diagnostics.prefix(HTMLContext.rowsPerTable) {
                writer.element("tr") { writer in
                    writer.element("td") { badge(diagnostic.severity, to: &$0) }
                    writer.codeCell(place(diagnostic.location))
                    writer.cell(diagnostic.message)
                    writer.cell(diagnostic.hint ?? "")
                    writer.codeCell(diagnostic.code)
                }
            }
        }
        writer.remainder(diagnostics.count - HTMLContext.rowsPerTable, of: "diagnostics")
    }

    private static func badge(_ severity: Diagnostic.Severity, to writer: inout MarkupWriter) {
        switch severity {
        case .error: writer.badge("error", style: "fail", sign: "✕")
        case .warning: writer.badge("warning", style: "unknown", sign: "!")
        case .note: writer.badge("note", style: "quiet", sign: "•")
        }
    }

    private static func place(_ location: Diagnostic.Location?) -> String {
        guard let location else { return "" }
        let line = location.line.map { ":\($0)" } ?? ""
        let column = location.line == nil ? "" : location.column.map { ":\($0)" } ?? ""
        return location.path + line + column
    }
}
