/// What the tests say of one requirement.
///
/// The tool shows tests; people conclude.
public struct RequirementAssessment: Sendable {
    /// The first that applies, in this order.
    ///
    /// There is no "passing".
    public enum State: String, Sendable, CaseIterable {
        case failing
        case unknown
        case alternativeDocumented
        case exempted
        case evidenceFromPeopleNeeded
        case noFailingTest
        case carriedBySubservice
        case excluded
        case noTest
    }

    /// Verdicts of all rules mapped to the requirement.
    public struct Counts: Sendable, Hashable {
        /// Verdicts whose assertions all hold.
        public var pass = 0
        /// Verdicts that fail and are under no exemption.
        public var fail = 0
        /// Verdicts that could not be decided or that people must give.
        public var unknown = 0
        /// Verdicts of rules whose condition leaves the resource out.
        public var notApplicable = 0
        /// Verdicts that fail under an approved, unexpired exemption.
        public var exempted = 0

        /// No verdicts yet.
        public init() {}

        /// Verdicts that say something of a resource.
        public var judged: Int { pass + fail + unknown + exempted }
    }

    /// What is assessed, with the kind of evidence it takes.
    public let requirement: Requirement
    /// The first state that applies; derived from `counts` and the requirement alone.
    public let state: State
    /// Sum over every mapped rule, whatever its strength.
    public let counts: Counts
    /// Rules that judged at least one resource, by strength.
    public let full: [String]
    /// Ids of judging rules that show a part of the requirement, by rule id.
    public let partial: [String]
    /// Ids of judging rules that support the requirement without showing it, by rule id.
    public let supporting: [String]
    /// Mapped rules that met no resource.
    public let withoutResources: [String]
    /// Rules with a failing or unknown verdict.
    public let failingRules: [String]
    /// Ids of rules with an undecided verdict; a rule can stand in both lists.
    public let unknownRules: [String]

    /// The state in words, with its counts: `no failing test (1 full, 2 partial; people must show the rest)`.
    public var summary: String {
        switch state {
        case .failing: "failing (\(counts.fail) of \(counts.judged) verdicts)"
        case .unknown: "unknown (\(counts.unknown) of \(counts.judged) verdicts)"
        case .alternativeDocumented: "alternative documented"
        case .exempted: "exempted (\(counts.exempted) verdicts)"
        case .evidenceFromPeopleNeeded: "evidence from people needed"
        case .noFailingTest:
            "no failing test (\(full.count) full, \(partial.count) partial, \(supporting.count) supporting)"
                + (requirement.evidence == .technical ? "" : "; people must show the rest")
        case .carriedBySubservice: "carried by a subservice organisation"
        case .excluded: "excluded with justification"
        case .noTest: "no test"
        }
    }
}
