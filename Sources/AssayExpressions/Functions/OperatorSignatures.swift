/// What the checker knows of the operators; the evaluator has operations of their own for them.
enum OperatorSignatures {
    private static let numbers: [CELType] = [.int, .uint, .double]
    private static let ordered: [CELType] = [.bool, .string, .bytes, .timestamp, .duration]

    static let all: [FunctionDeclaration] = {
        let (a, b) = (FunctionLibrary.a, FunctionLibrary.b)
        let comparison = [FunctionOverload.function(a, a, gives: .bool)]
        var order = ordered.map { FunctionOverload.function($0, $0, gives: .bool) }
        for left in numbers {
            for right in numbers { order.append(.function(left, right, gives: .bool)) }
        }
        let numeric = numbers.map { FunctionOverload.function($0, $0, gives: $0) }
        let whole = [CELType.int, .uint].map { FunctionOverload.function($0, $0, gives: $0) }
        let sums: [FunctionOverload] = [
            .function(.string, .string, gives: .string),
            .function(.bytes, .bytes, gives: .bytes),
            .function(.list(a), .list(a), gives: .list(a)),
            .function(.timestamp, .duration, gives: .timestamp),
            .function(.duration, .timestamp, gives: .timestamp),
            .function(.duration, .duration, gives: .duration),
        ]
        let differences: [FunctionOverload] = [
            .function(.timestamp, .timestamp, gives: .duration),
            .function(.timestamp, .duration, gives: .timestamp),
            .function(.duration, .duration, gives: .duration),
        ]
        let operators: [(String, [FunctionOverload])] = [
            ("_==_", comparison), ("_!=_", comparison), ("_<_", order), ("_<=_", order), ("_>_", order),
            ("_>=_", order), ("_+_", numeric + sums), ("_-_", numeric + differences), ("_*_", numeric),
            ("_/_", numeric), ("_%_", whole), ("!_", [.function(.bool, gives: .bool)]),
            ("-_", [.function(.int, gives: .int), .function(.double, gives: .double)]),
            ("@in", [.function(a, .list(a), gives: .bool), .function(a, .map(a, b), gives: .bool)]),
            ("_[_]", [.function(.list(a), .int, gives: a), .function(.map(a, b), a, gives: b)]),
        ]
        return operators.map { FunctionDeclaration($0.0, $0.1, implementation: nil) }
    }()
}
