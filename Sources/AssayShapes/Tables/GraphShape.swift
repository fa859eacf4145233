import AssayCore

/// How Microsoft Graph names a collection in `@odata.context` and in `@odata.type`.
struct GraphShape: Sendable {
    /// The path after `$metadata#`, in lower case, ids in parentheses taken out.
    let context: String
    /// `#microsoft.graph.user`, in lower case, or nil.
    let elementType: String?
    let type: String

    init(table node: DocumentNode) throws(ShapeTableError) {
        try node.expectKeys(["context", "element", "type"])
        context = try node.requiredText("context").lowercased()
        elementType = node["element"]?.string?.lowercased()
        type = try node.requiredText("type")
    }
}
