internal import AssayCore

/// Deep equality of values (language definition, "Equality"): numbers compare across types, values of different
/// types are unequal, NaN equals nothing, and a part that is unknown leaves the answer open unless another part has
/// already decided it.
struct Equality {
    /// How many values were visited, for the step budget.
    private(set) var steps = 0

    mutating func compare(_ left: Value, _ right: Value) -> Truth {
        steps += 1
        switch (left, right) {
        case (.unknown(let first), .unknown(let second)): return .unknown(first.merging(second))
        case (.unknown(let causes), _), (_, .unknown(let causes)): return .unknown(causes)
        case (.null, .null): return .yes
        case (.bool(let first), .bool(let second)): return Truth(first == second)
        case (.string(let first), .string(let second)):
            steps += first.utf8.count >> 6
            return Truth(first.utf8.elementsEqual(second.utf8))
        case (.bytes(let first), .bytes(let second)): return Truth(first == second)
        case (.timestamp(let first), .timestamp(let second)): return Truth(first == second)
        case (.duration(let first), .duration(let second)): return Truth(first == second)
        case (.type(let first), .type(let second)): return Truth(first == second)
        case (.ip(let first), .ip(let second)): return Truth(first == second)
        case (.cidr(let first), .cidr(let second)): return Truth(first == second)
        case (.optional(let first), .optional(let second)): return optionals(first, second)
        default: break
        }
        if let order = left.numericOrder(right) { return Truth(order == .equal) }
        if let first = left.listView, let second = right.listView { return lists(first, second) }
        if let first = left.mapView, let second = right.mapView { return maps(first, second) }
        return .no
    }

    private mutating func optionals(_ first: OptionalValue, _ second: OptionalValue) -> Truth {
        switch (first.value, second.value) {
        case (nil, nil): .yes
        case (let first?, let second?): compare(first, second)
        default: .no
        }
    }

    private mutating func lists(_ first: ListView, _ second: ListView) -> Truth {
        if let causes = first.openness ?? second.openness { return .unknown(causes.merging(second.openness)) }
        guard first.count == second.count else { return .no }
        var open: UnknownCauses?
        var others = second.makeIterator()
        var elements = first.makeIterator()
        while let element = elements.next(), let other = others.next() {
            switch compare(element, other) {
            case .no: return .no
            case .unknown(let causes): open = causes.merging(open)
            case .yes: break
            }
        }
        return open.map { .unknown($0) } ?? .yes
    }

    private mutating func maps(_ first: MapView, _ second: MapView) -> Truth {
        var open = first.missingMembers ?? second.missingMembers
        if open == nil, first.count != second.count { return .no }
        for entry in first.entries {
            steps += 1
            guard let other = second.value(for: entry.key) else {
                // A member that is itself unknown may be absent, so that its lack on the other side decides nothing.
                if case .unknown(let causes) = entry.value {
                    open = causes.merging(open)
                    continue
                }
                return .no
            }
            switch compare(entry.value, other) {
            case .no: return .no
            case .unknown(let causes): open = causes.merging(open)
            case .yes: break
            }
        }
        if open != nil {
            for entry in second.entries where first.value(for: entry.key) == nil {
                if entry.value.isPresent { return .no }
            }
        }
        return open.map { .unknown($0) } ?? .yes
    }
}
