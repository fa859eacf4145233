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
        /// An `UnknownReason`, or the message's place in the rule for a failure.
        public var code: String
        public var path: String?
        public var call: String?

        public init(code: String, path: String? = nil, call: String? = nil) {
            self.code = code
            self.path = path
            self.call = call
        }
    }

    public var rule: String
    /// SHA-256 of the rule's canonical JSON without its cases.
    public var ruleVersion: String
    /// `default`, or the framework whose parameters were used.
    public var profile: String
    public var resource: ResourceReference
    public var state: VerdictState
    public var reason: Reason?
    /// The messages of the assertions that did not hold.
    public var messages: [String]
    /// Filled for failing and unknown verdicts.
    public var trace: [TraceEntry]

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
    public var path: String
    public var operation: String
    public var expected: String
    /// At most 256 bytes of the value; a longer one ends in `…` and its SHA-256.
    public var actual: String
    /// `path:line` or the API call.
    public var origin: String
    /// `true`, `false`, `unknown` or `error`.
    public var result: String
    /// The condition's own words.
    public var source: String

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
