public import AssayCore

/// Why a table file is not usable; the run stops, since every reading would be wrong.
public struct ShapeTableError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The table's file name.
    public let name: String
    /// Lower case, without a final period.
    public let message: String
    /// Where in the file.
    public let position: SourcePosition?

    init(_ message: String, name: String = "", at node: DocumentNode? = nil) {
        self.name = name
        self.message = message
        position = node?.position
    }

    init(_ error: ShapeTableError, name: String) {
        self.name = name
        message = error.message
        position = error.position
    }

    /// `name:line: message`.
    public var description: String { position.map { "\(name):\($0.line): \(message)" } ?? "\(name): \(message)" }
}

extension DocumentNode {
    /// The text of a member that the table must have.
    func requiredText(_ key: String) throws(ShapeTableError) -> String {
        guard let text = self[key]?.string, !text.isEmpty else {
            throw ShapeTableError("`\(key)` is missing or not a string", at: self)
        }
        return text
    }

    /// A list of strings, or one string; empty when the member is not there.
    func texts(_ key: String) throws(ShapeTableError) -> [String] {
        guard let node = self[key] else { return [] }
        if let text = node.string { return [text] }
        guard node.kind == .array else { throw ShapeTableError("`\(key)` must be a list of strings", at: node) }
        var texts: [String] = []
        for element in node.elements {
            guard let text = element.string else { throw ShapeTableError("`\(key)` must hold strings", at: element) }
            texts.append(text)
        }
        return texts
    }

    /// A map of strings; empty when the member is not there.
    func textMap(_ key: String) throws(ShapeTableError) -> [(key: String, value: String)] {
        var map: [(key: String, value: String)] = []
        guard let node = self[key] else { return map }
        guard node.kind == .object else { throw ShapeTableError("`\(key)` must be a map of strings", at: node) }
        for member in node.members {
            guard let text = member.value.string else {
                throw ShapeTableError("`\(key)` must hold strings", at: member.value)
            }
            map.append((member.key, text))
        }
        return map
    }

    /// Refuses keys that no reader of this entry knows, so that a misspelt one cannot be without effect.
    func expectKeys(_ known: Set<String>) throws(ShapeTableError) {
        for member in members where !known.contains(member.key) {
            throw ShapeTableError("`\(member.key)` is not a key of this entry", at: member.value)
        }
    }
}
