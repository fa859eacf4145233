/// What the events of a record mean to a program: the same key paths found in both trees.
struct SlotReplayMap: Sendable {
    /// What an event does.
    enum Action: UInt8, Sendable {
        /// A value that the program does not read.
        case skipValue
        case take
        /// A value whose bytes an atom over several values reads later.
        case capture
        case enter
        case forget
        case rows
        /// A list whose elements the program does not walk; at most it is seen that a list is there.
        case skipRows
        case skip
    }

    struct Target: Sendable {
        var action = Action.skip
        var node: Int32 = -1
        var slot: Int32 = -1
        /// Number of the value among those of the schema.
        var value: Int32 = -1
    }

    struct TypeMap: Sendable {
        /// Index of the type in the program, or what `BulkBlock.Line` says in its place.
        var type: Int32
        var first: Int32
        var count: Int32
    }

    /// By type of the record.
    private(set) var types: [TypeMap] = []
    private(set) var targets: [Target] = []
    /// What the program reads and the record does not hold.
    private(set) var gaps: [SlotRecordGap] = []
    /// True when the program asks about a type that was nobody's when the record was made.
    private(set) var hasNewTypes = false
    private let tables: ScanTables

    init(_ schema: SlotRecordSchema, _ program: BulkProgram) {
        tables = program.tables
        var isKnown = Array(repeating: false, count: program.types.count)
        for type in schema.types {
            var map = TypeMap(type: BulkBlock.Line.none, first: Int32(targets.count), count: 0)
            if let index = program.typeIndices[type.name.lowercased()] {
                isKnown[Int(index)] = true
                let root = tables.scopes[Int(tables.types[Int(index)].scope)].root
                let before = gaps.count
                if type.isRecorded {
                    check(root, against: 0, of: type, path: [])
                } else {
                    gaps.append(SlotRecordGap(type: type.name, path: [], lack: .type))
                }
                map.type = gaps.count > before ? BulkBlock.Line.notRecorded : index
                if gaps.count == before {
                    targets += Array(repeating: Target(), count: type.eventCount - SlotRecordSchema.Event.first)
                    map.count = Int32(targets.count) - map.first
                    connect(0, of: type, to: root, first: Int(map.first))
                }
            }
            types.append(map)
        }
        for (index, type) in program.types.enumerated() where !isKnown[index] {
            gaps.append(SlotRecordGap(type: type.name, path: [], lack: .type))
            hasNewTypes = true
        }
    }

    /// Notes what lies at or below a node of the program and was not recorded.
    private mutating func check(
        _ place: Int32, against index: Int?, of type: SlotRecordSchema.TypeTree, path: [String]
    ) {
        let node = tables.nodes[Int(place)]
        guard let index, !node.isUnknownList || type.nodes[index].isUnknownList else {
            gaps.append(SlotRecordGap(type: type.name, path: path, lack: .value))
            return
        }
        let recorded = type.nodes[index]
        if node.slot >= 0 {
            let slot = tables.slots[Int(node.slot)]
            if recorded.value < 0 {
                gaps.append(SlotRecordGap(type: type.name, path: path, lack: .value))
            } else if slot.wholeContainer || slot.capture >= 0, !recorded.keepsContainers {
                gaps.append(SlotRecordGap(type: type.name, path: path, lack: .container))
            }
        }
        for (key, child) in tables.children(of: node) {
            let found = recorded.children.first { type.nodes[$0].key == key }
            check(child, against: found, of: type, path: path + [String(decoding: key, as: UTF8.self)])
        }
        if node.rows >= 0 {
            if recorded.elements >= 0 {
                check(tables.scopes[Int(node.rows)].root, against: recorded.elements, of: type, path: path + ["[]"])
            } else {
                gaps.append(SlotRecordGap(type: type.name, path: path, lack: .elements))
            }
        }
    }

    /// Says what the events at and below a recorded node do; -1 for a place that the program does not have.
    private mutating func connect(
        _ index: Int, of type: SlotRecordSchema.TypeTree, to place: Int32, first: Int
    ) {
        let recorded = type.nodes[index]
        let node = place >= 0 ? tables.nodes[Int(place)] : ScanTables.Node()
        func set(_ event: Int, _ action: Action) {
            guard event >= 0 else { return }
            targets[first + event - SlotRecordSchema.Event.first] = Target(
                action: action, node: place, slot: node.slot, value: Int32(recorded.value))
        }
        let isCaptured = node.slot >= 0 && tables.slots[Int(node.slot)].capture >= 0
        set(recorded.take, node.slot < 0 ? .skipValue : (isCaptured ? .capture : .take))
        set(recorded.enter, node.slot >= 0 || node.patchCount > 0 ? .enter : .skip)
        set(recorded.forget, node.belowCount > 0 ? .forget : .skip)
        set(recorded.rows, node.rows >= 0 ? .rows : .skipRows)
        let children = tables.children(of: node)
        for child in recorded.children {
            let key = type.nodes[child].key
            connect(child, of: type, to: children.first { $0.key == key }?.child ?? -1, first: first)
        }
        if recorded.elements >= 0 {
            let root = node.rows >= 0 ? tables.scopes[Int(node.rows)].root : -1
            connect(recorded.elements, of: type, to: root, first: first)
        }
    }
}
