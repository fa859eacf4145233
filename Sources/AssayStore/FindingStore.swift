import AssayCore
public import AssayProgram
import GRDB

/// Findings and scans in one SQLite file (WAL).
///
/// A scan is one transaction: killed at any moment, the file opens again with all of a scan or nothing of it. A newer
/// file than this program knows is refused by name, an older one is migrated forward.
public final class FindingStore: Sendable {
    private let queue: DatabaseQueue

    /// Opens or makes the file.
    public init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA foreign_keys = ON")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        let migrator = StoreMigrations.migrator
        let isNewer = try queue.read { try migrator.hasBeenSuperseded($0) }
        guard !isNewer else { throw StoreError.newer(path) }
        try migrator.migrate(queue)
    }

    /// All findings that are kept, by (resource, rule, profile).
    public func records() throws -> [FindingRecord] {
        try queue.read { database in
            try Row.fetchCursor(
                database,
                sql: """
                    SELECT rule, resource, profile, resourceType, resourceName, state, firstSeen, lastSeen, resolvedAt,
                        resolution, reopened FROM finding ORDER BY resource, rule, profile
                    """
            ).reduce(into: []) { records, row in records.append(try Self.record(row)) }
        }
    }

    private static func record(_ row: Row) throws -> FindingRecord {
        let state: String = row["state"]
        guard let state = Finding.State(rawValue: state) else { throw StoreError.damaged("finding state `\(state)`") }
        return FindingRecord(
            key: FindingKey(rule: row["rule"], resource: row["resource"], profile: row["profile"]),
            resourceType: row["resourceType"], resourceName: row["resourceName"], state: state,
            firstSeen: row["firstSeen"], lastSeen: row["lastSeen"], resolvedAt: row["resolvedAt"],
            resolution: row["resolution"], reopened: row["reopened"])
    }

    /// Keeps a scan with its findings and transitions in one transaction.
    ///
    /// - Parameters:
    ///   - scan: the scan.
    ///   - update: receives the records before and gives those after with what changed; it runs inside the
    ///     transaction, so that two scans at once cannot lose each other's changes.
    @discardableResult
    public func keep(
        _ scan: ScanRecord, update: (_ records: [FindingRecord]) throws -> FindingLedger.Outcome
    ) throws -> FindingLedger.Outcome {
        try queue.write { database in
            let before = try Row.fetchAll(database, sql: "SELECT * FROM finding").map { try Self.record($0) }
            let outcome = try update(before)
            try insert(scan, database)
            let unchanged = Set(before)
            let kept = Set(outcome.records.map(\.key))
            for record in before where !kept.contains(record.key) {
                try database.execute(
                    sql: "DELETE FROM finding WHERE rule = ? AND resource = ? AND profile = ?",
                    arguments: [record.key.rule, record.key.resource, record.key.profile])
            }
            for record in outcome.records where !unchanged.contains(record) { try insert(record, database) }
            for transition in outcome.transitions {
                try database.execute(
                    sql: """
                        INSERT INTO transition (scan, kind, rule, resource, profile, formerResource, resolution)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        scan.id, transition.kind.rawValue, transition.key.rule, transition.key.resource,
                        transition.key.profile, transition.formerKey?.resource, transition.resolution,
                    ])
            }
            return outcome
        }
    }

    private func insert(_ scan: ScanRecord, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO scan (id, collectedAt, asOf, snapshot, verdicts, complete) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET complete = excluded.complete
                """,
            arguments: [scan.id, scan.collectedAt, scan.asOf, scan.snapshotDigest, scan.verdictDigest, scan.isComplete])
    }

    private func insert(_ record: FindingRecord, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO finding (rule, resource, profile, resourceType, resourceName, state, firstSeen, lastSeen,
                    resolvedAt, resolution, reopened) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (rule, resource, profile) DO UPDATE SET resourceType = excluded.resourceType,
                    resourceName = excluded.resourceName, state = excluded.state, firstSeen = excluded.firstSeen,
                    lastSeen = excluded.lastSeen, resolvedAt = excluded.resolvedAt,
                    resolution = excluded.resolution, reopened = excluded.reopened
                """,
            arguments: [
                record.key.rule, record.key.resource, record.key.profile, record.resourceType, record.resourceName,
                record.state.rawValue, record.firstSeen, record.lastSeen, record.resolvedAt, record.resolution,
                record.reopened,
            ])
    }

    /// All scans, oldest first.
    public func scans() throws -> [ScanRecord] {
        try queue.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM scan ORDER BY collectedAt, id").map { row in
                ScanRecord(
                    id: row["id"], collectedAt: row["collectedAt"], asOf: row["asOf"], snapshotDigest: row["snapshot"],
                    verdictDigest: row["verdicts"], isComplete: row["complete"])
            }
        }
    }
}

/// One scan as the store keeps it.
public struct ScanRecord: Sendable, Hashable {
    /// Made of the two digests, `<16 hexadecimal digits>-<8>`: the same input scanned again gives the same id.
    public let id: String
    /// When the snapshot was collected, RFC 3339 in UTC; scans are ordered by it.
    public let collectedAt: String
    /// What the rules took for now, RFC 3339: `collectedAt` unless the user gave another.
    public let asOf: String
    /// SHA-256 of the sealed snapshot.
    public let snapshotDigest: String
    /// SHA-256 over rule order, resource order and verdicts.
    public let verdictDigest: String
    /// False when a verdict is unknown.
    public let isComplete: Bool

    /// A record as a scan makes it or the store reads it back.
    public init(
        id: String, collectedAt: String, asOf: String, snapshotDigest: String, verdictDigest: String, isComplete: Bool
    ) {
        self.id = id
        self.collectedAt = collectedAt
        self.asOf = asOf
        self.snapshotDigest = snapshotDigest
        self.verdictDigest = verdictDigest
        self.isComplete = isComplete
    }
}

/// Why a store cannot be used.
public enum StoreError: Error, Sendable, CustomStringConvertible {
    /// Made by a newer version of this program.
    case newer(String)
    /// Holds something that this program never writes.
    case damaged(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .newer(let path): "`\(path)` was made by a newer version of assay; use that version, or another workspace"
        case .damaged(let what): "the store holds \(what), which assay never writes; restore it from a backup"
        }
    }
}
