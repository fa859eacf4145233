import AssayExpressions

/// What a resource holds and whose it is, by the scope file or its tags.
public struct Classification: Sendable, Hashable {
    /// True when it holds protected health information; false also when nobody says, see `isStated`.
    public var phi: Bool
    /// True when it holds financial or cardholder data; false also when nobody says, see `isStated`.
    public var financial: Bool
    /// Empty when nobody says.
    public var environment: String
    /// Empty when nobody says.
    public var owner: String
    /// True when the scope file or a tag says anything about the data it holds.
    public var isStated: Bool

    /// A classification; without arguments, that of a resource of which nothing is said.
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
