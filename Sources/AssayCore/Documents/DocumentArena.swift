/// One value of a document inside the arena, in preorder.
///
/// INVARIANT: `end` is the index after the last node of the subtree, so that the next sibling of a node is `end`.
struct ArenaNode {
    var kind: DocumentNode.Kind
    /// True when `start` and `length` name bytes of the pool instead of the source text.
    var isPooled = false
    var flag = false
    /// Interned key of an object member; `UInt32.max` elsewhere.
    var name: UInt32
    var parent: UInt32
    var end: UInt32
    /// Byte range of a string or number; for a container `length` is its number of children.
    var start: UInt32
    var length: UInt32
    var line: UInt32
    var column: UInt32

    static let noName = UInt32.max
}

/// Appends nodes in preorder; what every reader and builder of documents shares.
struct DocumentArena {
    var nodes: [ArenaNode] = []
    var pool: [UInt8] = []
    var names: [String] = []
    /// By the bytes of the key: two keys that only Unicode normalisation makes equal stay two.
    var nameIdentifiers: [[UInt8]: UInt32] = [:]
    private(set) var open: [UInt32] = []
    var pendingName = ArenaNode.noName

    mutating func intern(_ name: String) -> UInt32 {
        let bytes = Array(name.utf8)
        if let known = nameIdentifiers[bytes] { return known }
        let identifier = UInt32(names.count)
        names.append(name)
        nameIdentifiers[bytes] = identifier
        return identifier
    }

    mutating func leaf(
        _ kind: DocumentNode.Kind, start: Int = 0, length: Int = 0, isPooled: Bool = false, flag: Bool = false,
        at position: SourcePosition
    ) {
        push(
            ArenaNode(
                kind: kind, isPooled: isPooled, flag: flag, name: pendingName, parent: open.last ?? 0,
                end: UInt32(nodes.count + 1), start: UInt32(start), length: UInt32(length),
                line: UInt32(clamping: position.line), column: UInt32(clamping: position.column)))
    }

    mutating func begin(_ kind: DocumentNode.Kind, at position: SourcePosition) {
        let index = UInt32(nodes.count)
        leaf(kind, at: position)
        open.append(index)
    }

    mutating func end() {
        guard let index = open.popLast() else { return }
        nodes[Int(index)].end = UInt32(nodes.count)
    }

    private mutating func push(_ node: ArenaNode) {
        if let parent = open.last { nodes[Int(parent)].length += 1 }
        nodes.append(node)
        pendingName = ArenaNode.noName
    }
}
