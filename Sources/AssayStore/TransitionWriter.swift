public import AssayCore
import AssayProgram
import GRDB

/// Writes the transitions of one scan into the store's file, in batches of one transaction each.
///
/// Rows count only once `finish` was called: killed before, they are removed by the next writer. Memory is one batch
/// and SQLite's cache of 16 MiB.
public struct TransitionWriter: ~Copyable {
    /// The most rows that one transaction writes.
    public static let batchRows = 50_000
    private static let batchText = 8 << 20

    private let queue: DatabaseQueue
    private let scan: Int64
    private var pairs: [Int64] = []
    private var batch = TransitionBatch()
    /// Number of transitions handed in.
    public private(set) var count = 0

    /// Starts a scan's transitions.
    ///
    /// - Parameters:
    ///   - path: the store's file, made and migrated by `FindingStore`.
    ///   - scan: the scan's id.
    ///   - pairs: rule and profile of every pair that `append` will name by its index here.
    /// - Throws: `TransitionError.kept` when this scan's transitions are complete already.
    public init(path: String, scan: String, pairs: [(rule: String, profile: String)]) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA foreign_keys = ON")
            try database.execute(sql: "PRAGMA cache_size = -16384")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        (self.scan, self.pairs) = try queue.write { database in
            (try Self.begin(scan, database), try pairs.map { try Self.number($0.rule, $0.profile, database) })
        }
        self.queue = queue
    }

    private static func begin(_ scan: String, _ database: Database) throws -> Int64 {
        let isComplete = try Bool.fetchOne(
            database, sql: "SELECT isComplete FROM verdictScan WHERE scan = ?", arguments: [scan])
        if isComplete == true { throw TransitionError.kept(scan) }
        let abandoned = try Row.fetchAll(
            database, sql: "SELECT id, firstTransition FROM verdictScan WHERE isComplete = 0")
        for row in abandoned {
            let (id, first): (Int64, Int64) = (row["id"], row["firstTransition"])
            try database.execute(
                sql: "DELETE FROM verdictTransition WHERE id >= ? AND scan = ?", arguments: [first, id])
            try database.execute(sql: "DELETE FROM verdictScan WHERE id = ?", arguments: [id])
        }
        try database.execute(
            sql: """
                INSERT INTO verdictScan (scan, firstTransition)
                VALUES (?, (SELECT coalesce(max(id), 0) + 1 FROM verdictTransition))
                """,
            arguments: [scan])
        return database.lastInsertedRowID
    }

    private static func number(_ rule: String, _ profile: String, _ database: Database) throws -> Int64 {
        try database.execute(
            sql: "INSERT INTO verdictPair (rule, profile) VALUES (?, ?) ON CONFLICT DO NOTHING",
            arguments: [rule, profile])
        guard
            let number = try Int64.fetchOne(
                database, sql: "SELECT id FROM verdictPair WHERE rule = ? AND profile = ?", arguments: [rule, profile])
        else {
            throw TransitionError.unwritten("rule `\(rule)`")
        }
        return number
    }

    /// Starts the transitions of a resource.
    ///
    /// - Parameter id: the resource's id in UTF-8.
    public mutating func begin(resource id: Span<UInt8>) {
        batch.begin(resource: id)
    }

    /// Adds one transition of the resource that was begun last.
    ///
    /// - Parameters:
    ///   - pair: index into the pairs that the writer was started with.
    ///   - former: what was said before; nil when the pair was not there.
    ///   - present: what is said now; nil when the resource is gone.
    ///   - trace: the trace as JSON, for a transition to fail or unknown.
    public mutating func append(
        pair: Int, former: VerdictState?, present: VerdictState?, trace: [UInt8]? = nil
    ) throws {
        precondition(pair >= 0 && pair < pairs.count && !batch.resources.isEmpty, "a pair of the writer's, a resource")
        batch.append(pair: pair, old: former?.code ?? 0, new: present?.code ?? 0, trace: trace)
        count += 1
        if batch.rows.count >= Self.batchRows || batch.textCount >= Self.batchText { try flush() }
    }

    private mutating func flush() throws {
        guard !batch.rows.isEmpty else { return }
        let (batch, scan, pairs) = (batch, scan, pairs)
        try queue.write { database in try Self.write(batch, scan: scan, pairs: pairs, database) }
        self.batch = TransitionBatch()
        if let last = batch.resources.last { self.batch.begin(resource: Array(batch[last]).span) }
    }

    private static func write(_ batch: TransitionBatch, scan: Int64, pairs: [Int64], _ database: Database) throws {
        try database.execute(
            sql: "UPDATE verdictScan SET transitions = transitions + ? WHERE id = ? AND isComplete = 0",
            arguments: [batch.rows.count, scan])
        guard database.changesCount == 1 else { throw TransitionError.displaced }
        let resources = try numbers(of: batch, database)
        // An id that SQLite chooses is one more than the largest, so those of the batch are known.
        let first = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM verdictTransition") ?? 1
        var done = 0
        while done < batch.rows.count {
            let count = batch.rows.count - done >= rowsAStep ? rowsAStep : 1
            let insert = try RawStatement(database, insertion(rows: count))
            try insert.bind(scan, at: 1)
            repeat {
                var place: Int32 = 2
                for row in batch.rows[done..<(done + count)] {
                    try insert.bind(pairs[Int(row.pair)], at: place)
                    try insert.bind(resources[Int(row.resource)], at: place + 1)
                    try insert.bind(Int64(row.old), at: place + 2)
                    try insert.bind(Int64(row.new), at: place + 3)
                    place += 4
                }
                try insert.run()
                done += count
            } while batch.rows.count - done >= count
        }
        guard !batch.traces.isEmpty else { return }
        let trace = try RawStatement(database, "INSERT INTO verdictTrace (transition, trace) VALUES (?, ?)")
        for (index, row) in batch.rows.enumerated() where row.trace >= 0 {
            try trace.bind(first + Int64(index), at: 1)
            try trace.binding(batch[batch.traces[Int(row.trace)]], at: 2) { try trace.run() }
        }
    }

    /// Many rows a statement spare most of what SQLite does before and after each.
    private static let rowsAStep = 64

    private static func insertion(rows: Int) -> String {
        let values = (0..<rows).map { row in
            let first = row * 4 + 2
            return "(?1, ?\(first), ?\(first + 1), ?\(first + 2), ?\(first + 3))"
        }
        return "INSERT INTO verdictTransition (scan, pair, resource, old, new) VALUES "
            + values.joined(separator: ", ")
    }

    private static func numbers(of batch: TransitionBatch, _ database: Database) throws -> [Int64] {
        let select = try RawStatement(database, "SELECT id FROM verdictResource WHERE hash = ? AND resource = ?")
        let insert = try RawStatement(database, "INSERT INTO verdictResource (hash, resource) VALUES (?, ?)")
        var numbers = [Int64](repeating: 0, count: batch.usedResources.count)
        // In the order of the index, so that each of its pages is touched once a batch.
        let hashes = batch.usedResources.enumerated().map { (hash: ResourceHash.of(batch[$1]), place: $0) }
        for (hash, place) in hashes.sorted(by: { ($0.hash, $0.place) < ($1.hash, $1.place) }) {
            let text = batch[batch.resources[place]]
            try select.bind(hash, at: 1)
            if let number = try select.binding(text, at: 2, { try select.integer() }) {
                numbers[place] = number
            } else {
                try insert.bind(hash, at: 1)
                try insert.binding(text, at: 2) { try insert.run() }
                numbers[place] = database.lastInsertedRowID
            }
        }
        return numbers
    }

    /// Writes what is left and makes the scan's transitions count.
    public mutating func finish() throws {
        try flush()
        let scan = scan
        try queue.write { database in
            try database.execute(
                sql: "UPDATE verdictScan SET isComplete = 1 WHERE id = ? AND isComplete = 0", arguments: [scan])
            guard database.changesCount == 1 else { throw TransitionError.displaced }
        }
    }
}

/// Why transitions cannot be kept.
public enum TransitionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The scan of this id has its transitions already; the same input scanned again changes nothing.
    case kept(String)
    /// Another scan of the same workspace began meanwhile and removed what was written.
    case displaced
    /// The store holds something that this program never writes.
    case damaged(String)
    /// The store took something and does not find it again.
    case unwritten(String)

    /// What is wrong.
    public var description: String {
        switch self {
        case .kept(let scan): "the transitions of scan `\(scan)` are kept already"
        case .displaced: "another scan of this workspace removed the transitions while they were written; scan again"
        case .damaged(let what): "the store holds \(what), which assay never writes; restore it from a backup"
        case .unwritten(let what): "the store did not keep \(what)"
        }
    }
}
