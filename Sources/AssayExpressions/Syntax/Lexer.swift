/// Cuts the text of a CEL expression into tokens (language definition, "Syntax").
struct Lexer {
    private let source: SourceText
    private var index = 0

    init(_ source: SourceText) {
        self.source = source
    }

    private var bytes: [UInt8] { source.bytes }

    private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    private func failure(_ message: String, at offset: Int) -> ExpressionError {
        ExpressionError([source.problem(.syntax, message, at: offset)])
    }

    /// The next token; `.end` for ever once the text is used up.
    mutating func next() throws(ExpressionError) -> Token {
        skipSpace()
        let start = index
        guard start < bytes.count else { return Token(kind: .end, span: SourceSpan(start, start)) }
        let first = bytes[start]
        if let prefix = stringPrefixLength(at: start) { return try string(start, prefixLength: prefix) }
        if Self.isIdentifierStart(first) {
            while index < bytes.count, Self.isIdentifierPart(bytes[index]) { index += 1 }
            return Token(kind: .identifier, span: SourceSpan(start, index))
        }
        if Self.isDigit(first) || (first == UInt8(ascii: ".") && Self.isDigit(byte(start + 1))) {
            return try number(start)
        }
        if first == UInt8(ascii: "`") { return try quotedIdentifier(start) }
        return try symbol(start)
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x09, 0x0A, 0x0C, 0x0D, 0x20: index += 1
            case UInt8(ascii: "/") where byte(index + 1) == UInt8(ascii: "/"):
                while index < bytes.count, bytes[index] != 0x0A { index += 1 }
            default: return
            }
        }
    }

    private mutating func symbol(_ start: Int) throws(ExpressionError) -> Token {
        let second = byte(start + 1)
        let kind: Token.Kind
        var length = 1
        switch bytes[start] {
        case UInt8(ascii: "("): kind = .leftParenthesis
        case UInt8(ascii: ")"): kind = .rightParenthesis
        case UInt8(ascii: "["): kind = .leftBracket
        case UInt8(ascii: "]"): kind = .rightBracket
        case UInt8(ascii: "{"): kind = .leftBrace
        case UInt8(ascii: "}"): kind = .rightBrace
        case UInt8(ascii: "."): kind = .dot
        case UInt8(ascii: ","): kind = .comma
        case UInt8(ascii: ":"): kind = .colon
        case UInt8(ascii: "?"): kind = .question
        case UInt8(ascii: "+"): kind = .plus
        case UInt8(ascii: "-"): kind = .minus
        case UInt8(ascii: "*"): kind = .star
        case UInt8(ascii: "/"): kind = .slash
        case UInt8(ascii: "%"): kind = .percent
        case UInt8(ascii: "!"):
            if second == UInt8(ascii: "=") { (kind, length) = (.notEqual, 2) } else { kind = .bang }
        case UInt8(ascii: "<"):
            if second == UInt8(ascii: "=") { (kind, length) = (.lessOrEqual, 2) } else { kind = .less }
        case UInt8(ascii: ">"):
            if second == UInt8(ascii: "=") { (kind, length) = (.greaterOrEqual, 2) } else { kind = .greater }
        case UInt8(ascii: "=") where second == UInt8(ascii: "="): (kind, length) = (.equal, 2)
        case UInt8(ascii: "&") where second == UInt8(ascii: "&"): (kind, length) = (.and, 2)
        case UInt8(ascii: "|") where second == UInt8(ascii: "|"): (kind, length) = (.or, 2)
        case UInt8(ascii: "="): throw failure("`=` is not an operator; write `==` to compare", at: start)
        case UInt8(ascii: "&"): throw failure("`&` is not an operator; write `&&`", at: start)
        case UInt8(ascii: "|"): throw failure("`|` is not an operator; write `||`", at: start)
        default: throw failure("unexpected character `\(scalar(at: start))`", at: start)
        }
        index = start + length
        return Token(kind: kind, span: SourceSpan(start, index))
    }

    private func scalar(at offset: Int) -> String {
        var end = offset + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return String(decoding: bytes[offset..<end], as: UTF8.self)
    }

    private mutating func number(_ start: Int) throws(ExpressionError) -> Token {
        var kind = Token.Kind.int
        if bytes[index] == UInt8(ascii: "0"), byte(index + 1) | 0x20 == UInt8(ascii: "x") {
            index += 2
            let digits = index
            while Self.hexadecimalValue(byte(index)) != nil { index += 1 }
            guard index > digits else { throw failure("`0x` needs hexadecimal digits", at: start) }
        } else {
            while Self.isDigit(byte(index)) { index += 1 }
            if byte(index) == UInt8(ascii: "."), Self.isDigit(byte(index + 1)) {
                kind = .double
                index += 1
                while Self.isDigit(byte(index)) { index += 1 }
            }
            if byte(index) | 0x20 == UInt8(ascii: "e") {
                var end = index + 1
                if byte(end) == UInt8(ascii: "+") || byte(end) == UInt8(ascii: "-") { end += 1 }
                if Self.isDigit(byte(end)) {
                    kind = .double
                    while Self.isDigit(byte(end)) { end += 1 }
                    index = end
                }
            }
        }
        if kind == .int, byte(index) | 0x20 == UInt8(ascii: "u") {
            kind = .uint
            index += 1
        }
        return Token(kind: kind, span: SourceSpan(start, index))
    }

    private mutating func quotedIdentifier(_ start: Int) throws(ExpressionError) -> Token {
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "`") {
            let byte = bytes[index]
            guard Self.isIdentifierPart(byte) || " -./".utf8.contains(byte) else {
                throw failure("`\(scalar(at: index))` may not stand in a quoted field name", at: index)
            }
            index += 1
        }
        guard index < bytes.count else { throw failure("a quoted field name has no closing backtick", at: start) }
        guard index > start + 1 else { throw failure("a quoted field name is empty", at: start) }
        index += 1
        return Token(kind: .quotedIdentifier, span: SourceSpan(start, index))
    }

    /// The number of letters before the quotation mark when a string or bytes literal starts here.
    private func stringPrefixLength(at start: Int) -> Int? {
        var length = 0
        var seen: Set<UInt8> = []
        while length <= 2 {
            let byte = byte(start + length)
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { return length }
            let lower = byte | 0x20
            guard lower == UInt8(ascii: "r") || lower == UInt8(ascii: "b"), seen.insert(lower).inserted else {
                return nil
            }
            length += 1
        }
        return nil
    }

    private mutating func string(_ start: Int, prefixLength: Int) throws(ExpressionError) -> Token {
        let prefix = bytes[start..<start + prefixLength].map { $0 | 0x20 }
        let isRaw = prefix.contains(UInt8(ascii: "r"))
        let kind: Token.Kind = prefix.contains(UInt8(ascii: "b")) ? .bytes : .string
        index = start + prefixLength
        let quote = bytes[index]
        let isTriple = byte(index + 1) == quote && byte(index + 2) == quote
        index += isTriple ? 3 : 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote {
                guard isTriple else {
                    index += 1
                    return Token(kind: kind, span: SourceSpan(start, index))
                }
                if self.byte(index + 1) == quote, self.byte(index + 2) == quote {
                    index += 3
                    return Token(kind: kind, span: SourceSpan(start, index))
                }
            } else if byte == UInt8(ascii: "\\"), !isRaw {
                index += 1
            } else if !isTriple, byte == 0x0A || byte == 0x0D {
                break
            }
            index += 1
        }
        throw failure("a string is not closed", at: start)
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    static func isIdentifierStart(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
    }

    static func isIdentifierPart(_ byte: UInt8) -> Bool { isIdentifierStart(byte) || isDigit(byte) }

    static func hexadecimalValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
