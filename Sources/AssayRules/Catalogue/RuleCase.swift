public import AssayCore

/// One of a rule's own examples with the verdict that it must give.
public struct RuleCase: Sendable {
    public let name: String
    /// The resources as written; the first is the one that is judged.
    public let resources: [Tree]
    public let coverage: [Tree]
    public let parameters: [(name: String, value: Tree)]
    public let profile: String?
    public let now: String?
    public let expected: VerdictState
    public let position: SourcePosition?
}
