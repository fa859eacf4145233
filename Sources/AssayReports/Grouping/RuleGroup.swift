import AssayCore
import AssayProgram
import AssayRules

/// One root cause: all that fails or is unknown under one rule.
struct RuleGroup {
    let id: String
    /// Nil when a finding has outlived its rule.
    let rule: Rule?
    let severity: Severity
    /// Open and acknowledged findings.
    var findings: [Finding] = []
    /// Findings under an approved exemption.
    var exempt: [Finding] = []
    /// Unknown verdicts.
    var unknown: [Verdict] = []

    /// The rule's title, or its id.
    var title: String { rule?.title ?? id }

    /// The groups that have anything to show, most urgent first: severity, then how many fail, then how many are
    /// unknown, then id.
    static func groups(of result: ScanResult) -> [RuleGroup] {
        var rules: [String: Rule] = [:]
        for rule in result.rules { rules[rule.id] = rule }
        var places: [String: Int] = [:]
        var groups: [RuleGroup] = []
        func place(of id: String, severity: Severity) -> Int {
            if let known = places[id] { return known }
            let rule = rules[id]
            places[id] = groups.count
            groups.append(RuleGroup(id: id, rule: rule, severity: rule?.severity ?? severity))
            return groups.count - 1
        }
        for finding in result.sortedFindings where finding.isLive {
            let index = place(of: finding.verdict.rule, severity: finding.severity)
            if finding.state == .exempt {
                groups[index].exempt.append(finding)
            } else {
                groups[index].findings.append(finding)
            }
        }
        let unknown = BytewiseOrder.sorted(result.verdicts.filter { $0.state == .unknown }, by: \.orderKeys)
        for verdict in unknown {
            groups[place(of: verdict.rule, severity: .info)].unknown.append(verdict)
        }
        return groups.sorted { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            if left.findings.count != right.findings.count { return left.findings.count > right.findings.count }
            if left.unknown.count != right.unknown.count { return left.unknown.count > right.unknown.count }
            return BytewiseOrder.precedes([left.id], [right.id])
        }
    }
}
