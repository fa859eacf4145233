import AssayExpressions

/// What a resource holds and whose it is, by the scope file or its tags.
public struct Classification: Sendable, Hashable {
    public var phi: Bool
    public var financial: Bool
    /// Empty when nobody says.
    public var environment: String
    /// Empty when nobody says.
    public var owner: String
    /// True when the scope file or a tag says anything about the data it holds.
    public var isStated: Bool

    public init(
        phi: Bool = false, financial: Bool = false, environment: String = "", owner: String = "",
        isStated: Bool = false
    ) {
        self.phi = phi
        self.financial = financial
        self.environment = environment
        self.owner = owner
        self.isStated = isStated
    }

    var value: Value {
        .map(
            MapValue(
                [
                    ("phi", .bool(phi)), ("financial", .bool(financial)), ("environment", .string(environment)),
                    ("owner", .string(owner)),
                ] as [(String, Value)]))
    }
}
