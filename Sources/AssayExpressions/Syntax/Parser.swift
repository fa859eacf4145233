/// Parses the text of a CEL expression into a `SyntaxTree` and expands its macros on the way.
struct Parser {
    private var lexer: Lexer
    private var token: Token
    private var previousEnd = 0
    private var nesting = 0
    private let limits: ExpressionLimits
    private let macrosAreEnabled: Bool
    private let decoder: LiteralDecoder
    var tree: SyntaxTree

    static let reservedWords: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    ]

    private init(
        _ source: SourceText, limits: ExpressionLimits, macrosAreEnabled: Bool
    ) throws(ExpressionError) {
        guard source.bytes.count <= limits.sourceBytes else {
            throw ExpressionError([
                source.problem(
                    .tooLarge,
                    "the expression has \(source.bytes.count) bytes, the limit is \(limits.sourceBytes)", at: 0)
            ])
        }
        self.limits = limits
        self.macrosAreEnabled = macrosAreEnabled
        decoder = LiteralDecoder(source: source)
        tree = SyntaxTree(source: source)
        lexer = Lexer(source)
        token = try lexer.next()
    }

    static func parse(
        _ text: String, limits: ExpressionLimits = ExpressionLimits(), macrosAreEnabled: Bool = true
    ) throws(ExpressionError) -> SyntaxTree {
        var parser = try Parser(SourceText(text), limits: limits, macrosAreEnabled: macrosAreEnabled)
        let root = try parser.expression()
        guard parser.token.kind == .end else { throw parser.unexpected("the end of the expression") }
        parser.tree.root = root
        return parser.tree
    }

    // MARK: - Tokens and problems

    private mutating func advance() throws(ExpressionError) {
        previousEnd = Int(token.span.end)
        token = try lexer.next()
    }

    private mutating func take(_ kind: Token.Kind) throws(ExpressionError) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    private mutating func expect(_ kind: Token.Kind, _ wanted: String) throws(ExpressionError) {
        guard try take(kind) else { throw unexpected(wanted) }
    }

    private func unexpected(_ wanted: String) -> ExpressionError {
        if token.kind == .end {
            return failure(.syntax, "the expression ends where \(wanted) is expected", at: Int(token.span.start))
        }
        let text = tree.source[token.span]
        let shown = text.utf8.count > 40 ? String(text.prefix(40)) + "…" : text
        return failure(.syntax, "found `\(shown)` where \(wanted) is expected", at: Int(token.span.start))
    }

    func failure(_ code: ExpressionError.Problem.Code, _ message: String, at offset: Int) -> ExpressionError {
        ExpressionError([tree.source.problem(code, message, at: offset)])
    }

    private func tooDeep(at offset: Int) -> ExpressionError {
        failure(.tooLarge, "the expression is nested deeper than \(limits.depth) levels", at: offset)
    }

    mutating func add(_ node: SyntaxNode, _ span: SourceSpan) throws(ExpressionError) -> SyntaxID {
        let id = tree.add(node, span)
        guard tree.height(id) <= limits.depth else { throw tooDeep(at: Int(span.start)) }
        return id
    }

    private func span(from start: Int) -> SourceSpan { SourceSpan(start, previousEnd) }

    // MARK: - Operators

    private mutating func expression() throws(ExpressionError) -> SyntaxID {
        nesting += 1
        defer { nesting -= 1 }
        let start = Int(token.span.start)
        guard nesting <= limits.depth else { throw tooDeep(at: start) }
        let condition = try logical(isAnd: false)
        guard try take(.question) else { return condition }
        let yes = try logical(isAnd: false)
        try expect(.colon, "`:`")
        let no = try expression()
        return try add(.conditional(condition, yes, no), span(from: start))
    }

    private mutating func logical(isAnd: Bool) throws(ExpressionError) -> SyntaxID {
        let start = Int(token.span.start)
        var operands = [isAnd ? try binary(minimum: 1) : try logical(isAnd: true)]
        while try take(isAnd ? .and : .or) {
            operands.append(isAnd ? try binary(minimum: 1) : try logical(isAnd: true))
        }
        guard operands.count > 1 else { return operands[0] }
        return try add(.logical(isAnd: isAnd, operands), span(from: start))
    }

    private func binaryOperator() -> (SyntaxNode.Binary, precedence: Int)? {
        switch token.kind {
        case .equal: (.equal, 1)
        case .notEqual: (.notEqual, 1)
        case .less: (.less, 1)
        case .lessOrEqual: (.lessOrEqual, 1)
        case .greater: (.greater, 1)
        case .greaterOrEqual: (.greaterOrEqual, 1)
        case .identifier where tree.source[token.span] == "in": (.contained, 1)
        case .plus: (.add, 2)
        case .minus: (.subtract, 2)
        case .star: (.multiply, 3)
        case .slash: (.divide, 3)
        case .percent: (.remainder, 3)
        default: nil
        }
    }

    private mutating func binary(minimum: Int) throws(ExpressionError) -> SyntaxID {
        let start = Int(token.span.start)
        var left = try unary()
        while let (operation, precedence) = binaryOperator(), precedence >= minimum {
            try advance()
            let right = try binary(minimum: precedence + 1)
            left = try add(.binary(operation, left, right), span(from: start))
        }
        return left
    }

    private mutating func unary() throws(ExpressionError) -> SyntaxID {
        let start = Int(token.span.start)
        var operators: [(SyntaxNode.Unary, Int)] = []
        let first = token.kind
        while token.kind == first, first == .bang || first == .minus {
            operators.append((first == .bang ? .not : .negate, Int(token.span.start)))
            try advance()
            guard operators.count <= limits.depth else { throw tooDeep(at: start) }
        }
        var operand: SyntaxID
        // A minus directly before a number belongs to the literal, else the smallest integer could not be written.
        if first == .minus, !operators.isEmpty, token.kind == .int || token.kind == .double {
            let (_, offset) = operators.removeLast()
            operand = try member(of: number(isNegative: true, start: offset), start: offset)
        } else {
            operand = try member(of: primary(), start: Int(token.span.start))
        }
        for (operation, offset) in operators.reversed() {
            operand = try add(.unary(operation, operand), span(from: offset))
        }
        return operand
    }

    private mutating func number(isNegative: Bool, start: Int) throws(ExpressionError) -> SyntaxID {
        let value: Value =
            token.kind == .int
            ? .int(try decoder.int(token.span, isNegative: isNegative))
            : .double(try decoder.double(token.span, isNegative: isNegative))
        try advance()
        return try add(.literal(value), span(from: start))
    }

    // MARK: - Members and calls

    private mutating func member(of operand: SyntaxID, start: Int) throws(ExpressionError) -> SyntaxID {
        var operand = operand
        let start = min(start, Int(tree.span(operand).start))
        while true {
            if try take(.dot) {
                let isOptional = try take(.question)
                let (name, isQuoted) = try selector()
                if token.kind == .leftParenthesis, !isQuoted, !isOptional {
                    let arguments = try arguments()
                    operand = try call(name, target: operand, arguments, isAbsolute: false, span(from: start))
                } else {
                    operand = try add(.select(operand, name, isOptional: isOptional), span(from: start))
                }
            } else if try take(.leftBracket) {
                let isOptional = try take(.question)
                let key = try expression()
                try expect(.rightBracket, "`]`")
                operand = try add(.index(operand, key, isOptional: isOptional), span(from: start))
            } else if token.kind == .leftBrace, let name = qualifiedName(operand) {
                operand = try message(name, start: start)
            } else {
                return operand
            }
        }
    }

    /// A field name after a dot; words that are reserved elsewhere are allowed here.
    private mutating func selector() throws(ExpressionError) -> (String, isQuoted: Bool) {
        let text = tree.source[token.span]
        switch token.kind {
        case .identifier where !["in", "true", "false", "null"].contains(text):
            try advance()
            return (text, false)
        case .quotedIdentifier:
            try advance()
            return (String(text.dropFirst().dropLast()), true)
        default: throw unexpected("a field name")
        }
    }

    private mutating func arguments() throws(ExpressionError) -> [SyntaxID] {
        try expect(.leftParenthesis, "`(`")
        var arguments: [SyntaxID] = []
        if try take(.rightParenthesis) { return arguments }
        repeat { arguments.append(try expression()) } while try take(.comma)
        try expect(.rightParenthesis, "`,` or `)`")
        return arguments
    }

    private mutating func call(
        _ name: String, target: SyntaxID?, _ arguments: [SyntaxID], isAbsolute: Bool, _ span: SourceSpan
    ) throws(ExpressionError) -> SyntaxID {
        if macrosAreEnabled, !isAbsolute, let expanded = try expand(name, target: target, arguments, span) {
            return expanded
        }
        return try add(.call(name, target: target, arguments, isAbsolute: isAbsolute), span)
    }

    /// The dotted name that a chain of selections spells; nil when it is anything else.
    private func qualifiedName(_ id: SyntaxID) -> String? {
        switch tree[id] {
        case .identifier(let name, let isAbsolute): isAbsolute ? "." + name : name
        case .select(let operand, let field, isOptional: false):
            qualifiedName(operand).map { $0 + "." + field }
        default: nil
        }
    }

    // MARK: - Primary expressions

    private mutating func primary() throws(ExpressionError) -> SyntaxID {
        let start = Int(token.span.start)
        switch token.kind {
        case .int, .double: return try number(isNegative: false, start: start)
        case .uint:
            let value = try decoder.uint(token.span)
            try advance()
            return try add(.literal(.uint(value)), span(from: start))
        case .string:
            let bytes = try decoder.bytes(token.span, isBytes: false)
            try advance()
            return try add(.literal(.string(String(decoding: bytes, as: UTF8.self))), span(from: start))
        case .bytes:
            let bytes = try decoder.bytes(token.span, isBytes: true)
            try advance()
            return try add(.literal(.bytes(bytes)), span(from: start))
        case .leftParenthesis:
            try advance()
            let inner = try expression()
            try expect(.rightParenthesis, "`)`")
            tree.widen(inner, to: span(from: start))
            return inner
        case .leftBracket: return try list(start)
        case .leftBrace: return try map(start)
        case .dot:
            try advance()
            return try identifier(start, isAbsolute: true)
        case .identifier: return try identifier(start, isAbsolute: false)
        default: throw unexpected("an expression")
        }
    }

    private mutating func identifier(_ start: Int, isAbsolute: Bool) throws(ExpressionError) -> SyntaxID {
        guard token.kind == .identifier else { throw unexpected("a name") }
        let name = tree.source[token.span]
        if !isAbsolute, let constant: Value = ["true": .bool(true), "false": .bool(false), "null": .null][name] {
            try advance()
            return try add(.literal(constant), span(from: start))
        }
        guard name != "in", !["true", "false", "null"].contains(name) else { throw unexpected("a name") }
        let offset = Int(token.span.start)
        try advance()
        if Self.reservedWords.contains(name) {
            throw failure(.syntax, "`\(name)` is a reserved word and cannot be a name", at: offset)
        }
        guard token.kind == .leftParenthesis else {
            return try add(.identifier(name, isAbsolute: isAbsolute), span(from: start))
        }
        let arguments = try arguments()
        return try call(name, target: nil, arguments, isAbsolute: isAbsolute, span(from: start))
    }

    private mutating func list(_ start: Int) throws(ExpressionError) -> SyntaxID {
        try expect(.leftBracket, "`[`")
        var elements: [SyntaxNode.Element] = []
        while token.kind != .rightBracket {
            let isOptional = try take(.question)
            elements.append(SyntaxNode.Element(value: try expression(), isOptional: isOptional))
            guard try take(.comma) else { break }
        }
        try expect(.rightBracket, "`,` or `]`")
        return try add(.list(elements), span(from: start))
    }

    private mutating func map(_ start: Int) throws(ExpressionError) -> SyntaxID {
        try expect(.leftBrace, "`{`")
        var entries: [SyntaxNode.Entry] = []
        while token.kind != .rightBrace {
            let isOptional = try take(.question)
            let key = try expression()
            try expect(.colon, "`:`")
            entries.append(SyntaxNode.Entry(key: key, value: try expression(), isOptional: isOptional))
            guard try take(.comma) else { break }
        }
        try expect(.rightBrace, "`,` or `}`")
        return try add(.map(entries), span(from: start))
    }

    private mutating func message(_ name: String, start: Int) throws(ExpressionError) -> SyntaxID {
        try expect(.leftBrace, "`{`")
        var values: [SyntaxID] = []
        while token.kind != .rightBrace {
            _ = try take(.question)
            _ = try selector()
            try expect(.colon, "`:`")
            values.append(try expression())
            guard try take(.comma) else { break }
        }
        try expect(.rightBrace, "`,` or `}`")
        return try add(.message(name, values), span(from: start))
    }
}
