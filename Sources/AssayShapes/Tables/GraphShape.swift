import AssayCore

/// How Microsoft Graph names a collection in `@odata.context` and in `@odata.type`.
struct GraphShape: Sendable {
    /// The path after `$metadata#`, in lower case, ids in parentheses taken out.
    let context: String
    /// `#microsoft.graph.user`, in lower case, or nil.
    let elementType: String?
    /// Members that mark an element of a list that says nothing of where it comes from, as `az ad … list` prints.
    let keys: [String]
    let type: String

    init(table node: DocumentNode) throws(ShapeTableError) {
        try node.expectKeys(["context", "element", "keys", "type"])
        context = try node.requiredText("context").lowercased()
        elementType = node["element"]?.string?.lowercased()
        keys = try node.texts("keys")
        type = try node.requiredText("type")
    }
}
