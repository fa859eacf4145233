import AssayCore
import AssayProgram

/// One resource under a rule, with what decided its verdict.
struct ResourceEntry {
    let verdict: Verdict
    let finding: Finding?
    /// The rule's title, for a verdict without a message.
    let title: String

    /// Atoms shown; a verdict seldom has more than a few.
    private static let atoms = 40

    func write(to writer: inout MarkupWriter) {
        let resource = verdict.resource
        writer.element("details", ["class": "resource"]) { writer in
            writer.element("summary") { writer in
                if finding?.state == .exempt {
                    writer.badge("exempt", style: "quiet", sign: "–")
                } else {
                    writer.badge(verdict.state)
                }
                writer.element("span", ["class": "name"], text: SafeText.cut(SafeText.line(resource.name), to: 120))
                writer.element("code", text: SafeText.cut(SafeText.line(resource.origin.display), to: 160))
            }
            writer.element("p", text: SafeText.cut(statement, to: HTMLContext.valueLength))
            writer.element("dl", ["class": "facts"]) { writer in
                writer.fact("Resource", resource.id)
                writer.fact("Type", resource.type)
                if verdict.profile != "default" { writer.fact("Profile", verdict.profile) }
                if let at = resource.origin.at { writer.fact("Collected", at) }
                if let finding {
                    writer.fact("State", finding.state.rawValue)
                    writer.fact("First seen", finding.firstSeen)
                    if let due = finding.due { writer.fact("Due", due) }
                    if finding.reopened > 0 { writer.fact("Came back", Words.count(finding.reopened, "time")) }
                }
            }
            trace(to: &writer)
        }
    }

    private var statement: String {
        verdict.state == .unknown
            ? "Unknown: \(Words.reason(verdict)). " + verdict.messages.joined(separator: " ")
            : Words.complaint(verdict, title: title)
    }

    private func trace(to writer: inout MarkupWriter) {
        guard !verdict.trace.isEmpty else {
            writer.element("p", ["class": "quiet"], text: "No trace is kept for this verdict.")
            return
        }
        writer.table(
            "Trace for \(SafeText.cut(SafeText.line(verdict.resource.name), to: 80))",
            columns: ["Path", "Operator", "Expected", "Actual", "Result", "Read from"]
        ) { writer in
            for entry in verdict.trace.prefix(ResourceEntry.atoms) {
                writer.element("tr") { writer in
                    writer.element("th", ["scope": "row"]) { writer in
                        writer.element("code", text: SafeText.cut(entry.path, to: 300))
                    }
                    writer.codeCell(entry.operation)
                    writer.codeCell(entry.expected)
                    writer.codeCell(entry.actual)
                    writer.cell(entry.result)
                    writer.codeCell(entry.origin)
                }
            }
        }
        writer.remainder(verdict.trace.count - ResourceEntry.atoms, of: "steps of the trace")
    }
}
