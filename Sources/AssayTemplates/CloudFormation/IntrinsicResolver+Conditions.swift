import AssayCore

/// What a condition is before anything is deployed.
enum ConditionValue: Hashable {
    case known(Bool)
    case unknown(UnknownReason)
}

extension IntrinsicResolver {
    /// Whether a resource is declared at all: its `Condition`, true without one.
    mutating func existence(of resource: String) -> ConditionValue {
        guard let condition = template.declarations[resource]?["Condition"] else { return .known(true) }
        guard let name = condition.stringValue else {
            diagnostics.add(
                "cloudformation-condition-malformed", .warning, "the `Condition` of `\(resource)` is not a string",
                at: condition.position ?? template.declarations[resource]?.position, once: "resource " + resource)
            return .unknown(.unparsable)
        }
        return value(ofCondition: name, at: condition.position)
    }

    /// The value of a named condition; each is decided once.
    mutating func value(ofCondition name: String, at position: SourcePosition?) -> ConditionValue {
        if let known = conditionValues[name] { return known }
        if let start = conditionsInProgress.firstIndex(of: name) {
            let cycle = (conditionsInProgress[start...] + [name]).map { "`\($0)`" }.joined(separator: " → ")
            diagnostics.add(
                "cloudformation-condition-cycle", .warning, "conditions depend on each other: \(cycle)", at: position,
                once: name)
            return .unknown(.unparsable)
        }
        guard let definition = template.conditions[name] else {
            guard !isOpen else { return .unknown(.unsupported) }
            diagnostics.add(
                "cloudformation-condition-undefined", .warning, "condition `\(name)` is not defined", at: position,
                once: name)
            return .unknown(.unparsable)
        }
        let outer = isInCondition
        conditionsInProgress.append(name)
        isInCondition = true
        defer {
            conditionsInProgress.removeLast()
            isInCondition = outer
        }
        let value = decide(definition, in: name)
        conditionValues[name] = value
        return value
    }

    private mutating func decide(_ tree: Tree, in name: String) -> ConditionValue {
        guard let members = tree.members, members.count == 1, let call = members.first else {
            return undecidable(tree, in: name)
        }
        guard enter(at: tree.position) else { return .unknown(.unsupported) }
        defer { leave() }
        let operands = call.value.elements ?? [call.value]
        switch (call.key, operands.count) {
        case ("Condition", 1):
            guard let other = call.value.stringValue else { return undecidable(tree, in: name) }
            return value(ofCondition: other, at: call.value.position ?? tree.position)
        case ("Fn::Equals", 2): return equal(operands[0], operands[1])
        case ("Fn::Not", 1):
            switch decide(operands[0], in: name) {
            case .known(let flag): return .known(!flag)
            case .unknown(let reason): return .unknown(reason)
            }
        case ("Fn::And", 1...): return combine(operands, absorbing: false, in: name)
        case ("Fn::Or", 1...): return combine(operands, absorbing: true, in: name)
        default: return undecidable(tree, in: name)
        }
    }

    /// `Fn::And` is absorbed by false, `Fn::Or` by true; otherwise one unknown operand makes the whole unknown.
    private mutating func combine(_ operands: [Tree], absorbing: Bool, in name: String) -> ConditionValue {
        var reason: UnknownReason?
        for operand in operands {
            switch decide(operand, in: name) {
            case .known(absorbing): return .known(absorbing)
            case .known: continue
            case .unknown(let found): reason = reason ?? found
            }
        }
        return reason.map { .unknown($0) } ?? .known(!absorbing)
    }

    /// CloudFormation compares the text of scalars, case included.
    private mutating func equal(_ left: Tree, _ right: Tree) -> ConditionValue {
        let left = argument(left) ?? .string("")
        let right = argument(right) ?? .string("")
        if let reason = left.firstUnknown ?? right.firstUnknown { return .unknown(reason) }
        if let left = left.scalarText, let right = right.scalarText { return .known(left == right) }
        return .known(left.isSameValue(as: right))
    }

    private mutating func undecidable(_ tree: Tree, in name: String) -> ConditionValue {
        diagnostics.add(
            "cloudformation-condition-malformed", .warning,
            "condition `\(name)` is not one of Fn::Equals, Fn::And, Fn::Or, Fn::Not, Condition", at: tree.position,
            once: name)
        return .unknown(.unparsable)
    }

    /// `Fn::If`: the branch that is taken; both when it cannot be told and they are equal.
    mutating func choose(_ argument: Tree, at position: SourcePosition?) -> Tree? {
        guard let operands = argument.elements, operands.count == 3, let name = operands[0].stringValue else {
            return malformed("Fn::If", "needs the name of a condition and two values", at: position)
        }
        switch value(ofCondition: name, at: operands[0].position ?? position) {
        case .known(let flag): return resolve(operands[flag ? 1 : 2])
        case .unknown(let reason):
            let first = undecided(operands[1])
            let second = undecided(operands[2])
            guard let first, let second else {
                return first == nil && second == nil ? nil : Tree(.unknown(reason), at: position)
            }
            return first.isSameValue(as: second) ? first : Tree(.unknown(reason), at: position)
        }
    }
}
