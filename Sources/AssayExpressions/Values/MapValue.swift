/// A map that keeps the order of its entries; keys 1, 1u and 1.0 are one key.
public struct MapValue: Sendable {
    /// A key and its value.
    public struct Entry: Sendable {
        public let key: Value
        public let value: Value

        public init(key: Value, value: Value) {
            self.key = key
            self.value = value
        }
    }

    private final class Storage: Sendable {
        let entries: [Entry]
        let positions: [MapKey: Int]

        init(entries: [Entry], positions: [MapKey: Int]) {
            self.entries = entries
            self.positions = positions
        }
    }

    private let storage: Storage

    /// A map of string keys; the first of two equal keys wins.
    public init(_ members: KeyValuePairs<String, Value>) {
        self.init(members.map { ($0.key, $0.value) })
    }

    /// A map of string keys; the first of two equal keys wins.
    public init(_ members: [(String, Value)]) {
        var entries: [Entry] = []
        var positions: [MapKey: Int] = [:]
        for (key, value) in members where positions[.string(key)] == nil {
            positions[.string(key)] = entries.count
            entries.append(Entry(key: .string(key), value: value))
        }
        storage = Storage(entries: entries, positions: positions)
    }

    init(entries: [Entry], positions: [MapKey: Int]) {
        storage = Storage(entries: entries, positions: positions)
    }

    /// The entries in the order they were written.
    public var entries: [Entry] { storage.entries }
    /// How many entries there are.
    public var count: Int { storage.entries.count }

    /// The value for a key; nil when there is none.
    public subscript(key: String) -> Value? { self[.string(key)] }

    subscript(key: MapKey) -> Value? {
        guard let position = storage.positions[key] else { return nil }
        return storage.entries[position].value
    }
}

/// A map key in the one form under which equal numbers of different types meet.
enum MapKey: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    /// Only for values beyond `Int64.max`.
    case uint(UInt64)
    case string(String)

    /// The key that a value looks up; nil when no map can hold it.
    init?(lookup value: Value) {
        switch value {
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .uint(let number): self = Int64(exactly: number).map { .int($0) } ?? .uint(number)
        case .string(let text): self = .string(text)
        case .double(let number):
            if let exact = Int64(exactly: number) {
                self = .int(exact)
            } else if let exact = UInt64(exactly: number) {
                self = .uint(exact)
            } else {
                return nil
            }
        default: return nil
        }
    }

    /// The key under which a map literal stores a value; nil for types that cannot be keys (doubles included).
    init?(storing value: Value) {
        if case .double = value { return nil }
        self.init(lookup: value)
    }
}
