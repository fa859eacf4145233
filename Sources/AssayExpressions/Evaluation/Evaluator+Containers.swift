internal import AssayCore

extension Evaluator {
    // MARK: - Fields and indices

    func select(_ operand: Value, _ field: String, isOptional: Bool) -> Value {
        switch operand {
        case .unknown, .error: return operand
        case .optional(let optional):
            guard let inner = optional.value else { return operand }
            return Self.optional(field: member(inner, field))
        default:
            let found = member(operand, field)
            return isOptional ? Self.optional(field: found) : found
        }
    }

    /// A found value inside an optional; a missing one as the empty optional.
    private static func optional(field: Value) -> Value {
        if isMissing(field) {
            if case .error = field { return .optional(.none) }
        }
        return field.isPresent ? .optional(OptionalValue(field)) : field
    }

    private func member(_ container: Value, _ field: String) -> Value {
        switch container {
        case .document(let node) where node.kind == .object:
            return node[field].map { Value($0) } ?? Self.absent(field)
        case .map(let map): return map[field] ?? Self.absent(field)
        case .optional: return select(container, field, isOptional: false)
        default:
            return .failure(.noSuchOverload, "`\(container.typeName)` has no fields, so no `\(field)`")
        }
    }

    private static func absent(_ key: String) -> Value { .failure(.absent, "there is no `\(key)`") }

    func has(_ operand: Value, _ field: String) -> Value {
        if case .optional(let optional) = operand {
            guard let inner = optional.value else { return .bool(false) }
            return has(inner, field)
        }
        let found = select(operand, field, isOptional: false)
        switch found {
        case .unknown: return found
        case .error(let error): return error.code == .absent && operand.isPresent ? .bool(false) : found
        default: return .bool(true)
        }
    }

    mutating func index(_ node: ConditionNode) -> Value {
        let (container, key, failure) = operands(node)
        if let failure { return failure }
        if case .optional(let optional) = container {
            guard let inner = optional.value else { return container }
            return Self.optional(field: element(inner, key))
        }
        let found = element(container, key)
        return node.flag ? Self.optional(field: found) : found
    }

    private func element(_ container: Value, _ key: Value) -> Value {
        if let list = container.listView {
            guard let position = Self.position(key) else {
                return .failure(.invalidArgument, "`\(key.typeName)` is not a list index")
            }
            if position >= 0, position < list.orderedCount, let element = list[position] { return element }
            if position >= 0, let causes = list.openness { return .unknown(causes) }
            return .failure(.outOfBounds, "index \(position) lies outside a list of \(list.count)")
        }
        switch container {
        case .map(let map):
            return MapKey(lookup: key).flatMap { map[$0] } ?? Self.absent(key.rendered(limit: 80))
        case .document(let node):
            guard let name = key.string else { return Self.absent(key.rendered(limit: 80)) }
            return node[name].map { Value($0) } ?? Self.absent(name)
        default: return Self.noSuchOverload("[]", container, key)
        }
    }

    private static func position(_ key: Value) -> Int? {
        switch key {
        case .int(let number): Int(exactly: number)
        case .uint(let number): Int(clamping: number)
        case .double(let number): Int(exactly: number)
        default: nil
        }
    }

    // MARK: - Literals

    mutating func list(_ node: ConditionNode) -> Value {
        var elements: [Value] = []
        elements.reserveCapacity(Int(node.b))
        var failure: Value?
        var open: UnknownCauses?
        var orderedCount: Int?
        for operand in program.operands(node.a, node.b) {
            let element = value(operand < 0 ? ~operand : operand)
            switch element {
            case .error: failure = failure ?? element
            case .optional(let optional) where operand < 0:
                if let inner = optional.value { elements.append(inner) }
            case .unknown(let causes) where operand < 0:
                // Whether this element is there at all is not known.
                orderedCount = orderedCount ?? elements.count
                open = open?.merging(causes) ?? causes
            case _ where operand < 0: failure = failure ?? Self.noSuchOverload("?", element)
            default: elements.append(element)
            }
            if isOverBudget { return Self.overBudget }
        }
        if let failure { return Self.failing(failure, elements, open) }
        return .list(ListValue(elements, openness: open, orderedCount: orderedCount ?? elements.count))
    }

    /// An error, unless something beside it is unknown.
    private static func failing(_ failure: Value, _ elements: [Value], _ open: UnknownCauses?) -> Value {
        var causes = open
        for case .unknown(let found) in elements { causes = causes?.merging(found) ?? found }
        return causes.map { .unknown($0) } ?? failure
    }

    mutating func map(_ node: ConditionNode) -> Value {
        var entries = MapBuilder()
        let operands = program.operands(node.a, node.b * 2)
        var position = operands.startIndex
        while position < operands.endIndex {
            let key = value(operands[position])
            let operand = operands[position + 1]
            let found = value(operand < 0 ? ~operand : operand)
            position += 2
            switch found {
            case .optional(let optional) where operand < 0:
                if let inner = optional.value {
                    entries.add(key, inner)
                } else {
                    entries.check(key)
                }
            case .unknown(let causes) where operand < 0: entries.open(causes)
            case .error: entries.fail(found)
            case _ where operand < 0: entries.fail(Self.noSuchOverload("?", found))
            default: entries.add(key, found)
            }
            if isOverBudget { return Self.overBudget }
        }
        return entries.value
    }
}
