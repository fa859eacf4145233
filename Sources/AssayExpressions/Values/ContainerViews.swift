internal import AssayCore

/// A list wherever it is kept: as values or in a document.
enum ListView {
    case values(ListValue)
    case document(DocumentNode)

    var count: Int {
        switch self {
        case .values(let list): list.elements.count
        case .document(let node): node.count
        }
    }

    var openness: UnknownCauses? {
        if case .values(let list) = self { list.openness } else { nil }
    }

    /// How many elements, from the first on, are certain to stand where they stand.
    var orderedCount: Int {
        switch self {
        case .values(let list): list.orderedCount
        case .document(let node): node.count
        }
    }

    subscript(index: Int) -> Value? {
        switch self {
        case .values(let list): list.elements.indices.contains(index) ? list.elements[index] : nil
        case .document(let node): node[index].map { Value($0) }
        }
    }

    /// The elements without building a list of them.
    struct Iterator: IteratorProtocol {
        fileprivate var values: IndexingIterator<[Value]>?
        fileprivate var nodes: DocumentNode.Children<DocumentNode>?
        /// The document node of the element given last, where there is one.
        private(set) var node: DocumentNode?

        mutating func next() -> Value? {
            if values != nil {
                let value = values?.next()
                if case .document(let found)? = value { node = found } else { node = nil }
                return value
            }
            node = nodes?.next()
            return node.map { Value($0) }
        }
    }

    func makeIterator() -> Iterator {
        switch self {
        case .values(let list): Iterator(values: list.elements.makeIterator(), nodes: nil)
        case .document(let node): Iterator(values: nil, nodes: node.elements)
        }
    }
}

/// A map wherever it is kept, with fast look-up when it is large.
struct MapView {
    private enum Storage {
        case map(MapValue)
        case document(DocumentNode)
        case indexed([MapValue.Entry], [MapKey: Int])
    }

    private let storage: Storage
    /// Set when a member is itself unknown, so that it may be missing and the size is not certain.
    let missingMembers: UnknownCauses?
    let count: Int

    init(_ map: MapValue) {
        storage = .map(map)
        missingMembers = nil
        count = map.count
    }

    init(_ node: DocumentNode) {
        missingMembers = node.directUnknown
        count = node.count
        guard node.count > 8 else {
            storage = .document(node)
            return
        }
        var entries: [MapValue.Entry] = []
        var positions: [MapKey: Int] = [:]
        for member in node.members {
            positions[.string(member.key)] = entries.count
            entries.append(MapValue.Entry(key: .string(member.key), value: Value(member.value)))
        }
        storage = .indexed(entries, positions)
    }

    var entries: [MapValue.Entry] {
        switch storage {
        case .map(let map): map.entries
        case .indexed(let entries, _): entries
        case .document(let node):
            node.members.map { MapValue.Entry(key: .string($0.key), value: Value($0.value)) }
        }
    }

    func value(for key: Value) -> Value? {
        switch storage {
        case .map(let map): MapKey(lookup: key).flatMap { map[$0] }
        case .document(let node): key.string.flatMap { node[$0] }.map { Value($0) }
        case .indexed(let entries, let positions):
            MapKey(lookup: key).flatMap { positions[$0] }.map { entries[$0].value }
        }
    }
}

extension Value {
    var listView: ListView? {
        switch self {
        case .list(let list): .values(list)
        case .document(let node) where node.kind == .array: .document(node)
        default: nil
        }
    }

    var mapView: MapView? {
        switch self {
        case .map(let map): MapView(map)
        case .document(let node) where node.kind == .object: MapView(node)
        default: nil
        }
    }
}
