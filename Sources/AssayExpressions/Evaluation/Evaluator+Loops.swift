extension Evaluator {
    /// Binds the locals of a loop to the next element.
    private mutating func bind(_ node: ConditionNode, _ element: LoopRange.Element, isList: Bool) {
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
            if outcome.add(value(node.c), doubt: element.doubt) || isOverBudget { return outcome.value }
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
            case .bool(true) where element.doubt != nil: unknown = element.doubt?.merging(unknown)
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
        var kept = CollectedList(openness: range.openness)
        var position = 0
        while let element = range.next() {
            bind(node, element, isList: range.isList)
            if position == range.orderedCount { kept.loseOrder() }
            position += 1
            kept.add(range.isList ? element.value : element.key, if: value(node.c), doubt: element.doubt)
            if isOverBudget { return Self.overBudget }
        }
        return kept.value
    }

    mutating func mapList(_ node: ConditionNode) -> Value {
        let (found, failure) = range(node)
        guard var range = found else { return failure }
        var kept = CollectedList(openness: range.openness)
        var position = 0
        while let element = range.next() {
            bind(node, element, isList: range.isList)
            if position == range.orderedCount { kept.loseOrder() }
            position += 1
            let condition = node.c < 0 ? Value.bool(true) : value(node.c)
            // The result of an element that is certainly left out is not looked at.
            if case .bool(false) = condition { continue }
            kept.add(value(node.d), if: condition, doubt: element.doubt)
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
                if let doubt = element.doubt { entries.open(doubt) }
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
