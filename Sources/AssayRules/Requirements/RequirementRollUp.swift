public import AssayCore

/// Verdicts and mappings → the state of every requirement of a framework.
public enum RequirementRollUp {
    /// One assessment a requirement, in the framework's order.
    ///
    /// Two partial tests never add up to a full one, and no state says that a requirement passes.
    ///
    /// - Parameters:
    ///   - framework: the framework.
    ///   - rules: the rules that were asked.
    ///   - verdicts: all verdicts; those of another framework's profile are left out.
    ///   - isExempt: whether a failing verdict is under an approved, unexpired exemption.
    public static func assess(
        _ framework: Framework, rules: [Rule], verdicts: [Verdict], isExempt: (Verdict) -> Bool
    ) -> [RequirementAssessment] {
        var counts: [String: RequirementAssessment.Counts] = [:]
        // A rule with parameters of the framework's own speaks for it through these alone.
        let own = Set(verdicts.filter { $0.profile == framework.id }.map(\.rule))
        for verdict in verdicts
        where verdict.profile == framework.id || verdict.profile == "default" && !own.contains(verdict.rule) {
            counts[verdict.rule, default: .init()].add(
                verdict.state, isExempt: verdict.state == .fail && isExempt(verdict))
        }
        return framework.requirements.map { requirement in
            assess(requirement, rules: rules, counts: counts)
        }
    }

    private static func assess(
        _ requirement: Requirement, rules: [Rule], counts: [String: RequirementAssessment.Counts]
    ) -> RequirementAssessment {
        var total = RequirementAssessment.Counts()
        var byStrength: [RequirementMapping.Strength: [String]] = [:]
        var withoutResources: [String] = []
        var failing: [String] = []
        var unknown: [String] = []
        for rule in rules {
            guard let mapping = rule.requirements.first(where: { $0.qualifiedID == requirement.qualifiedID }) else {
                continue
            }
            guard let found = counts[rule.id], found.judged > 0 else {
                withoutResources.append(rule.id)
                if let found = counts[rule.id] { total.add(found) }
                continue
            }
            byStrength[mapping.strength, default: []].append(rule.id)
            total.add(found)
            if found.fail > 0 { failing.append(rule.id) }
            if found.unknown > 0 { unknown.append(rule.id) }
        }
        return RequirementAssessment(
            requirement: requirement, state: state(requirement, total), counts: total,
            full: byStrength[.full] ?? [], partial: byStrength[.partial] ?? [],
            supporting: byStrength[.supporting] ?? [], withoutResources: withoutResources, failingRules: failing,
            unknownRules: unknown)
    }

    private static func state(
        _ requirement: Requirement, _ counts: RequirementAssessment.Counts
    ) -> RequirementAssessment.State {
        if counts.fail > 0 { return .failing }
        if counts.unknown > 0 { return .unknown }
        if counts.exempted > 0 { return .exempted }
        if requirement.evidence == .process { return .evidenceFromPeopleNeeded }
        if counts.pass > 0 { return .noFailingTest }
        return requirement.evidence == .hybrid ? .evidenceFromPeopleNeeded : .noTest
    }
}

extension RequirementAssessment.Counts {
    mutating func add(_ state: VerdictState, isExempt: Bool) {
        switch state {
        case .pass: pass += 1
        case .fail: if isExempt { exempted += 1 } else { fail += 1 }
        case .unknown, .manual: unknown += 1
        case .notApplicable: notApplicable += 1
        }
    }

    mutating func add(_ other: Self) {
        pass += other.pass
        fail += other.fail
        unknown += other.unknown
        notApplicable += other.notApplicable
        exempted += other.exempted
    }
}
