public import AssayCore

/// The identity of a finding: rule, resource and profile. Two scans that see the same fault make the same key.
public struct FindingKey: Sendable, Hashable, CustomStringConvertible {
    public let rule: String
    public let resource: String
    public let profile: String

    public init(rule: String, resource: String, profile: String) {
        self.rule = rule
        self.resource = resource
        self.profile = profile
    }

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
