public import AssayCore

/// A rule of `assay.rule/1`: what must hold for resources of one type, why, for whom, and how to mend it.
public struct Rule: Sendable {
    /// Type and condition under which the rule is asked at all.
    public struct Applicability: Sendable {
        /// The canonical type that is judged, compared without regard to case.
        public let type: String
        /// A CEL condition; false makes the verdict notApplicable.
        public let when: String?
    }

    /// A value that users and profiles may set.
    public struct Parameter: Sendable {
        /// Conditions read it as `params.name`; users set it as `rule.name`.
        public let name: String
        /// The type of the value, for readers and the linter: `int`, `string`, `bool`, `list`.
        public let type: String
        /// The value where neither the user nor a framework asked for gives one.
        public let `default`: Tree
        /// Values by framework id.
        public let profiles: [String: Tree]
        /// What the value decides; nil when the name says it.
        public let description: String?
    }

    /// A join to resources of another type.
    public struct Relation: Sendable {
        /// Conditions read the list as `related.name`.
        public let name: String
        /// The canonical type of the related resources.
        public let type: String
        /// How they are found from the judged resource.
        public let by: RelationKind
    }

    /// One condition that must hold.
    public struct Assertion: Sendable {
        /// The CEL condition; the rule fails where it is false and is unknown where it cannot be decided.
        public let that: String
        /// What a finding says when the condition is false.
        public let message: String
    }

    /// How the fault is mended, by channel.
    public struct Fix: Sendable {
        /// Instructions by channel in the rule's order: portal, cli, terraform, bicep, cloudformation.
        public let steps: [(channel: String, text: String)]
        /// Low and high estimate in hours for one resource.
        public let effortHours: (low: Double, high: Double)?
        /// What users notice while it is applied: `none`, `restart` or `outage`; nil when the rule does not say.
        public let downtime: String?
        /// The role that applies it: `cloud`, `data`, `identity`, `network` or `security`; nil when the rule does not
        /// say.
        public let role: String?
        /// True when the change cannot be taken back; false when the rule does not say.
        public let isIrreversible: Bool
    }

    /// Stable in kebab case, `azure-storage-min-tls`; findings are keyed by it.
    public let id: String
    /// What holds where the rule passes, on one line.
    public let title: String
    /// What the rule reads and leaves out; nil when title and rationale say it.
    public let description: String?
    /// Why it matters: what can happen where the rule fails.
    public let rationale: String
    /// How much a failure matters; thresholds go by it.
    public let severity: Severity
    /// Why it is this severity and no other; empty when the author gives no reason.
    public let severityReason: String
    /// Earlier ids; findings under them are carried over to the present one.
    public let formerly: [String]
    /// Which resources the rule is asked of.
    public let appliesTo: Applicability
    /// What users and profiles may set, in the order of the file.
    public let parameters: [Parameter]
    /// The joins that the conditions read as `related`, in the order of the file.
    public let relations: [Relation]
    /// All must hold for a pass; never empty.
    public let assertions: [Assertion]
    /// What the rule bears on in each framework; empty for a rule that belongs to none.
    public let requirements: [RequirementMapping]
    /// Ids of rules of other engines that ask the same, by engine (`checkov`, `prowler`, `azurePolicy`, `awsConfig`).
    public let equivalents: [(engine: String, ids: [String])]
    /// How a failing resource is mended.
    public let fix: Fix
    /// The rule's own cases; empty for the embedded catalogue, which leaves them out.
    public let cases: [RuleCase]
    /// SHA-256 of the rule's canonical JSON without its cases, in hexadecimal.
    public let version: String
    /// The file the rule was read from: inside the catalogue for an embedded rule, as the user named it for others.
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

    /// Id of the framework, `soc2`.
    public let framework: String
    /// The publisher's id within the framework, `CC6.7`.
    public let requirement: String
    /// How much of the requirement the rule shows; two partials never make a full.
    public let strength: Strength
    /// Why it bears on the requirement, in words that an auditor can check.
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
