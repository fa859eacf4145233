/// One line of a snapshot file.
public enum SnapshotLine: Sendable {
    case header(SnapshotHeader)
    case resource(Resource)
    case coverage(Coverage)
    case end(SnapshotEnd)

    /// The name and version of the format.
    public static let schema = (name: "snapshot", version: 1)

    /// Reads one line; anything but the four kinds is an error.
    public init(json node: DocumentNode) throws(SnapshotError) {
        if let header = node["snapshot"] {
            guard header["version"]?.int == 1 else {
                throw SnapshotError(
                    "snapshot version \(header["version"]?.description ?? "missing") is not supported, this program reads 1",
                    at: header)
            }
            self = .header(
                SnapshotHeader(
                    collectedAt: try header.requiredString("collectedAt"),
                    sources: (header["sources"]?.elements ?? DocumentNode.none).compactMap(\.string),
                    tool: header["tool"]?.string ?? ""))
        } else if let resource = node["resource"] {
            self = .resource(try Resource(json: resource))
        } else if let coverage = node["coverage"] {
            self = .coverage(try Coverage(json: coverage))
        } else if let end = node["end"] {
            guard let resources = end["resources"]?.int, let coverage = end["coverage"]?.int,
                let sha256 = end["sha256"]?.string
            else { throw SnapshotError("`end` must hold `resources`, `coverage` and `sha256`", at: end) }
            self = .end(SnapshotEnd(resources: Int(resources), coverage: Int(coverage), sha256: sha256))
        } else {
            throw SnapshotError("line is none of snapshot, resource, coverage, end", at: node)
        }
    }
}

/// The last line of a snapshot; without it the file is truncated and proves no absence.
public struct SnapshotEnd: Sendable, Hashable {
    /// How many resource lines come before; a file with another count is not whole.
    public let resources: Int
    /// How many coverage lines come before; a file with another count is not whole.
    public let coverage: Int
    /// SHA-256 of all lines before this one, line ends included, in hexadecimal.
    public let sha256: String

    /// The end as the writer of a snapshot counts it or a file holds it.
    public init(resources: Int, coverage: Int, sha256: String) {
        self.resources = resources
        self.coverage = coverage
        self.sha256 = sha256
    }
}
