/// The functions that every environment has, collected from one file for each library.
enum FunctionLibrary {
    static let standard: [String: FunctionDeclaration] = {
        var functions: [String: FunctionDeclaration] = [:]
        let libraries = [
            OperatorSignatures.all, StandardFunctions.all, ConversionFunctions.all, TimeFunctions.all,
            StringFunctions.all, MathFunctions.all, NetworkFunctions.all, EncoderFunctions.all,
            OptionalFunctions.all,
        ]
        for function in libraries.joined() { functions[function.name] = function }
        return functions
    }()

    /// The longest text that one call may build.
    static let longestText = 8_000_000

    static let a = CELType.parameter("A")
    static let b = CELType.parameter("B")

    static func noSuchOverload(_ name: String, _ arguments: [Value]) -> Value {
        let types = arguments.map { "`\($0.typeName)`" }.joined(separator: ", ")
        return .failure(.noSuchOverload, "`\(name)` cannot be applied to \(types.isEmpty ? "nothing" : types)")
    }
}

extension FunctionOverload {
    /// A call `name(parameters)`.
    static func function(_ parameters: CELType..., gives result: CELType) -> FunctionOverload {
        FunctionOverload(parameters, result)
    }

    /// A call `first.name(rest)`.
    static func method(_ parameters: CELType..., gives result: CELType) -> FunctionOverload {
        FunctionOverload(parameters, result, isReceiver: true)
    }
}
