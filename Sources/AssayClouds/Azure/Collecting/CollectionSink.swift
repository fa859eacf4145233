public import AssayCore

/// Takes what a collection reads, unit by unit, so that an interrupted run can go on.
///
/// A unit is one entry of the table on one owner: the storage accounts of a subscription, the containers of an account.
public protocol CollectionSink: Sendable {
    /// What an earlier run read whole; nil when the unit must be read.
    func finished(_ unit: String) async throws -> CollectionUnit?

    /// Hands the resources of a finished unit over, a part at a time.
    func resources(of unit: CollectionUnit, _ take: @Sendable ([Resource]) async throws -> Void) async throws

    /// Keeps resources of a unit that is being read.
    func append(_ resources: [Resource], unit: String) async throws

    /// Says that a unit was read whole.
    func finish(_ unit: CollectionUnit) async throws

    /// Keeps the record of an answered request.
    func add(_ call: CallRecord) async

    /// When the collection before this one began, RFC 3339; nil when there is none that can be built on.
    func earlierStart() async -> String?

    /// A unit of the collection before this one, with its resources; nil when it had none.
    func earlier(_ unit: String) async throws -> EarlierUnit?

    /// True when the collection before this one held the same document of the resource.
    func isUnchanged(_ resource: Resource) async throws -> Bool
}

extension CollectionSink {
    /// A sink without memory.
    public func earlierStart() async -> String? { nil }
    /// A sink without memory.
    public func earlier(_ unit: String) async throws -> EarlierUnit? { nil }
    /// A sink without memory.
    public func isUnchanged(_ resource: Resource) async throws -> Bool { false }
}

/// A unit that an earlier collection read whole.
public struct EarlierUnit: Sendable {
    /// How it was read, and when.
    public let unit: CollectionUnit
    /// What was found, sealed.
    public let resources: [Resource]

    /// A unit as the sink kept it.
    public init(unit: CollectionUnit, resources: [Resource]) {
        self.unit = unit
        self.resources = resources
    }
}

/// One unit that was read whole.
public struct CollectionUnit: Sendable, Hashable {
    /// Names entry and owner.
    public let key: String
    /// Elements that the answer had.
    public let count: Int
    /// Pages of the answer; nil where it has none.
    public let pages: Int?
    /// The first call, `GET /subscriptions/…`.
    public let call: String
    /// RFC 3339 in UTC.
    public let at: String

    /// A unit as the collection finishes it or the sink kept it.
    public init(key: String, count: Int, pages: Int?, call: String, at: String) {
        self.key = key
        self.count = count
        self.pages = pages
        self.call = call
        self.at = at
    }
}
