import AssayCore

/// A resource of a template whose properties are resolved and not yet in canonical shape.
struct DeclaredResource {
    let logicalId: String
    let type: String
    let position: SourcePosition?
    /// The resource's condition, where it cannot be decided.
    let condition: String?
    var body: Tree
    var references: [TemplateReference]
}
