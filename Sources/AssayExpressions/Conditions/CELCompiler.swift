/// Writes a parsed CEL expression as condition IR.
///
/// What cannot work (an undeclared name, a call that no overload takes) becomes a constant error, so that an
/// expression that was not checked behaves as one whose mistake is met while it runs.
struct CELCompiler {
    private let tree: SyntaxTree
    private let environment: ExpressionEnvironment
    private let resolver: NameResolver
    private var builder: ProgramBuilder
    private var locals: [String] = []

    private init(_ tree: SyntaxTree, in environment: ExpressionEnvironment) {
        self.tree = tree
        self.environment = environment
        resolver = NameResolver(tree: tree, environment: environment)
        builder = ProgramBuilder(source: tree.source)
    }

    static func compile(_ tree: SyntaxTree, in environment: ExpressionEnvironment) -> Program {
        var compiler = CELCompiler(tree, in: environment)
        let root = compiler.compile(tree.root)
        return Program(compiler.builder, root: root)
    }

    private func isLocal(_ name: String) -> Bool { locals.contains(name) }

    private mutating func emit(_ node: ConditionNode, _ id: SyntaxID) -> NodeID {
        builder.emit(node, tree.span(id))
    }

    private mutating func constant(_ value: Value, _ id: SyntaxID) -> NodeID {
        let index = builder.constant(value)
        return emit(ConditionNode(operation: .constant, a: index), id)
    }

    /// The values of a list that holds nothing but literals.
    private func constants(_ elements: [SyntaxNode.Element]) -> [Value]? {
        var values: [Value] = []
        for element in elements {
            guard !element.isOptional, case .literal(let value) = tree[element.value] else { return nil }
            values.append(value)
        }
        return values
    }

    private mutating func failure(
        _ code: EvaluationError.Code, _ message: String, _ id: SyntaxID
    ) -> NodeID {
        constant(.failure(code, message), id)
    }

    private mutating func compile(_ id: SyntaxID) -> NodeID {
        switch tree[id] {
        case .literal(let value): return constant(value, id)
        case .identifier(let name, _):
            return named(id) ?? failure(.undeclared, "`\(name)` is not declared", id)
        case .select(let operand, let field, let isOptional):
            if !isOptional, let known = named(id) { return known }
            let target = compile(operand)
            let name = builder.name(field)
            return emit(ConditionNode(operation: .select, flag: isOptional, a: target, b: name), id)
        case .has(let operand, let field):
            let target = compile(operand)
            let name = builder.name(field)
            return emit(ConditionNode(operation: .has, a: target, b: name), id)
        case .index(let operand, let key, let isOptional):
            return emit(
                ConditionNode(operation: .index, flag: isOptional, a: compile(operand), b: compile(key)), id)
        case .call(let name, let target, let arguments, let isAbsolute):
            return call(name, target, arguments, isAbsolute, id)
        case .list(let elements):
            if let values = constants(elements) { return constant(.list(values), id) }
            let nodes = elements.map { element in
                let node = compile(element.value)
                return element.isOptional ? ~node : node
            }
            let (start, count) = builder.pool(nodes)
            return emit(ConditionNode(operation: .list, a: start, b: count), id)
        case .map(let entries):
            let nodes = entries.flatMap { entry in
                let (key, value) = (compile(entry.key), compile(entry.value))
                return [key, entry.isOptional ? ~value : value]
            }
            let (start, count) = builder.pool(nodes)
            return emit(ConditionNode(operation: .map, a: start, b: count / 2), id)
        case .message(let name, _): return failure(.undeclared, "message type `\(name)` is not known", id)
        case .unary(let operation, let operand):
            return emit(ConditionNode(operation: operation == .not ? .not : .negate, a: compile(operand)), id)
        case .binary(let operation, let left, let right):
            return emit(ConditionNode(operation: operation.compiled, a: compile(left), b: compile(right)), id)
        case .logical(let isAnd, let operands):
            let (start, count) = builder.pool(operands.map { compile($0) })
            return emit(ConditionNode(operation: isAnd ? .and : .or, a: start, b: count), id)
        case .conditional(let condition, let yes, let no):
            return emit(
                ConditionNode(operation: .conditional, a: compile(condition), b: compile(yes), c: compile(no)), id)
        case .comprehension(let loop): return comprehension(loop, id)
        case .bind(let name, let value, let body):
            let bound = compile(value)
            return scoped([name]) { compiler, slot in
                let body = compiler.compile(body)
                return compiler.emit(ConditionNode(operation: .bind, a: slot, b: bound, c: body), id)
            }
        case .block(let slots, let body): return block(slots, body, id)
        case .optionalMap(let target, let name, let body, let isFlat):
            let operand = compile(target)
            return scoped([name]) { compiler, slot in
                let body = compiler.compile(body)
                return compiler.emit(
                    ConditionNode(operation: .optionalMap, flag: isFlat, a: operand, b: slot, c: body), id)
            }
        }
    }

    /// Compiles inside the scope of new locals, whose first slot is handed over.
    private mutating func scoped(
        _ names: [String], _ body: (inout CELCompiler, Int32) -> NodeID
    ) -> NodeID {
        let slot = Int32(locals.count)
        locals += names
        builder.reserveSlots(locals.count)
        defer { locals.removeLast(names.count) }
        return body(&self, slot)
    }

    private mutating func block(_ slots: [SyntaxID], _ body: SyntaxID, _ id: SyntaxID) -> NodeID {
        let first = locals.count
        var nodes: [NodeID] = []
        for (index, slot) in slots.enumerated() {
            // A slot sees only the slots before it, but macros inside it need places of their own.
            nodes.append(compile(slot))
            locals.append("@index\(index)")
            builder.reserveSlots(locals.count)
        }
        let result = compile(body)
        locals.removeLast(slots.count)
        let (start, count) = builder.pool(nodes)
        return emit(ConditionNode(operation: .block, a: Int32(first), b: start, c: count, d: result), id)
    }

    /// A local, a declared variable or a type that the node spells as a whole.
    private mutating func named(_ id: SyntaxID) -> NodeID? {
        guard let name = resolver.qualified(id) else { return nil }
        if name.segments.count == 1, !name.isAbsolute, let slot = locals.lastIndex(of: name.segments[0]) {
            return emit(ConditionNode(operation: .local, a: Int32(slot)), id)
        }
        switch resolver.meaning(name, isLocal: isLocal) {
        case .variable(let variable):
            let index = builder.variable(variable)
            return emit(ConditionNode(operation: .variable, a: index), id)
        case .type(let type): return constant(.type(type), id)
        case nil: return nil
        }
    }

    private mutating func call(
        _ name: String, _ target: SyntaxID?, _ arguments: [SyntaxID], _ isAbsolute: Bool, _ id: SyntaxID
    ) -> NodeID {
        if name == "default", target == nil, arguments.count == 2, environment.defaults != nil,
            case .literal(let table) = tree[arguments[1]]
        {
            let path = compile(arguments[0])
            let index = builder.constant(table)
            return emit(ConditionNode(operation: .defaulted, a: path, b: index), id)
        }
        guard
            let (function, isReceiver) = resolver.function(
                name, target: target, isAbsolute: isAbsolute, isLocal: isLocal)
        else { return failure(.unboundFunction, "there is no function `\(name)`", id) }
        var operands = isReceiver ? [target].compactMap(\.self) : []
        operands += arguments
        guard function.accepts(count: operands.count, isReceiver: isReceiver) else {
            return failure(.noSuchOverload, "`\(name)` cannot be called with \(arguments.count) arguments", id)
        }
        if isReceiver, operands.count == 2, name == "or" || name == "orValue" {
            let (left, right) = (compile(operands[0]), compile(operands[1]))
            return emit(
                ConditionNode(operation: name == "or" ? .optionalOr : .optionalOrValue, a: left, b: right), id)
        }
        if function.name == "matches", case .literal(.string(let text)) = tree[operands[1]] {
            do {
                let pattern = builder.pattern(try RegularExpression(text))
                return emit(ConditionNode(operation: .matches, a: compile(operands[0]), b: pattern), id)
            } catch {
                return failure(.invalidArgument, error.message, id)
            }
        }
        let (start, count) = builder.pool(operands.map { compile($0) })
        let index = builder.function(function)
        return emit(ConditionNode(operation: .call, a: index, b: start, c: count), id)
    }

    private mutating func comprehension(_ loop: SyntaxNode.Comprehension, _ id: SyntaxID) -> NodeID {
        let range = compile(loop.range)
        let operation: ConditionNode.Operation =
            switch loop.kind {
            case .all: .all
            case .exists: .exists
            case .existsOne: .existsOne
            case .filter: .filter
            case .map, .transformList: .mapList
            case .transformMap: .mapEntries
            case .transformMapEntry: .mergeEntries
            }
        return scoped([loop.first] + (loop.second.map { [$0] } ?? [])) { compiler, slot in
            let condition = loop.condition.map { compiler.compile($0) } ?? -1
            let result = loop.result.map { compiler.compile($0) } ?? -1
            return compiler.emit(
                ConditionNode(
                    operation: operation, flag: loop.second != nil, a: range, b: slot, c: condition, d: result), id)
        }
    }
}

extension SyntaxNode.Binary {
    /// The operation of the IR that does it.
    var compiled: ConditionNode.Operation {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .contained: .contained
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        case .remainder: .remainder
        }
    }
}
