extension Document {
    /// Seals a tree into an arena; positions come along, a missing one is taken from the parent.
    public convenience init(_ tree: Tree) {
        var arena = DocumentArena()
        arena.append(tree, inherited: SourcePosition(line: 1, column: 1))
        self.init(arena: arena, text: [])
    }
}

extension DocumentArena {
    fileprivate mutating func append(_ tree: Tree, inherited: SourcePosition) {
        let position = tree.position ?? inherited
        switch tree.content {
        case .null: leaf(.null, at: position)
        case .bool(let flag): leaf(.bool, flag: flag, at: position)
        case .number(let text): pooled(.number, text, at: position)
        case .string(let text): pooled(.string, text, at: position)
        case .unknown(let reason):
            leaf(.unknown, start: UnknownReason.allCases.firstIndex(of: reason) ?? 0, at: position)
        case .array(let elements):
            begin(.array, at: position)
            for element in elements { append(element, inherited: position) }
            end()
        case .object(let members):
            begin(.object, at: position)
            for member in members {
                pendingName = intern(member.key)
                append(member.value, inherited: position)
            }
            end()
        }
    }

    private mutating func pooled(_ kind: DocumentNode.Kind, _ text: String, at position: SourcePosition) {
        let start = pool.count
        pool += text.utf8
        leaf(kind, start: start, length: pool.count - start, isPooled: true, at: position)
    }
}
