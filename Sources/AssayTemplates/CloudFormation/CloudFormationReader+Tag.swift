public import AssayCore

extension CloudFormationReader {
    /// The long form of a short YAML tag: `!Ref x` is `{"Ref": x}`, `!GetAtt a.b` is `{"Fn::GetAtt": ["a", "b"]}`,
    /// any other `!Name` is `{"Fn::Name": …}`.
    public static func tag(_ tag: String, _ value: Tree) -> Tree {
        let name = tag.drop { $0 == "!" }
        switch name {
        case "Ref", "Condition": return Tree(.object([Tree.Member(String(name), value)]), at: value.position)
        case "GetAtt":
            let parts = value.stringValue.map { AttributeName.split($0, at: value.position) } ?? value
            return Tree(.object([Tree.Member("Fn::GetAtt", parts)]), at: value.position)
        default: return Tree(.object([Tree.Member("Fn::" + name, value)]), at: value.position)
        }
    }
}

/// `LogicalId.Attribute`, where the attribute may hold further dots.
enum AttributeName {
    static func split(_ text: String, at position: SourcePosition?) -> Tree {
        guard let (resource, attribute) = parts(text[...]) else { return Tree(.string(text), at: position) }
        return Tree(
            .array([Tree(.string(resource), at: position), Tree(.string(attribute), at: position)]), at: position)
    }

    static func parts(_ text: Substring) -> (resource: String, attribute: String)? {
        guard let dot = text.firstIndex(of: ".") else { return nil }
        return (String(text[..<dot]), String(text[text.index(after: dot)...]))
    }
}
