/// The list that `filter` or `map` builds: open when it is not known whether an element belongs to it.
struct CollectedList {
    private var elements: [Value] = []
    private var openness: UnknownCauses?
    private var orderedCount: Int?
    private var error: Value?

    init(openness: UnknownCauses?) {
        self.openness = openness
    }

    mutating func loseOrder() {
        orderedCount = orderedCount ?? elements.count
    }

    mutating func add(_ element: Value, if condition: Value, doubt: UnknownCauses?) {
        switch condition {
        case .bool(true):
            if let doubt {
                loseOrder()
                openness = doubt.merging(openness)
            } else if case .error = element {
                error = error ?? element
            } else {
                elements.append(element)
            }
        case .bool: break
        case .unknown(let causes):
            loseOrder()
            openness = openness?.merging(causes) ?? causes
        case .error: error = error ?? condition
        default: error = error ?? Evaluator.noSuchOverload("filter", condition)
        }
    }

    var value: Value {
        guard let error else {
            return .list(ListValue(elements, openness: openness, orderedCount: orderedCount ?? elements.count))
        }
        var causes = openness
        for case .unknown(let found) in elements { causes = causes?.merging(found) ?? found }
        return causes.map { .unknown($0) } ?? error
    }
}
