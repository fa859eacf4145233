/// Reads positions of a UTF-8 text for the matchers.
enum UTF8Text {
    /// The scalar at a position inside the text and its number of bytes; a byte that starts no scalar is U+FFFD.
    @inline(__always)
    static func scalar(in text: Span<UInt8>, at position: Int) -> (value: UInt32, width: Int) {
        let first = text[position]
        if first < 0x80 { return (UInt32(first), 1) }
        return multibyteScalar(in: text, at: position, first: first)
    }

    private static func multibyteScalar(
        in text: Span<UInt8>, at position: Int, first: UInt8
    ) -> (value: UInt32, width: Int) {
        let width: Int
        var value: UInt32
        let smallest: UInt32
        switch first {
        case 0xC2...0xDF: (width, value, smallest) = (2, UInt32(first & 0x1F), 0x80)
        case 0xE0...0xEF: (width, value, smallest) = (3, UInt32(first & 0x0F), 0x800)
        case 0xF0...0xF4: (width, value, smallest) = (4, UInt32(first & 0x07), 0x1_0000)
        default: return (0xFFFD, 1)
        }
        guard position + width <= text.count else { return (0xFFFD, 1) }
        for index in 1..<width {
            let byte = text[position + index]
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let isScalar = value >= smallest && value <= 0x10FFFF && !(0xD800...0xDFFF).contains(value)
        return isScalar ? (value, width) : (0xFFFD, 1)
    }

    /// Whether the byte is a letter, digit or underscore of ASCII, the characters of `\w`.
    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }

    static func holds(_ assertion: PatternAssertion, in text: Span<UInt8>, at position: Int) -> Bool {
        switch assertion {
        case .textStart: return position == 0
        case .textEnd: return position == text.count
        case .lineStart: return position == 0 || text[position - 1] == 0x0A
        case .lineEnd: return position == text.count || text[position] == 0x0A
        case .wordBoundary, .noWordBoundary:
            let isWordBefore = position > 0 && isWordByte(text[position - 1])
            let isWordAfter = position < text.count && isWordByte(text[position])
            return (isWordBefore != isWordAfter) == (assertion == .wordBoundary)
        }
    }
}
