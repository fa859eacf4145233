public import AssayCore

/// A verdict that is not what it was.
public struct VerdictTransition: Sendable, Hashable {
    /// The line in the new snapshot.
    public let line: Int
    /// The ordinal of its type in the order of now.
    public let type: Int
    /// The pair among those of its type.
    public let pair: Int
    /// What the same rule said of the resource before; nil for a resource or a rule that was not there.
    public let former: VerdictState?
    /// What it says now.
    public let present: VerdictState

    /// A transition of its parts.
    public init(line: Int, type: Int, pair: Int, former: VerdictState?, present: VerdictState) {
        self.line = line
        self.type = type
        self.pair = pair
        self.former = former
        self.present = present
    }
}
