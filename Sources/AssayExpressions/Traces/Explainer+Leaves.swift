internal import AssayCore

extension Explainer {
    /// The atom of a leaf: a comparison, a test, a call, or a value that must be true by itself.
    mutating func leaf(_ id: NodeID, _ node: ConditionNode, _ value: Value, _ isNegated: Bool) -> TraceAtom {
        switch node.operation {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contained:
            return comparison(id, node, value, isNegated)
        case .has:
            let actual: String =
                switch value {
                case .bool(let isPresent): isPresent ? "present" : "absent"
                default: value.rendered()
                }
            return atom(id, value, isNegated, place(of: id), "has", isNegated ? "absent" : "present", actual)
        case .matches:
            let pattern = program.patterns[Int(node.b)].pattern
            return test(id, value, isNegated, "matches", on: node.a, expected: Value.string(pattern).rendered())
        case .call:
            let arguments = Array(program.operands(node.b, node.c))
            let name = program.functions[Int(node.a)].name
            guard let subject = arguments.first(where: { place(of: $0) != nil }) ?? arguments.first else { break }
            let others = arguments.filter { $0 != subject }.map { evaluator.value($0).rendered() }
            return test(id, value, isNegated, name, on: subject, expected: others.joined(separator: ", "))
        default: break
        }
        let expected = isNegated ? "false" : "true"
        return atom(id, value, isNegated, place(of: id), "==", expected, Self.shown(value), keepsOperation: true)
    }

    private mutating func test(
        _ id: NodeID, _ value: Value, _ isNegated: Bool, _ name: String, on subject: NodeID, expected: String
    ) -> TraceAtom {
        let actual = Self.shown(evaluator.value(subject))
        return atom(id, value, isNegated, place(of: subject), name, expected, actual)
    }

    private mutating func comparison(
        _ id: NodeID, _ node: ConditionNode, _ value: Value, _ isNegated: Bool
    ) -> TraceAtom {
        let (left, right) = (place(of: node.a), place(of: node.b))
        // What a document says is the evidence; what it is held against is the demand.
        let isSwapped = left == nil ? right != nil : left?.node == nil && right?.node != nil
        var operation = node.operation.symbol
        if isSwapped {
            operation = ["<": ">", "<=": ">=", ">": "<", ">=": "<=", "in": "contains"][operation] ?? operation
        }
        let negations = [
            "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "in": "not in",
            "contains": "not contains",
        ]
        if isNegated { operation = negations[operation] ?? operation }
        return atom(
            id, value, isNegated, isSwapped ? right : left, operation,
            evaluator.value(isSwapped ? node.a : node.b).rendered(),
            Self.shown(evaluator.value(isSwapped ? node.b : node.a)), keepsOperation: true)
    }

    private mutating func atom(
        _ id: NodeID, _ value: Value, _ isNegated: Bool, _ place: Place?, _ operation: String, _ expected: String,
        _ actual: String, keepsOperation: Bool = false
    ) -> TraceAtom {
        var result = TraceAtom.Outcome(value)
        if isNegated { result = result == .true ? .false : result == .false ? .true : result }
        let isNegatedTest = isNegated && !keepsOperation && operation != "has"
        let table = place?.table ?? ""
        return TraceAtom(
            path: place?.path ?? "", operation: isNegatedTest ? "not \(operation)" : operation, expected: expected,
            actual: actual, node: place?.node, result: result, source: program.text(id),
            note: table.isEmpty || place?.isExact == true ? "" : "default \(table)")
    }

    /// The value as an atom shows it: a path that leads nowhere is absent.
    private static func shown(_ value: Value) -> String {
        Evaluator.isMissing(value) ? "absent" : value.rendered()
    }
}
