import AssayCore
import AssayProgram
import AssayRules

/// Everything that fails or is unknown, by rule: why it matters, whom it concerns, how to mend it.
enum FindingsSection {
    static func write(_ context: HTMLContext, to writer: inout MarkupWriter) {
        guard !context.groups.isEmpty else {
            writer.element(
                "p",
                text: context.result.summary.resources == 0
                    ? "Nothing was looked at, so nothing was found." : "No verdict fails and none is unknown.")
            return
        }
        writer.element(
            "p",
            text: "One rule is one root cause. Rules with the highest severity stand first; "
                + "open a rule for the reason, the fix and the resources, and a resource for the trace that decided.")
        let present = Severity.allCases.reversed().filter { severity in
            context.groups.contains { $0.severity == severity }
        }
        if present.count > 1 {
            let choices = present.map { severity in
                (
                    value: severity.rawValue,
                    label: "\(severity.rawValue) \(context.groups.count { $0.severity == severity })"
                )
            }
            writer.filter(
                name: "severity", legend: "Show rules by severity",
                choices: [(value: "all", label: "all \(context.groups.count)")] + choices)
        }
        for group in context.groups { write(group, context, to: &writer) }
    }

    private static func write(_ group: RuleGroup, _ context: HTMLContext, to writer: inout MarkupWriter) {
        writer.newLine()
        writer.element(
            "details",
            ["class": "rule", "id": context.anchors[group.id] ?? "", "data-severity": group.severity.rawValue]
        ) { writer in
            writer.element("summary") { writer in
                writer.badge(group.severity)
                writer.element("h3", text: group.title)
                writer.element("span", ["class": "counts"], text: counts(group))
            }
            if let rule = group.rule {
                about(rule, to: &writer)
            } else {
                writer.element(
                    "p", text: "The rule \(group.id) is no longer in the catalogue; its findings are kept.")
            }
            resources(group, context, to: &writer)
        }
    }

    private static func counts(_ group: RuleGroup) -> String {
        var parts = ["\(group.findings.count) failing", "\(group.unknown.count) unknown"]
        if !group.exempt.isEmpty { parts.append("\(group.exempt.count) exempt") }
        return parts.joined(separator: ", ")
    }

    private static func about(_ rule: Rule, to writer: inout MarkupWriter) {
        writer.element("h4", text: "Why it matters")
        writer.element("p", text: rule.rationale)
        if let description = rule.description { writer.element("p", text: description) }
        if !rule.severityReason.isEmpty {
            writer.element("p") { writer in
                writer.element("strong", text: "Severity \(rule.severity.rawValue): ")
                writer.text(rule.severityReason)
            }
        }
        if !rule.requirements.isEmpty {
            writer.table("Requirements of rule \(rule.id)", columns: ["Requirement", "Strength", "Reason"]) { writer in
                for mapping in rule.requirements {
                    writer.element("tr") { writer in
                        writer.rowHeading(mapping.qualifiedID)
                        writer.cell(mapping.strength.rawValue)
                        writer.cell(mapping.reason)
                    }
                }
            }
        }
        fix(rule.fix, to: &writer)
        writer.element("p", ["class": "quiet"]) { writer in
            writer.text("Rule ")
            writer.element("code", text: rule.id)
            writer.text(", version ")
            writer.element("code", text: String(rule.version.prefix(12)))
            let others = rule.equivalents.filter { !$0.ids.isEmpty }
            if !others.isEmpty {
                let names = others.map { "\($0.engine) \($0.ids.joined(separator: ", "))" }
                writer.text(". Comparable checks elsewhere: \(names.joined(separator: "; "))")
            }
            writer.text(".")
        }
    }

    private static func fix(_ fix: Rule.Fix, to writer: inout MarkupWriter) {
        writer.element("h4", text: "How to fix it")
        writer.element("dl", ["class": "facts"]) { writer in
            writer.fact("Effort", Words.effort(fix).map { "\($0) each" } ?? "not estimated")
            writer.fact("Role", fix.role ?? "not stated")
            writer.fact("Downtime", fix.downtime ?? "not stated")
            if fix.isIrreversible { writer.fact("Caution", "cannot be undone") }
        }
        for step in fix.steps {
            writer.element("p", ["class": "channel"], text: Words.channel(step.channel))
            writer.element("pre") { writer in
                writer.element("code", text: SafeText.cut(step.text, to: 6_000))
            }
        }
    }

    private static func resources(_ group: RuleGroup, _ context: HTMLContext, to writer: inout MarkupWriter) {
        writer.element("h4", text: "Resources")
        let entries =
            group.findings.map { ResourceEntry(verdict: $0.verdict, finding: $0, title: group.title) }
            + group.unknown.map { ResourceEntry(verdict: $0, finding: nil, title: group.title) }
            + group.exempt.map { ResourceEntry(verdict: $0.verdict, finding: $0, title: group.title) }
        for entry in entries.prefix(context.resourcesPerRule) { entry.write(to: &writer) }
        writer.remainder(entries.count - context.resourcesPerRule, of: "resources of this rule")
    }
}
