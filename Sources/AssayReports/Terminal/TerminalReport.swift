import AssayCore
public import AssayProgram
import AssayRules

/// The scan as plain text: what fails and what is unknown, equally loud, by root cause.
public enum TerminalReport {
    /// The report's bytes.
    ///
    /// - Parameters:
    ///   - width: columns, at least 60.
    ///   - colour: whether ANSI colours may be used; the words carry the meaning either way.
    ///   - urgent: how many rules and changes to list as the most urgent.
    public static func render(
        _ result: ScanResult, width: Int = 100, colour: Bool = false, urgent: Int = 10
    ) -> [UInt8] {
        var page = TerminalPage(width: max(60, width), isColoured: colour)
        let groups = RuleGroup.groups(of: result)
        headline(result, to: &page)
        looks(result, to: &page)
        mostUrgent(groups, count: urgent, to: &page)
        changes(result, count: urgent, to: &page)
        findings(groups, to: &page)
        requirements(result, to: &page)
        notLookedAt(result, to: &page)
        unownedPHI(result, to: &page)
        diagnostics(result, to: &page)
        return Array(page.text.utf8)
    }

    /// The headline and the most urgent rules alone.
    ///
    /// - Parameters:
    ///   - width: columns, at least 60.
    ///   - colour: whether ANSI colours may be used.
    ///   - urgent: how many rules to list.
    public static func renderSummary(
        _ result: ScanResult, width: Int = 100, colour: Bool = false, urgent: Int = 3
    ) -> [UInt8] {
        var page = TerminalPage(width: max(60, width), isColoured: colour)
        headline(result, to: &page)
        mostUrgent(RuleGroup.groups(of: result), count: urgent, to: &page)
        return Array(page.text.utf8)
    }

    private static func headline(_ result: ScanResult, to page: inout TerminalPage) {
        let summary = result.summary
        page.line("Assay \(result.toolVersion), as of \(result.asOf)")
        page.paragraph("Sources: " + (result.sources.isEmpty ? "none" : result.sources.joined(separator: ", ")))
        page.line("")
        page.paragraph(
            Words.headline(summary), style: summary.fail > 0 ? .fail : summary.unknown > 0 ? .unknown : .plain)
        page.paragraph(
            "\(summary.manual) need people, \(summary.notApplicable) not applicable, \(summary.exempt) exempt; "
                + Words.count(summary.rules, "rule") + " asked.")
    }

    private static func looks(_ result: ScanResult, to page: inout TerminalPage) {
        page.heading("What was looked at")
        if result.looks.isEmpty { page.line("Nothing.") }
        let room = page.width - 4
        for look in BytewiseOrder.sorted(result.looks, by: { [$0.type] }) {
            let type = room / 2
            let measure = TextColumns.fit(Words.look(look), room / 4)
            let basis = TextColumns.fit(look.basis, room - type - room / 4)
            page.line(
                TextColumns.fit(look.type, type) + "  " + measure + "  " + basis,
                style: look.unreadable > 0 ? .unknown : .plain)
        }
    }

    private static func mostUrgent(_ groups: [RuleGroup], count: Int, to page: inout TerminalPage) {
        let urgent = groups.filter { !$0.findings.isEmpty || !$0.unknown.isEmpty }
        guard !urgent.isEmpty else { return }
        page.heading("Most urgent (\(min(count, urgent.count)) of \(Words.count(urgent.count, "rule")))")
        page.line("severity  failing  unknown  what should hold")
        for group in urgent.prefix(count) {
            let numbers =
                TextColumns.fit(group.severity.rawValue, 8) + "  " + number(group.findings.count) + "  "
                + number(group.unknown.count) + "  "
            page.line(
                numbers + TextColumns.fit(group.title, page.width - 28),
                style: group.findings.isEmpty ? .unknown : .fail)
        }
    }

    private static func number(_ value: Int) -> String {
        let text = String(value)
        return String(repeating: " ", count: max(0, 7 - text.utf8.count)) + text
    }

    private static func changes(_ result: ScanResult, count: Int, to page: inout TerminalPage) {
        guard !result.changes.isEmpty else { return }
        page.heading("Changes that close most")
        for (index, change) in result.changes.prefix(count).enumerated() {
            var facts = [Words.count(change.resources.count, "resource")]
            facts.append(Words.count(change.requirements.count, "requirement"))
            if let effort = Words.effort(change.rule.fix) { facts.append("\(effort) each") }
            if let role = change.rule.fix.role { facts.append("role \(role)") }
            if let downtime = change.rule.fix.downtime { facts.append("downtime \(downtime)") }
            if change.rule.fix.isIrreversible { facts.append("cannot be undone") }
            page.paragraph("\(index + 1). \(change.rule.title): \(facts.joined(separator: ", "))", indent: "   ")
        }
    }

    private static func findings(_ groups: [RuleGroup], to page: inout TerminalPage) {
        guard !groups.isEmpty else { return }
        page.heading("Findings and unknown verdicts by rule")
        for group in groups {
            page.paragraph("\(group.severity.rawValue.uppercased())  \(group.title)", indent: "      ", style: .strong)
            var counts = ["\(group.findings.count) failing", "\(group.unknown.count) unknown"]
            if !group.exempt.isEmpty { counts.append("\(group.exempt.count) exempt") }
            page.paragraph("  \(group.id): \(counts.joined(separator: ", "))", indent: "    ")
            list(
                "fail", .fail, group.findings.map { ($0.verdict, Words.complaint($0.verdict, title: group.title)) },
                to: &page)
            list("unknown", .unknown, group.unknown.map { ($0, Words.reason($0)) }, to: &page)
            list(
                "exempt", .plain, group.exempt.map { ($0.verdict, Words.complaint($0.verdict, title: group.title)) },
                to: &page)
            page.line("")
        }
    }

    /// Resources listed for one state of a rule; the JSON report has them all.
    private static let resourcesPerState = 8

    /// The resources of one state below what they have in common.
    private static func list(
        _ word: String, _ style: TerminalPage.Style, _ entries: [(verdict: Verdict, text: String)],
        to page: inout TerminalPage
    ) {
        var text: String?
        for entry in entries.prefix(resourcesPerState) {
            if entry.text != text {
                page.paragraph("  \(word): \(entry.text)", indent: "    ", style: style)
                text = entry.text
            }
            let resource = entry.verdict.resource
            let profile = entry.verdict.profile == "default" ? "" : " [\(entry.verdict.profile)]"
            page.paragraph("    - \(resource.name)\(profile) (\(resource.origin.display))", indent: "      ")
        }
        let more = entries.count - resourcesPerState
        if more > 0 { page.line("    and \(more) more; --format json lists all") }
    }

    private static func requirements(_ result: ScanResult, to page: inout TerminalPage) {
        guard !result.requirements.isEmpty else { return }
        page.heading("Requirements")
        for framework in result.frameworks {
            let assessed = result.requirements.filter { $0.requirement.framework == framework.id }
            let states = RequirementAssessment.State.allCases.compactMap { state in
                let count = assessed.count { $0.state == state }
                return count == 0 ? nil : "\(count) \(Words.requirement(state))"
            }
            page.paragraph("\(framework.id) (\(assessed.count)): \(states.joined(separator: ", "))", indent: "  ")
        }
    }

    private static func notLookedAt(_ result: ScanResult, to page: inout TerminalPage) {
        let missing = result.coverage.filter { !$0.isKnown }
        guard !result.unseen.isEmpty || !missing.isEmpty else { return }
        page.heading("What was not looked at")
        for unseen in result.unseen {
            page.paragraph(
                "- \(unseen.what): \(unseen.reason) (\(Words.count(unseen.verdicts, "unknown verdict")))", indent: "  ",
                style: .unknown)
            page.paragraph("  to see it: \(unseen.remedy)", indent: "  ")
        }
        guard !missing.isEmpty else { return }
        var states: [String: Int] = [:]
        for record in missing { states[record.state.rawValue, default: 0] += 1 }
        let counts = BytewiseOrder.sorted(Array(states.keys)) { [$0] }.map { "\(states[$0] ?? 0) \($0)" }
        page.paragraph("Collections by state: \(counts.joined(separator: ", ")).")
    }

    private static func unownedPHI(_ result: ScanResult, to page: inout TerminalPage) {
        guard !result.unownedPHI.isEmpty else { return }
        page.heading("Resources with PHI and no owner")
        for resource in BytewiseOrder.sorted(result.unownedPHI, by: \.orderKeys) {
            page.paragraph("- \(resource.name)  \(resource.type)  \(resource.origin.display)", indent: "  ")
        }
    }

    private static func diagnostics(_ result: ScanResult, to page: inout TerminalPage) {
        guard !result.diagnostics.isEmpty else { return }
        page.heading("Diagnostics")
        for diagnostic in result.diagnostics.sorted() {
            let line = diagnostic.location?.line.map { ":\($0)" } ?? ""
            let place = diagnostic.location.map { "\($0.path)\(line): " } ?? ""
            let hint = diagnostic.hint.map { " (\($0))" } ?? ""
            page.paragraph(
                "\(diagnostic.severity.rawValue)  \(place)\(diagnostic.message)\(hint) [\(diagnostic.code)]",
                indent: "  ", style: diagnostic.severity == .error ? .unknown : .plain)
        }
    }
}
