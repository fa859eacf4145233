internal import AssayCore

/// What a macro walks: the elements of a list or the entries of a map, bound to one or two locals.
struct LoopRange {
    private var elements: ListView.Iterator?
    private var entries: IndexingIterator<[MapValue.Entry]>?
    private var position: Int64 = -1
    /// Why there may be more than the walk shows.
    let openness: UnknownCauses?
    private let hidesMembers: Bool
    let orderedCount: Int
    let isList: Bool

    /// Nil when the value can be walked by no macro.
    init?(_ value: Value) {
        if let list = value.listView {
            elements = list.makeIterator()
            openness = list.openness
            hidesMembers = false
            orderedCount = list.orderedCount
            isList = true
        } else if let map = value.mapView {
            entries = map.entries.makeIterator()
            openness = nil
            hidesMembers = map.missingMembers != nil
            orderedCount = map.count
            isList = false
        } else {
            return nil
        }
    }

    /// An index or key, the value that belongs to it and, when it is not certain that they are there, why.
    struct Element {
        let key: Value
        let value: Value
        let doubt: UnknownCauses?
    }

    mutating func next() -> Element? {
        if isList {
            guard let element = elements?.next() else { return nil }
            position += 1
            return Element(key: .int(position), value: element, doubt: nil)
        }
        guard let entry = entries?.next() else { return nil }
        // A member of a document that is itself unknown may be absent as well.
        if hidesMembers, case .unknown(let causes) = entry.value {
            return Element(key: entry.key, value: entry.value, doubt: causes)
        }
        return Element(key: entry.key, value: entry.value, doubt: nil)
    }

    /// The document node of the element given last, where the range lies in a document.
    var node: DocumentNode? { elements?.node }
}
