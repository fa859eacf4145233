/// Index of a node in its `SyntaxTree`.
typealias SyntaxID = Int32

/// A parsed CEL expression: nodes in one array, macros already expanded.
struct SyntaxTree: Sendable {
    let source: SourceText
    private(set) var nodes: [SyntaxNode] = []
    private(set) var spans: [SourceSpan] = []
    private(set) var heights: [Int32] = []
    var root: SyntaxID = 0

    init(source: SourceText) {
        self.source = source
    }

    subscript(id: SyntaxID) -> SyntaxNode { nodes[Int(id)] }

    func span(_ id: SyntaxID) -> SourceSpan { spans[Int(id)] }

    func height(_ id: SyntaxID) -> Int32 { heights[Int(id)] }

    mutating func add(_ node: SyntaxNode, _ span: SourceSpan) -> SyntaxID {
        var height: Int32 = 0
        for child in node.children { height = max(height, heights[Int(child)]) }
        nodes.append(node)
        spans.append(span)
        heights.append(height + 1)
        return SyntaxID(nodes.count - 1)
    }

    mutating func widen(_ id: SyntaxID, to span: SourceSpan) {
        spans[Int(id)] = span
    }

    func problem(
        _ code: ExpressionError.Problem.Code, _ message: String, at id: SyntaxID
    ) -> ExpressionError.Problem {
        source.problem(code, message, at: Int(span(id).start))
    }
}

/// One node of a parsed expression.
enum SyntaxNode: Sendable {
    enum Unary: String, Sendable {
        case not = "!_"
        case negate = "-_"
    }

    enum Binary: String, Sendable {
        case equal = "_==_"
        case notEqual = "_!=_"
        case less = "_<_"
        case lessOrEqual = "_<=_"
        case greater = "_>_"
        case greaterOrEqual = "_>=_"
        case contained = "@in"
        case add = "_+_"
        case subtract = "_-_"
        case multiply = "_*_"
        case divide = "_/_"
        case remainder = "_%_"

        /// The operator as it is written.
        var symbol: String {
            self == .contained ? "in" : String(rawValue.dropFirst().dropLast())
        }
    }

    struct Element: Sendable {
        let value: SyntaxID
        /// Written `?value`: left out when the optional holds nothing.
        let isOptional: Bool
    }

    struct Entry: Sendable {
        let key: SyntaxID
        let value: SyntaxID
        let isOptional: Bool
    }

    /// A macro that walks a list or map.
    struct Comprehension: Sendable {
        enum Kind: String, Sendable {
            case all
            case exists
            case existsOne
            case map
            case filter
            case transformList
            case transformMap
            case transformMapEntry
        }

        let kind: Kind
        let range: SyntaxID
        /// The element, or the index or key of the two-variable form.
        let first: String
        /// The value in the two-variable form.
        let second: String?
        let condition: SyntaxID?
        let result: SyntaxID?
    }

    case literal(Value)
    case identifier(String, isAbsolute: Bool)
    case select(SyntaxID, String, isOptional: Bool)
    case has(SyntaxID, String)
    case index(SyntaxID, SyntaxID, isOptional: Bool)
    case call(String, target: SyntaxID?, [SyntaxID], isAbsolute: Bool)
    case list([Element])
    case map([Entry])
    case message(String, [SyntaxID])
    case unary(Unary, SyntaxID)
    case binary(Binary, SyntaxID, SyntaxID)
    /// A chain of `&&` or `||`, flat, so that long chains are not deep.
    case logical(isAnd: Bool, [SyntaxID])
    case conditional(SyntaxID, SyntaxID, SyntaxID)
    case comprehension(Comprehension)
    case bind(String, SyntaxID, SyntaxID)
    /// `cel.block`: each slot may read the ones before it.
    case block([SyntaxID], SyntaxID)
    case optionalMap(SyntaxID, String, SyntaxID, isFlat: Bool)

    /// The nodes directly below, in source order.
    var children: [SyntaxID] {
        switch self {
        case .literal, .identifier: []
        case .select(let operand, _, _), .has(let operand, _), .unary(_, let operand): [operand]
        case .index(let operand, let key, _): [operand, key]
        case .call(_, let target, let arguments, _): (target.map { [$0] } ?? []) + arguments
        case .list(let elements): elements.map(\.value)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .message(_, let values): values
        case .binary(_, let left, let right): [left, right]
        case .logical(_, let operands): operands
        case .conditional(let condition, let yes, let no): [condition, yes, no]
        case .comprehension(let loop): [loop.range, loop.condition, loop.result].compactMap(\.self)
        case .bind(_, let value, let body): [value, body]
        case .block(let slots, let body): slots + [body]
        case .optionalMap(let target, _, let body, _): [target, body]
        }
    }
}
