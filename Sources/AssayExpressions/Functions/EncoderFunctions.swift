/// The encoders extension.
enum EncoderFunctions {
    static let all: [FunctionDeclaration] = [
        FunctionDeclaration("base64.encode", [.function(.bytes, gives: .string)]) { arguments in
            guard case .bytes(let bytes) = arguments[0] else {
                return FunctionLibrary.noSuchOverload("base64.encode", arguments)
            }
            return .string(Base64.encode(bytes))
        },
        FunctionDeclaration("base64.decode", [.function(.string, gives: .bytes)], implementation: decode),
    ]

    private static func decode(_ arguments: [Value]) -> Value {
        guard case .string(let text) = arguments[0] else {
            return FunctionLibrary.noSuchOverload("base64.decode", arguments)
        }
        do {
            return .bytes(try Base64.decode(text))
        } catch {
            return .failure(.invalidArgument, error.message)
        }
    }
}
