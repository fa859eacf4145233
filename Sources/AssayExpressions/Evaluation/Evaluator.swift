internal import AssayCore

/// Walks a program for one activation.
///
/// Unknown passes through every operation but `false &&`, `true ||`, `all` and `exists`, and wins over error. The
/// step budget is counted down here; once it is used up every operation ends at once.
struct Evaluator {
    let program: Program
    let defaults: (@Sendable (String) -> Value?)?
    private let variables: [Value]
    var locals: [Value]
    private(set) var remaining: Int

    init(
        _ program: Program, activation: Activation, defaults: (@Sendable (String) -> Value?)?, cost: Int
    ) {
        self.program = program
        self.defaults = activation.defaults ?? defaults
        variables = program.variables.map { name in
            activation[name] ?? .failure(.undeclared, "variable `\(name)` has no value")
        }
        locals = Array(repeating: .null, count: program.slotCount)
        remaining = cost
    }

    static let overBudget = Value.failure(.costExceeded, "the expression needs more steps than its limit allows")

    var isOverBudget: Bool { remaining < 0 }

    mutating func charge(_ steps: Int) {
        remaining -= min(steps, Int.max / 4)
        if remaining < 0 { remaining = -1 }
    }

    /// The value of the whole program.
    mutating func result() -> Value {
        let value = value(program.root)
        return isOverBudget ? Self.overBudget : value
    }

    /// The value of one node under the current locals.
    mutating func value(_ id: NodeID) -> Value {
        remaining -= 1
        if remaining < 0 {
            remaining = -1
            return Self.overBudget
        }
        let node = program[id]
        switch node.operation {
        case .constant: return program.constants[Int(node.a)]
        case .variable: return variables[Int(node.a)]
        case .local: return locals[Int(node.a)]
        case .select: return select(value(node.a), program.name(node.b), isOptional: node.flag)
        case .has: return has(value(node.a), program.name(node.b))
        case .index: return index(node)
        case .list: return list(node)
        case .map: return map(node)
        case .and, .or: return logical(node)
        case .not: return not(value(node.a))
        case .negate: return Arithmetic.negated(value(node.a))
        case .conditional: return conditional(node)
        case .equal: return compare(node).value
        case .notEqual: return compare(node).negated.value
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return order(node)
        case .contained: return contained(node)
        case .add, .subtract, .multiply, .divide, .remainder: return arithmetic(node)
        case .call: return call(node)
        case .matches: return matches(node)
        case .all, .exists: return quantifier(node)
        case .existsOne: return existsOne(node)
        case .filter: return filter(node)
        case .mapList: return mapList(node)
        case .mapEntries, .mergeEntries: return mapEntries(node)
        case .bind:
            locals[Int(node.a)] = value(node.b)
            return value(node.c)
        case .block: return block(node)
        case .optionalMap: return optionalMap(node)
        case .optionalOr, .optionalOrValue: return optionalElse(node)
        case .defaulted: return defaulted(node)
        }
    }

    // MARK: - Logic

    private mutating func logical(_ node: ConditionNode) -> Value {
        let isAnd = node.operation == .and
        var outcome = LogicalOutcome(isAnd: isAnd)
        for operand in program.operands(node.a, node.b) where outcome.add(value(operand)) || isOverBudget { break }
        return outcome.value
    }

    private func not(_ operand: Value) -> Value {
        switch operand {
        case .bool(let flag): .bool(!flag)
        case .unknown, .error: operand
        default: Self.noSuchOverload("!", operand)
        }
    }

    private mutating func conditional(_ node: ConditionNode) -> Value {
        let condition = value(node.a)
        switch condition {
        case .bool(let flag): return value(flag ? node.b : node.c)
        case .unknown, .error: return condition
        default: return Self.noSuchOverload("?:", condition)
        }
    }

    static func noSuchOverload(_ symbol: String, _ operands: Value...) -> Value {
        let types = operands.map { "`\($0.typeName)`" }.joined(separator: ", ")
        return .failure(.noSuchOverload, "`\(symbol)` cannot be applied to \(types)")
    }

    /// The two operands of a strict operation, or why it has no result.
    mutating func operands(_ node: ConditionNode) -> (left: Value, right: Value, failure: Value?) {
        let left = value(node.a)
        let right = value(node.b)
        return (left, right, Self.failure(left, right))
    }

    /// Unknown of any operand, else the first error, else nothing.
    static func failure(_ left: Value, _ right: Value) -> Value? {
        switch (left, right) {
        case (.unknown(let first), .unknown(let second)): .unknown(first.merging(second))
        case (.unknown, _): left
        case (_, .unknown): right
        case (.error, _): left
        case (_, .error): right
        default: nil
        }
    }

    // MARK: - Comparison

    private enum Comparison {
        case truth(Truth)
        case failure(Value)

        var value: Value {
            switch self {
            case .truth(let truth): truth.value
            case .failure(let value): value
            }
        }

        var negated: Comparison {
            if case .truth(let truth) = self { .truth(truth.negated) } else { self }
        }
    }

    private mutating func compare(_ node: ConditionNode) -> Comparison {
        let (left, right, failure) = operands(node)
        if let failure { return .failure(failure) }
        var equality = Equality()
        let truth = equality.compare(left, right)
        charge(equality.steps - 1)
        return .truth(truth)
    }

    private mutating func order(_ node: ConditionNode) -> Value {
        let (left, right, failure) = operands(node)
        if let failure { return failure }
        guard let order = left.order(right) else {
            return Self.noSuchOverload(node.operation.symbol, left, right)
        }
        return switch node.operation {
        case .less: .bool(order == .less)
        case .lessOrEqual: .bool(order == .less || order == .equal)
        case .greater: .bool(order == .greater)
        default: .bool(order == .greater || order == .equal)
        }
    }

    private mutating func contained(_ node: ConditionNode) -> Value {
        let (element, container, failure) = operands(node)
        if let failure { return failure }
        if let list = container.listView { return contained(element, list) }
        switch container {
        case .map(let map):
            guard let key = MapKey(lookup: element), let member = map[key] else { return .bool(false) }
            if case .unknown = member { return member }
            return .bool(true)
        case .document(let node):
            guard let key = element.string, let member = node[key] else { return .bool(false) }
            if case .unknown(let causes) = Value(member) { return .unknown(causes) }
            return .bool(true)
        default: return Self.noSuchOverload("in", element, container)
        }
    }

    private mutating func contained(_ element: Value, _ list: ListView) -> Value {
        var open = list.openness
        var equality = Equality()
        defer { charge(equality.steps) }
        var others = list.makeIterator()
        while let other = others.next() {
            switch equality.compare(element, other) {
            case .yes: return .bool(true)
            case .unknown(let causes): open = causes.merging(open)
            case .no: break
            }
        }
        return open.map { .unknown($0) } ?? .bool(false)
    }

    private mutating func arithmetic(_ node: ConditionNode) -> Value {
        let (left, right, failure) = operands(node)
        if let failure { return failure }
        charge(left.weight + right.weight)
        if isOverBudget { return Self.overBudget }
        return Arithmetic.apply(node.operation, left, right)
    }

    // MARK: - Calls

    private mutating func call(_ node: ConditionNode) -> Value {
        let function = program.functions[Int(node.a)]
        var arguments: [Value] = []
        arguments.reserveCapacity(Int(node.c))
        var unknown: UnknownCauses?
        var error: Value?
        for operand in program.operands(node.b, node.c) {
            let argument = value(operand)
            switch argument {
            case .unknown(let causes): unknown = unknown?.merging(causes) ?? causes
            case .error: error = error ?? argument
            default:
                charge(argument.weight)
                if function.unknowns == .refuse, unknown == nil, let causes = argument.nestedUnknown {
                    unknown = causes
                }
            }
            arguments.append(argument)
        }
        charge(function.cost - 1)
        if isOverBudget { return Self.overBudget }
        if let unknown, function.unknowns != .acceptAll { return .unknown(unknown) }
        if let error { return error }
        guard let implementation = function.implementation else {
            return .failure(.unboundFunction, "`\(function.name)` has no implementation here")
        }
        let result = implementation(arguments)
        charge(result.weight)
        return result
    }

    private mutating func matches(_ node: ConditionNode) -> Value {
        let operand = value(node.a)
        switch operand {
        case .string(let text):
            let pattern = program.patterns[Int(node.b)]
            charge(text.utf8.count / 8 * (1 + pattern.pattern.utf8.count / 16))
            return isOverBudget ? Self.overBudget : .bool(pattern.isMatch(text))
        case .unknown, .error: return operand
        default: return Self.noSuchOverload("matches", operand)
        }
    }

    private mutating func block(_ node: ConditionNode) -> Value {
        for (position, slot) in program.operands(node.b, node.c).enumerated() {
            locals[Int(node.a) + position] = value(slot)
        }
        return value(node.d)
    }

    // MARK: - Optionals and defaults

    private mutating func optionalMap(_ node: ConditionNode) -> Value {
        let target = value(node.a)
        guard case .optional(let optional) = target else {
            return target.isPresent ? Self.noSuchOverload("optMap", target) : target
        }
        guard let inner = optional.value else { return target }
        locals[Int(node.b)] = inner
        let result = value(node.c)
        guard result.isPresent else { return result }
        if node.flag {
            if case .optional = result { return result }
            return Self.noSuchOverload("optFlatMap", result)
        }
        return .optional(OptionalValue(result))
    }

    /// `a.or(b)` and `a.orValue(b)`: the right side is looked at only when the left side holds nothing.
    private mutating func optionalElse(_ node: ConditionNode) -> Value {
        let target = value(node.a)
        guard case .optional(let optional) = target else {
            return target.isPresent
                ? Self.noSuchOverload(node.operation == .optionalOr ? "or" : "orValue", target) : target
        }
        if let inner = optional.value { return node.operation == .optionalOr ? target : inner }
        let other = value(node.b)
        if node.operation == .optionalOr, other.isPresent {
            if case .optional = other { return other }
            return Self.noSuchOverload("or", target, other)
        }
        return other
    }

    private mutating func defaulted(_ node: ConditionNode) -> Value {
        let found = value(node.a)
        guard Self.isMissing(found) else { return found }
        let table = program.constants[Int(node.b)].string ?? ""
        return defaults?(table) ?? .failure(.invalidArgument, "there is no default `\(table)`")
    }

    /// True for a path that leads nowhere: a missing key, an index outside its list, an optional that holds nothing.
    static func isMissing(_ value: Value) -> Bool {
        switch value {
        case .error(let error): error.code == .absent || error.code == .outOfBounds
        case .optional(let optional): optional.value == nil
        default: false
        }
    }
}
