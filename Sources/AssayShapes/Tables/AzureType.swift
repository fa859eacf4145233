public import AssayCore

/// One ARM or Graph type of `types-azure.yaml`.
struct AzureType: Sendable {
    /// The canonical spelling.
    let type: String
    /// Other spellings of the type that answers use, in lower case.
    let aliases: [String]
    /// The whole body.
    let shape: ValueShape
    /// Paths that a list leaves out, so that absence or null there says nothing.
    let listOmits: [DocumentPath]
    /// Graph properties that only a `$select` brings.
    let onlySelected: [String]
    /// True for a Graph object of which a tenant has one.
    let isSingleton: Bool
    /// True when a list shows only what hangs on its own parent, not what lies deeper (diagnostic settings).
    let isDirectOnly: Bool
    /// Where a type that is also declared apart lives inside its parent, for readers of templates.
    let folding: Folding?

    var isGraph: Bool { type.lowercased().hasPrefix("microsoft.graph/") }

    init(table node: DocumentNode) throws(ShapeTableError) {
        try node.expectKeys(["type", "aliases", "shape", "listOmits", "onlySelected", "singleton", "direct", "fold"])
        type = try node.requiredText("type")
        aliases = try node.texts("aliases").map { $0.lowercased() }
        shape = try node["shape"].map { node throws(ShapeTableError) in try ValueShape(table: node) } ?? .any
        var omits: [DocumentPath] = []
        for text in try node.texts("listOmits") {
            guard let path = DocumentPath(text) else { throw ShapeTableError("`\(text)` is not a path", at: node) }
            omits.append(path)
        }
        listOmits = omits
        onlySelected = try node.texts("onlySelected")
        isSingleton = node["singleton"]?.bool ?? false
        isDirectOnly = node["direct"]?.bool ?? false
        folding = try node["fold"].map { node throws(ShapeTableError) in try Folding(table: node) }
    }
}

/// Where a separately declared type is folded into its parent.
public struct Folding: Sendable, Hashable {
    /// The type that holds it.
    public let parent: String
    /// The list inside the parent's body.
    public let path: DocumentPath
    /// AWS: the property that names the parent; Azure finds it in the id.
    public let parentProperty: String?

    init(table node: DocumentNode) throws(ShapeTableError) {
        try node.expectKeys(["into", "at", "by"])
        parent = try node.requiredText("into")
        guard let path = DocumentPath(try node.requiredText("at")) else {
            throw ShapeTableError("`at` is not a path", at: node)
        }
        self.path = path
        parentProperty = node["by"]?.string
    }
}
