internal import AssayCore

/// The optionals extension; `or` and `orValue` are operations of the evaluator because their right side is lazy.
enum OptionalFunctions {
    private static let a = FunctionLibrary.a
    private static let optional = CELType.optional(FunctionLibrary.a)

    static let all: [FunctionDeclaration] = [
        FunctionDeclaration("optional.none", [FunctionOverload([], optional)]) { _ in .optional(.none) },
        FunctionDeclaration(
            "optional.of", [.function(a, gives: optional)], unknowns: .acceptParts
        ) { .optional(OptionalValue($0[0])) },
        FunctionDeclaration(
            "optional.ofNonZeroValue", [.function(a, gives: optional)], unknowns: .acceptParts
        ) { arguments in
            switch isZero(arguments[0]) {
            case .yes: .optional(.none)
            case .no: .optional(OptionalValue(arguments[0]))
            case .unknown(let causes): .unknown(causes)
            }
        },
        FunctionDeclaration(
            "hasValue", [.method(optional, gives: .bool)], unknowns: .acceptParts
        ) { arguments in
            guard case .optional(let optional) = arguments[0] else {
                return FunctionLibrary.noSuchOverload("hasValue", arguments)
            }
            return .bool(optional.value != nil)
        },
        FunctionDeclaration("value", [.method(optional, gives: a)], unknowns: .acceptParts) { arguments in
            guard case .optional(let optional) = arguments[0] else {
                return FunctionLibrary.noSuchOverload("value", arguments)
            }
            return optional.value ?? .failure(.absent, "`value()` of an optional that holds nothing")
        },
        FunctionDeclaration("or", [.method(optional, optional, gives: optional)], implementation: nil),
        FunctionDeclaration("orValue", [.method(optional, a, gives: a)], implementation: nil),
    ]

    private static func isZero(_ value: Value) -> Truth {
        switch value {
        case .null: .yes
        case .bool(let flag): Truth(!flag)
        case .int(let number): Truth(number == 0)
        case .uint(let number): Truth(number == 0)
        case .double(let number): Truth(number == 0)
        case .string(let text): Truth(text.isEmpty)
        case .bytes(let bytes): Truth(bytes.isEmpty)
        case .duration(let span): Truth(span == .zero)
        case .list(let list):
            list.elements.isEmpty ? list.openness.map { .unknown($0) } ?? .yes : .no
        case .map(let map): Truth(map.count == 0)
        case .document(let node):
            node.members.contains { $0.value.kind != .unknown } || node.kind == .array && node.count > 0
                ? .no : node.directUnknown.map { .unknown($0) } ?? .yes
        case .optional(let optional): Truth(optional.value == nil)
        default: .no
        }
    }
}
