/// Builds a map whose keys must be of a key type and different from each other.
struct MapBuilder {
    private var entries: [MapValue.Entry] = []
    private var positions: [MapKey: Int] = [:]
    private var failure: Value?
    private var unknown: UnknownCauses?

    mutating func fail(_ error: Value) {
        failure = failure ?? error
    }

    mutating func open(_ causes: UnknownCauses) {
        unknown = unknown?.merging(causes) ?? causes
    }

    /// The key in stored form; nil when it is unknown, an error or of a type that cannot be a key.
    @discardableResult
    mutating func check(_ key: Value) -> MapKey? {
        switch key {
        case .unknown(let causes): open(causes)
        case .error: fail(key)
        default:
            if let stored = MapKey(storing: key) { return stored }
            fail(.failure(.invalidArgument, "`\(key.typeName)` cannot be a map key"))
        }
        return nil
    }

    mutating func add(_ key: Value, _ value: Value) {
        guard let stored = check(key) else {
            if case .unknown(let causes) = value { open(causes) }
            return
        }
        guard positions[stored] == nil else {
            fail(.failure(.duplicateKey, "the key `\(key.rendered(limit: 80))` stands twice in a map"))
            return
        }
        positions[stored] = entries.count
        entries.append(MapValue.Entry(key: key, value: value))
    }

    var value: Value {
        var causes = unknown
        if failure != nil {
            for case .unknown(let found) in entries.map(\.value) { causes = causes?.merging(found) ?? found }
        }
        if let causes { return .unknown(causes) }
        return failure ?? .map(MapValue(entries: entries, positions: positions))
    }
}
