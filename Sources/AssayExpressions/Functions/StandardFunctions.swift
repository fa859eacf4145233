internal import AssayCore

/// `size`, `type`, `dyn` and the tests on strings of the language definition.
enum StandardFunctions {
    static let all: [FunctionDeclaration] = [
        FunctionDeclaration(
            "size",
            [CELType.string, .bytes, .list(FunctionLibrary.a), .map(FunctionLibrary.a, FunctionLibrary.b)]
                .flatMap { [FunctionOverload.function($0, gives: .int), .method($0, gives: .int)] },
            unknowns: .acceptParts, implementation: size),
        FunctionDeclaration(
            "type", [.function(FunctionLibrary.a, gives: .type(FunctionLibrary.a))], unknowns: .acceptParts
        ) { .type($0[0].typeName) },
        FunctionDeclaration("dyn", [.function(FunctionLibrary.a, gives: .dyn)], unknowns: .acceptParts) { $0[0] },
        test("contains") { text, part in TextSearch(part).first(in: text) != nil },
        test("startsWith") { text, part in text.starts(with: part) },
        test("endsWith") { text, part in text.count >= part.count && text.suffix(part.count).elementsEqual(part) },
        FunctionDeclaration(
            "matches",
            [.function(.string, .string, gives: .bool), .method(.string, .string, gives: .bool)],
            cost: 500, implementation: matches),
    ]

    private static func test(
        _ name: String, _ body: @escaping @Sendable ([UInt8], [UInt8]) -> Bool
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, [.method(.string, .string, gives: .bool)]) { arguments in
            guard case .string(let text) = arguments[0], case .string(let part) = arguments[1] else {
                return FunctionLibrary.noSuchOverload(name, arguments)
            }
            return .bool(body(Array(text.utf8), Array(part.utf8)))
        }
    }

    private static func size(_ arguments: [Value]) -> Value {
        switch arguments[0] {
        case .string(let text): return .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): return .int(Int64(bytes.count))
        case .list(let list): return list.openness.map { .unknown($0) } ?? .int(Int64(list.elements.count))
        case .map(let map): return .int(Int64(map.count))
        case .document(let node): return node.directUnknown.map { .unknown($0) } ?? .int(Int64(node.count))
        default: return FunctionLibrary.noSuchOverload("size", arguments)
        }
    }

    private static func matches(_ arguments: [Value]) -> Value {
        guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1] else {
            return FunctionLibrary.noSuchOverload("matches", arguments)
        }
        do {
            return .bool(try RegularExpression(pattern).isMatch(text))
        } catch {
            return .failure(.invalidArgument, error.message)
        }
    }
}
