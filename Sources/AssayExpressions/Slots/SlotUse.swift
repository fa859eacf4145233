/// What about a value matters to an atom: two values that agree in this give the same answer.
///
/// Always part of it: whether the value is there, and whether it is null, true, false, an integer, another number, a
/// string, a list or an object.
public struct SlotUse: Sendable, Hashable {
    /// Integers that a value is compared with.
    public var integers: Set<Int64> = []
    /// Strings that a value is compared with.
    public var equal: Set<String> = []
    /// Texts that a value may begin with.
    public var prefixes: Set<String> = []
    /// Texts that a value may end with.
    public var suffixes: Set<String> = []
    /// Texts that a value may hold.
    public var infixes: Set<String> = []
    /// True when anything about a string may matter.
    public var wholeString = false
    /// True when anything about an integer may matter; numbers with fraction or exponent are always taken as they are.
    public var wholeNumber = false
    /// True when anything about a list or object may matter.
    public var wholeContainer = false

    /// Only what is always part of it.
    public static let kind = SlotUse()

    /// Everything.
    public static let whole = {
        var use = SlotUse()
        use.wholeString = true
        use.wholeNumber = true
        use.wholeContainer = true
        return use
    }()

    /// What matters to either.
    public func merging(_ other: SlotUse) -> SlotUse {
        var use = self
        use.integers.formUnion(other.integers)
        use.equal.formUnion(other.equal)
        use.prefixes.formUnion(other.prefixes)
        use.suffixes.formUnion(other.suffixes)
        use.infixes.formUnion(other.infixes)
        use.wholeString = wholeString || other.wholeString
        use.wholeNumber = wholeNumber || other.wholeNumber
        use.wholeContainer = wholeContainer || other.wholeContainer
        return use
    }
}

/// Finds out what about the value at a path matters to a node.
struct SlotUseFinder {
    let program: Program
    /// True for the node that spells the path, or the path with an optional step in it.
    let isPath: (NodeID) -> Bool

    /// What matters to a node that gives a truth.
    func use(_ id: NodeID) -> SlotUse {
        let node = program[id]
        switch node.operation {
        case .constant: return .kind
        case _ where isValue(id): return .kind
        case .has where isPath(id): return .kind
        case .and, .or:
            return program.operands(node.a, node.b).reduce(.kind) { $0.merging(use($1)) }
        case .not: return use(node.a)
        case .conditional: return use(node.a).merging(use(node.b)).merging(use(node.c))
        case .equal, .notEqual: return compared(node.a, node.b) ?? compared(node.b, node.a) ?? .whole
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            return ordered(node.a, node.b) ?? ordered(node.b, node.a) ?? .whole
        case .contained:
            guard isValue(node.a), let elements = constant(node.b)?.listView else { return .whole }
            var found = SlotUse.kind
            var others = elements.makeIterator()
            while let other = others.next() {
                guard let use = Self.equality(with: other) else { return .whole }
                found = found.merging(use)
            }
            return found
        case .matches where isValue(node.a):
            var use = SlotUse.kind
            use.wholeString = true
            return use
        case .call: return call(node) ?? .whole
        default: return .whole
        }
    }

    /// True when the node is the value itself, or what stands for it when it is not there.
    private func isValue(_ id: NodeID) -> Bool {
        if isPath(id) { return true }
        let node = program[id]
        switch node.operation {
        case .optionalOrValue: return isValue(node.a) && constant(node.b) != nil
        case .defaulted: return isValue(node.a)
        default: return false
        }
    }

    private func constant(_ id: NodeID) -> Value? {
        program[id].operation == .constant ? program.constants[Int(program[id].a)] : nil
    }

    private func compared(_ left: NodeID, _ right: NodeID) -> SlotUse? {
        guard let other = constant(right) else { return nil }
        if isValue(left) { return Self.equality(with: other) }
        // `type(value) == string`
        let node = program[left]
        guard case .type = other, node.operation == .call, node.c == 1,
            program.functions[Int(node.a)].name == "type",
            let operand = program.operands(node.b, node.c).first, isValue(operand)
        else { return nil }
        return .kind
    }

    private static func equality(with other: Value) -> SlotUse? {
        var use = SlotUse.kind
        switch other {
        case .null, .bool: break
        case .int(let number): use.integers = [number]
        case .string(let text): use.equal = [text]
        default: return nil
        }
        return use
    }

    private func ordered(_ left: NodeID, _ right: NodeID) -> SlotUse? {
        guard isValue(left), case .int(let number)? = constant(right) else { return nil }
        var use = SlotUse.kind
        use.integers = [number]
        return use
    }

    private func call(_ node: ConditionNode) -> SlotUse? {
        let operands = program.operands(node.b, node.c)
        guard operands.count == 2, let value = operands.first, let text = operands.last, isValue(value),
            case .string(let needle)? = constant(text)
        else { return nil }
        var use = SlotUse.kind
        switch program.functions[Int(node.a)].name {
        case "startsWith": use.prefixes = [needle]
        case "endsWith": use.suffixes = [needle]
        case "contains": use.infixes = [needle]
        default: return nil
        }
        return use
    }
}
