/// A compiled expression, ready to be evaluated any number of times from any thread.
public struct Condition: Sendable {
    let program: Program
    /// The type that the checker found; `dyn` when it was told not to check.
    public let type: CELType
    /// The bounds that evaluation keeps.
    public let limits: ExpressionLimits
    let defaults: (@Sendable (String) -> Value?)?

    /// Parses, checks and compiles a CEL expression.
    ///
    /// - Parameters:
    ///   - expression: the text.
    ///   - environment: what the expression may use.
    ///   - isChecked: false compiles without types, so that every mistake is an error of evaluation instead.
    public init(
        _ expression: String, in environment: ExpressionEnvironment, isChecked: Bool = true
    ) throws(ExpressionError) {
        let tree = try Parser.parse(
            expression, limits: environment.limits, macrosAreEnabled: environment.macrosAreEnabled)
        type = isChecked ? try Checker.check(tree, in: environment) : .dyn
        program = CELCompiler.compile(tree, in: environment)
        limits = environment.limits
        defaults = environment.defaults
    }

    /// The text that was compiled.
    public var text: String { String(decoding: program.source.bytes, as: UTF8.self) }

    /// The names of the variables that the condition reads, each once, in order of first use.
    public var variables: [String] { program.variables }

    /// The value under these variables: present, unknown or an error; over the step budget `costExceeded`.
    public func evaluate(_ activation: Activation) -> Value {
        var evaluator = Evaluator(program, activation: activation, defaults: defaults, cost: limits.cost)
        return evaluator.result()
    }
}
