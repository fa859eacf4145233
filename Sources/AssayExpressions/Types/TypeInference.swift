/// Substitutions of type variables, and the assignability rules of CEL over them.
struct TypeInference {
    private var substitutions: [Int: CELType] = [:]
    private var nextVariable = 0

    mutating func freshVariable() -> CELType {
        nextVariable += 1
        return .variable(nextVariable)
    }

    /// The overload with fresh variables in place of its type parameters.
    mutating func instantiate(_ overload: FunctionOverload) -> (parameters: [CELType], result: CELType) {
        var fresh: [String: CELType] = [:]
        func leaf(_ type: CELType) -> CELType {
            guard case .parameter(let name) = type else { return type }
            if let known = fresh[name] { return known }
            let variable = freshVariable()
            fresh[name] = variable
            return variable
        }
        return (
            overload.parameters.map { $0.replacingLeaves(leaf) }, overload.result.replacingLeaves(leaf)
        )
    }

    /// The type with its variables replaced; variables that nothing constrains become `dyn` when asked.
    func resolve(_ type: CELType, variablesToDynamic: Bool = false) -> CELType {
        type.replacingLeaves { leaf in
            guard case .variable(let id) = leaf else { return leaf }
            guard let known = substitutions[id] else { return variablesToDynamic ? .dyn : leaf }
            return resolve(known, variablesToDynamic: variablesToDynamic)
        }
    }

    /// True when every value type may stand for its parameter; substitutions are kept only then.
    mutating func assign(_ values: [CELType], to parameters: [CELType]) -> Bool {
        guard values.count == parameters.count else { return false }
        var attempt = self
        for (value, parameter) in zip(values, parameters) where !attempt.isAssignable(value, parameter) {
            return false
        }
        self = attempt
        return true
    }

    mutating func assign(_ value: CELType, to type: CELType) -> Bool { assign([value], to: [type]) }

    /// The type of a place that holds values of both types; nil when they do not agree.
    mutating func join(_ first: CELType, _ second: CELType) -> CELType? {
        guard assign(first, to: second) else { return nil }
        let (left, right) = (resolve(first), resolve(second))
        if left == .null { return right }
        if right == .null { return left }
        return Self.isLessSpecific(left, right) ? left : right
    }

    private mutating func isAssignable(_ first: CELType, _ second: CELType) -> Bool {
        if first == second { return true }
        if case .variable(let id) = second {
            switch substitute(id, first) {
            case .accepted: return true
            case .contradicted: return false
            case .circular: break
            }
        }
        if case .variable(let id) = first { return substitute(id, second) == .accepted }
        if first.isDynamic || second.isDynamic { return true }
        if first == .null { return Self.isNullable(second) }
        if second == .null { return Self.isNullable(first) }
        switch (first, second) {
        case (.type, .type): return true
        case (.list, .list), (.map, .map): break
        case (.abstract(let left, let lefts), .abstract(let right, let rights)):
            guard left == right, lefts.count == rights.count else { return false }
        default: return false
        }
        for (left, right) in zip(first.parameters, second.parameters) where !isAssignable(left, right) {
            return false
        }
        return true
    }

    private enum Substitution {
        case accepted
        /// The variable already stands for a type that does not agree.
        case contradicted
        /// The type contains the variable itself.
        case circular
    }

    /// Lets a variable stand for a type; one that already stands for an agreeing type keeps the more general one.
    private mutating func substitute(_ id: Int, _ type: CELType) -> Substitution {
        if type == .variable(id) { return .accepted }
        guard let known = substitutions[id] else {
            guard !occurs(id, in: type) else { return .circular }
            substitutions[id] = type
            return .accepted
        }
        if type == known { return .accepted }
        guard isAssignable(type, known) else { return .contradicted }
        let general = Self.isLessSpecific(type, known) ? type : known
        if !occurs(id, in: general) { substitutions[id] = general }
        return .accepted
    }

    private func occurs(_ id: Int, in type: CELType) -> Bool {
        switch type {
        case .variable(let other):
            other == id || (substitutions[other].map { occurs(id, in: $0) } ?? false)
        default: type.parameters.contains { occurs(id, in: $0) }
        }
    }

    /// Null may stand for these for compatibility with how protocol buffers represent them.
    private static func isNullable(_ type: CELType) -> Bool {
        switch type {
        case .null, .timestamp, .duration, .abstract: true
        default: false
        }
    }

    static func isLessSpecific(_ first: CELType, _ second: CELType) -> Bool {
        switch (first, second) {
        case (.dyn, _), (.variable, _), (.parameter, _): return true
        case (_, .dyn), (_, .variable), (_, .parameter): return false
        case (.list(let left), .list(let right)): return isLessSpecific(left, right)
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            return isLessSpecific(leftKey, rightKey) && isLessSpecific(leftValue, rightValue)
        case (.type, .type): return true
        case (.abstract(let left, let lefts), .abstract(let right, let rights)):
            return left == right && lefts.count == rights.count
                && zip(lefts, rights).allSatisfy { isLessSpecific($0, $1) }
        default: return first == second
        }
    }
}
