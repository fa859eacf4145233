/// A lexical element of CEL with its place in the text.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        case identifier
        /// An identifier in backticks, which may stand only after a dot or as a field name.
        case quotedIdentifier
        case int
        case uint
        case double
        case string
        case bytes
        case end
        case leftParenthesis, rightParenthesis
        case leftBracket, rightBracket
        case leftBrace, rightBrace
        case dot, comma, colon, question
        case plus, minus, star, slash, percent
        case bang
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
        case and, or
    }

    let kind: Kind
    let span: SourceSpan
}
