/// The arithmetic operators: exact on integers, where overflow is an error, and IEEE 754 on doubles.
enum Arithmetic {
    static func negated(_ operand: Value) -> Value {
        switch operand {
        case .int(let number):
            number == .min ? .failure(.overflow, "`-` overflows int") : .int(-number)
        case .double(let number): .double(-number)
        case .unknown, .error: operand
        default: Evaluator.noSuchOverload("-", operand)
        }
    }

    static func apply(_ operation: ConditionNode.Operation, _ left: Value, _ right: Value) -> Value {
        switch (left, right) {
        case (.int(let first), .int(let second)):
            return integers(operation, first, second).map { .int($0) }.value
        case (.uint(let first), .uint(let second)):
            return integers(operation, first, second).map { .uint($0) }.value
        case (.double(let first), .double(let second)):
            if let result = doubles(operation, first, second) { return .double(result) }
        default:
            if operation == .add, let sum = sum(left, right) { return sum }
            if operation == .subtract, let difference = difference(left, right) { return difference }
        }
        return Evaluator.noSuchOverload(operation.symbol, left, right)
    }

    private static func integers<T: FixedWidthInteger>(
        _ operation: ConditionNode.Operation, _ left: T, _ right: T
    ) -> Outcome<T> {
        let (result, overflows): (T, Bool)
        switch operation {
        case .add: (result, overflows) = left.addingReportingOverflow(right)
        case .subtract: (result, overflows) = left.subtractingReportingOverflow(right)
        case .multiply: (result, overflows) = left.multipliedReportingOverflow(by: right)
        case .divide:
            guard right != 0 else { return .failure(.divideByZero, "division by zero") }
            (result, overflows) = left.dividedReportingOverflow(by: right)
        default:
            guard right != 0 else { return .failure(.divideByZero, "modulus by zero") }
            (result, overflows) = left.remainderReportingOverflow(dividingBy: right)
        }
        return overflows
            ? .failure(.overflow, "`\(operation.symbol)` overflows \(T.isSigned ? "int" : "uint")") : .success(result)
    }

    private static func doubles(
        _ operation: ConditionNode.Operation, _ left: Double, _ right: Double
    ) -> Double? {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        default: nil
        }
    }

    private static func sum(_ left: Value, _ right: Value) -> Value? {
        switch (left, right) {
        case (.string(let first), .string(let second)): .string(first + second)
        case (.bytes(let first), .bytes(let second)): .bytes(first + second)
        case (.timestamp(let time), .duration(let span)), (.duration(let span), .timestamp(let time)):
            timed { () throws(TimeError) in .timestamp(try time.adding(span)) }
        case (.duration(let first), .duration(let second)):
            timed { () throws(TimeError) in .duration(try first.adding(second)) }
        default: concatenation(left, right)
        }
    }

    private static func concatenation(_ left: Value, _ right: Value) -> Value? {
        guard let first = left.listView, let second = right.listView,
            let heads = left.listElements, let tails = right.listElements
        else { return nil }
        let openness = first.openness.map { $0.merging(second.openness) } ?? second.openness
        let ordered = first.openness == nil ? heads.count + second.orderedCount : first.orderedCount
        return .list(ListValue(heads + tails, openness: openness, orderedCount: ordered))
    }

    private static func difference(_ left: Value, _ right: Value) -> Value? {
        switch (left, right) {
        case (.timestamp(let first), .timestamp(let second)):
            timed { () throws(TimeError) in .duration(try first.duration(since: second)) }
        case (.timestamp(let time), .duration(let span)):
            timed { () throws(TimeError) in .timestamp(try time.subtracting(span)) }
        case (.duration(let first), .duration(let second)):
            timed { () throws(TimeError) in .duration(try first.subtracting(second)) }
        default: nil
        }
    }

    private static func timed(_ body: () throws(TimeError) -> Value) -> Value {
        do {
            return try body()
        } catch {
            return .failure(.overflow, error.message)
        }
    }

    fileprivate enum Outcome<T> {
        case success(T)
        case error(EvaluationError)

        static func failure(_ code: EvaluationError.Code, _ message: String) -> Outcome {
            .error(EvaluationError(code, message))
        }

        func map(_ transform: (T) -> Value) -> Outcome<Value> {
            switch self {
            case .success(let result): .success(transform(result))
            case .error(let error): .error(error)
            }
        }
    }
}

extension Arithmetic.Outcome where T == Value {
    fileprivate var value: Value {
        switch self {
        case .success(let value): value
        case .error(let error): .error(error)
        }
    }
}

extension ConditionNode.Operation {
    /// The operation as a rule's author writes it.
    var symbol: String {
        switch self {
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .equal: "=="
        case .notEqual: "!="
        case .contained: "in"
        case .add: "+"
        case .subtract, .negate: "-"
        case .multiply: "*"
        case .divide: "/"
        case .remainder: "%"
        case .and: "&&"
        case .or: "||"
        case .not: "!"
        case .conditional: "?:"
        case .index: "[]"
        case .existsOne: "exists_one"
        case .mapList: "map"
        case .mapEntries: "transformMap"
        case .mergeEntries: "transformMapEntry"
        default: "\(self)"
        }
    }
}
