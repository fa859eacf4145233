import AssayCore
import AssayHashing
import AssayProgram
import AssayRules

/// A verdict, with its finding when it has one, as a `result` (SARIF §3.27).
struct SARIFResult {
    let verdict: Verdict
    let finding: Finding?
    let rules: [Rule]
    /// Index of a rule in `rules` by id.
    let places: [String: Int]

    private var rule: Rule? { places[verdict.rule].map { rules[$0] } }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ruleId", verdict.rule)
        writer.member("ruleIndex", places[verdict.rule])
        writer.member("kind", kind)
        writer.member("level", level)
        SARIFRule.message("message", message, to: &writer)
        writer.key("locations")
        writer.beginArray()
        location(to: &writer)
        writer.endArray()
        if let finding {
            writer.key("partialFingerprints")
            writer.beginObject()
            writer.member("assayFinding/v1", Digest(of: finding.key.utf8).hexadecimal)
            writer.endObject()
            if finding.state == .exempt {
                writer.key("suppressions")
                writer.beginArray()
                writer.beginObject()
                writer.member("kind", "external")
                writer.member("status", "accepted")
                writer.endObject()
                writer.endArray()
            }
        }
        properties(to: &writer)
        writer.endObject()
    }

    private var kind: String {
        switch verdict.state {
        case .fail: "fail"
        case .unknown: "open"
        case .pass: "pass"
        case .notApplicable: "notApplicable"
        case .manual: "review"
        }
    }

    /// `none` for every kind but `fail` (SARIF §3.27.10).
    private var level: String {
        guard verdict.state == .fail else { return "none" }
        return SARIFReport.level(finding?.severity ?? rule?.severity ?? .medium)
    }

    private var message: String {
        let name = verdict.resource.name
        let title = rule?.title ?? verdict.rule
        return switch verdict.state {
        case .fail: "\(name): \(Words.complaint(verdict, title: title))"
        case .unknown: "\(name): it is not known whether this holds: \(title). Reason: \(Words.reason(verdict))."
        case .pass: "\(name): \(title)."
        case .notApplicable: "\(name): the rule does not apply."
        case .manual: "\(name): evidence from people is needed: \(title)."
        }
    }

    private func location(to writer: inout JSONWriter) {
        let resource = verdict.resource
        writer.beginObject()
        if resource.origin.kind == .file, let path = resource.origin.path {
            writer.key("physicalLocation")
            writer.beginObject()
            writer.key("artifactLocation")
            writer.beginObject()
            writer.member("uri", URIReference.encode(path: path))
            writer.endObject()
            if let line = resource.origin.line, line > 0 {
                writer.key("region")
                writer.beginObject()
                writer.member("startLine", line)
                writer.member("startColumn", resource.origin.column.flatMap { $0 > 0 ? $0 : nil })
                writer.endObject()
            }
            writer.endObject()
        }
        writer.key("logicalLocations")
        writer.beginArray()
        writer.beginObject()
        writer.member("name", resource.name)
        writer.member("fullyQualifiedName", resource.id)
        writer.member("kind", "resource")
        writer.endObject()
        writer.endArray()
        writer.endObject()
    }

    private func properties(to writer: inout JSONWriter) {
        writer.key("properties")
        writer.beginObject()
        writer.member("profile", verdict.profile)
        writer.member("type", verdict.resource.type)
        writer.member("origin", verdict.resource.origin.display)
        if let reason = verdict.reason, verdict.state == .unknown {
            writer.member("reason", reason.code)
            writer.member("path", reason.path)
            writer.member("call", reason.call)
        }
        if let finding {
            writer.member("key", finding.key)
            writer.member("severity", finding.severity.rawValue)
            writer.member("state", finding.state.rawValue)
            writer.member("firstSeen", finding.firstSeen)
            writer.member("due", finding.due)
            writer.member("requirements", finding.requirements)
        }
        writer.endObject()
    }
}
