/// An immutable JSON-like document in one contiguous arena.
///
/// Keys are interned, strings without escapes are read in place from the source bytes, numbers keep their text.
/// A fourth kind of leaf, `unknown`, stands for a value that the source could not show (see `UnknownReason`).
public final class Document: Sendable {
    let text: [UInt8]
    let pool: [UInt8]
    let nodes: [ArenaNode]
    let names: [String]
    let nameIdentifiers: [[UInt8]: UInt32]

    init(arena: consuming DocumentArena, text: [UInt8]) {
        self.text = text
        pool = arena.pool
        nodes = arena.nodes
        names = arena.names
        nameIdentifiers = arena.nameIdentifiers
    }

    /// The outermost value.
    public var root: DocumentNode { DocumentNode(document: self, index: 0, base: 0) }

    /// How many values the document holds, containers included.
    public var nodeCount: Int { nodes.count }

    /// A document that holds one empty object.
    public static let empty: Document = {
        var arena = DocumentArena()
        arena.begin(.object, at: SourcePosition(line: 1, column: 1))
        arena.end()
        return Document(arena: arena, text: [])
    }()
}
