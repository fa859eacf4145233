/// A list: the elements that are known and, for an *open* list, the reason why there may be more.
///
/// An open list answers what its known part decides (`exists` that finds, `all` that fails, an index inside the
/// part whose order is certain) and is unknown otherwise.
public struct ListValue: Sendable {
    private final class Storage: Sendable {
        let elements: [Value]
        let openness: UnknownCauses?
        let orderedCount: Int

        init(elements: [Value], openness: UnknownCauses?, orderedCount: Int) {
            self.elements = elements
            self.openness = openness
            self.orderedCount = orderedCount
        }
    }

    private let storage: Storage

    /// A list; give `openness` when there may be more elements than these.
    public init(_ elements: [Value], openness: UnknownCauses? = nil) {
        storage = Storage(elements: elements, openness: openness, orderedCount: elements.count)
    }

    /// A list of which only the first `orderedCount` elements are certain to stand where they stand.
    init(_ elements: [Value], openness: UnknownCauses?, orderedCount: Int) {
        storage = Storage(elements: elements, openness: openness, orderedCount: min(orderedCount, elements.count))
    }

    /// The known elements.
    public var elements: [Value] { storage.elements }
    /// Why there may be more; nil for an ordinary list.
    public var openness: UnknownCauses? { storage.openness }
    var orderedCount: Int { storage.orderedCount }
}
