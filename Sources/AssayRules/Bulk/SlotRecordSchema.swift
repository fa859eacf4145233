/// What a program's scan records of each type: the keys it follows, which of them hold values, which lists it walks.
///
/// Events are numbered along the tree, so that the same tree gives the same numbers to who writes and who reads.
struct SlotRecordSchema: Sendable {
    struct Node: Sendable {
        var key: [UInt8] = []
        var children: [Int] = []
        /// The node of a list's elements, or -1.
        var elements = -1
        /// Number of the value that stands here among all values of the schema, or -1.
        var value = -1
        /// True when lists and objects are recorded with all that is in them.
        var keepsContainers = false
        var isUnknownList = false
        /// Place in the tables of the program that the schema was made of, or -1.
        var place: Int32 = -1
        /// Numbers of the events at this node, or -1.
        var take = -1
        var enter = -1
        var forget = -1
        var rows = -1
    }

    struct TypeTree: Sendable {
        var name: String
        /// The outermost object comes first.
        var nodes: [Node] = []
        /// How many event numbers there are.
        var eventCount = 0

        /// False for a type with more events than have numbers; its lines are recorded as ones to be read again.
        var isRecorded: Bool { eventCount <= 1 << 15 }
    }

    /// Events that every type has; those of a type's nodes come behind them.
    enum Event {
        static let element = 0
        static let endOfRows = 1
        static let tooManyElements = 2
        static let unknownList = 3
        static let failure = 4
        static let first = 8
    }

    /// What stands for a value: the number of a word of the dictionary, or how its bytes are to be read.
    enum Form {
        static let words = 240
        static let plain: UInt8 = 253
        static let escaped: UInt8 = 254
    }

    let layout: LineLayout
    private(set) var types: [TypeTree] = []
    private(set) var valueCount = 0
    /// Deepest nesting of keys and lists; programs stay far below it.
    static let depthLimit = 256

    /// Nothing is recorded.
    init() {
        layout = .sealed
    }

    init(_ program: BulkProgram) {
        layout = program.layout
        let tables = program.tables
        for (index, type) in program.types.enumerated() {
            var tree = TypeTree(name: type.name)
            let scope = tables.scopes[Int(tables.types[index].scope)]
            add(scope.root, key: [], tables, into: &tree)
            number(&tree)
            types.append(tree)
        }
    }

    @discardableResult
    private func add(_ place: Int32, key: [UInt8], _ tables: ScanTables, into tree: inout TypeTree) -> Int {
        let record = tables.nodes[Int(place)]
        let index = tree.nodes.count
        var node = Node(key: key)
        node.place = place
        node.isUnknownList = record.isUnknownList
        if record.slot >= 0 {
            let slot = tables.slots[Int(record.slot)]
            node.value = 0
            node.keepsContainers = slot.wholeContainer || slot.capture >= 0
        }
        tree.nodes.append(node)
        for (key, child) in tables.children(of: record).sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            node.children.append(add(child, key: key, tables, into: &tree))
        }
        if record.rows >= 0 {
            node.elements = add(tables.scopes[Int(record.rows)].root, key: [], tables, into: &tree)
        }
        tree.nodes[index] = node
        return index
    }

    /// Gives every value and every event of a tree its number.
    private mutating func number(_ tree: inout TypeTree) {
        var next = Event.first
        func event() -> Int {
            defer { next += 1 }
            return next
        }
        for index in tree.nodes.indices {
            var node = tree.nodes[index]
            if node.value >= 0 {
                node.value = valueCount
                valueCount += 1
                node.take = event()
            }
            if !node.children.isEmpty {
                node.enter = event()
                node.forget = event()
            }
            if node.elements >= 0 { node.rows = event() }
            tree.nodes[index] = node
        }
        tree.eventCount = next
    }

    // MARK: - Bytes

    func write(into bytes: inout [UInt8]) {
        bytes.append(layout == .sealed ? 1 : 2)
        bytes.append(number: types.count)
        for type in types {
            bytes.append(text: Array(type.name.utf8))
            write(0, of: type, into: &bytes)
        }
    }

    private func write(_ index: Int, of type: TypeTree, into bytes: inout [UInt8]) {
        let node = type.nodes[index]
        bytes.append(
            (node.value >= 0 ? 1 : 0) | (node.keepsContainers ? 2 : 0) | (node.elements >= 0 ? 4 : 0)
                | (node.isUnknownList ? 8 : 0))
        bytes.append(text: node.key)
        bytes.append(number: node.children.count)
        for child in node.children { write(child, of: type, into: &bytes) }
        if node.elements >= 0 { write(node.elements, of: type, into: &bytes) }
    }

    init(_ cursor: inout SlotRecordCursor) throws(SlotRecordCursor.Failure) {
        switch try cursor.byte() {
        case 1: layout = .sealed
        case 2: layout = .bare
        default: throw SlotRecordCursor.Failure()
        }
        for _ in 0..<(try cursor.count()) {
            var tree = TypeTree(name: String(decoding: try cursor.text(), as: UTF8.self))
            try Self.read(&cursor, into: &tree, depth: 0)
            number(&tree)
            types.append(tree)
        }
    }

    @discardableResult
    private static func read(
        _ cursor: inout SlotRecordCursor, into tree: inout TypeTree, depth: Int
    ) throws(SlotRecordCursor.Failure) -> Int {
        guard depth < depthLimit else { throw SlotRecordCursor.Failure() }
        let flags = try cursor.byte()
        guard flags < 16 else { throw SlotRecordCursor.Failure() }
        let index = tree.nodes.count
        var node = Node(key: try cursor.text())
        if flags & 1 != 0 { node.value = 0 }
        node.keepsContainers = flags & 2 != 0
        node.isUnknownList = flags & 8 != 0
        tree.nodes.append(node)
        for _ in 0..<(try cursor.count()) {
            node.children.append(try read(&cursor, into: &tree, depth: depth + 1))
        }
        if flags & 4 != 0 { node.elements = try read(&cursor, into: &tree, depth: depth + 1) }
        tree.nodes[index] = node
        return index
    }
}

extension ScanTables {
    /// The keys that a node looks for and where they lead.
    func children(of node: Node) -> [(key: [UInt8], child: Int32)] {
        guard node.mask >= 0 else { return [] }
        var found: [(key: [UInt8], child: Int32)] = []
        for first in 0...node.mask {
            var place = first
            while place >= 0 {
                let entry = entries[Int(node.entries + place)]
                guard entry.length >= 0 else { break }
                found.append((Array(text[Int(entry.text)..<Int(entry.text + entry.length)]), entry.child))
                place = entry.next
            }
        }
        return found
    }
}
