/// What makes a pair of two scans the same: only then may a verdict be carried over.
public struct PairIdentity: Sendable, Hashable {
    /// Id of the rule.
    public let rule: String
    /// SHA-256 of the rule's canonical JSON without its cases.
    public let version: String
    /// `default`, or the framework whose parameters are used.
    public let profile: String
    /// Digest of the parameters' values, defaults included.
    public let parameters: String

    /// An identity of its four parts.
    public init(rule: String, version: String, profile: String, parameters: String) {
        self.rule = rule
        self.version = version
        self.profile = profile
        self.parameters = parameters
    }
}
