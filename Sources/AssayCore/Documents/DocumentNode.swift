/// A value inside a document: a cheap cursor that keeps its document alive.
///
/// `path` and `location` are derived, so that a trace can say where a value came from at no cost to those who do
/// not ask.
public struct DocumentNode: Sendable {
    /// What a node holds.
    public enum Kind: UInt8, Sendable {
        case null
        case bool
        case number
        case string
        case array
        case object
        /// A value that the source could not show; see `unknownReason`.
        case unknown
    }

    let document: Document
    let index: UInt32
    /// Index of the node that paths are relative to.
    let base: UInt32

    private var node: ArenaNode { document.nodes[Int(index)] }

    /// What the node holds.
    public var kind: Kind { node.kind }
    /// The value of a boolean; false for any other kind.
    public var boolValue: Bool { node.flag }
    /// True for JSON null.
    public var isNull: Bool { kind == .null }
    /// Number of elements or members; zero for a leaf.
    public var count: Int { isContainer ? Int(node.length) : 0 }
    /// True for an array or an object.
    public var isContainer: Bool { kind == .array || kind == .object }

    /// The number exactly as it was written; empty for other kinds.
    public var numberText: String { kind == .number ? leafText : "" }
    /// The decoded string; empty for other kinds.
    public var stringValue: String { kind == .string ? leafText : "" }
    /// The decoded string, or nil when the node is not a string.
    public var string: String? { kind == .string ? leafText : nil }
    /// The boolean, or nil when the node is not one.
    public var bool: Bool? { kind == .bool ? boolValue : nil }
    /// The number as an integer, or nil when it has a fraction or exponent or does not fit 64 bits.
    public var int: Int64? { kind == .number ? Int64(leafText) : nil }

    /// The UTF-8 bytes of a string or number, without making a `String`.
    public var utf8: ArraySlice<UInt8> {
        let node = node
        guard node.kind == .string || node.kind == .number else { return [] }
        let range = Int(node.start)..<Int(node.start + node.length)
        return node.isPooled ? document.pool[range] : document.text[range]
    }

    private var leafText: String { String(decoding: utf8, as: UTF8.self) }

    /// Why the value is not known; nil for every other kind.
    public var unknownReason: UnknownReason? {
        guard kind == .unknown else { return nil }
        let position = Int(node.start)
        return UnknownReason.allCases.indices.contains(position) ? UnknownReason.allCases[position] : .failed
    }

    /// Where the value stands in its text.
    public var position: SourcePosition { SourcePosition(line: Int(node.line), column: Int(node.column)) }

    /// The member of an object with this key, or nil when there is none or the node is not an object.
    public subscript(key: String) -> DocumentNode? {
        guard kind == .object, let name = document.nameIdentifiers[Array(key.utf8)] else { return nil }
        var child = index + 1
        let end = node.end
        while child < end {
            if document.nodes[Int(child)].name == name { return at(child) }
            child = document.nodes[Int(child)].end
        }
        return nil
    }

    /// The member whose key is equal but for ASCII case, or nil; an exact match wins.
    public func member(ignoringCase key: String) -> DocumentNode? {
        if let exact = self[key] { return exact }
        guard kind == .object else { return nil }
        let wanted = key.lowercased()
        for member in members where member.key.lowercased() == wanted { return member.value }
        return nil
    }

    /// The element of an array at this position, or nil outside of it.
    ///
    /// Cost grows with the position.
    public subscript(position: Int) -> DocumentNode? {
        guard kind == .array, position >= 0, position < Int(node.length) else { return nil }
        var child = index + 1
        for _ in 0..<position { child = document.nodes[Int(child)].end }
        return at(child)
    }

    /// The value at this path below the node, or nil when it is not there.
    public subscript(path: DocumentPath) -> DocumentNode? {
        var current = self
        for step in path.steps {
            let next: DocumentNode? =
                switch step {
                case .key(let key): current[key]
                case .index(let index): current[index]
                }
            guard let next else { return nil }
            current = next
        }
        return current
    }

    /// The elements of an array in order; empty for other kinds.
    public var elements: Children<DocumentNode> {
        Children(parent: self, isEmpty: kind != .array) { $0 }
    }

    /// The members of an object in the order they were written; empty for other kinds.
    public var members: Children<(key: String, value: DocumentNode)> {
        Children(parent: self, isEmpty: kind != .object) { ($0.key ?? "", $0) }
    }

    /// The key under which this node stands in its object, or nil in an array or at the root.
    public var key: String? {
        let name = node.name
        return name == ArenaNode.noName ? nil : document.names[Int(name)]
    }

    /// True when this value or one below it is unknown.
    public var containsUnknown: Bool {
        document.nodes[Int(index)..<Int(node.end)].contains { $0.kind == .unknown }
    }

    /// The same node with paths counted from here.
    public var rebased: DocumentNode { DocumentNode(document: document, index: index, base: index) }

    /// The path from the document's root, or from the node that was `rebased`.
    public var path: String { documentPath.description }

    /// The path as steps; see `path`.
    public var documentPath: DocumentPath {
        var steps: [DocumentPath.Step] = []
        var current = index
        while current != base, current != 0 {
            let node = document.nodes[Int(current)]
            if node.name != ArenaNode.noName {
                steps.append(.key(document.names[Int(node.name)]))
            } else {
                var position = 0
                var sibling = node.parent + 1
                while sibling < current {
                    position += 1
                    sibling = document.nodes[Int(sibling)].end
                }
                steps.append(.index(position))
            }
            current = node.parent
        }
        return DocumentPath(steps: steps.reversed())
    }

    private func at(_ child: UInt32) -> DocumentNode { DocumentNode(document: document, index: child, base: base) }

    /// The children of a container, read lazily.
    public struct Children<Element>: Sequence, IteratorProtocol {
        private let parent: DocumentNode
        private var cursor: UInt32
        private let end: UInt32
        private let make: (DocumentNode) -> Element

        init(parent: DocumentNode, isEmpty: Bool, make: @escaping (DocumentNode) -> Element) {
            self.parent = parent
            self.make = make
            cursor = parent.index + 1
            end = isEmpty ? cursor : parent.document.nodes[Int(parent.index)].end
        }

        /// Advances to the next child.
        public mutating func next() -> Element? {
            guard cursor < end else { return nil }
            let child = parent.at(cursor)
            cursor = parent.document.nodes[Int(cursor)].end
            return make(child)
        }
    }
}

extension DocumentNode: CustomStringConvertible {
    /// Compact JSON of the value; unknown values are written as null.
    public var description: String {
        var writer = JSONWriter()
        writer.value(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
