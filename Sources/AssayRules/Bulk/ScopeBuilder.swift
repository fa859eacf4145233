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
    }

    struct Slot {
        let path: SlotPath
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
        case .relation(let relation): return leave("relation `\(relation.name)`")
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
        slots.append(Slot(path: path, keys: keys))
        slotIndices[path] = slots.count - 1
        return slots.count - 1
    }

    private func operand(_ atom: SlotAtom) -> Operand {
        if let known = atomOperands[atom.key] { return known }
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
