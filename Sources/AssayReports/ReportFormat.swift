public import AssayProgram

/// The forms in which a scan can be written, by the name used in `--format`.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    /// Plain text for a terminal.
    case table
    /// The head of `table`: counts, the three most urgent rules, and whether the look was complete.
    case summary
    case json
    case csv
    case sarif
    case junit
    case html

    /// The report's bytes, UTF-8 and ending with a newline.
    ///
    /// - Parameters:
    ///   - width: columns of the terminal; `table` alone reads it.
    ///   - colour: whether `table` may use ANSI colours.
    public func render(_ result: ScanResult, width: Int = 100, colour: Bool = false) -> [UInt8] {
        switch self {
        case .table: TerminalReport.render(result, width: width, colour: colour)
        case .summary: TerminalReport.renderSummary(result, width: width, colour: colour)
        case .json: JSONReport.render(result)
        case .csv: CSVReport.render(result)
        case .sarif: SARIFReport.render(result)
        case .junit: JUnitReport.render(result)
        case .html: HTMLReport.render(result)
        }
    }
}
