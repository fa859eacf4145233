/// All resources seen at one time, with what was and was not looked at.
public struct Snapshot: Sendable {
    public var header: SnapshotHeader
    public var resources: [Resource]
    public var coverage: [Coverage]

    public init(header: SnapshotHeader, resources: [Resource] = [], coverage: [Coverage] = []) {
        self.header = header
        self.resources = resources
        self.coverage = coverage
    }

    /// Resources by type, then id; coverage by collection, scope, state. Bytewise, so that output is stable.
    public mutating func sort() {
        resources.sort { ($0.type, $0.id, $0.origin.display) < ($1.type, $1.id, $1.origin.display) }
        coverage.sort { ($0.collection, $0.scope, $0.state.rawValue) < ($1.collection, $1.scope, $1.state.rawValue) }
    }
}

/// The first line of a snapshot.
public struct SnapshotHeader: Sendable, Hashable {
    /// When collection ended, RFC 3339 in UTC. Rules read it as `now`.
    public var collectedAt: String
    /// What was asked for, in the user's words: paths, `azure`, `aws`.
    public var sources: [String]
    public var tool: String

    public init(collectedAt: String, sources: [String], tool: String) {
        self.collectedAt = collectedAt
        self.sources = sources
        self.tool = tool
    }
}
