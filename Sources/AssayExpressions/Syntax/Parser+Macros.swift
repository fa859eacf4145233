extension Parser {
    /// Rewrites a call that is a macro; nil when it is an ordinary call.
    mutating func expand(
        _ name: String, target: SyntaxID?, _ arguments: [SyntaxID], _ span: SourceSpan
    ) throws(ExpressionError) -> SyntaxID? {
        guard let target else {
            return name == "has" && arguments.count == 1 ? try has(arguments[0], span) : nil
        }
        if case .identifier(let namespace, isAbsolute: false) = tree[target] {
            if namespace == "cel", let expanded = try bindings(name, arguments, span) { return expanded }
            if namespace == "math", name == "greatest" || name == "least" {
                return try extreme(name, target, arguments, span)
            }
        }
        if name == "optMap" || name == "optFlatMap", arguments.count == 2 {
            let variable = try variable(arguments[0], of: name)
            return try add(.optionalMap(target, variable, arguments[1], isFlat: name == "optFlatMap"), span)
        }
        return try comprehension(name, target, arguments, span)
    }

    private mutating func has(_ argument: SyntaxID, _ span: SourceSpan) throws(ExpressionError) -> SyntaxID {
        guard case .select(let operand, let field, isOptional: false) = tree[argument] else {
            throw failure(
                .macro, "`has` takes a field selection such as `has(a.b)`", at: Int(tree.span(argument).start))
        }
        return try add(.has(operand, field), span)
    }

    private func variable(_ id: SyntaxID, of macro: String) throws(ExpressionError) -> String {
        guard case .identifier(let name, isAbsolute: false) = tree[id] else {
            throw failure(.macro, "`\(macro)` needs a simple name as its variable", at: Int(tree.span(id).start))
        }
        return name
    }

    private mutating func comprehension(
        _ name: String, _ range: SyntaxID, _ arguments: [SyntaxID], _ span: SourceSpan
    ) throws(ExpressionError) -> SyntaxID? {
        let kind: SyntaxNode.Comprehension.Kind
        var first = 1
        var condition: SyntaxID?
        var result: SyntaxID?
        switch (name, arguments.count) {
        case ("all", 2...3), ("exists", 2...3), ("exists_one", 2...3), ("existsOne", 2...3), ("filter", 2):
            kind = name == "exists_one" ? .existsOne : SyntaxNode.Comprehension.Kind(rawValue: name) ?? .all
            first = arguments.count - 1
            condition = arguments[first]
        case ("map", 2...3):
            kind = .map
            condition = arguments.count == 3 ? arguments[1] : nil
            result = arguments.last
        case ("transformList", 3...4), ("transformMap", 3...4), ("transformMapEntry", 3...4):
            kind = SyntaxNode.Comprehension.Kind(rawValue: name) ?? .transformList
            first = 2
            condition = arguments.count == 4 ? arguments[2] : nil
            result = arguments.last
        default: return nil
        }
        let names = [try variable(arguments[0], of: name)] + (first == 2 ? [try variable(arguments[1], of: name)] : [])
        if names.count == 2, names[0] == names[1] {
            throw failure(
                .macro, "`\(name)` needs two different variables", at: Int(tree.span(arguments[1]).start))
        }
        let loop = SyntaxNode.Comprehension(
            kind: kind, range: range, first: names[0], second: names.count == 2 ? names[1] : nil,
            condition: condition, result: result)
        return try add(.comprehension(loop), span)
    }

    /// `cel.bind` and the forms that an optimiser writes: `cel.block`, `cel.index`, `cel.iterVar`, `cel.accuVar`.
    private mutating func bindings(
        _ name: String, _ arguments: [SyntaxID], _ span: SourceSpan
    ) throws(ExpressionError) -> SyntaxID? {
        switch (name, arguments.count) {
        case ("bind", 3):
            return try add(.bind(try variable(arguments[0], of: "cel.bind"), arguments[1], arguments[2]), span)
        case ("block", 2):
            guard case .list(let slots) = tree[arguments[0]], !slots.contains(where: \.isOptional) else {
                throw failure(
                    .macro, "`cel.block` takes a list of expressions first", at: Int(tree.span(arguments[0]).start))
            }
            return try add(.block(slots.map(\.value), arguments[1]), span)
        case ("index", 1):
            return try add(.identifier("@index\(try number(arguments[0]))", isAbsolute: false), span)
        case ("iterVar", 2), ("accuVar", 2):
            let prefix = name == "iterVar" ? "@it" : "@ac"
            let numbers = "\(try number(arguments[0])):\(try number(arguments[1]))"
            return try add(.identifier("\(prefix):\(numbers)", isAbsolute: false), span)
        default: return nil
        }
    }

    private func number(_ id: SyntaxID) throws(ExpressionError) -> Int64 {
        guard case .literal(.int(let number)) = tree[id], number >= 0 else {
            throw failure(.macro, "a number from 0 is needed here", at: Int(tree.span(id).start))
        }
        return number
    }

    /// `math.greatest` and `math.least` take any number of arguments, or one list.
    private mutating func extreme(
        _ name: String, _ target: SyntaxID, _ arguments: [SyntaxID], _ span: SourceSpan
    ) throws(ExpressionError) -> SyntaxID {
        guard !arguments.isEmpty else {
            throw failure(.macro, "`math.\(name)` needs at least one argument", at: Int(span.start))
        }
        let function = name == "greatest" ? "@max" : "@min"
        guard arguments.count > 2 else {
            return try add(.call(function, target: target, arguments, isAbsolute: false), span)
        }
        let list = try add(.list(arguments.map { .init(value: $0, isOptional: false) }), span)
        return try add(.call(function, target: target, [list], isAbsolute: false), span)
    }
}
