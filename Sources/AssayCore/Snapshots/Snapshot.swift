/// All resources seen at one time, with what was and was not looked at.
public struct Snapshot: Sendable {
    /// When and from what it was collected.
    public var header: SnapshotHeader
    /// Everything that was seen, anchors included; redacted before it comes here.
    public var resources: [Resource]
    /// What was and was not looked at; a collection without a record was not asked for and proves no absence.
    public var coverage: [Coverage]

    /// A snapshot as collection or the reader of a file makes it, not sorted yet.
    public init(header: SnapshotHeader, resources: [Resource] = [], coverage: [Coverage] = []) {
        self.header = header
        self.resources = resources
        self.coverage = coverage
    }

    /// Resources by type, then id; coverage by collection, scope, state.
    ///
    /// Bytewise, so that output is stable.
    public mutating func sort() {
        resources.sort { ($0.type, $0.id, $0.origin.display) < ($1.type, $1.id, $1.origin.display) }
        coverage.sort { ($0.collection, $0.scope, $0.state.rawValue) < ($1.collection, $1.scope, $1.state.rawValue) }
    }
}

/// The first line of a snapshot.
public struct SnapshotHeader: Sendable, Hashable {
    /// When collection ended, RFC 3339 in UTC.
    ///
    /// Rules read it as `now`.
    public var collectedAt: String
    /// What was asked for, in the user's words: paths, `azure`, `aws`.
    public var sources: [String]
    /// Name and version of the program that collected it, `assay 0.1.0`; empty when the file does not say.
    public var tool: String

    /// A header as the collector writes it or a file holds it.
    public init(collectedAt: String, sources: [String], tool: String) {
        self.collectedAt = collectedAt
        self.sources = sources
        self.tool = tool
    }
}
