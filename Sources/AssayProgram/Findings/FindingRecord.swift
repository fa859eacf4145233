import AssayCore

/// What is kept of a finding between scans.
public struct FindingRecord: Sendable, Hashable {
    public var key: FindingKey
    public var resourceType: String
    public var resourceName: String
    public var state: Finding.State
    /// RFC 3339 in UTC.
    public var firstSeen: String
    public var lastSeen: String
    public var resolvedAt: String?
    /// `fixed`, `removed` or `notApplicable`.
    public var resolution: String?
    /// How often it came back after it was resolved.
    public var reopened: Int

    public init(
        key: FindingKey, resourceType: String, resourceName: String, state: Finding.State, firstSeen: String,
        lastSeen: String, resolvedAt: String? = nil, resolution: String? = nil, reopened: Int = 0
    ) {
        self.key = key
        self.resourceType = resourceType
        self.resourceName = resourceName
        self.state = state
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.resolvedAt = resolvedAt
        self.resolution = resolution
        self.reopened = reopened
    }

    /// True while the fault stands.
    public var isStanding: Bool { state == .open || state == .acknowledged || state == .exempt }
}

/// A finding that changed its state in a scan.
public struct FindingTransition: Sendable, Hashable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable {
        case opened
        case reopened
        case resolved
        case moved
    }

    public let kind: Kind
    public let key: FindingKey
    /// The key before a move.
    public let formerKey: FindingKey?
    public let resolution: String?

    public init(kind: Kind, key: FindingKey, formerKey: FindingKey? = nil, resolution: String? = nil) {
        self.kind = kind
        self.key = key
        self.formerKey = formerKey
        self.resolution = resolution
    }
}
