/// What a rule says of a resource.
public enum VerdictState: String, Sendable, Hashable, CaseIterable {
    case pass
    case fail
    case unknown
    case manual
    case notApplicable
}

/// Rule × resource × profile, with the reason and the trace.
public struct Verdict: Sendable, Hashable {
    /// Why a verdict is not pass or notApplicable.
    public struct Reason: Sendable, Hashable {
        /// An `UnknownReason`.
        public var code: String
        /// What could not be read, from the variable on (`resource.properties.…`, `related.…`); nil when no path is
        /// known.
        public var path: String?
        /// The call that the resource came from; nil when its source names none.
        public var call: String?
        /// The words of the error where the condition itself failed; nil for missing evidence.
        public var message: String?

        /// A reason as the evaluator finds it for the first assertion that could not be decided.
        public init(code: String, path: String? = nil, call: String? = nil, message: String? = nil) {
            self.code = code
            self.path = path
            self.call = call
            self.message = message
        }
    }

    /// Id of the rule, `azure-storage-min-tls`.
    public var rule: String
    /// SHA-256 of the rule's canonical JSON without its cases.
    public var ruleVersion: String
    /// `default`, or the framework whose parameters were used.
    public var profile: String
    /// The resource that was judged, not the related ones that the rule read.
    public var resource: ResourceReference
    /// What the rule says; unknown whenever an assertion could not be decided and none failed.
    public var state: VerdictState
    /// Set for an unknown verdict; nil otherwise, since `messages` and `trace` explain a failure.
    public var reason: Reason?
    /// The messages of the assertions that did not hold.
    public var messages: [String]
    /// Filled for failing and unknown verdicts.
    public var trace: [TraceEntry]

    /// A verdict as the evaluator builds it up.
    public init(
        rule: String, ruleVersion: String, profile: String, resource: ResourceReference, state: VerdictState,
        reason: Reason? = nil, messages: [String] = [], trace: [TraceEntry] = []
    ) {
        self.rule = rule
        self.ruleVersion = ruleVersion
        self.profile = profile
        self.resource = resource
        self.state = state
        self.reason = reason
        self.messages = messages
        self.trace = trace
    }

    /// Type, id, rule, profile: the order of every list of verdicts.
    public var sortKey: (String, String, String, String) { (resource.type, resource.id, rule, profile) }
}

/// One atom that decided a verdict: what was read, what was wanted, where it came from.
public struct TraceEntry: Sendable, Hashable {
    /// Where the value stands, from the variable on (`resource.properties.minimumTlsVersion`); empty when none was
    /// read.
    public var path: String
    /// How the value was tested: `==`, `in`, `has`, `startsWith`, …; `not ` before it when the test is negated.
    public var operation: String
    /// What the value was held against, as text; cut like `actual`.
    public var expected: String
    /// At most 256 bytes of the value; a longer one ends in `…` and its SHA-256.
    public var actual: String
    /// `path:line` or the API call.
    public var origin: String
    /// `true`, `false`, `unknown` or `error`.
    public var result: String
    /// The condition's own words.
    public var source: String

    /// An entry as the evaluator makes it of one atom.
    public init(
        path: String, operation: String, expected: String, actual: String, origin: String, result: String,
        source: String
    ) {
        self.path = path
        self.operation = operation
        self.expected = expected
        self.actual = actual
        self.origin = origin
        self.result = result
        self.source = source
    }
}
