extension Condition {
    /// Takes the condition apart into atoms.
    ///
    /// - Parameters:
    ///   - context: constants and default tables.
    ///   - relations: the variable whose fields are lists of related resources; nil when there is none.
    public func lowered(in context: SlotContext, relations: String? = "related") -> SlotFormula {
        var lowering = SlotLowering(program, context: context, relations: relations)
        return lowering.formula(program.root)
    }
}

/// Follows a program from its root down and stops at the largest parts that read one path.
struct SlotLowering {
    /// What stands in a local variable.
    private enum Local {
        case constant(Value)
        case element
        /// One related resource: its fields are the variables `resource` and `meta`.
        case related
    }

    private let program: Program
    private let context: SlotContext
    private let relations: String?
    private var locals: [Int32: Local] = [:]

    init(_ program: Program, context: SlotContext, relations: String?) {
        self.program = program
        self.context = context
        self.relations = relations
    }

    /// The formula of a node that gives a truth.
    mutating func formula(_ id: NodeID) -> SlotFormula {
        let node = program[id]
        let reads = reads(id)
        if reads.isEmpty, !reads.isOpen { return constant(id) }
        if isInRelation, readsVersionedDefault(id) { return .undecided("a default that depends on the API version") }
        if let simple = reads.atomic, !reads.holdsFold { return .atom(atom(id, simple)) }
        switch node.operation {
        case .and: return .and(program.operands(node.a, node.b).map { formula($0) })
        case .or: return .or(program.operands(node.a, node.b).map { formula($0) })
        case .not: return .not(formula(node.a))
        case .conditional:
            let (condition, yes, no) = (formula(node.a), formula(node.b), formula(node.c))
            return .or([.and([condition, yes]), .and([.not(condition), no])])
        case .all, .exists:
            if let unrolled = unrolled(node) { return unrolled }
            if let fold = fold(id) { return fold }
        default: break
        }
        if let several = reads.paths { return .atom(atom(id, several)) }
        return .undecided(reads.whyOpen)
    }

    // MARK: - Constants

    private func evaluator() -> Evaluator {
        var evaluator = Evaluator(
            program, activation: Activation(context.constants), defaults: { [context] in context.defaults($0, nil) },
            cost: context.limits.cost)
        for case (let slot, .constant(let value)) in locals { evaluator.locals[Int(slot)] = value }
        return evaluator
    }

    private func constant(_ id: NodeID) -> SlotFormula {
        var evaluator = evaluator()
        let value = evaluator.value(id)
        guard !evaluator.isOverBudget, let flag = value.bool else {
            return .undecided("`\(program.text(id))` is not true or false")
        }
        return .constant(flag)
    }

    /// `all` and `exists` over a list that is the same for every resource: once for each element.
    private mutating func unrolled(_ node: ConditionNode) -> SlotFormula? {
        let range = reads(node.a)
        guard range.isEmpty, !range.isOpen, !node.flag else { return nil }
        var evaluator = evaluator()
        guard let list = evaluator.value(node.a).listView, list.openness == nil, list.count <= 64 else { return nil }
        var operands: [SlotFormula] = []
        var elements = list.makeIterator()
        let shadowed = locals[node.b]
        while let element = elements.next() {
            locals[node.b] = .constant(element)
            operands.append(formula(node.c))
        }
        locals[node.b] = shadowed
        return node.operation == .all ? .and(operands) : .or(operands)
    }

    // MARK: - Lists

    private mutating func fold(_ id: NodeID) -> SlotFormula? {
        let node = program[id]
        guard !node.flag else { return nil }
        if let name = relation(node.a) { return relationFold(id, name) }
        // A body that also reads anything else than the element would need a row of both.
        guard let range = path(ofList: node.a), let whole = reads(id).paths, whole == [range] else { return nil }
        let outer = locals
        locals = locals.filter { if case .constant = $0.value { true } else { false } }
        locals[node.b] = .element
        let body = formula(node.c)
        locals = outer
        guard !body.isUndecided, body.readsElementOnly else { return nil }
        return .fold(
            SlotFold(range: range, isAll: node.operation == .all, body: body, whole: atom(id, [range])))
    }

    private mutating func relationFold(_ id: NodeID, _ name: String) -> SlotFormula? {
        let node = program[id]
        let outer = locals
        locals = locals.filter { if case .constant = $0.value { true } else { false } }
        locals[node.b] = .related
        let body = formula(node.c)
        locals = outer
        guard !body.isUndecided else { return nil }
        let bindings = locals.sorted { $0.key < $1.key }.map { slot, local in
            if case .constant(let value) = local { "\(slot)=\(value.rendered())" } else { "" }
        }
        return .relation(
            SlotRelation(
                name: name, isAll: node.operation == .all,
                key: "\(program.text(id))|\(context.identity)|\(bindings.joined(separator: ","))", body: body))
    }

    /// The name of the relation that a node spells: `related.name`.
    private func relation(_ id: NodeID) -> String? {
        let node = program[id]
        guard let relations, node.operation == .select, !node.flag, program[node.a].operation == .variable,
            program.variables[Int(program[node.a].a)] == relations
        else { return nil }
        return program.name(node.b)
    }

    /// The path of a list, looking through what stands for it when it is not there.
    private func path(ofList id: NodeID) -> SlotPath? {
        let node = program[id]
        switch node.operation {
        case .optionalOrValue: return program[node.b].operation == .constant ? path(ofList: node.a) : nil
        case .defaulted: return path(ofList: node.a)
        default: return path(id)
        }
    }

    // MARK: - Atoms

    private func atom(_ id: NodeID, _ paths: [SlotPath]) -> SlotAtom {
        var all = paths
        let version = SlotPath(.variable("meta"), ["apiVersion"])
        if readsVersionedDefault(id), !all.contains(version) { all.append(version) }
        let isRelated = isInRelation
        var use = SlotUse.whole
        if all.count == 1, let path = all.first {
            // The body of a macro over the value reads its parts, which the finder does not follow: then all matters.
            use = SlotUseFinder(program: program) { self.path($0) == path }.use(id)
        }
        var constants: [(slot: Int32, value: Value)] = []
        var element: Int32?
        for (slot, local) in locals.sorted(by: { $0.key < $1.key }) {
            switch local {
            case .constant(let value): constants.append((slot, value))
            case .element, .related: element = slot
            }
        }
        // What an atom does not read must not keep it apart from its like.
        let used = usedLocals(id)
        constants.removeAll { !used.contains($0.slot) }
        let bindings = constants.map { "\($0.slot)=\($0.value.rendered())" }.joined(separator: ",")
        let usesConstants = readsConstants(id)
        let key =
            "\(program.text(id))|\(element.map(String.init) ?? "")|\(usesConstants ? context.identity : "")|\(bindings)"
        return SlotAtom(
            paths: all, use: use, key: key, program: program, node: id, element: element, isRelated: isRelated,
            locals: constants, constants: context.constants, context: context)
    }

    private func contains(_ id: NodeID, _ isWanted: (ConditionNode) -> Bool) -> Bool {
        isWanted(program[id]) || program.children(id).contains { contains($0, isWanted) }
    }

    private func usedLocals(_ id: NodeID) -> Set<Int32> {
        let node = program[id]
        if node.operation == .local { return [node.a] }
        return program.children(id).reduce(into: []) { $0.formUnion(usedLocals($1)) }
    }

    private func readsConstants(_ id: NodeID) -> Bool {
        contains(id) { $0.operation == .variable && context.constants[program.variables[Int($0.a)]] != nil }
    }

    private func readsVersionedDefault(_ id: NodeID) -> Bool {
        contains(id) { node in
            node.operation == .defaulted
                && context.isVersioned(program.constants[Int(node.b)].string ?? "")
        }
    }

    // MARK: - Paths

    /// The path that a node spells, selections by constant keys only.
    private func path(_ id: NodeID) -> SlotPath? {
        let node = program[id]
        switch node.operation {
        case .variable:
            let name = program.variables[Int(node.a)]
            guard context.constants[name] == nil, name != relations else { return nil }
            // What compares a related resource with the judged one needs both at hand.
            return SlotPath(.variable(isInRelation ? Self.judged + name : name), [])
        case .local:
            switch locals[node.a] {
            case .element: return SlotPath(.element, [])
            case .related: return SlotPath(.element, ["@related"])
            case .constant, nil: return nil
            }
        case .select, .has: return path(node.a).flatMap { step($0, program.name(node.b)) }
        case .index:
            guard program[node.b].operation == .constant,
                case .string(let key) = program.constants[Int(program[node.b].a)]
            else { return nil }
            return path(node.a).flatMap { step($0, key) }
        default: return nil
        }
    }

    private static let judged = "judged "

    private var isInRelation: Bool { locals.values.contains { if case .related = $0 { true } else { false } } }

    private func step(_ path: SlotPath, _ key: String) -> SlotPath {
        // `r.resource.x` of a related resource is the path `resource.x` of that resource.
        if path.root == .element, path.fields == ["@related"] { return SlotPath(.variable(key), []) }
        return SlotPath(path.root, path.fields + [key])
    }

    /// What a part of a program reads.
    private struct Reads {
        var found: [SlotPath] = []
        /// Set by what has no path: a relation, a key that is computed from the resource, the whole resource.
        var open: String?
        var holdsFold = false

        var isEmpty: Bool { found.isEmpty }
        var isOpen: Bool { open != nil }
        var whyOpen: String { open ?? "reads too much" }

        /// The paths without those that lie below another; nil when something is read that has no path.
        var paths: [SlotPath]? {
            guard open == nil else { return nil }
            let all = Set(found)
            return all.filter { path in !all.contains { $0 != path && $0.covers(path) } }
                .sorted { $0.description < $1.description }
        }

        /// The only path that is read; nil when a part of it is read as well.
        var atomic: [SlotPath]? { paths.flatMap { $0.count == 1 && Set(found).count == 1 ? $0 : nil } }
    }

    private func reads(_ id: NodeID) -> Reads {
        var reads = Reads()
        collect(id, [], &reads)
        return reads
    }

    /// - Parameter inner: locals that the part itself binds.
    private func collect(_ id: NodeID, _ inner: Set<Int32>, _ reads: inout Reads) {
        let node = program[id]
        if let path = path(id), !isInner(id, inner) {
            if case .variable(let name) = path.root, name.hasPrefix(Self.judged) {
                reads.open = reads.open ?? "compares a related resource with the judged one"
            } else if case .variable(let name) = path.root, path.fields.isEmpty {
                reads.open = reads.open ?? "reads `\(name)` as a whole"
            } else if path.fields.first == "@related" {
                reads.open = reads.open ?? "reads a related resource as a whole"
            }
            reads.found.append(path)
            return
        }
        switch node.operation {
        case .local:
            if !inner.contains(node.a), locals[node.a] == nil {
                reads.open = reads.open ?? "reads the element of an outer list"
            }
        case .variable:
            let name = program.variables[Int(node.a)]
            if name == relations { reads.open = reads.open ?? "relation outside `all` and `exists`" }
        case .all, .exists, .existsOne, .filter, .mapList, .mapEntries, .mergeEntries:
            if node.operation == .all || node.operation == .exists, !node.flag {
                if relation(node.a) != nil {
                    reads.open = reads.open ?? "relation"
                } else if path(ofList: node.a) != nil {
                    reads.holdsFold = true
                }
            }
            collect(node.a, inner, &reads)
            let bound = inner.union(node.flag ? [node.b, node.b + 1] : [node.b])
            if node.c >= 0 { collect(node.c, bound, &reads) }
            if node.d >= 0 { collect(node.d, bound, &reads) }
        case .bind:
            collect(node.b, inner, &reads)
            collect(node.c, inner.union([node.a]), &reads)
        case .optionalMap:
            collect(node.a, inner, &reads)
            collect(node.c, inner.union([node.b]), &reads)
        case .block:
            var bound = inner
            for (position, slot) in program.operands(node.b, node.c).enumerated() {
                collect(slot, bound, &reads)
                bound.insert(node.a + Int32(position))
            }
            collect(node.d, bound, &reads)
        default: for child in program.children(id) { collect(child, inner, &reads) }
        }
    }

    private func rootLocal(_ id: NodeID) -> Int32? {
        let node = program[id]
        switch node.operation {
        case .local: return node.a
        case .select, .has, .index: return rootLocal(node.a)
        default: return nil
        }
    }

    private func isInner(_ id: NodeID, _ inner: Set<Int32>) -> Bool {
        rootLocal(id).map { inner.contains($0) } ?? false
    }
}

extension SlotFormula {
    /// True when nothing of the formula can be told from values.
    var isUndecided: Bool { if case .undecided = self { true } else { false } }

    /// True when every value that the formula reads lies in the element.
    fileprivate var readsElementOnly: Bool {
        switch self {
        case .constant: true
        case .atom(let atom): atom.paths.allSatisfy { $0.root == .element }
        case .not(let operand): operand.readsElementOnly
        case .and(let operands), .or(let operands): operands.allSatisfy(\.readsElementOnly)
        case .fold(let fold): fold.range.root == .element
        case .relation, .undecided: false
        }
    }
}
