import AssayCore

/// What is kept of a finding between scans.
public struct FindingRecord: Sendable, Hashable {
    /// Rule, resource and profile; one record a key.
    public var key: FindingKey
    /// Canonical type, kept so that a resource that is gone can be looked for in its collection.
    public var resourceType: String
    /// Kept so that a resource that comes back under another id can be recognised as moved.
    public var resourceName: String
    /// Where it stands; a scan sets `open` and `resolved` only.
    public var state: Finding.State
    /// RFC 3339 in UTC.
    public var firstSeen: String
    /// When the latest snapshot that showed the fault was collected, RFC 3339 in UTC.
    public var lastSeen: String
    /// When the snapshot that no longer showed the fault was collected, RFC 3339 in UTC; nil while it stands.
    public var resolvedAt: String?
    /// `fixed`, `removed` or `notApplicable`.
    public var resolution: String?
    /// How often it came back after it was resolved.
    public var reopened: Int

    /// A record as the ledger opens it or the store reads it back.
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

    /// What happened to it; a scan notes one change of a finding at most.
    public let kind: Kind
    /// The key after the scan.
    public let key: FindingKey
    /// The key before a move.
    public let formerKey: FindingKey?
    /// Why it was resolved, `fixed`, `removed` or `notApplicable`; nil for other kinds.
    public let resolution: String?

    /// A transition as the ledger notes it.
    public init(kind: Kind, key: FindingKey, formerKey: FindingKey? = nil, resolution: String? = nil) {
        self.kind = kind
        self.key = key
        self.formerKey = formerKey
        self.resolution = resolution
    }
}
