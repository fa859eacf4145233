/// Finds the types of a parsed expression and what is wrong with them.
struct Checker {
    let tree: SyntaxTree
    let environment: ExpressionEnvironment
    let resolver: NameResolver
    var inference = TypeInference()
    var problems: [ExpressionError.Problem] = []
    private var locals: [(name: String, type: CELType)] = []

    init(_ tree: SyntaxTree, in environment: ExpressionEnvironment) {
        self.tree = tree
        self.environment = environment
        resolver = NameResolver(tree: tree, environment: environment)
    }

    /// The type of the whole expression.
    static func check(
        _ tree: SyntaxTree, in environment: ExpressionEnvironment
    ) throws(ExpressionError) -> CELType {
        var checker = Checker(tree, in: environment)
        let type = checker.type(of: tree.root)
        guard checker.problems.isEmpty else { throw ExpressionError(checker.problems) }
        return checker.inference.resolve(type, variablesToDynamic: true)
    }

    mutating func report(_ code: ExpressionError.Problem.Code, _ message: String, at id: SyntaxID) {
        problems.append(tree.problem(code, message, at: id))
    }

    func isLocal(_ name: String) -> Bool { locals.contains { $0.name == name } }

    private func localType(_ name: String) -> CELType? { locals.last { $0.name == name }?.type }

    /// The type of a node; `dyn` once a problem was reported, so that one mistake gives one message.
    mutating func type(of id: SyntaxID) -> CELType {
        switch tree[id] {
        case .literal(let value): return literal(value)
        case .identifier: return name(id) ?? undeclared(id)
        case .select(let operand, let field, let isOptional):
            if !isOptional, let known = name(id) { return known }
            return selection(operand, field, isOptional: isOptional, at: id)
        case .has(let operand, let field):
            _ = selection(operand, field, isOptional: false, at: id)
            return .bool
        case .index(let operand, let key, let isOptional): return index(operand, key, isOptional, at: id)
        case .call(let name, let target, let arguments, let isAbsolute):
            return call(name, target, arguments, isAbsolute, at: id)
        case .list(let elements): return list(elements)
        case .map(let entries): return map(entries)
        case .message(let name, let values):
            for value in values { _ = type(of: value) }
            report(.undeclared, "message type `\(name)` is not known", at: id)
            return .dyn
        case .unary(let operation, let operand):
            return apply(operation.rawValue, symbol: String(operation.rawValue.dropLast()), [type(of: operand)], at: id)
        case .binary(let operation, let left, let right):
            return apply(operation.rawValue, symbol: operation.symbol, [type(of: left), type(of: right)], at: id)
        case .logical(_, let operands):
            for operand in operands { expectBool(operand) }
            return .bool
        case .conditional(let condition, let yes, let no):
            expectBool(condition)
            let (first, second) = (type(of: yes), type(of: no))
            if let joined = inference.join(first, second) { return joined }
            report(
                .typeMismatch,
                "the two results of `?:` have types `\(shown(first))` and `\(shown(second))`; write `dyn(…)` to mix",
                at: id)
            return .dyn
        case .comprehension(let loop): return comprehension(loop, at: id)
        case .bind(let name, let value, let body):
            let bound = type(of: value)
            return scoped([(name, bound)]) { $0.type(of: body) }
        case .block(let slots, let body):
            let depth = locals.count
            for (index, slot) in slots.enumerated() { locals.append(("@index\(index)", type(of: slot))) }
            defer { locals.removeLast(locals.count - depth) }
            return type(of: body)
        case .optionalMap(let target, let name, let body, let isFlat):
            return optionalMap(target, name, body, isFlat: isFlat)
        }
    }

    private mutating func scoped<Result>(
        _ variables: [(String, CELType)], _ body: (inout Checker) -> Result
    ) -> Result {
        locals += variables.map { (name: $0.0, type: $0.1) }
        defer { locals.removeLast(variables.count) }
        return body(&self)
    }

    func shown(_ type: CELType) -> String { inference.resolve(type).description }

    private func literal(_ value: Value) -> CELType {
        switch value {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        default: .dyn
        }
    }

    private mutating func expectBool(_ id: SyntaxID) {
        let found = type(of: id)
        if !inference.assign(found, to: .bool) {
            report(.typeMismatch, "a bool is needed here and this is `\(shown(found))`", at: id)
        }
    }

    // MARK: - Names, fields and indices

    private func name(_ id: SyntaxID) -> CELType? {
        guard let qualified = resolver.qualified(id) else { return nil }
        if qualified.segments.count == 1, !qualified.isAbsolute, let local = localType(qualified.segments[0]) {
            return local
        }
        switch resolver.meaning(qualified, isLocal: isLocal) {
        case .variable(let name): return environment.variables[name]
        case .type(let name): return CELType.denotations[name].map { .type($0) }
        case nil: return nil
        }
    }

    private mutating func undeclared(_ id: SyntaxID) -> CELType {
        let name = resolver.qualified(id)?.text ?? ""
        report(.undeclared, "`\(name)` is not declared", at: id)
        return .dyn
    }

    private mutating func selection(
        _ operand: SyntaxID, _ field: String, isOptional: Bool, at id: SyntaxID
    ) -> CELType {
        let target = inference.resolve(type(of: operand))
        let wrapped = target.wrapped.map { inference.resolve($0) }
        let result: CELType
        switch wrapped ?? target {
        case .dyn: result = .dyn
        case .map(_, let value): result = value
        case .variable:
            _ = inference.assign(.dyn, to: wrapped ?? target)
            result = .dyn
        case let other:
            report(
                .typeMismatch, "`\(shown(other))` has no fields, so `.\(field)` cannot be selected", at: id)
            return .dyn
        }
        return isOptional || wrapped != nil ? .optional(result) : result
    }

    private mutating func index(
        _ operand: SyntaxID, _ key: SyntaxID, _ isOptional: Bool, at id: SyntaxID
    ) -> CELType {
        let target = inference.resolve(type(of: operand))
        let keyType = type(of: key)
        let wrapped = target.wrapped
        let result = apply("_[_]", symbol: "[]", [wrapped ?? target, keyType], at: id)
        return isOptional || wrapped != nil ? .optional(result) : result
    }

    // MARK: - Calls

    /// The result of the overloads that fit; `dyn` when several fit with different results.
    mutating func apply(
        _ name: String, symbol: String, _ arguments: [CELType], isReceiver: Bool = false, at id: SyntaxID
    ) -> CELType {
        var result: CELType?
        for overload in environment.functions[name]?.overloads ?? [] where overload.isReceiver == isReceiver {
            guard overload.parameters.count == arguments.count else { continue }
            let (parameters, overloadResult) = inference.instantiate(overload)
            guard inference.assign(arguments, to: parameters) else { continue }
            let found = inference.resolve(overloadResult)
            if result == nil {
                result = found
            } else if result != found {
                result = .dyn
            }
        }
        if let result { return result }
        let types = arguments.map { "`\(shown($0))`" }
        let applied =
            isReceiver
            ? "on \(types[0])" + (types.count > 1 ? " with \(types.dropFirst().joined(separator: ", "))" : "")
            : types.isEmpty ? "without arguments" : "to \(types.joined(separator: ", "))"
        report(.noSuchOverload, "`\(symbol)` cannot be applied \(applied)", at: id)
        return .dyn
    }

    private mutating func call(
        _ name: String, _ target: SyntaxID?, _ arguments: [SyntaxID], _ isAbsolute: Bool, at id: SyntaxID
    ) -> CELType {
        if name == "default", target == nil, arguments.count == 2, environment.defaults != nil {
            return defaultForm(arguments, at: id)
        }
        guard
            let (function, isReceiver) = resolver.function(
                name, target: target, isAbsolute: isAbsolute, isLocal: isLocal)
        else {
            let full = target.flatMap { resolver.qualified($0) }.map { $0.text + "." + name } ?? name
            for argument in arguments { _ = type(of: argument) }
            report(.undeclared, "there is no function `\(full)`", at: id)
            return .dyn
        }
        var types: [CELType] = []
        if isReceiver, let target { types.append(type(of: target)) }
        for argument in arguments { types.append(type(of: argument)) }
        checkPattern(function.name, arguments, isReceiver: isReceiver)
        let symbol = function.name == "math.@max" ? "math.greatest" : function.name == "math.@min" ? "math.least" : name
        return apply(function.name, symbol: symbol, types, isReceiver: isReceiver, at: id)
    }

    private mutating func checkPattern(_ name: String, _ arguments: [SyntaxID], isReceiver: Bool) {
        guard name == "matches", arguments.count == (isReceiver ? 1 : 2), let pattern = arguments.last,
            case .literal(.string(let text)) = tree[pattern]
        else { return }
        do {
            _ = try RegularExpression(text)
        } catch {
            report(.invalidConstant, error.message, at: pattern)
        }
    }

    private mutating func defaultForm(_ arguments: [SyntaxID], at id: SyntaxID) -> CELType {
        let value = type(of: arguments[0])
        guard case .literal(.string(let table)) = tree[arguments[1]] else {
            report(.typeMismatch, "`default` needs the name of a default table as a string", at: arguments[1])
            return .dyn
        }
        guard environment.defaults?(table) != nil else {
            report(.invalidConstant, "there is no default `\(table)`", at: arguments[1])
            return .dyn
        }
        return inference.resolve(value)
    }

    // MARK: - Literals

    private mutating func element(_ id: SyntaxID, isOptional: Bool) -> CELType {
        let found = type(of: id)
        guard isOptional else { return found }
        let resolved = inference.resolve(found)
        if let wrapped = resolved.wrapped { return wrapped }
        if !inference.assign(found, to: .optional(.dyn)) {
            report(.typeMismatch, "`?` needs an optional and this is `\(shown(found))`", at: id)
        }
        return .dyn
    }

    private mutating func join(_ known: CELType?, _ next: CELType) -> CELType {
        guard let known else { return next }
        return inference.join(known, next) ?? .dyn
    }

    private mutating func list(_ elements: [SyntaxNode.Element]) -> CELType {
        var joined: CELType?
        for element in elements { joined = join(joined, self.element(element.value, isOptional: element.isOptional)) }
        return .list(joined ?? inference.freshVariable())
    }

    private mutating func map(_ entries: [SyntaxNode.Entry]) -> CELType {
        var keys: CELType?
        var values: CELType?
        for entry in entries {
            let key = type(of: entry.key)
            switch inference.resolve(key) {
            case .bool, .int, .uint, .string, .dyn, .variable: break
            case let other:
                report(.typeMismatch, "`\(shown(other))` cannot be a map key", at: entry.key)
            }
            keys = join(keys, key)
            values = join(values, element(entry.value, isOptional: entry.isOptional))
        }
        return .map(keys ?? inference.freshVariable(), values ?? inference.freshVariable())
    }

    // MARK: - Macros

    private mutating func comprehension(_ loop: SyntaxNode.Comprehension, at id: SyntaxID) -> CELType {
        let range = inference.resolve(type(of: loop.range))
        var variables: [(String, CELType)]
        let key: CELType
        switch range {
        case .list(let element):
            key = .int
            variables = loop.second.map { [(loop.first, .int), ($0, element)] } ?? [(loop.first, element)]
        case .map(let mapKey, let value):
            key = mapKey
            variables = [(loop.first, mapKey)] + (loop.second.map { [($0, value)] } ?? [])
        case .dyn, .variable:
            _ = inference.assign(.dyn, to: range)
            key = .dyn
            variables = [(loop.first, .dyn)] + (loop.second.map { [($0, .dyn)] } ?? [])
        case let other:
            report(
                .typeMismatch, "`\(loop.kind.rawValue)` needs a list or a map and this is `\(shown(other))`",
                at: loop.range)
            return .dyn
        }
        return scoped(variables) { checker in
            if let condition = loop.condition { checker.expectBool(condition) }
            let result = loop.result.map { checker.type(of: $0) }
            switch loop.kind {
            case .all, .exists, .existsOne: return .bool
            case .filter: return .list(variables[0].1)
            case .map, .transformList: return .list(result ?? .dyn)
            case .transformMap: return .map(key, result ?? .dyn)
            case .transformMapEntry:
                let found = checker.inference.resolve(result ?? .dyn)
                if case .map = found { return found }
                if found != .dyn, let result = loop.result {
                    checker.report(
                        .typeMismatch, "`transformMapEntry` needs a map of one entry and this is `\(found)`", at: result
                    )
                }
                return .map(.dyn, .dyn)
            }
        }
    }

    private mutating func optionalMap(
        _ target: SyntaxID, _ name: String, _ body: SyntaxID, isFlat: Bool
    ) -> CELType {
        let found = inference.resolve(type(of: target))
        let inner: CELType
        if let wrapped = found.wrapped {
            inner = wrapped
        } else {
            if !inference.assign(found, to: .optional(.dyn)) {
                report(.typeMismatch, "an optional is needed here and this is `\(shown(found))`", at: target)
            }
            inner = .dyn
        }
        let result = scoped([(name, inner)]) { $0.type(of: body) }
        guard isFlat else { return .optional(result) }
        let resolved = inference.resolve(result)
        if resolved.wrapped == nil, !inference.assign(resolved, to: .optional(.dyn)) {
            report(.typeMismatch, "`optFlatMap` needs an optional and this is `\(shown(resolved))`", at: body)
        }
        return resolved.wrapped == nil ? .optional(.dyn) : resolved
    }
}
