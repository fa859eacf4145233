import AssayCore
import AssayProgram
import AssayRules

/// The honest headline and the numbers below it.
enum SummarySection {
    static func write(_ context: HTMLContext, to writer: inout MarkupWriter) {
        let result = context.result
        let summary = result.summary
        let style = summary.fail > 0 ? "fail" : summary.unknown > 0 || !summary.isComplete ? "unknown" : "plain"
        writer.element("p", ["class": "headline \(style)"], text: Words.headline(summary))
        writer.element("p", text: explanation(summary))
        writer.element("div", ["class": "pair"]) { writer in
            chart(summary).write(to: &writer)
            verdicts(summary, to: &writer)
        }
        severities(context, to: &writer)
        if !result.frameworks.isEmpty { frameworks(result, to: &writer) }
    }

    private static func explanation(_ summary: ScanResult.Summary) -> String {
        guard summary.resources > 0 else {
            return
                "No resource was read, so nothing can be said of the estate: neither that it is in order nor that it "
                + "is not."
        }
        let asked = "\(Words.count(summary.rules, "rule")) looked at \(Words.count(summary.resources, "resource")). "
        let exempt =
            summary.exempt == 0
            ? "" : "\(Words.count(summary.exempt, "failing verdict")) stand under an approved exemption. "
        let look =
            summary.isComplete
            ? "Everything in scope could be looked at."
            : "Something in scope could not be looked at; the section on what could not be seen says what and why."
        return asked + exempt + look + " An unknown verdict is not a pass."
    }

    private static func rows(_ summary: ScanResult.Summary) -> [(VerdictState, Int, String, String)] {
        [
            (.fail, summary.fail, "fail", "The resource does not meet the rule."),
            (.unknown, summary.unknown, "unknown", "The rule could not be decided; the reason is given."),
            (.pass, summary.pass, "pass", "The resource meets the rule."),
            (.manual, summary.manual, "quiet", "Only people can show it."),
            (.notApplicable, summary.notApplicable, "quiet", "The rule does not concern the resource."),
        ]
    }

    private static func chart(_ summary: ScanResult.Summary) -> BarChart {
        let rows = rows(summary)
        return BarChart(
            anchor: "chart-verdicts", title: "Verdicts by state",
            description: rows.map { "\(Words.verdict($0.0)) \($0.1)" }.joined(separator: ", ") + ".",
            rows: rows.map { BarChart.Row(label: Words.verdict($0.0), value: $0.1, style: $0.2) })
    }

    private static func verdicts(_ summary: ScanResult.Summary, to writer: inout MarkupWriter) {
        writer.table("Verdicts by state", columns: ["Verdict", "#Count", "Meaning"]) { writer in
            for (state, count, _, meaning) in rows(summary) {
                writer.element("tr") { writer in
                    writer.element("th", ["scope": "row"]) { $0.badge(state) }
                    writer.cell(count)
                    writer.cell(meaning)
                }
            }
        }
    }

    private static func severities(_ context: HTMLContext, to writer: inout MarkupWriter) {
        writer.table(
            "Failing and unknown verdicts by severity",
            columns: ["Severity", "#Rules", "#Failing", "#Unknown", "#Exempt"]
        ) { writer in
            for severity in Severity.allCases.reversed() {
                let groups = context.groups.filter { $0.severity == severity }
                writer.element("tr") { writer in
                    writer.element("th", ["scope": "row"]) { $0.badge(severity) }
                    writer.cell(groups.count)
                    writer.cell(groups.reduce(0) { $0 + $1.findings.count })
                    writer.cell(groups.reduce(0) { $0 + $1.unknown.count })
                    writer.cell(groups.reduce(0) { $0 + $1.exempt.count })
                }
            }
        }
    }

    private static func frameworks(_ result: ScanResult, to writer: inout MarkupWriter) {
        writer.table(
            "Requirements by framework",
            columns: [
                "Framework", "#Requirements", "#Failing", "#Unknown", "#No failing test", "#People needed", "#No test",
                "#Other",
            ]
        ) { writer in
            for framework in result.frameworks {
                let assessed = result.requirements.filter { $0.requirement.framework == framework.id }
                let named: [RequirementAssessment.State] = [
                    .failing, .unknown, .noFailingTest, .evidenceFromPeopleNeeded, .noTest,
                ]
                writer.element("tr") { writer in
                    writer.rowHeading(framework.title)
                    writer.cell(assessed.count)
                    for state in named { writer.cell(assessed.count { $0.state == state }) }
                    writer.cell(assessed.count { !named.contains($0.state) })
                }
            }
        }
    }
}
