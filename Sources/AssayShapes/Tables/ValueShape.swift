import AssayCore

/// What kind of value stands at a place of a canonical body, with the provider's spelling of names.
///
/// Written in a table as `bool`, `int`, `number`, `string`, `json` (text that holds JSON, or the JSON itself), `any`,
/// `[shape]` for a list, a map of names to shapes, or a map with the one name `*` where names are free.
indirect enum ValueShape: Sendable {
    case any
    case bool
    case integer
    case number
    case string
    case json
    case list(ValueShape)
    case map(ValueShape)
    /// Keyed by the lower-cased name.
    case object([String: NamedShape])

    init(table node: DocumentNode) throws(ShapeTableError) {
        switch node.kind {
        case .string:
            switch node.stringValue {
            case "any": self = .any
            case "bool": self = .bool
            case "int": self = .integer
            case "number": self = .number
            case "string": self = .string
            case "json": self = .json
            default: throw ShapeTableError("`\(node.stringValue)` is not a kind of value", at: node)
            }
        case .array:
            guard node.count == 1, let element = node[0] else {
                throw ShapeTableError("a list's shape has exactly one element", at: node)
            }
            self = .list(try ValueShape(table: element))
        case .object:
            if node.count == 1, let free = node["*"] {
                self = .map(try ValueShape(table: free))
                return
            }
            var members: [String: NamedShape] = [:]
            for member in node.members {
                let shape = NamedShape(spelling: member.key, shape: try ValueShape(table: member.value))
                guard members.updateValue(shape, forKey: member.key.lowercased()) == nil else {
                    throw ShapeTableError("`\(member.key)` stands twice", at: member.value)
                }
            }
            self = .object(members)
        default: throw ShapeTableError("a shape is a kind, a list or a map", at: node)
        }
    }

    /// The member's spelling and shape, found without regard to case.
    func member(_ name: String) -> NamedShape? {
        guard case .object(let members) = self else { return nil }
        return members[name.lowercased()]
    }

    /// What a diagnostic calls it.
    var label: String {
        switch self {
        case .any: "any value"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "a string"
        case .json: "JSON"
        case .list: "a list"
        case .map, .object: "an object"
        }
    }
}

/// A member's spelling in the table and its shape.
struct NamedShape: Sendable {
    let spelling: String
    let shape: ValueShape
}
