import AssayCore
import AssayProgram
import AssayRules

/// The changes that close most findings and requirements, best first.
enum ChangesSection {
    private static let count = 10

    static func write(_ context: HTMLContext, to writer: inout MarkupWriter) {
        let changes = context.result.changes.prefix(count)
        guard !changes.isEmpty else {
            writer.element("p", text: "No failing verdict asks for a change. Unknown verdicts are listed further down.")
            return
        }
        writer.element(
            "p",
            text: "Ordered by how much each closes. Effort is an estimate for one resource; "
                + "the requirements are those that would lose a failing test, which is not the same as being met.")
        writer.element("ol", ["class": "changes"]) { writer in
            for change in changes { item(change, context, to: &writer) }
        }
    }

    private static func item(_ change: Change, _ context: HTMLContext, to writer: inout MarkupWriter) {
        let rule = change.rule
        writer.element("li") { writer in
            writer.element("p", ["class": "change"]) { writer in
                writer.badge(rule.severity)
                writer.text(" ")
                if let anchor = context.anchors[rule.id] {
                    writer.element("a", ["href": "#\(anchor)"], text: rule.title)
                } else {
                    writer.element("strong", text: rule.title)
                }
            }
            writer.element("dl", ["class": "facts"]) { writer in
                writer.fact("Closes", Words.count(change.resources.count, "finding"))
                writer.fact("Effort", Words.effort(rule.fix).map { "\($0) each" } ?? "not estimated")
                writer.fact("Role", rule.fix.role ?? "not stated")
                writer.fact("Downtime", rule.fix.downtime ?? "not stated")
                if rule.fix.isIrreversible { writer.fact("Caution", "cannot be undone") }
                if change.profile != "default" { writer.fact("Profile", change.profile) }
            }
            guard !change.requirements.isEmpty else { return }
            writer.element("p", ["class": "ids"]) { writer in
                writer.element("span", ["class": "quiet"], text: "Requirements: ")
                writer.text(change.requirements.joined(separator: ", "))
            }
        }
    }
}
