import AssayCore

/// Where a log goes, how long it stays there and whether it can be changed.
struct LogSink: Hashable {
    /// `workspace`, `storageAccount`, `eventHub` or `partner`.
    let kind: String
    let id: Tree
    /// Days after which the log is gone; null when nothing deletes it.
    var retentionDays: Tree
    /// True when no rule deletes the log.
    var isUnlimited: Tree
    /// True when a locked policy keeps it from being changed or deleted.
    var isImmutable: Tree
    /// Days for which the locked policy holds; 0 without one.
    var immutableDays: Tree
    /// True when the sink cannot be reached from every network.
    var isRestricted: Tree

    init(kind: String, id: Tree, hidden reason: UnknownReason) {
        self.kind = kind
        self.id = id
        retentionDays = .unknown(reason)
        isUnlimited = .unknown(reason)
        isImmutable = .unknown(reason)
        immutableDays = .unknown(reason)
        isRestricted = .unknown(reason)
    }

    mutating func keep(_ days: Certain<Int?>) {
        switch days {
        case .unknown(let reason):
            retentionDays = .unknown(reason)
            isUnlimited = .unknown(reason)
        case .known(let days):
            retentionDays = days.map { .int($0) } ?? Tree(.null)
            isUnlimited = .bool(days == nil)
        }
    }

    mutating func lock(_ days: Certain<Int>) {
        switch days {
        case .unknown(let reason):
            isImmutable = .unknown(reason)
            immutableDays = .unknown(reason)
        case .known(let days):
            isImmutable = .bool(days > 0)
            immutableDays = .int(days)
        }
    }

    /// Members for a fact.
    var members: [(String, Tree)] {
        [
            ("sink", .string(kind)), ("sinkId", id), ("retentionDays", retentionDays), ("isUnlimited", isUnlimited),
            ("isImmutable", isImmutable), ("immutableDays", immutableDays), ("isRestricted", isRestricted),
        ]
    }
}

/// A value, or why it is not known.
enum Certain<Value> {
    case known(Value)
    case unknown(UnknownReason)
}
