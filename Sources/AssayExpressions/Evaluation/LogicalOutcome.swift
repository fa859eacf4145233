/// Collects the operands of `&&` or `||`, in which one operand can decide whatever the others are.
struct LogicalOutcome {
    let isAnd: Bool
    private var decided = false
    private var unknown: UnknownCauses?
    private var error: Value?

    init(isAnd: Bool) {
        self.isAnd = isAnd
    }

    /// Takes the next operand; true once the outcome is decided.
    mutating func add(_ operand: Value) -> Bool {
        switch operand {
        case .bool(let flag): decided = flag != isAnd
        case .unknown(let causes): unknown = unknown?.merging(causes) ?? causes
        case .error: error = error ?? operand
        default: error = error ?? Evaluator.noSuchOverload(isAnd ? "&&" : "||", operand)
        }
        return decided
    }

    /// Takes an element of which it is not certain that it is there: it can leave the outcome open, not decide it.
    mutating func add(_ operand: Value, doubt: UnknownCauses?) -> Bool {
        guard let doubt else { return add(operand) }
        if case .bool(isAnd) = operand { return false }
        open(doubt)
        return false
    }

    mutating func open(_ causes: UnknownCauses?) {
        guard let causes else { return }
        unknown = unknown?.merging(causes) ?? causes
    }

    var value: Value {
        if decided { return .bool(!isAnd) }
        if let unknown { return .unknown(unknown) }
        return error ?? .bool(isAnd)
    }
}
