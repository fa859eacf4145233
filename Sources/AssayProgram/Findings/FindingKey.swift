public import AssayCore
import AssayHashing

/// The identity of a finding: rule, resource and profile.
///
/// Two scans that see the same fault make the same key.
public struct FindingKey: Sendable, Hashable, CustomStringConvertible {
    /// Id of the rule; a record under an earlier name of it is moved to the present one.
    public let rule: String
    /// Identity of the judged resource, `Resource.id`.
    public let resource: String
    /// `default`, or the framework whose parameters were used: one fault under two profiles is two findings.
    public let profile: String

    /// A key of its three parts, as the store keeps them.
    public init(rule: String, resource: String, profile: String) {
        self.rule = rule
        self.resource = resource
        self.profile = profile
    }

    /// The key of the finding that this verdict opens or keeps open.
    public init(_ verdict: Verdict) {
        self.init(rule: verdict.rule, resource: verdict.resource.id, profile: verdict.profile)
    }

    /// The first 24 hexadecimal digits of the SHA-256 of the three parts, each ended by a zero byte.
    public var description: String {
        var bytes: [UInt8] = []
        for part in [rule, resource, profile] { bytes += Array(part.utf8) + [0] }
        return String(Digest(of: bytes).hexadecimal.prefix(24))
    }
}
