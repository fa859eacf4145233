import AssayCore

/// The sections of a template by name, as far as they have the shape that the format asks for.
struct CloudFormationTemplate {
    /// What changes a template before it is deployed, by name: `AWS::Serverless-2016-10-31`, `MyMacro`.
    struct Transform {
        let name: String
        let position: SourcePosition?
    }

    var parameters: [String: Tree] = [:]
    var mappings: [String: Tree] = [:]
    var conditions: [String: Tree] = [:]
    var resources: [Tree.Member] = []
    /// Resources that are objects, by logical id.
    var declarations: [String: Tree] = [:]
    var transforms: [Transform] = []

    init(_ tree: Tree, diagnostics: inout UnitDiagnostics) {
        parameters = Self.section("Parameters", of: tree, &diagnostics).byKey
        mappings = Self.section("Mappings", of: tree, &diagnostics).byKey
        conditions = Self.section("Conditions", of: tree, &diagnostics).byKey
        resources = Self.section("Resources", of: tree, &diagnostics)
        declarations = resources.filter { $0.value.members != nil }.byKey
        transforms = Self.transforms(tree["Transform"]) + Self.transforms(tree["Fn::Transform"])
    }

    private static func section(
        _ name: String, of tree: Tree, _ diagnostics: inout UnitDiagnostics
    ) -> [Tree.Member] {
        guard let section = tree[name] else { return [] }
        if case .null = section.content { return [] }
        guard let members = section.members else {
            diagnostics.add(
                "cloudformation-section-malformed", .error, "`\(name)` is not an object and was not read",
                at: section.position ?? tree.position)
            return []
        }
        return members
    }

    private static func transforms(_ value: Tree?) -> [Transform] {
        guard let value else { return [] }
        switch value.content {
        case .null: return []
        case .array(let elements): return elements.flatMap { transforms($0) }
        case .object:
            return [Transform(name: value["Name"]?.scalarText ?? "", position: value.position)]
        default: return [Transform(name: value.scalarText ?? "", position: value.position)]
        }
    }
}

extension [Tree.Member] {
    var byKey: [String: Tree] { Dictionary(map { ($0.key, $0.value) }) { first, _ in first } }
}
