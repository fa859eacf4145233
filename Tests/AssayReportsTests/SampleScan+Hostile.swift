import AssayCore
import AssayProgram

@testable import AssayRules

extension SampleScan {
    /// Text that would break out of a page, a table, a terminal or a spreadsheet if it were taken at its word.
    static let attack =
        "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u{1B}[31m\u{7}\u{202E}evil ]]>&amp;"

    /// A scan in which every text from the outside is an attack.
    static func hostile() -> ScanResult {
        let rule = rule(
            "user-rule", "Title \(attack)", .high, type: "Type \(attack)",
            requirements: [mapping("soc2", "CC6.7 \(attack)", .full)], cli: "``` \(attack) ```\n=cmd|' /C calc'!A0")
        let origin = Origin(kind: .file, path: "../a b/%41?#é:\(attack)", line: 0, column: 0)
        let resource = ResourceReference(
            id: "=cmd|' /C calc'!A0 \(attack)", type: "Type \(attack)", name: "@SUM(1) \(attack)\n\tsecond, line",
            origin: origin)
        let failing = verdict(rule, resource, .fail, actual: attack, message: "+\(attack)")
        var unknown = verdict(rule, resource, .unknown)
        unknown.profile = "-2+3"
        unknown.reason = Verdict.Reason(code: "denied", path: attack, call: attack)
        var result = scan(
            rules: [rule], verdicts: [failing, unknown], findings: [finding(failing, rule)],
            looks: [
                CollectionLook(type: attack, readable: 1, unreadable: 1, denominator: 2, basis: attack)
            ])
        result.sources = [attack]
        result.diagnostics = [
            Diagnostic(
                code: "x", severity: .error, message: attack, location: Diagnostic.Location(path: attack, line: 3),
                hint: attack)
        ]
        result.coverage = [Coverage(collection: attack, scope: attack, state: .denied, message: attack)]
        result.unseen = [Unseen(what: attack, reason: attack, remedy: attack, verdicts: 1)]
        result.unownedPHI = [resource]
        result.changes = [
            Change(rule: rule, profile: attack, resources: [resource], requirements: ["soc2:\(attack)"])
        ]
        return result
    }

    /// Ten thousand findings and as many unknown verdicts of four rules.
    static func large() -> ScanResult {
        let rules = (0..<4).map { rule("rule-\($0)", "Rule number \($0) holds", .high) }
        var verdicts: [Verdict] = []
        var findings: [Finding] = []
        for (index, rule) in rules.enumerated() {
            for number in 0..<5_000 {
                let failing = verdict(
                    rule, resource("r\(index)-\(10_000 + number)"), number % 2 == 0 ? .fail : .unknown)
                verdicts.append(failing)
                if number % 2 == 0 { findings.append(finding(failing, rule)) }
            }
        }
        return scan(rules: rules, verdicts: verdicts, findings: findings)
    }
}
