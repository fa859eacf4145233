import AssayCore
import AssayProgram
import AssayRules

/// Every requirement of every framework with what the tests say of it.
enum RequirementsSection {
    static func write(_ context: HTMLContext, to writer: inout MarkupWriter) {
        guard !context.result.frameworks.isEmpty else {
            writer.element("p", text: "No framework was asked for.")
            return
        }
        writer.element(
            "p",
            text: "Every requirement is listed, tested or not. A rule tests part of a requirement; that no test fails "
                + "does not show that the requirement is met. Requirements are named by the publisher's id and "
                + "paraphrased in our own words.")
        for (index, framework) in context.result.frameworks.enumerated() {
            let assessed = context.result.requirements.filter { $0.requirement.framework == framework.id }
            writer.element("div", ["class": "framework", "id": "framework-\(index + 1)"]) { writer in
                writer.element("h3", text: framework.title)
                writer.element("p", ["class": "quiet"], text: framework.version)
                states(framework, assessed, anchor: "chart-framework-\(index + 1)", to: &writer)
                filter(assessed, name: "state-\(index + 1)", framework: framework.title, to: &writer)
                groups(framework, assessed, context, to: &writer)
                if !framework.note.isEmpty { writer.element("p", ["class": "quiet"], text: framework.note) }
            }
        }
    }

    private static func states(
        _ framework: Framework, _ assessed: [RequirementAssessment], anchor: String, to writer: inout MarkupWriter
    ) {
        let counts = RequirementAssessment.State.allCases.map { state in
            (state: state, count: assessed.count { $0.state == state })
        }
        let present = counts.filter { $0.count > 0 }
        writer.element("div", ["class": "pair"]) { writer in
            BarChart(
                anchor: anchor, title: "Requirements of \(framework.title) by state",
                description: present.map { "\(Words.requirement($0.state)) \($0.count)" }.joined(separator: ", ") + ".",
                rows: present.map {
                    BarChart.Row(label: Words.requirement($0.state), value: $0.count, style: style($0.state))
                }
            ).write(to: &writer)
            writer.table("\(framework.title): requirements by state", columns: ["State", "#Requirements"]) { writer in
                for entry in present {
                    writer.element("tr") { writer in
                        writer.element("th", ["scope": "row"]) { badge(entry.state, to: &$0) }
                        writer.cell(entry.count)
                    }
                }
                writer.element("tr") { writer in
                    writer.rowHeading("all")
                    writer.cell(assessed.count)
                }
            }
        }
    }

    private static func filter(
        _ assessed: [RequirementAssessment], name: String, framework: String, to writer: inout MarkupWriter
    ) {
        var choices = [(value: "all", label: "all \(assessed.count)")]
        for state in RequirementAssessment.State.allCases {
            let count = assessed.count { $0.state == state }
            if count > 0 { choices.append((state.rawValue, "\(Words.requirement(state)) \(count)")) }
        }
        writer.filter(name: name, legend: "Show requirements of \(framework)", choices: choices)
    }

    private static func groups(
        _ framework: Framework, _ assessed: [RequirementAssessment], _ context: HTMLContext,
        to writer: inout MarkupWriter
    ) {
        var groups = framework.groups.map { (id: $0.id, title: "\($0.id) \($0.title)") }
        if assessed.contains(where: { entry in !groups.contains { $0.id == entry.requirement.group } }) {
            groups.append((id: "", title: "Other"))
        }
        let known = Set(framework.groups.map(\.id))
        for group in groups {
            let members = assessed.filter { entry in
                group.id.isEmpty ? !known.contains(entry.requirement.group) : entry.requirement.group == group.id
            }
            guard !members.isEmpty else { continue }
            writer.element("details", ["class": "group", "open": "open"]) { writer in
                writer.element("summary") { writer in
                    writer.element("span", ["class": "name"], text: group.title)
                    writer.element("span", ["class": "quiet"], text: Words.count(members.count, "requirement"))
                }
                writer.table(
                    "\(framework.title), \(group.title)",
                    columns: ["Requirement", "What the tests say", "Evidence", "Rules that fail or are unknown"]
                ) { writer in
                    for entry in members { row(entry, context, to: &writer) }
                }
            }
        }
    }

    private static func row(_ entry: RequirementAssessment, _ context: HTMLContext, to writer: inout MarkupWriter) {
        let requirement = entry.requirement
        writer.element("tr", ["data-state": entry.state.rawValue]) { writer in
            writer.element("th", ["scope": "row"]) { writer in
                writer.element("span", ["class": "id"], text: requirement.id)
                writer.text(" \(requirement.title)")
                if !requirement.paraphrase.isEmpty {
                    writer.element("span", ["class": "paraphrase"], text: requirement.paraphrase)
                }
            }
            writer.element("td") { badge(entry.state, word: entry.summary, to: &$0) }
            writer.cell(evidence(requirement))
            writer.element("td") { writer in
                let named = BytewiseOrder.sorted(Array(Set(entry.failingRules + entry.unknownRules))) { [$0] }
                if named.isEmpty { writer.text(tests(entry)) }
                for (index, id) in named.enumerated() {
                    if index > 0 { writer.empty("br") }
                    if let anchor = context.anchors[id] {
                        writer.element("a", ["class": "rule-link", "href": "#\(anchor)"], text: id)
                    } else {
                        writer.element("code", text: id)
                    }
                }
            }
        }
    }

    private static func tests(_ entry: RequirementAssessment) -> String {
        let judged = entry.full.count + entry.partial.count + entry.supporting.count
        if judged > 0 { return "none of \(Words.count(judged, "rule"))" }
        return entry.withoutResources.isEmpty
            ? "no rule" : "\(Words.count(entry.withoutResources.count, "rule")), met no resource"
    }

    private static func evidence(_ requirement: Requirement) -> String {
        let kind =
            switch requirement.evidence {
            case .technical: "configuration"
            case .hybrid: "configuration and people"
            case .process: "people"
            }
        return requirement.implementation.map { "\(kind); \($0)" } ?? kind
    }

    private static func badge(
        _ state: RequirementAssessment.State, word: String? = nil, to writer: inout MarkupWriter
    ) {
        let sign =
            switch state {
            case .failing: "✕"
            case .unknown: "?"
            case .noFailingTest: "○"
            case .evidenceFromPeopleNeeded: "•"
            case .alternativeDocumented, .exempted, .carriedBySubservice, .excluded: "–"
            case .noTest: "·"
            }
        writer.badge(word ?? Words.requirement(state), style: style(state), sign: sign)
    }

    private static func style(_ state: RequirementAssessment.State) -> String {
        switch state {
        case .failing: "fail"
        case .unknown: "unknown"
        case .noFailingTest: "plain"
        default: "quiet"
        }
    }
}
