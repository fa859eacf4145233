import AssayCore

/// Typed access to the members of a catalogue object, with errors that name the place.
struct FieldReader {
    let tree: Tree
    let file: String
    /// What the object is, for messages.
    let what: String

    init(_ tree: Tree, file: String, what: String) throws(CatalogueError) {
        self.tree = tree
        self.file = file
        self.what = what
        guard tree.members != nil else {
            throw CatalogueError(file: file, message: "\(what) must be a mapping", position: tree.position)
        }
    }

    func failure(_ message: String, at place: Tree? = nil) -> CatalogueError {
        CatalogueError(file: file, message: message, position: place?.position ?? tree.position)
    }

    /// Refuses members that the format does not have, so that a misspelt key is not silently without effect.
    func allow(_ keys: Set<String>) throws(CatalogueError) {
        for member in tree.members ?? [] where !keys.contains(member.key) {
            throw failure("\(what) has no field `\(member.key)`", at: member.value)
        }
    }

    func optionalString(_ key: String) throws(CatalogueError) -> String? {
        guard let value = tree[key] else { return nil }
        guard let text = value.scalarText else { throw failure("`\(key)` of \(what) must be text", at: value) }
        return text
    }

    func string(_ key: String) throws(CatalogueError) -> String {
        guard let text = try optionalString(key), !text.isEmpty else {
            throw failure("\(what) has no `\(key)`")
        }
        return text
    }

    func strings(_ key: String) throws(CatalogueError) -> [String] {
        guard let value = tree[key] else { return [] }
        guard let elements = value.elements else { throw failure("`\(key)` of \(what) must be a list", at: value) }
        var texts: [String] = []
        for element in elements {
            guard let text = element.scalarText else {
                throw failure("`\(key)` of \(what) must hold text", at: element)
            }
            texts.append(text)
        }
        return texts
    }

    func list(_ key: String) throws(CatalogueError) -> [Tree] {
        guard let value = tree[key] else { return [] }
        guard let elements = value.elements else { throw failure("`\(key)` of \(what) must be a list", at: value) }
        return elements
    }

    func members(_ key: String) throws(CatalogueError) -> [Tree.Member] {
        guard let value = tree[key] else { return [] }
        guard let members = value.members else { throw failure("`\(key)` of \(what) must be a mapping", at: value) }
        return members
    }
}

extension Tree {
    /// Text of a string or number, for ids such as `4.1` that YAML reads as numbers.
    var scalarText: String? { stringValue ?? numberText }
}
