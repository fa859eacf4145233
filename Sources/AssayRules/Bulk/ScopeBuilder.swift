import AssayExpressions

/// Collects what the conditions of one type, or of the elements of one of its lists, read and how it combines.
///
/// Equal atoms and equal combinations are kept once, whichever rule they come from.
final class ScopeBuilder {
    /// A register before registers have numbers.
    enum Operand: Hashable {
        case constant(UInt8)
        case slot(Int, Int)
        case group(Int, Int)
        case operation(Int)
        case relation(Int)
        /// What the classification says: 0 for PHI, 1 for financial data.
        case classification(Int)
    }

    /// A question to related resources.
    struct Use {
        let relation: Rule.Relation
        let isAll: Bool
        let body: SlotFormula
        /// The pair of the type that asks first.
        let pair: Int
    }

    struct Slot {
        var path: SlotPath
        let keys: [String]
        var use = SlotUse.kind
        var atoms: [SlotResolver.Atom] = []
        /// For each atom that is a fold: its operand among the elements' registers.
        var folds: [(atom: Int, element: Operand, isAll: Bool)] = []
        var rows: ScopeBuilder?
        var isCaptured = false
    }

    struct Group {
        let slots: [Int]
        var atoms: [SlotResolver.Atom] = []
    }

    struct Operation: Hashable {
        let table: Int32
        let a: Operand
        let b: Operand
    }

    private let layout: LineLayout
    /// True for the elements of a list, false for resources.
    let isElement: Bool
    private(set) var slots: [Slot] = []
    private(set) var groups: [Group] = []
    private(set) var operations: [Operation] = []
    private var slotIndices: [SlotPath: Int] = [:]
    private var groupIndices: [[Int]: Int] = [:]
    private var atomOperands: [String: Operand] = [:]
    private var operationIndices: [Operation: Int] = [:]
    private(set) var uses: [Use] = []
    private var useOperands: [String: Operand] = [:]
    /// What relations ask of resources of this type.
    private(set) var exports: [Operand] = []
    /// The relations of the rule that is compiled.
    var relations: [Rule.Relation] = []
    /// The number of the pair that is compiled.
    var pair = 0
    /// Why the formula compiled last leaves something to the general reader.
    var leftOver: [String] = []

    init(layout: LineLayout, isElement: Bool = false) {
        self.layout = layout
        self.isElement = isElement
    }

    func operand(_ formula: SlotFormula) -> Operand {
        switch formula {
        case .constant(let flag): return .constant(flag ? 1 : 2)
        case .atom(let atom): return operand(atom)
        case .not(let operand): return not(self.operand(operand))
        case .and(let operands): return combine(operands.map { operand($0) }, isAnd: true)
        case .or(let operands): return combine(operands.map { operand($0) }, isAnd: false)
        case .fold(let fold): return operand(fold)
        case .relation(let relation): return operand(relation)
        case .undecided(let why): return leave(why)
        }
    }

    private func leave(_ why: String) -> Operand {
        if !leftOver.contains(why) { leftOver.append(why) }
        return .constant(0)
    }

    // MARK: - Values

    private func slot(_ path: SlotPath) -> Int? {
        if let known = slotIndices[path] { return known }
        guard isElement == (path.root == .element), let keys = layout.keys(of: path) else { return nil }
        if let shared = slots.firstIndex(where: { $0.keys == keys && $0.path.root == .variable("line") }) {
            slots[shared].path = path
            slotIndices[path] = shared
            return shared
        }
        slots.append(Slot(path: path, keys: keys))
        slotIndices[path] = slots.count - 1
        return slots.count - 1
    }

    private func operand(_ atom: SlotAtom) -> Operand {
        if let known = atomOperands[atom.key] { return known }
        if let flag = classification(atom) {
            capturesIdentity()
            readsClassification = true
            return .classification(flag)
        }
        var found: [Int] = []
        for path in atom.paths {
            guard let index = slot(path) else { return leave("reads `\(path)`") }
            found.append(index)
        }
        let operand: Operand
        if found.count == 1 {
            let index = found[0]
            slots[index].use = slots[index].use.merging(atom.use)
            slots[index].atoms.append(.value(atom))
            operand = .slot(index, slots[index].atoms.count - 1)
        } else {
            for index in found { slots[index].isCaptured = true }
            let group = groupIndices[found] ?? groups.count
            if group == groups.count {
                groups.append(Group(slots: found))
                groupIndices[found] = group
            }
            groups[group].atoms.append(.value(atom))
            operand = .group(group, groups[group].atoms.count - 1)
        }
        atomOperands[atom.key] = operand
        return operand
    }

    private func operand(_ fold: SlotFold) -> Operand {
        let key = "fold|\(fold.whole.key)"
        if let known = atomOperands[key] { return known }
        guard let index = slot(fold.range) else { return leave("reads `\(fold.range)`") }
        let rows = slots[index].rows ?? ScopeBuilder(layout: layout, isElement: true)
        slots[index].rows = rows
        let element = rows.operand(fold.body)
        for why in rows.leftOver { _ = leave(why) }
        slots[index].atoms.append(.fold(fold))
        slots[index].folds.append((slots[index].atoms.count - 1, element, fold.isAll))
        let operand = Operand.slot(index, slots[index].atoms.count - 1)
        atomOperands[key] = operand
        return operand
    }

    private func operand(_ asked: SlotRelation) -> Operand {
        guard let relation = relations.first(where: { $0.name == asked.name }) else {
            return leave("relation `\(asked.name)`")
        }
        switch relation.by {
        case .child, .parent, .scope: break
        case .attachedTo, .references: return leave("relation `\(asked.name)` by a name in a value")
        }
        guard layout == .sealed, !isElement else { return leave("relation `\(asked.name)`") }
        if let known = useOperands[asked.key] { return known }
        uses.append(Use(relation: relation, isAll: asked.isAll, body: asked.body, pair: pair))
        useOperands[asked.key] = .relation(uses.count - 1)
        capturesIdentity()
        return .relation(uses.count - 1)
    }

    /// Adds a question to resources of this type; gives its number.
    func export(_ formula: SlotFormula) -> Int {
        capturesIdentity()
        exports.append(operand(formula))
        return exports.count - 1
    }

    /// The keys of a sealed line that joins go by.
    static let identityKeys = ["id", "scope", "condition", "tags"]

    /// True when what a resource is said to hold decides something.
    private(set) var readsClassification = false

    /// The number of the flag that an atom is; nil for one that is more or something else.
    private func classification(_ atom: SlotAtom) -> Int? {
        guard layout == .sealed, !isElement, atom.text == atom.paths.first?.description, atom.paths.count == 1 else {
            return nil
        }
        return ["classification.phi", "classification.financial"].firstIndex(of: atom.text)
    }

    func capturesIdentity() {
        for key in Self.identityKeys {
            let path = SlotPath(.variable("line"), [key])
            guard slotIndices[path] == nil else { continue }
            // Others may read the same value: one key has one slot.
            let known = slots.firstIndex { $0.keys == [key] }
            if let known {
                slots[known].isCaptured = true
                slotIndices[path] = known
            } else {
                slots.append(Slot(path: path, keys: [key], isCaptured: true))
                slotIndices[path] = slots.count - 1
            }
        }
    }

    /// The slot of a key that joins go by; nil when nothing joins.
    func identitySlot(_ key: String) -> Int? { slotIndices[SlotPath(.variable("line"), [key])] }

    // MARK: - Combinations

    private func not(_ operand: Operand) -> Operand {
        switch operand {
        case .constant(let code): .constant(ScanTables.truths[32 + 4 * Int(code)])
        default: emit(Operation(table: 32, a: operand, b: operand))
        }
    }

    func combine(_ operands: [Operand], isAnd: Bool) -> Operand {
        let (neutral, absorbing): (UInt8, UInt8) = isAnd ? (1, 2) : (2, 1)
        var result = Operand.constant(neutral)
        for operand in operands {
            if operand == .constant(absorbing) { return operand }
            if operand == .constant(neutral) || operand == result { continue }
            result =
                result == .constant(neutral)
                ? operand : emit(Operation(table: isAnd ? 0 : 16, a: result, b: operand))
        }
        return result
    }

    private func emit(_ operation: Operation) -> Operand {
        if let known = operationIndices[operation] { return .operation(known) }
        operations.append(operation)
        operationIndices[operation] = operations.count - 1
        return .operation(operations.count - 1)
    }
}
