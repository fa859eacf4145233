import AssayCore
public import AssayProgram
import AssayRules

/// Findings and unknown verdicts as one table (RFC 4180), for spreadsheets.
public enum CSVReport {
    static let columns = [
        "verdict", "severity", "state", "rule", "title", "profile", "type", "resource", "name", "origin", "messages",
        "reason", "path", "call", "requirements", "firstSeen", "lastSeen", "due", "reopened", "resolution", "key",
    ]

    /// The table's bytes with a header row; rows are sorted by (type, id, rule, profile), findings before unknowns.
    public static func render(_ result: ScanResult) -> [UInt8] {
        var rules: [String: (title: String, severity: String, requirements: [String])] = [:]
        for rule in result.rules {
            rules[rule.id] = (rule.title, rule.severity.rawValue, rule.requirements.map(\.qualifiedID))
        }
        var bytes: [UInt8] = []
        append(columns, to: &bytes)
        for finding in result.sortedFindings {
            let known = rules[finding.verdict.rule]
            append(
                row(
                    finding.verdict, severity: finding.severity.rawValue, title: known?.title ?? "",
                    requirements: finding.requirements, finding: finding), to: &bytes)
        }
        for verdict in result.listedVerdicts where verdict.state == .unknown {
            let known = rules[verdict.rule]
            append(
                row(
                    verdict, severity: known?.severity ?? "", title: known?.title ?? "",
                    requirements: known?.requirements ?? [], finding: nil), to: &bytes)
        }
        return bytes
    }

    private static func row(
        _ verdict: Verdict, severity: String, title: String, requirements: [String], finding: Finding?
    ) -> [String] {
        let resource = verdict.resource
        let judged = [
            verdict.state.rawValue, severity, finding?.state.rawValue ?? "", verdict.rule, title, verdict.profile,
            resource.type, resource.id, resource.name, resource.origin.display,
            verdict.messages.joined(separator: " "), verdict.reason?.code ?? "", verdict.reason?.path ?? "",
            verdict.reason?.call ?? "", requirements.joined(separator: " "),
        ]
        guard let finding else { return judged + Array(repeating: "", count: columns.count - judged.count) }
        return judged + [
            finding.firstSeen, finding.lastSeen, finding.due ?? "", String(finding.reopened),
            finding.resolution ?? "", finding.key,
        ]
    }

    private static func append(_ cells: [String], to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell: cell, to: &bytes)
        }
        bytes += [0x0D, 0x0A]
    }

    private static func append(cell: String, to bytes: inout [UInt8]) {
        // A spreadsheet runs a cell that begins so as a formula; the apostrophe makes it text.
        let isFormula = cell.utf8.first.map { Array("=+-@\t\r".utf8).contains($0) } ?? false
        let text = isFormula ? "'" + cell : cell
        let isQuoted = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0D || $0 == 0x0A }
        guard isQuoted else {
            bytes += text.utf8
            return
        }
        bytes.append(0x22)
        for byte in text.utf8 { bytes += byte == 0x22 ? [0x22, 0x22] : [byte] }
        bytes.append(0x22)
    }
}
