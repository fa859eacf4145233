/// One way of calling a function: its parameter types and what it gives.
public struct FunctionOverload: Sendable, Hashable {
    /// Called as `first.name(rest)`.
    public let isReceiver: Bool
    /// The receiver comes first.
    public let parameters: [CELType]
    /// What the call gives.
    public let result: CELType

    /// An overload with its parameter types, the receiver first.
    public init(_ parameters: [CELType], _ result: CELType, isReceiver: Bool = false) {
        self.parameters = parameters
        self.result = result
        self.isReceiver = isReceiver
    }
}

/// A function that expressions may call.
public struct FunctionDeclaration: Sendable {
    /// What runs; the receiver of `first.name(rest)` comes first among the arguments.
    public typealias Implementation = @Sendable ([Value]) -> Value

    /// The full name; dots make namespaces, as in `iam.allows`.
    public let name: String
    /// Every way of calling it.
    public internal(set) var overloads: [FunctionOverload]
    /// Nil for a name that may be checked and not evaluated.
    public let implementation: Implementation?
    /// What missing evidence among the arguments does.
    public let unknowns: UnknownHandling

    /// How many steps one call counts as, beside the size of its arguments.
    public let cost: Int

    /// What happens to a call when an argument, or a part of one, is unknown.
    public enum UnknownHandling: Sendable {
        /// The call is unknown before it runs: right for anything that reads all of its arguments.
        case refuse
        /// Unknown arguments make the call unknown; containers with unknown parts (and open lists) are passed in.
        case acceptParts
        /// The implementation sees unknown arguments too, and must never turn missing evidence into an answer.
        case acceptAll
    }

    /// Declares a function.
    ///
    /// - Parameters:
    ///   - name: the full name.
    ///   - overloads: every way of calling it; with `dyn` for a parameter of any type.
    ///   - unknowns: what missing evidence among the arguments does.
    ///   - cost: how many steps one call counts as.
    ///   - implementation: never sees an error among its arguments; gives `.error` for what it cannot take.
    public init(
        _ name: String, _ overloads: [FunctionOverload], unknowns: UnknownHandling = .refuse, cost: Int = 1,
        implementation: Implementation?
    ) {
        self.name = name
        self.overloads = overloads
        self.unknowns = unknowns
        self.cost = max(1, cost)
        self.implementation = implementation
    }

    func accepts(count: Int, isReceiver: Bool) -> Bool {
        overloads.contains { $0.isReceiver == isReceiver && $0.parameters.count == count }
    }
}
