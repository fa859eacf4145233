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
}

/// One unit that was read whole.
public struct CollectionUnit: Sendable, Hashable {
    /// Names entry and owner.
    public let key: String
    public let count: Int
    public let pages: Int?
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
