public import AssayCore

/// Reads `assay.framework/1`.
public enum FrameworkReader {
    /// Reads one framework.
    public static func read(_ tree: Tree, file: String) throws(CatalogueError) -> Framework {
        let reader = try FieldReader(tree, file: file, what: "framework")
        guard try reader.string("framework") == "assay.framework/1" else {
            throw reader.failure("format is not `assay.framework/1`")
        }
        let id = try reader.string("id")
        var groups: [Framework.Group] = []
        for tree in try reader.list("groups") {
            let fields = try FieldReader(tree, file: file, what: "group")
            groups.append(Framework.Group(id: try fields.string("id"), title: try fields.string("title")))
        }
        var requirements: [Requirement] = []
        var seen: Set<String> = []
        for tree in try reader.list("requirements") {
            let requirement = try requirement(tree, framework: id, file: file)
            guard seen.insert(requirement.id).inserted else {
                throw reader.failure("requirement `\(requirement.id)` stands twice", at: tree)
            }
            requirements.append(requirement)
        }
        return Framework(
            id: id, title: try reader.string("title"), version: try reader.string("version"),
            note: try reader.optionalString("note") ?? "", groups: groups, requirements: requirements)
    }

    private static func requirement(
        _ tree: Tree, framework: String, file: String
    ) throws(CatalogueError) -> Requirement {
        let fields = try FieldReader(tree, file: file, what: "requirement")
        let evidence = try fields.string("evidence")
        guard let evidence = Requirement.Evidence(rawValue: evidence) else {
            throw fields.failure("evidence `\(evidence)` is none of technical, hybrid, process")
        }
        return Requirement(
            framework: framework, id: try fields.string("id"), group: try fields.optionalString("group") ?? "",
            title: try fields.string("title"), paraphrase: try fields.string("paraphrase"), evidence: evidence,
            implementation: try fields.optionalString("implementation"), formerly: try fields.strings("formerly"))
    }
}
