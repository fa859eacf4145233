import AssayCore

/// How members of a service's answer become properties of a canonical body: rules from a small closed set of transforms.
///
/// Names of the answer are compared without regard to case, since AWS Config writes the
/// same members with a small first letter.
struct PropertyMapping: Sendable {
    /// Rules by the lower-cased first name of their source, in the table's order.
    var rules: [String: [MappingRule]] = [:]

    init() {}

    init(table node: DocumentNode?) throws(ShapeTableError) {
        guard let node else { return }
        guard node.kind == .object else { throw ShapeTableError("a mapping is a map of names", at: node) }
        for member in node.members {
            let rule = try MappingRule(source: member.key, table: member.value)
            rules[(rule.source.first ?? "").lowercased(), default: []].append(rule)
        }
    }
}

/// One rule of a mapping.
struct MappingRule: Sendable {
    /// Names from the answer's element down.
    let source: [String]
    /// Names from the canonical body down; empty when the value is known and left out on purpose.
    let target: [String]
    let transform: Transform

    /// What is done to the value on its way.
    indirect enum Transform: Sendable {
        /// Taken as it is; the type's shape does the rest.
        case copy
        /// A map, or a list of `{Key, Value}`, `{key, value}` or `{TagKey, TagValue}`, to a list of `{Key, Value}`.
        case tags
        /// The grants of a bucket's access control list to the name of the canned list that they make up.
        case cannedACL
        /// Text that holds JSON, URL-encoded or not, to the JSON.
        case json
        /// A word to another value; a word that is not listed is unknown.
        case values([String: Tree])
        /// An object, or each object of a list, through a mapping of its own.
        case each(PropertyMapping)
        /// A list of objects to the list of one member of each.
        case pick(String)
        /// A list of objects to one member of the first.
        case first(String)
        /// The member of the one element of a list for which another member is true.
        case take(String, whenTrue: String)
        /// A list of objects to a map, by the names of the members that are its keys and values.
        case dictionary(key: String, value: String)
        /// A list of objects that each hold lists, to one flat list.
        case spread(keep: [String], over: [Spread])
    }

    /// One inner list of a `spread`.
    struct Spread: Sendable {
        /// The first of these that is there is used.
        let sources: [String]
        /// The name that an element which is a bare string gets.
        let wrap: String?
        let mapping: PropertyMapping
    }

    init(source: String, table node: DocumentNode) throws(ShapeTableError) {
        self.source = source.split(separator: ".").map(String.init)
        if let text = node.string {
            target = text == "ignore" ? [] : text.split(separator: ".").map(String.init)
            transform = .copy
            return
        }
        guard node.kind == .object else { throw ShapeTableError("a rule is a name or a map", at: node) }
        try node.expectKeys([
            "to", "as", "values", "each", "pick", "first", "take", "when", "keep", "spread", "key", "value",
        ])
        target = try node.requiredText("to").split(separator: ".").map(String.init)
        if let word = node["as"]?.string {
            switch word {
            case "tags": transform = .tags
            case "json": transform = .json
            case "cannedAcl": transform = .cannedACL
            default: throw ShapeTableError("`\(word)` is not a transform", at: node)
            }
        } else if let values = node["values"] {
            var map: [String: Tree] = [:]
            for member in values.members { map[member.key.lowercased()] = Tree(member.value) }
            transform = .values(map)
        } else if let each = node["each"] {
            transform = .each(try PropertyMapping(table: each))
        } else if let name = node["pick"]?.string {
            transform = .pick(name)
        } else if let name = node["first"]?.string {
            transform = .first(name)
        } else if let key = node["key"]?.string {
            transform = .dictionary(key: key, value: try node.requiredText("value"))
        } else if let name = node["take"]?.string {
            transform = .take(name, whenTrue: try node.requiredText("when"))
        } else if let spread = node["spread"] {
            var over: [Spread] = []
            for entry in spread.elements {
                try entry.expectKeys(["each", "wrap", "map"])
                over.append(
                    Spread(
                        sources: try entry.texts("each"), wrap: entry["wrap"]?.string,
                        mapping: try PropertyMapping(table: entry["map"])))
            }
            transform = .spread(keep: try node.texts("keep"), over: over)
        } else {
            transform = .copy
        }
    }
}
