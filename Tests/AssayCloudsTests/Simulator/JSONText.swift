import AssayCore

/// JSON between text and trees, for the simulator's documents.
enum JSONText {
    static func bytes(_ tree: Tree) -> [UInt8] {
        var writer = JSONWriter()
        writer.value(tree)
        return writer.bytes
    }

    static func tree(_ bytes: [UInt8]) throws(DocumentError) -> Tree {
        Tree(try JSONReader.read(bytes).root)
    }

    /// A document that a test writes as text.
    static func tree(_ text: String) throws(DocumentError) -> Tree {
        try tree(Array(text.utf8))
    }
}

extension Tree {
    /// The value below a chain of keys.
    func at(_ keys: String...) -> Tree? {
        var current: Tree? = self
        for key in keys { current = current?[key] }
        return current
    }

    /// The value with a member set.
    func with(_ key: String, _ value: Tree) -> Tree {
        var copy = self
        copy[key] = value
        return copy
    }

    /// The value without a member.
    func without(_ key: String) -> Tree {
        var copy = self
        copy[key] = nil
        return copy
    }
}
