public import AssayCore
public import AssayRules

/// All that a scan found, in the order of its lists; every report is a pure function of it.
public struct ScanResult: Sendable {
    /// Counts of the whole scan.
    public struct Summary: Sendable {
        /// Resources of the snapshot, anchors and types that no rule judges included.
        public var resources: Int
        /// Rules that were asked, also those that met no resource.
        public var rules: Int
        /// Verdicts (rule × resource × profile) whose assertions all hold.
        public var pass: Int
        /// Verdicts of which an assertion does not hold, exempted ones included.
        public var fail: Int
        /// Verdicts that could not be decided; never counted as pass.
        public var unknown: Int
        /// Verdicts that people must give.
        public var manual: Int
        /// Verdicts of rules whose condition leaves the resource out.
        public var notApplicable: Int
        /// Findings under an approved exemption.
        public var exempt: Int
        /// False when something in scope could not be looked at.
        public var isComplete: Bool
        /// What the process ends with: 0, 1 for findings, 3 when incomplete; thresholds are applied already.
        public var exitCode: Int

        /// Counts as the assembly of a scan makes them.
        public init(
            resources: Int, rules: Int, pass: Int, fail: Int, unknown: Int, manual: Int, notApplicable: Int,
            exempt: Int, isComplete: Bool, exitCode: Int
        ) {
            self.resources = resources
            self.rules = rules
            self.pass = pass
            self.fail = fail
            self.unknown = unknown
            self.manual = manual
            self.notApplicable = notApplicable
            self.exempt = exempt
            self.isComplete = isComplete
            self.exitCode = exitCode
        }
    }

    /// Semantic version of the program that scanned, `0.1.0`.
    public var toolVersion: String
    /// `now` of the rules: when the snapshot was collected, or `--as-of`.
    public var asOf: String
    /// What was scanned, in the user's words.
    public var sources: [String]
    /// Counts of the whole scan, whatever a report leaves out.
    public var summary: Summary
    /// The frameworks asked for, in that order; all of the catalogue when none was named.
    public var frameworks: [Framework]
    /// The rules that were asked, by id.
    public var rules: [Rule]
    /// Sorted by (type, id, rule, profile).
    public var findings: [Finding]
    /// All verdicts in the same order; the writer of a format selects.
    public var verdicts: [Verdict]
    /// How completely each collection was looked at.
    public var looks: [CollectionLook]
    /// What was and was not looked at, declared collections included; by collection, scope, state.
    public var coverage: [Coverage]
    /// What degraded the run; an `error` means that something in scope was not judged.
    public var diagnostics: [Diagnostic]
    /// Every requirement of every framework asked for.
    public var requirements: [RequirementAssessment]
    /// Changes that close most, best first.
    public var changes: [Change]
    /// What could not be seen, and what would show it.
    public var unseen: [Unseen]
    /// Resources that hold PHI and have no owner.
    public var unownedPHI: [ResourceReference]
    /// How many resources the scope file or tags classify at all.
    public var classified: Int
    /// Whether verdicts of passing and notApplicable rules are wanted in output (`--verdicts all`).
    public var listsAllVerdicts: Bool

    /// A result as the scan makes it once everything is judged.
    public init(
        toolVersion: String, asOf: String, sources: [String], summary: Summary, frameworks: [Framework],
        rules: [Rule], findings: [Finding], verdicts: [Verdict], looks: [CollectionLook], coverage: [Coverage],
        diagnostics: [Diagnostic], requirements: [RequirementAssessment], changes: [Change], unseen: [Unseen],
        unownedPHI: [ResourceReference], classified: Int, listsAllVerdicts: Bool
    ) {
        self.toolVersion = toolVersion
        self.asOf = asOf
        self.sources = sources
        self.summary = summary
        self.frameworks = frameworks
        self.rules = rules
        self.findings = findings
        self.verdicts = verdicts
        self.looks = looks
        self.coverage = coverage
        self.diagnostics = diagnostics
        self.requirements = requirements
        self.changes = changes
        self.unseen = unseen
        self.unownedPHI = unownedPHI
        self.classified = classified
        self.listsAllVerdicts = listsAllVerdicts
    }
}

/// How many resources of one type were seen and how many could be read: `41 of 43, 2 unreadable`.
public struct CollectionLook: Sendable, Hashable {
    /// The canonical type.
    public let type: String
    /// Resources of which everything that rules needed could be read.
    public let readable: Int
    /// Resources whose whole body or a needed path is unknown.
    public let unreadable: Int
    /// How many there are, or nil when no source states it.
    public let denominator: Int?
    /// Where the denominator comes from; `of those this identity can see` style words when there is none.
    public let basis: String

    /// A look as the assembly of a scan counts it.
    public init(type: String, readable: Int, unreadable: Int, denominator: Int?, basis: String) {
        self.type = type
        self.readable = readable
        self.unreadable = unreadable
        self.denominator = denominator
        self.basis = basis
    }
}

/// One change that closes many findings.
public struct Change: Sendable {
    /// The rule whose fix is the change.
    public let rule: Rule
    /// The profile it fails under: `default`, or a framework's id.
    public let profile: String
    /// What must be changed, one entry a finding, in the order of the findings.
    public let resources: [ResourceReference]
    /// Qualified requirement ids that would lose a failing test.
    public let requirements: [String]

    /// A change as the assembly of a scan groups it from findings.
    public init(rule: Rule, profile: String, resources: [ResourceReference], requirements: [String]) {
        self.rule = rule
        self.profile = profile
        self.resources = resources
        self.requirements = requirements
    }
}

/// Something that could not be looked at and that rules needed.
public struct Unseen: Sendable, Hashable {
    /// A collection, a path or a file.
    public let what: String
    /// An `UnknownReason`, or the diagnostic's message for a file.
    public let reason: String
    /// The permission, command or file that would show it.
    public let remedy: String
    /// How many verdicts are unknown for it.
    public let verdicts: Int

    /// A gap as the assembly of a scan counts it.
    public init(what: String, reason: String, remedy: String, verdicts: Int) {
        self.what = what
        self.reason = reason
        self.remedy = remedy
        self.verdicts = verdicts
    }
}
