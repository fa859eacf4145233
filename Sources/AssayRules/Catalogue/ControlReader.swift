public import AssayCore

/// Reads `assay.control/1`.
public enum ControlReader {
    /// Reads a set of controls.
    public static func read(_ tree: Tree, file: String) throws(CatalogueError) -> [Control] {
        let reader = try FieldReader(tree, file: file, what: "control set")
        guard try reader.string("controls") == "assay.control/1" else {
            throw reader.failure("format is not `assay.control/1`")
        }
        var controls: [Control] = []
        for tree in try reader.list("items") {
            let fields = try FieldReader(tree, file: file, what: "control")
            let nature = try FieldReader(tree["nature"] ?? Tree(.object([])), file: file, what: "`nature`")
            let tests = try FieldReader(tree["tests"] ?? Tree(.object([])), file: file, what: "`tests`")
            controls.append(
                Control(
                    id: try fields.string("id"), title: try fields.string("title"),
                    statement: try fields.string("statement"), owner: try fields.string("owner"),
                    kind: try nature.string("kind"), execution: try nature.string("execution"),
                    frequency: try fields.string("frequency"), requirements: try fields.strings("requirements"),
                    rules: try tests.strings("rules"), registers: try tests.strings("registers"),
                    populations: try tests.strings("populations")))
        }
        return controls
    }
}
