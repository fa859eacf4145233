import AssayExpressions

/// Lays scopes out as the flat tables of the scanner.
struct TableLayout {
    private(set) var tables = ScanTables()
    /// By slot: what its registers stand for.
    private(set) var slotInfos: [SlotInfo] = []
    /// By group: what its registers stand for, and the slots it reads.
    private(set) var groupInfos: [GroupInfo] = []
    private let layout: LineLayout
    /// By slot and depth: registers for a value that is not there.
    private var absent: [Int: [Int: [UInt8]]] = [:]

    struct SlotInfo: Sendable {
        let path: SlotPath
        let keys: [String]
        let atoms: [SlotResolver.Atom]
        let hasRows: Bool
    }

    struct GroupInfo: Sendable {
        let slots: [Int]
        let atoms: [SlotResolver.Atom]
    }

    /// Most classes a slot may have; beyond them its strings are taken as they are.
    private static let classLimit = 512

    init(layout: LineLayout) {
        self.layout = layout
    }

    /// Where the registers of a laid-out scope stand.
    struct Placement {
        let scope: Int32
        fileprivate let slots: [Int32]
        fileprivate let groups: [Int32]
        fileprivate let first: Int32
        fileprivate let firstResult: Int32
        fileprivate let firstRelation: Int32
        fileprivate let slotIndices: [Int]

        func register(_ operand: ScopeBuilder.Operand) -> Int32 {
            switch operand {
            case .constant(let code): first + Int32(code)
            case .slot(let slot, let atom): slots[slot] + Int32(atom)
            case .group(let group, let atom): groups[group] + Int32(atom)
            case .operation(let index): firstResult + Int32(index)
            case .relation(let index): firstRelation + Int32(index)
            case .classification(let flag): first + Int32(3 + flag)
            }
        }
    }

    mutating func add(_ builder: ScopeBuilder) -> Placement {
        // The elements' scopes first: folds name their registers.
        let rows = builder.slots.map { slot in slot.rows.map { add($0) } }
        var scope = ScanTables.Scope()
        scope.registers = Int32(tables.template.count)
        scope.captures = Int32(tables.captureCount)
        tables.template += [0, 1, 2, 0, 0, 0, 0, 0]
        var slotRegisters: [Int32] = []
        var slotIndices: [Int] = []
        for (index, slot) in builder.slots.enumerated() {
            slotRegisters.append(Int32(tables.template.count))
            slotIndices.append(tables.slots.count)
            add(slot, hasRows: rows[index] != nil)
        }
        scope.captureCount = Int32(tables.captureCount) - scope.captures
        scope.groups = Int32(tables.groups.count)
        scope.groupCount = Int32(builder.groups.count)
        var groupRegisters: [Int32] = []
        for group in builder.groups {
            groupRegisters.append(Int32(tables.template.count))
            let words = (group.atoms.count + 7) / 8
            tables.groups.append(
                ScanTables.Group(
                    register: Int32(tables.template.count), words: Int32(words),
                    members: Int32(tables.groupMembers.count), memberCount: Int32(group.slots.count)))
            tables.groupMembers += group.slots.map { Int32(slotIndices[$0]) }
            tables.template += repeatElement(0, count: words * 8)
            groupInfos.append(GroupInfo(slots: group.slots.map { slotIndices[$0] }, atoms: group.atoms))
        }
        let firstRelation = Int32(tables.template.count)
        tables.template += repeatElement(0, count: (builder.uses.count + 7) / 8 * 8)
        scope.templateCount = Int32(tables.template.count) - scope.registers
        scope.firstResult = Int32(tables.template.count)
        let placement = Placement(
            scope: Int32(tables.scopes.count), slots: slotRegisters, groups: groupRegisters, first: scope.registers,
            firstResult: scope.firstResult, firstRelation: firstRelation, slotIndices: slotIndices)
        scope.operations = Int32(tables.operations.count)
        scope.operationCount = Int32(builder.operations.count)
        for operation in builder.operations {
            tables.operations.append(
                ScanTables.Operation(
                    table: operation.table, a: placement.register(operation.a), b: placement.register(operation.b)))
        }
        tables.template += repeatElement(0, count: (builder.operations.count + 7) / 8 * 8)
        tables.scopes.append(scope)
        let root = addTrie(builder, slots: slotIndices, registers: slotRegisters, rows: rows)
        tables.scopes[Int(placement.scope)].root = root
        return placement
    }

    // MARK: - Slots

    private mutating func add(_ draft: ScopeBuilder.Slot, hasRows: Bool) {
        var slot = ScanTables.Slot()
        slot.register = Int32(tables.template.count)
        slot.words = Int32((draft.atoms.count + 7) / 8)
        if draft.isCaptured {
            slot.capture = Int32(tables.captureCount)
            tables.captureCount += 1
        }
        let use = draft.use
        slot.wholeString = use.wholeString
        slot.wholeNumber = use.wholeNumber
        slot.wholeContainer = use.wholeContainer
        let strings = use.equal.sorted()
        let features =
            use.prefixes.sorted().map { (ScanTables.Feature.Kind.prefix, $0) }
            + use.suffixes.sorted().map { (.suffix, $0) } + use.infixes.sorted().map { (.infix, $0) }
        let classes = (strings.count + 1) << min(features.count, 12)
        if classes > Self.classLimit { slot.wholeString = true }
        let integers = use.integers.sorted()
        slot.integers = Int32(tables.integers.count)
        slot.integerCount = Int32(integers.count)
        tables.integers += integers
        slot.firstString = slot.firstInteger + Int32(2 * integers.count + 1)
        if !slot.wholeString {
            slot.strings = Int32(tables.strings.count)
            slot.stringCount = Int32(strings.count)
            for text in strings {
                let entry = ScanTables.Entry(Array(text.utf8), child: 0, pool: &tables.text)
                tables.strings.append(entry)
            }
            slot.features = Int32(tables.features.count)
            slot.featureCount = Int32(features.count)
            for (kind, text) in features {
                tables.features.append(
                    ScanTables.Feature(kind: kind, text: Int32(tables.text.count), length: Int32(text.utf8.count)))
                tables.text += Array(text.utf8)
            }
        }
        let count = Int(slot.firstString) + (slot.wholeString ? 0 : classes)
        slot.codes = Int32(tables.codeWords)
        slot.flags = Int32(tables.classCount)
        tables.codeWords += count * Int(slot.words)
        tables.classCount += count
        let absent = codes(draft.atoms, draft, tables.slots.count, depth: 0)
        tables.template += absent + Array(repeating: 0, count: Int(slot.words) * 8 - absent.count)
        tables.slots.append(slot)
        slotInfos.append(
            SlotInfo(path: draft.path, keys: draft.keys, atoms: draft.atoms, hasRows: hasRows))
    }

    /// Registers when so many of the slot's keys lead into objects and the next is not there.
    private mutating func codes(
        _ atoms: [SlotResolver.Atom], _ draft: ScopeBuilder.Slot, _ slot: Int, depth: Int
    ) -> [UInt8] {
        if atoms.isEmpty { return [] }
        // The keys of the envelope around a body are always there.
        let outer = draft.keys.count - draft.path.fields.count
        let depth = max(0, depth - outer)
        if let known = absent[slot]?[depth] { return known }
        let codes = SlotResolver.codes(atoms, [.init(path: draft.path, state: .absent(depth: depth))])
        absent[slot, default: [:]][depth] = codes
        return codes
    }

    // MARK: - Key paths

    /// A node while the tree grows.
    private final class Branch {
        var children: [(key: String, branch: Branch)] = []
        var slot: Int?
        var isUnknownList = false

        func child(_ key: String) -> Branch {
            if let known = children.first(where: { $0.key == key }) { return known.branch }
            let branch = Branch()
            children.append((key, branch))
            return branch
        }
    }

    private mutating func addTrie(
        _ builder: ScopeBuilder, slots: [Int], registers: [Int32], rows: [Placement?]
    ) -> Int32 {
        let root = Branch()
        for (index, slot) in builder.slots.enumerated() {
            slot.keys.reduce(root) { $0.child($1) }.slot = index
        }
        if layout == .sealed, !builder.isElement {
            root.child("unknown").isUnknownList = true
        }
        return add(root, depth: 0, builder, slots: slots, rows: rows)
    }

    private mutating func add(
        _ branch: Branch, depth: Int, _ builder: ScopeBuilder, slots: [Int], rows: [Placement?]
    ) -> Int32 {
        let index = tables.nodes.count
        tables.nodes.append(ScanTables.Node())
        let children = branch.children.map { child in
            (key: child.key, node: add(child.branch, depth: depth + 1, builder, slots: slots, rows: rows))
        }
        var node = ScanTables.Node()
        node.isUnknownList = branch.isUnknownList
        node.childCount = Int32(children.count)
        if let slot = branch.slot {
            node.slot = Int32(slots[slot])
            if let placement = rows[slot] {
                node.rows = placement.scope
                node.folds = Int32(tables.folds.count)
                node.foldCount = Int32(builder.slots[slot].folds.count)
                for fold in builder.slots[slot].folds {
                    tables.folds.append(
                        ScanTables.Fold(
                            element: placement.register(fold.element),
                            target: tables.slots[slots[slot]].register + Int32(fold.atom), isAll: fold.isAll))
                }
            }
        }
        let below = Self.slots(below: branch)
        node.below = Int32(tables.below.count)
        node.belowCount = Int32(below.count)
        tables.below += below.map { Int32(slots[$0]) }
        node.patches = Int32(tables.patches.count)
        if depth > 0 {
            for slot in below { patch(builder.slots[slot], slots[slot], depth: depth) }
        }
        node.patchCount = Int32(tables.patches.count) - node.patches
        if !children.isEmpty { hash(children, into: &node) }
        tables.nodes[index] = node
        return Int32(index)
    }

    private static func slots(below branch: Branch) -> [Int] {
        branch.children.flatMap { child in
            (child.branch.slot.map { [$0] } ?? []) + slots(below: child.branch)
        }
    }

    /// What changes for a value that is not there once its path leads one object further.
    private mutating func patch(_ draft: ScopeBuilder.Slot, _ slot: Int, depth: Int) {
        let record = tables.slots[slot]
        if record.capture >= 0 {
            tables.patches.append(ScanTables.Patch(target: ~record.capture, value: UInt64(depth)))
        }
        let before = Self.words(codes(draft.atoms, draft, slot, depth: depth - 1), Int(record.words))
        let now = Self.words(codes(draft.atoms, draft, slot, depth: depth), Int(record.words))
        for (word, (old, new)) in zip(before, now).enumerated() where old != new {
            tables.patches.append(ScanTables.Patch(target: record.register + Int32(word) * 8, value: new))
        }
    }

    static func words(_ codes: [UInt8], _ count: Int) -> [UInt64] {
        (0..<count).map { word in
            codes.dropFirst(word * 8).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// A table in which every key has a place of its own.
    mutating func hash(_ children: [(key: String, node: Int32)], into node: inout ScanTables.Node) {
        let entries = children.map { child in
            ScanTables.Entry(Array(child.key.utf8), child: child.node, pool: &tables.text)
        }
        // Keys that agree in their ends and length share a place, one behind the other.
        var groups: [[ScanTables.Entry]] = []
        for entry in entries {
            let known = groups.firstIndex { group in
                group[0].head == entry.head && group[0].tail == entry.tail && group[0].length == entry.length
            }
            if let known { groups[known].append(entry) } else { groups.append([entry]) }
        }
        let (seed, size) = Self.seed(groups.map { $0[0] })
        node.mask = Int32(size - 1)
        node.seed = seed
        node.shift = Self.shift(size)
        node.entries = Int32(tables.entries.count)
        var table = Array(repeating: ScanTables.Entry(), count: size)
        for group in groups {
            var place = Self.place(group[0], seed, size)
            for (index, entry) in group.enumerated() {
                var entry = entry
                if index + 1 < group.count { entry.next = Int32(table.count) }
                table[place] = entry
                if index + 1 < group.count {
                    place = table.count
                    table.append(ScanTables.Entry())
                }
            }
        }
        tables.entries += table
    }

    private static func place(_ entry: ScanTables.Entry, _ seed: UInt64, _ size: Int) -> Int {
        Int(
            ScanTables.Entry.place(
                head: entry.head, tail: entry.tail, length: entry.length, seed: seed, shift: shift(size)))
    }

    private static func shift(_ size: Int) -> UInt64 { UInt64(64 - size.trailingZeroBitCount) }

    /// A seed and table size under which every entry has a place of its own.
    private static func seed(_ entries: [ScanTables.Entry]) -> (seed: UInt64, size: Int) {
        var size = 2
        while size < 2 * entries.count { size *= 2 }
        var seed: UInt64 = 0x2545_F491_4F6C_DD1D
        var tries = 0
        while true {
            var places = Set<Int>()
            if entries.allSatisfy({ places.insert(place($0, seed, size)).inserted }) { return (seed, size) }
            seed = seed &* 0x5851_F42D_4C95_7F2D &+ 0x1405_7B7E_F767_814F | 1
            tries += 1
            if tries % 64 == 0 { size *= 2 }
        }
    }

    // MARK: - Types

    /// - Parameter joins: for each use of the builder: the relation's index in the program and the question's.
    mutating func add(
        type placement: Placement, _ builder: ScopeBuilder, pairs: [ScanTables.Pair],
        joins: [(relation: Int32, export: Int32)]
    ) {
        var record = ScanTables.TypeRecord(
            scope: placement.scope, pairs: Int32(tables.pairs.count), pairCount: Int32(pairs.count))
        tables.pairs += pairs
        record.joins = Int32(tables.joins.count)
        record.joinCount = Int32(joins.count)
        for (index, (join, use)) in zip(joins, builder.uses).enumerated() {
            tables.joins.append(
                ScanTables.Join(
                    register: placement.register(.relation(index)), relation: join.relation, export: join.export,
                    isAll: use.isAll))
        }
        record.exports = Int32(tables.exports.count)
        record.exportCount = Int32(builder.exports.count)
        tables.exports += builder.exports.map { placement.register($0) }
        func capture(_ key: String) -> Int32 {
            builder.identitySlot(key).map { tables.slots[placement.slotIndices[$0]].capture } ?? -1
        }
        record.identity = capture("id")
        record.scopes = capture("scope")
        record.condition = capture("condition")
        record.tags = capture("tags")
        record.classification = builder.readsClassification ? placement.register(.classification(0)) : -1
        tables.types.append(record)
    }

    mutating func finish(typeNames: [String]) {
        var node = ScanTables.Node()
        if !typeNames.isEmpty {
            hash(typeNames.enumerated().map { ($0.element, Int32($0.offset)) }, into: &node)
        }
        tables.typeNames = Int32(tables.nodes.count)
        tables.nodes.append(node)
    }
}
