internal import AssayCore

/// Walks the boolean structure of a program and keeps the leaves that decided its outcome.
struct Explainer {
    /// What a sub-expression came to, as the condition demands it, and the atoms that decided it.
    struct Outcome {
        let value: Value
        var atoms: [TraceAtom]
    }

    let program: Program
    var evaluator: Evaluator
    let elementLimit: Int
    /// What the locals stand for in a document, beside their values in the evaluator.
    var places: [Int: Place] = [:]

    private static let atomLimit = 64

    init(_ program: Program, evaluator: Evaluator, elementLimit: Int) {
        self.program = program
        self.evaluator = evaluator
        self.elementLimit = elementLimit
    }

    /// The value of a node before negation, and its atoms after it.
    mutating func explain(_ id: NodeID, isNegated: Bool) -> Outcome {
        let node = program[id]
        switch node.operation {
        case .and, .or: return logical(node, isNegated)
        case .not:
            let inner = explain(node.a, isNegated: !isNegated)
            return Outcome(value: Self.not(inner.value), atoms: inner.atoms)
        case .conditional: return conditional(node, isNegated)
        case .all, .exists, .existsOne: return quantifier(id, node, isNegated)
        case .bind:
            let bound = evaluator.value(node.b)
            evaluator.locals[Int(node.a)] = bound
            places[Int(node.a)] = place(of: node.b)
            return explain(node.c, isNegated: isNegated)
        case .block:
            for (position, slot) in program.operands(node.b, node.c).enumerated() {
                evaluator.locals[Int(node.a) + position] = evaluator.value(slot)
                places[Int(node.a) + position] = place(of: slot)
            }
            return explain(node.d, isNegated: isNegated)
        default:
            let value = evaluator.value(id)
            return Outcome(value: value, atoms: [leaf(id, node, value, isNegated)])
        }
    }

    private static func not(_ value: Value) -> Value {
        switch value {
        case .bool(let flag): .bool(!flag)
        case .unknown, .error: value
        default: Evaluator.noSuchOverload("!", value)
        }
    }

    private mutating func logical(_ node: ConditionNode, _ isNegated: Bool) -> Outcome {
        var combination = Combination(isAnd: node.operation == .and, limit: .max)
        for operand in program.operands(node.a, node.b) {
            if combination.add(explain(operand, isNegated: isNegated)) || evaluator.isOverBudget { break }
        }
        return combination.outcome
    }

    private mutating func conditional(_ node: ConditionNode, _ isNegated: Bool) -> Outcome {
        let condition = explain(node.a, isNegated: false)
        guard case .bool(let flag) = condition.value else {
            let isMistyped = condition.value.isPresent
            return isMistyped
                ? Outcome(value: Evaluator.noSuchOverload("?:", condition.value), atoms: condition.atoms) : condition
        }
        let branch = explain(flag ? node.b : node.c, isNegated: isNegated)
        return Outcome(value: branch.value, atoms: condition.atoms + branch.atoms)
    }

    /// The operands of `&&` or `||`, or the elements of `all` or `exists`, reduced to the deciding ones.
    private struct Combination {
        private var combined: LogicalOutcome
        private let limit: Int
        private var decisive: [TraceAtom]?
        private var agreeing: [TraceAtom] = []
        private var unknown: [TraceAtom] = []
        private var failing: [TraceAtom] = []
        private var agreeingCount = 0
        private var unknownCount = 0

        init(isAnd: Bool, limit: Int) {
            combined = LogicalOutcome(isAnd: isAnd)
            self.limit = limit
        }

        /// Takes the next operand; true once the outcome is decided.
        mutating func add(_ operand: Outcome) -> Bool {
            if combined.add(operand.value) {
                decisive = operand.atoms
                return true
            }
            switch operand.value {
            case .bool:
                agreeingCount += 1
                if agreeingCount <= limit { agreeing += operand.atoms }
            case .unknown:
                unknownCount += 1
                if unknownCount <= limit { unknown += operand.atoms }
            default: if failing.isEmpty { failing = operand.atoms }
            }
            return false
        }

        mutating func open(_ causes: UnknownCauses, _ atom: TraceAtom) {
            combined.open(causes)
            unknown.append(atom)
        }

        var outcome: Outcome {
            let value = combined.value
            let atoms =
                switch value {
                case .unknown: unknown
                case .error: failing
                default: decisive ?? agreeing
                }
            return Outcome(value: value, atoms: Array(atoms.prefix(Explainer.atomLimit)))
        }
    }

    // MARK: - Macros over lists and maps

    private mutating func quantifier(_ id: NodeID, _ node: ConditionNode, _ isNegated: Bool) -> Outcome {
        let range = evaluator.value(node.a)
        guard let elements = elements(of: node.a, range) else {
            let value = evaluator.value(id)
            return Outcome(value: value, atoms: [leaf(id, node, value, isNegated)])
        }
        guard node.operation != .existsOne else { return existsOne(id, node, elements, isNegated) }
        var combination = Combination(isAnd: node.operation == .all, limit: elementLimit)
        for element in elements {
            bind(node, element)
            let outcome = explain(node.c, isNegated: isNegated)
            if let doubt = element.doubt {
                if case .bool(let flag) = outcome.value, flag == (node.operation == .all) { continue }
                combination.open(doubt, summary(id, node, range, .unknown(doubt), isNegated))
            } else if combination.add(outcome) || evaluator.isOverBudget {
                return combination.outcome
            }
        }
        if let openness = range.listView?.openness {
            combination.open(openness, summary(id, node, range, .unknown(openness), isNegated))
        } else if elements.isEmpty {
            let value = combination.outcome.value
            return Outcome(value: value, atoms: [summary(id, node, range, value, isNegated)])
        }
        return combination.outcome
    }

    private mutating func existsOne(
        _ id: NodeID, _ node: ConditionNode, _ elements: [Element], _ isNegated: Bool
    ) -> Outcome {
        let value = evaluator.value(id)
        var matching: [TraceAtom] = []
        var others: [TraceAtom] = []
        for element in elements {
            bind(node, element)
            let outcome = explain(node.c, isNegated: false)
            switch outcome.value {
            case .bool(false): if others.count < elementLimit { others += outcome.atoms }
            default: if matching.count < elementLimit { matching += outcome.atoms }
            }
            if evaluator.isOverBudget { break }
        }
        let summary = summary(id, node, evaluator.value(node.a), value, isNegated)
        return Outcome(value: value, atoms: [summary] + (matching.isEmpty ? others : matching))
    }

    /// An atom for the macro itself: of an empty list, of one that may have more elements, of a count.
    private mutating func summary(
        _ id: NodeID, _ node: ConditionNode, _ range: Value, _ value: Value, _ isNegated: Bool
    ) -> TraceAtom {
        let place = place(of: node.a)
        let expected =
            switch node.operation {
            case .all: "every element"
            case .exists: "an element"
            default: "one element"
            }
        return TraceAtom(
            path: place?.path ?? "", operation: (isNegated ? "not " : "") + node.operation.symbol,
            expected: expected, actual: range.rendered(), node: place?.node,
            result: TraceAtom.Outcome(isNegated ? Self.not(value) : value), source: program.text(id), note: "")
    }

    mutating func bind(_ node: ConditionNode, _ element: Element) {
        let slot = Int(node.b)
        if node.flag {
            evaluator.locals[slot] = element.key
            evaluator.locals[slot + 1] = element.value
            places[slot] = nil
            places[slot + 1] = element.place
        } else {
            evaluator.locals[slot] = element.isListElement ? element.value : element.key
            places[slot] = element.place
        }
    }
}
