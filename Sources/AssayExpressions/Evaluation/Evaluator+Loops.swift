internal import AssayCore

/// What a macro walks: the elements of a list or the entries of a map, bound to one or two locals.
struct LoopRange {
    private var elements: ListView.Iterator?
    private var entries: IndexingIterator<[MapValue.Entry]>?
    private var position: Int64 = -1
    /// Why there may be more than the walk shows.
    let openness: UnknownCauses?
    let orderedCount: Int
    let isList: Bool

    /// Nil when the value can be walked by no macro.
    init?(_ value: Value) {
        if let list = value.listView {
            elements = list.makeIterator()
            openness = list.openness
            orderedCount = list.orderedCount
            isList = true
        } else if let map = value.mapView {
            entries = map.entries.makeIterator()
            openness = map.missingMembers
            orderedCount = map.count
            isList = false
        } else {
            return nil
        }
    }

    /// The next index or key, and the value that belongs to it.
    mutating func next() -> (key: Value, value: Value)? {
        if isList {
            guard let element = elements?.next() else { return nil }
            position += 1
            return (.int(position), element)
        }
        // A member that is itself unknown may be absent, so that it is no certain key; `openness` stands for it.
        while let entry = entries?.next() {
            if openness != nil, case .unknown = entry.value { continue }
            return (entry.key, entry.value)
        }
        return nil
    }

    /// The document node of the element given last, where the range lies in a document.
    var node: DocumentNode? { elements?.node }
}

extension Evaluator {
    /// Binds the locals of a loop to the next element.
    private mutating func bind(_ node: ConditionNode, _ element: (key: Value, value: Value), isList: Bool) {
        if node.flag {
            locals[Int(node.b)] = element.key
            locals[Int(node.b) + 1] = element.value
        } else {
            locals[Int(node.b)] = isList ? element.value : element.key
        }
    }

    private mutating func range(_ node: ConditionNode) -> (range: LoopRange?, failure: Value) {
        let found = value(node.a)
        if let range = LoopRange(found) { return (range, .null) }
        return (nil, found.isPresent ? Self.noSuchOverload(node.operation.symbol, found) : found)
    }

    mutating func quantifier(_ node: ConditionNode) -> Value {
        let (found, failure) = range(node)
        guard var range = found else { return failure }
        var outcome = LogicalOutcome(isAnd: node.operation == .all)
        while let element = range.next() {
            bind(node, element, isList: range.isList)
            if outcome.add(value(node.c)) || isOverBudget { return outcome.value }
        }
        outcome.open(range.openness)
        return outcome.value
    }

    mutating func existsOne(_ node: ConditionNode) -> Value {
        let (found, failure) = range(node)
        guard var range = found else { return failure }
        var count = 0
        var unknown = range.openness
        var error: Value?
        while let element = range.next() {
            bind(node, element, isList: range.isList)
            let match = value(node.c)
            switch match {
            case .bool(let flag): count += flag ? 1 : 0
            case .unknown(let causes): unknown = unknown?.merging(causes) ?? causes
            case .error: error = error ?? match
            default: error = error ?? Self.noSuchOverload("exists_one", match)
            }
            if isOverBudget { return Self.overBudget }
        }
        return unknown.map { .unknown($0) } ?? error ?? .bool(count == 1)
    }

    mutating func filter(_ node: ConditionNode) -> Value {
        let (found, failure) = range(node)
        guard var range = found else { return failure }
        var kept = Collected(openness: range.openness)
        var position = 0
        while let element = range.next() {
            bind(node, element, isList: range.isList)
            if position == range.orderedCount { kept.loseOrder() }
            position += 1
            kept.add(range.isList ? element.value : element.key, if: value(node.c))
            if isOverBudget { return Self.overBudget }
        }
        return kept.value
    }

    mutating func mapList(_ node: ConditionNode) -> Value {
        let (found, failure) = range(node)
        guard var range = found else { return failure }
        var kept = Collected(openness: range.openness)
        var position = 0
        while let element = range.next() {
            bind(node, element, isList: range.isList)
            if position == range.orderedCount { kept.loseOrder() }
            position += 1
            let condition = node.c < 0 ? Value.bool(true) : value(node.c)
            // The result of an element that is certainly left out is not looked at.
            if case .bool(false) = condition { continue }
            kept.add(value(node.d), if: condition)
            if isOverBudget { return Self.overBudget }
        }
        return kept.value
    }

    mutating func mapEntries(_ node: ConditionNode) -> Value {
        let (found, failure) = range(node)
        guard var range = found else { return failure }
        var entries = MapBuilder()
        if let openness = range.openness { entries.open(openness) }
        while let element = range.next() {
            bind(node, element, isList: range.isList)
            let condition = node.c < 0 ? Value.bool(true) : value(node.c)
            switch condition {
            case .bool(true):
                let result = value(node.d)
                if case .error = result {
                    entries.fail(result)
                } else if node.operation == .mapEntries {
                    entries.add(element.key, result)
                } else {
                    merge(result, into: &entries)
                }
            case .bool: break
            case .unknown(let causes): entries.open(causes)
            case .error: entries.fail(condition)
            default: entries.fail(Self.noSuchOverload("transformMap", condition))
            }
            if isOverBudget { return Self.overBudget }
        }
        return entries.value
    }

    private func merge(_ result: Value, into entries: inout MapBuilder) {
        if case .unknown(let causes) = result {
            entries.open(causes)
        } else if let found = result.mapEntries {
            for entry in found { entries.add(entry.key, entry.value) }
        } else {
            entries.fail(Self.noSuchOverload("transformMapEntry", result))
        }
    }
}

/// The list that `filter` or `map` builds: open when it is not known whether an element belongs to it.
private struct Collected {
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

    mutating func add(_ element: Value, if condition: Value) {
        switch condition {
        case .bool(true):
            if case .error = element {
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
