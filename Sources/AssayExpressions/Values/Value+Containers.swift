internal import AssayCore

extension Value {
    /// The elements of a list, wherever they are kept, for an open list its known part; nil for any other value.
    public var listElements: [Value]? {
        switch self {
        case .list(let list): list.elements
        case .document(let node) where node.kind == .array: node.elements.map { Value($0) }
        default: nil
        }
    }

    /// The entries of a map, wherever they are kept; nil for any other value.
    public var mapEntries: [MapValue.Entry]? {
        switch self {
        case .map(let map): map.entries
        case .document(let node) where node.kind == .object:
            node.members.map { MapValue.Entry(key: .string($0.key), value: Value($0.value)) }
        default: nil
        }
    }

    /// The member of a map with this key: nil when it has none or the value is not a map.
    public func member(_ key: String) -> Value? {
        switch self {
        case .map(let map): map[key]
        case .document(let node): node[key].map { Value($0) }
        default: nil
        }
    }

    /// Why the value or a part of it is not known; nil when all of it is.
    public var nestedUnknown: UnknownCauses? {
        switch self {
        case .unknown(let causes): return causes
        case .list(let list):
            return list.elements.reduce(list.openness) { found, element in
                element.nestedUnknown.map { $0.merging(found) } ?? found
            }
        case .map(let map):
            return map.entries.reduce(nil) { found, entry in
                entry.value.nestedUnknown.map { $0.merging(found) } ?? found
            }
        case .optional(let optional): return optional.value?.nestedUnknown
        case .document(let node): return Self.firstUnknown(in: node)
        default: return nil
        }
    }

    private static func firstUnknown(in node: DocumentNode) -> UnknownCauses? {
        guard node.containsUnknown else { return nil }
        // One level at a time, so that the depth of a document cannot exhaust the stack.
        var current = node
        while true {
            if let reason = current.unknownReason { return UnknownCauses(reason, path: current.path) }
            let below = current.kind == .array ? Array(current.elements) : current.members.map(\.value)
            guard let next = below.first(where: \.containsUnknown) else { return UnknownCauses(.failed) }
            current = next
        }
    }
}

extension DocumentNode {
    /// The first member that is itself unknown: it may be absent, so that the object's size is not certain.
    var directUnknown: UnknownCauses? {
        guard kind == .object else { return nil }
        for member in members {
            if let reason = member.value.unknownReason { return UnknownCauses(reason, path: member.value.path) }
        }
        return nil
    }
}
