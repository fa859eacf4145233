/// A map that keeps the order of its entries; keys 1, 1u and 1.0 are one key.
public struct MapValue: Sendable {
    /// A key and its value.
    public struct Entry: Sendable {
        /// A bool, int, uint or string.
        public let key: Value
        /// May be unknown, never an error.
        public let value: Value

        /// An entry of a map.
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
