public import AssayCore

/// A rule of `assay.rule/1`: what must hold for resources of one type, why, for whom, and how to mend it.
public struct Rule: Sendable {
    /// Type and condition under which the rule is asked at all.
    public struct Applicability: Sendable {
        public let type: String
        /// A CEL condition; false makes the verdict notApplicable.
        public let when: String?
    }

    /// A value that users and profiles may set.
    public struct Parameter: Sendable {
        public let name: String
        public let type: String
        public let `default`: Tree
        /// Values by framework id.
        public let profiles: [String: Tree]
        public let description: String?
    }

    /// A join to resources of another type.
    public struct Relation: Sendable {
        public let name: String
        public let type: String
        public let by: RelationKind
    }

    /// One condition that must hold.
    public struct Assertion: Sendable {
        public let that: String
        public let message: String
    }

    /// How the fault is mended, by channel.
    public struct Fix: Sendable {
        /// Instructions by channel in the rule's order: portal, cli, terraform, bicep, cloudformation.
        public let steps: [(channel: String, text: String)]
        /// Low and high estimate in hours for one resource.
        public let effortHours: (low: Double, high: Double)?
        public let downtime: String?
        public let role: String?
        public let isIrreversible: Bool
    }

    public let id: String
    public let title: String
    public let description: String?
    public let rationale: String
    public let severity: Severity
    public let severityReason: String
    public let formerly: [String]
    public let appliesTo: Applicability
    public let parameters: [Parameter]
    public let relations: [Relation]
    public let assertions: [Assertion]
    public let requirements: [RequirementMapping]
    public let equivalents: [(engine: String, ids: [String])]
    public let fix: Fix
    /// The rule's own cases; empty for the embedded catalogue, which leaves them out.
    public let cases: [RuleCase]
    /// SHA-256 of the rule's canonical JSON without its cases, in hexadecimal.
    public let version: String
    /// The file the rule was read from, relative to its folder.
    public let file: String
}

/// How a rule bears on a requirement.
public struct RequirementMapping: Sendable, Hashable {
    /// How much of the requirement a passing rule shows.
    public enum Strength: String, Sendable, Hashable, CaseIterable {
        case full
        case partial
        case supporting
    }

    public let framework: String
    public let requirement: String
    public let strength: Strength
    public let reason: String

    /// `framework:requirement`.
    public var qualifiedID: String { "\(framework):\(requirement)" }
}

/// How related resources are found.
public enum RelationKind: Sendable, Hashable {
    case child
    case parent
    case scope
    /// The related resource's value at this path names the judged one.
    case attachedTo(String)
    /// The judged resource's value at this path names the related ones.
    case references(String)
}
