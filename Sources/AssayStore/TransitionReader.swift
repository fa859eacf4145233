public import AssayCore
import AssayProgram
import GRDB

/// A transition as the store keeps it.
public struct KeptTransition: Sendable, Hashable {
    /// Id of the rule.
    public let rule: String
    /// The profile.
    public let profile: String
    /// Id of the resource.
    public let resource: String
    /// What was said before; nil when the pair was not there.
    public let former: VerdictState?
    /// What is said since; nil when the resource is gone.
    public let present: VerdictState?
    /// The trace as JSON; nil when none was kept.
    public let trace: String?

    /// A transition of its parts.
    public init(
        rule: String, profile: String, resource: String, former: VerdictState?, present: VerdictState?,
        trace: String? = nil
    ) {
        self.rule = rule
        self.profile = profile
        self.resource = resource
        self.former = former
        self.present = present
        self.trace = trace
    }
}

/// Reads the transitions of complete scans from the store's file.
public struct TransitionReader: Sendable {
    private let queue: DatabaseQueue

    /// Opens a store that `FindingStore` made.
    public init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.readonly = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Calls `body` with each transition of a scan, in the order in which they were written; with none when the scan
    /// was killed before it was complete.
    public func forEach(ofScan scan: String, _ body: (KeptTransition) throws -> Void) throws {
        try queue.read { database in
            guard
                let found = try Row.fetchOne(
                    database, sql: "SELECT id, firstTransition FROM verdictScan WHERE scan = ? AND isComplete = 1",
                    arguments: [scan])
            else { return }
            let (id, first): (Int64, Int64) = (found["id"], found["firstTransition"])
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT rule, profile, verdictResource.resource AS resource, old, new, trace FROM verdictTransition
                    JOIN verdictPair ON verdictPair.id = pair
                    JOIN verdictResource ON verdictResource.id = verdictTransition.resource
                    LEFT JOIN verdictTrace ON transition = verdictTransition.id
                    WHERE verdictTransition.id >= ?1 AND scan = ?2
                        AND verdictTransition.id < coalesce(
                            (SELECT min(firstTransition) FROM verdictScan WHERE firstTransition > ?1),
                            9223372036854775807)
                    ORDER BY verdictTransition.id
                    """,
                arguments: [first, id])
            while let row = try rows.next() {
                try body(
                    KeptTransition(
                        rule: row["rule"], profile: row["profile"], resource: row["resource"],
                        former: try Self.state(row["old"]), present: try Self.state(row["new"]), trace: row["trace"]))
            }
        }
    }

    private static func state(_ code: Int64) throws -> VerdictState? {
        if code == 0 { return nil }
        guard let byte = UInt8(exactly: code), let state = VerdictState(code: byte) else {
            throw TransitionError.damaged("a verdict of code \(code)")
        }
        return state
    }
}
