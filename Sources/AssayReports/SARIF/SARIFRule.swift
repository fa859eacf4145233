import AssayCore
import AssayRules

/// A rule as a `reportingDescriptor` (SARIF §3.49).
enum SARIFRule {
    static func write(_ rule: Rule, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", rule.id)
        message("shortDescription", rule.title, to: &writer)
        message("fullDescription", rule.rationale, to: &writer)
        writer.key("help")
        writer.beginObject()
        writer.member("text", text(rule))
        writer.member("markdown", markdown(rule))
        writer.endObject()
        writer.key("defaultConfiguration")
        writer.beginObject()
        writer.member("level", SARIFReport.level(rule.severity))
        writer.endObject()
        writer.key("properties")
        writer.beginObject()
        writer.member("version", rule.version)
        writer.member("severity", rule.severity.rawValue)
        writer.member("security-severity", score(rule.severity))
        writer.member("tags", ["security", "compliance"] + rule.requirements.map(\.qualifiedID))
        writer.endObject()
        writer.endObject()
    }

    static func message(_ key: String, _ text: String, to writer: inout JSONWriter) {
        writer.key(key)
        writer.beginObject()
        writer.member("text", text)
        writer.endObject()
    }

    /// The number by which code hosts sort, in the middle of CVSS's ranges for the word.
    private static func score(_ severity: Severity) -> String {
        switch severity {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "2.0"
        case .info: "0.0"
        }
    }

    private static func text(_ rule: Rule) -> String {
        var lines = [rule.rationale]
        for step in rule.fix.steps { lines.append("\(Words.channel(step.channel)): \(step.text)") }
        return lines.joined(separator: "\n\n")
    }

    private static func markdown(_ rule: Rule) -> String {
        var blocks = [rule.rationale]
        if let effort = Words.effort(rule.fix) {
            let downtime = rule.fix.downtime.map { ", downtime: \($0)" } ?? ""
            blocks.append("**Effort:** \(effort) for one resource\(downtime)")
        }
        for step in rule.fix.steps {
            let fence = String(repeating: "`", count: max(3, longestRunOfBackticks(step.text) + 1))
            blocks.append("**\(Words.channel(step.channel))**\n\n\(fence)\n\(step.text)\n\(fence)")
        }
        if !rule.requirements.isEmpty {
            let lines = rule.requirements.map { "- `\($0.qualifiedID)` (\($0.strength.rawValue)): \($0.reason)" }
            blocks.append(lines.joined(separator: "\n"))
        }
        return blocks.joined(separator: "\n\n")
    }

    private static func longestRunOfBackticks(_ text: String) -> Int {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
