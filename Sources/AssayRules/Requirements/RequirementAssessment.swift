/// What the tests say of one requirement. The tool shows tests; people conclude.
public struct RequirementAssessment: Sendable {
    /// The first that applies, in this order. There is no "passing".
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
        public var pass = 0
        public var fail = 0
        public var unknown = 0
        public var notApplicable = 0
        public var exempted = 0

        public init() {}

        /// Verdicts that say something of a resource.
        public var judged: Int { pass + fail + unknown + exempted }
    }

    public let requirement: Requirement
    public let state: State
    public let counts: Counts
    /// Rules that judged at least one resource, by strength.
    public let full: [String]
    public let partial: [String]
    public let supporting: [String]
    /// Mapped rules that met no resource.
    public let withoutResources: [String]
    /// Rules with a failing or unknown verdict.
    public let failingRules: [String]
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
