public import AssayCore

/// What one template declares.
public struct TemplateOutcome: Sendable {
    /// The resources in the order of the file; a body may be unknown as a whole.
    public var resources: [Resource]
    /// What each resource's body refers to, by the id of the referring resource.
    public var references: [String: [TemplateReference]]
    /// The condition that each resource depends on, by resource id, where that condition cannot be decided: the
    /// values of such a resource can be judged, its existence is unknown.
    public var conditions: [String: String]
    /// One record a declared type, and one for the collection `*`: every other type inside this unit.
    public var coverage: [Coverage]
    /// What degrades the result, in no order.
    public var diagnostics: [Diagnostic]

    /// An outcome; empty unless told otherwise.
    public init(
        resources: [Resource] = [], references: [String: [TemplateReference]] = [:],
        conditions: [String: String] = [:], coverage: [Coverage] = [], diagnostics: [Diagnostic] = []
    ) {
        self.resources = resources
        self.references = references
        self.conditions = conditions
        self.coverage = coverage
        self.diagnostics = diagnostics
    }
}
