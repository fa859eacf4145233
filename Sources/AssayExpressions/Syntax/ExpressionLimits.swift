/// Bounds that keep hostile input from exhausting time, memory or the stack.
public struct ExpressionLimits: Sendable, Hashable {
    /// Longest text of an expression in UTF-8 bytes.
    public var sourceBytes = 2_000_000
    /// Deepest nesting of an expression; chains of `&&` and `||` count as one level.
    public var depth = 250
    /// Steps that one evaluation may take: one for each operation, more for work that grows with its input.
    public var cost = 2_000_000

    /// The default limits.
    public init() {}
}
