/// A part of a condition that depends on one value, or on a few, and on nothing else.
///
/// The general evaluator gives its truth for a value; whoever has seen a value of the same class before may take the
/// answer from there.
public struct SlotAtom: Sendable {
    /// What it reads; never empty, and no path covers another.
    public let paths: [SlotPath]
    /// What about the value at the only path matters; `whole` when there are several paths.
    public let use: SlotUse
    /// Equal for atoms that give the same answers to the same values.
    public let key: String

    let program: Program
    let node: NodeID
    let element: Int32?
    /// True when the element is a related resource, made of the variables.
    let isRelated: Bool
    let locals: [(slot: Int32, value: Value)]
    let constants: [String: Value]
    let context: SlotContext

    /// The atom's source text.
    public var text: String { program.text(node) }

    /// Asks the general evaluator.
    ///
    /// - Parameters:
    ///   - variables: values of the variables among the paths' roots, each holding at least what the paths read.
    ///   - element: the element, when a path starts from it.
    ///   - apiVersion: what `default(path, table)` goes by; nil where the resource does not say.
    /// - Returns: nil for anything but true and false.
    public func evaluate(variables: [String: Value], element value: Value?, apiVersion: String?) -> Bool? {
        var activation = Activation(constants)
        for (name, value) in variables { activation[name] = value }
        if let apiVersion { activation.defaults = { [context] in context.defaults($0, apiVersion) } }
        var evaluator = Evaluator(
            program, activation: activation, defaults: { [context] in context.defaults($0, nil) },
            cost: context.limits.cost)
        for local in locals { evaluator.locals[Int(local.slot)] = local.value }
        let value = isRelated ? .map(MapValue(variables.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })) : value
        if let element, let value { evaluator.locals[Int(element)] = value }
        let result = evaluator.value(node)
        return evaluator.isOverBudget ? nil : result.bool
    }
}

/// What lowering needs to know of the surroundings of a condition.
public struct SlotContext: Sendable {
    /// Variables whose values are the same for every resource.
    public let constants: [String: Value]
    /// Told apart from conditions with other constants by this text.
    public let identity: String
    /// The value of a default table for an API version, or for none.
    public let defaults: @Sendable (_ table: String, _ apiVersion: String?) -> Value?
    /// True when a table gives different values for different API versions.
    public let isVersioned: @Sendable (_ table: String) -> Bool
    let limits: ExpressionLimits

    /// The surroundings of one condition.
    public init(
        constants: [String: Value], identity: String,
        defaults: @escaping @Sendable (String, String?) -> Value?,
        isVersioned: @escaping @Sendable (String) -> Bool, limits: ExpressionLimits = ExpressionLimits()
    ) {
        self.constants = constants
        self.identity = identity
        self.defaults = defaults
        self.isVersioned = isVersioned
        self.limits = limits
    }
}
