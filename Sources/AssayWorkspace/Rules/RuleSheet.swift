import AssayCore
import AssayRules

/// A rule as a page of text.
enum RuleSheet {
    static func text(_ rule: Rule) -> String {
        var lines = [
            rule.title, "", "id        \(rule.id)", "type      \(rule.appliesTo.type)",
            "severity  \(rule.severity.rawValue): \(rule.severityReason)", "version   sha256:\(rule.version)", "",
            rule.rationale,
        ]
        if let when = rule.appliesTo.when { lines += ["", "asked when", "  \(when)"] }
        lines += ["", "must hold"]
        for assertion in rule.assertions { lines += ["  \(assertion.that)", "    else: \(assertion.message)"] }
        if !rule.parameters.isEmpty {
            lines += ["", "parameters"]
            for parameter in rule.parameters {
                let profiles = parameter.profiles.sorted { $0.key < $1.key }
                    .map { "\($0.key): \(Document($0.value).root)" }.joined(separator: ", ")
                lines.append(
                    "  \(parameter.name) = \(Document(parameter.default).root)"
                        + (profiles.isEmpty ? "" : "  (\(profiles))"))
            }
        }
        lines += ["", "requirements"]
        for mapping in rule.requirements {
            lines.append("  \(mapping.qualifiedID) (\(mapping.strength.rawValue)): \(mapping.reason)")
        }
        lines += ["", "fix"]
        for step in rule.fix.steps {
            lines.append("  \(step.channel)")
            lines += step.text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
