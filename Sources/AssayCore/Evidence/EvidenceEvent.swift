/// Something that happened and that an auditor may ask for.
///
/// Kinds are a closed set, each with a version.
public struct EvidenceEvent: Sendable, Hashable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case collected
        case evaluated
        case findingChanged
        case planned
        case fixStep
        case approved
        case exempted
        case registerChanged
        case reported
    }

    /// What happened; decides which members `details` holds.
    public let kind: Kind
    /// The version of the kind's `details`, counted from 1.
    public let version: Int
    /// RFC 3339 in UTC.
    public let at: String
    /// Digests, counts, ids: never a resource's values.
    public let details: Tree

    /// An event as the writer that caused it makes it.
    public init(kind: Kind, version: Int = 1, at: String, details: Tree) {
        self.kind = kind
        self.version = version
        self.at = at
        self.details = details
    }

    /// The entry as canonical JSON (RFC 8785).
    public func canonicalBytes() throws(CanonicalJSON.Failure) -> [UInt8] {
        try CanonicalJSON.encode(
            .object([
                ("event", .string(kind.rawValue)), ("version", .int(version)), ("at", .string(at)),
                ("details", details),
            ]))
    }
}

/// Takes events in the order in which they happen.
///
/// Every writer of the program calls it.
///
/// An implementation keeps an event durably before it returns, or throws.
public protocol EvidenceRecorder {
    /// Records one event.
    func record(_ event: EvidenceEvent) throws
}
