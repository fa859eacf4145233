/// Turns the text of a literal token into its value.
struct LiteralDecoder {
    let source: SourceText

    private func failure(_ message: String, at offset: Int) -> ExpressionError {
        ExpressionError([source.problem(.syntax, message, at: offset)])
    }

    func int(_ span: SourceSpan, isNegative: Bool) throws(ExpressionError) -> Int64 {
        let text = source[span]
        let sign = isNegative ? "-" : ""
        let value =
            text.hasPrefix("0x") || text.hasPrefix("0X")
            ? Int64(sign + text.dropFirst(2), radix: 16) : Int64(sign + text)
        guard let value else { throw failure("`\(sign)\(text)` does not fit int", at: Int(span.start)) }
        return value
    }

    func uint(_ span: SourceSpan) throws(ExpressionError) -> UInt64 {
        let text = source[span].dropLast()
        let value =
            text.hasPrefix("0x") || text.hasPrefix("0X") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
        guard let value else { throw failure("`\(text)u` does not fit uint", at: Int(span.start)) }
        return value
    }

    func double(_ span: SourceSpan, isNegative: Bool) throws(ExpressionError) -> Double {
        var text = source[span]
        if text.hasPrefix(".") { text = "0" + text }
        guard let value = Double(text), value.isFinite else {
            throw failure("`\(text)` does not fit double", at: Int(span.start))
        }
        return isNegative ? -value : value
    }

    /// The bytes of a string or bytes literal; a string's are valid UTF-8.
    func bytes(_ span: SourceSpan, isBytes: Bool) throws(ExpressionError) -> [UInt8] {
        let text = source.bytes
        var index = Int(span.start)
        var isRaw = false
        while text[index] != UInt8(ascii: "'"), text[index] != UInt8(ascii: "\"") {
            if text[index] | 0x20 == UInt8(ascii: "r") { isRaw = true }
            index += 1
        }
        let quote = text[index]
        let isTriple =
            Int(span.end) - index >= 6 && text[index + 1] == quote && text[index + 2] == quote
        index += isTriple ? 3 : 1
        let end = Int(span.end) - (isTriple ? 3 : 1)
        var result: [UInt8] = []
        result.reserveCapacity(end - index)
        while index < end {
            let byte = text[index]
            if byte == UInt8(ascii: "\\"), !isRaw {
                try escape(&index, end: end, isBytes: isBytes, into: &result)
            } else if byte == 0x0D {
                // Line ends inside a literal read the same whatever editor wrote them.
                index += index + 1 < end && text[index + 1] == 0x0A ? 2 : 1
                result.append(0x0A)
            } else {
                result.append(byte)
                index += 1
            }
        }
        return result
    }

    private func escape(
        _ index: inout Int, end: Int, isBytes: Bool, into result: inout [UInt8]
    ) throws(ExpressionError) {
        let text = source.bytes
        let start = index
        guard index + 1 < end else { throw failure("a string ends in a lone backslash", at: start) }
        let letter = text[index + 1]
        index += 2
        switch letter {
        case UInt8(ascii: "a"): result.append(0x07)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "v"): result.append(0x0B)
        case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
            result.append(letter)
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            try append(digits(&index, end: end, count: 2, radix: 16, from: start), isBytes, start, &result)
        case UInt8(ascii: "u") where !isBytes:
            try append(digits(&index, end: end, count: 4, radix: 16, from: start), false, start, &result)
        case UInt8(ascii: "U") where !isBytes:
            try append(digits(&index, end: end, count: 8, radix: 16, from: start), false, start, &result)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            index -= 1
            try append(digits(&index, end: end, count: 3, radix: 8, from: start), isBytes, start, &result)
        default:
            throw failure("unknown escape sequence `\(source[SourceSpan(start, start + 2)])`", at: start)
        }
    }

    private func digits(
        _ index: inout Int, end: Int, count: Int, radix: UInt32, from start: Int
    ) throws(ExpressionError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard index < end, let digit = Lexer.hexadecimalValue(source.bytes[index]), digit < radix else {
                throw failure("an escape sequence needs \(count) digits", at: start)
            }
            value = value &* radix &+ digit
            index += 1
        }
        return value
    }

    private func append(
        _ value: UInt32, _ isByte: Bool, _ start: Int, _ result: inout [UInt8]
    ) throws(ExpressionError) {
        if isByte {
            result.append(UInt8(truncatingIfNeeded: value))
            return
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw failure("`\(String(value, radix: 16))` is not a Unicode scalar value", at: start)
        }
        result += Array(String(Character(scalar)).utf8)
    }
}
