import AssayCore

/// One walk over one body along its table's shape.
struct ShapePass {
    let type: String
    /// Graph writes null where it means null; ARM and AWS write it where they mean absent.
    let keepsNull: Bool
    var diagnostics: [Diagnostic] = []

    init(type: String, keepsNull: Bool) {
        self.type = type
        self.keepsNull = keepsNull
    }

    /// The value in the shape's form; nil when it is a null that means absent.
    mutating func shaped(_ tree: Tree, as shape: ValueShape, at path: DocumentPath) -> Tree? {
        if tree.isUnknown || tree.isRedacted { return tree }
        if case .null = tree.content {
            if case .any = shape { return tree }
            return keepsNull ? tree : nil
        }
        switch shape {
        case .any: return tree
        case .json: return json(tree, at: path)
        case .list(let element):
            guard let elements = tree.elements else { return mismatch(tree, shape, at: path) }
            var shapedElements: [Tree] = []
            for (index, inner) in elements.enumerated() {
                shapedElements.append(shaped(inner, as: element, at: path.appending(.index(index))) ?? inner)
            }
            return Tree(.array(shapedElements), at: tree.position)
        case .map(let element):
            guard let members = tree.members else { return mismatch(tree, shape, at: path) }
            var kept: [Tree.Member] = []
            for member in members {
                guard let value = shaped(member.value, as: element, at: path.appending(.key(member.key))) else {
                    continue
                }
                kept.append(Tree.Member(member.key, value))
            }
            return Tree(.object(kept), at: tree.position)
        case .object(let known):
            guard let members = tree.members else { return mismatch(tree, shape, at: path) }
            return Tree(.object(object(members, known: known, at: path)), at: tree.position)
        default:
            guard let scalar = ScalarCoercion.coerce(tree, to: shape) else { return mismatch(tree, shape, at: path) }
            return scalar
        }
    }

    private mutating func object(
        _ members: [Tree.Member], known: [String: NamedShape], at path: DocumentPath
    ) -> [Tree.Member] {
        let names = Set(members.map(\.key))
        var kept: [Tree.Member] = []
        for member in members {
            guard let named = known[member.key.lowercased()] else {
                kept.append(member)
                continue
            }
            let inner = path.appending(.key(named.spelling))
            if member.key != named.spelling, names.contains(named.spelling) {
                diagnostics.append(
                    Diagnostic(
                        code: "shape-name-twice", severity: .warning,
                        message:
                            "`\(inner)` of \(type) is written twice in different case, `\(member.key)` is not used",
                        location: .init(at: member.value.position)))
                continue
            }
            guard let value = shaped(member.value, as: named.shape, at: inner) else { continue }
            kept.append(Tree.Member(named.spelling, value))
        }
        return kept
    }

    private mutating func json(_ tree: Tree, at path: DocumentPath) -> Tree {
        guard tree.stringValue != nil else { return tree }
        if let parsed = EmbeddedJSON.parse(tree) { return parsed }
        diagnostics.append(
            Diagnostic(
                code: "shape-scalar-unmapped", severity: .warning,
                message: "`\(path)` of \(type) holds text that is not JSON", location: .init(at: tree.position)))
        return Tree(.unknown(.unparsable), at: tree.position)
    }

    private mutating func mismatch(_ tree: Tree, _ shape: ValueShape, at path: DocumentPath) -> Tree {
        diagnostics.append(
            Diagnostic(
                code: "shape-scalar-unmapped", severity: .warning,
                message: "`\(path)` of \(type) is \(tree.label), expected \(shape.label); the value is unknown",
                location: .init(at: tree.position)))
        return Tree(.unknown(.unmapped), at: tree.position)
    }
}

extension Tree {
    /// What a diagnostic calls the value, without the value.
    var label: String {
        switch content {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        case .unknown(let reason): "unknown (\(reason.rawValue))"
        }
    }
}

extension Diagnostic.Location {
    /// A place in a text whose file the caller adds.
    init(at position: SourcePosition?) {
        self.init(path: "", line: position?.line, column: position?.column)
    }
}
