public import AssayCore

/// One of a rule's own examples with the verdict that it must give.
public struct RuleCase: Sendable {
    /// What the case shows, as a sentence.
    public let name: String
    /// The resources as written; the first is the one that is judged.
    public let resources: [Tree]
    /// Coverage records as written; a related collection without one is unknown.
    public let coverage: [Tree]
    /// Parameter values that go over the rule's defaults and profiles.
    public let parameters: [(name: String, value: Tree)]
    /// Framework whose parameters are used; nil for the rule's defaults.
    public let profile: String?
    /// The moment the rule takes for now, RFC 3339; nil for `RuleTester.defaultNow`.
    public let now: String?
    /// The verdict on the first resource.
    public let expected: VerdictState
    /// Where the case begins in the rule's file; nil when it was not read from a text.
    public let position: SourcePosition?
}
