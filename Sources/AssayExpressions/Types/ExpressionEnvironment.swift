/// What the expressions of one host may use: variables, functions, default tables and limits.
///
/// ```swift
/// var environment = ExpressionEnvironment()
/// environment.declare("resource", .dyn)
/// environment.register(
///     FunctionDeclaration("ports.contains", [FunctionOverload([.dyn, .int], .bool)]) { arguments in … })
/// let condition = try Condition("resource.properties.port == 22", in: environment)
/// ```
/// The standard functions and the extensions for strings, math, networks, encoders, optionals and bindings are
/// always there. A host function is called as `namespace.name(a, b)`, or as `a.name(b)` when its overload is a
/// receiver's. Arguments arrive evaluated: no errors, and nothing unknown unless the function's `unknowns` says so.
/// Objects and arrays of resources arrive as `.document` and are read with `listElements`, `mapEntries` and
/// `member(_:)`.
public struct ExpressionEnvironment: Sendable {
    /// The namespace in which names are looked up first, such as `com.example`; empty for none.
    public var container = ""
    /// What `default(path, "name")` gives for an absent path; nil for a name that no table has.
    public var defaults: (@Sendable (String) -> Value?)?
    /// Bounds for texts and evaluations.
    public var limits = ExpressionLimits()
    /// False leaves `has`, `all`, `exists` and the other macros as plain calls.
    public var macrosAreEnabled = true
    /// The declared variables and their types.
    public private(set) var variables: [String: CELType] = [:]
    private(set) var functions = FunctionLibrary.standard

    /// An environment with the standard functions and no variables.
    public init() {}

    /// Declares a variable; its name may have dots.
    public mutating func declare(_ variable: String, _ type: CELType = .dyn) {
        variables[variable] = type
    }

    /// Adds a function; the overloads of a name that is already there are added to it.
    public mutating func register(_ function: FunctionDeclaration) {
        guard let existing = functions[function.name] else {
            functions[function.name] = function
            return
        }
        let implementation = function.implementation ?? existing.implementation
        functions[function.name] = FunctionDeclaration(
            function.name, existing.overloads + function.overloads, unknowns: function.unknowns, cost: function.cost,
            implementation: implementation)
    }

    /// Declares overloads that can be checked and not evaluated.
    public mutating func declare(function name: String, _ overloads: [FunctionOverload]) {
        register(FunctionDeclaration(name, overloads, implementation: nil))
    }

    /// The names under which a written name may be declared, innermost namespace first.
    func candidates(_ name: String, isAbsolute: Bool) -> [String] {
        guard !container.isEmpty, !isAbsolute else { return [name] }
        var candidates: [String] = []
        var prefix = Substring(container)
        while !prefix.isEmpty {
            candidates.append("\(prefix).\(name)")
            prefix = prefix.lastIndex(of: ".").map { prefix[..<$0] } ?? ""
        }
        candidates.append(name)
        return candidates
    }
}
