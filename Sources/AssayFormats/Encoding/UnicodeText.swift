public import AssayCore

/// Turns text that begins with a byte order mark into UTF-8 without one.
///
/// Programs on Windows write UTF-16 where they say Unicode.
public enum UnicodeText {
    /// The text in UTF-8; without a mark the bytes as they are, not checked.
    ///
    /// Throws for UTF-16 that breaks off inside a character or holds a lone surrogate, and for UTF-32.
    public static func utf8(_ bytes: [UInt8]) throws(DocumentError) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            throw DocumentError(
                code: .unsupported, message: "text is UTF-32, which is not read",
                position: SourcePosition(line: 1, column: 1))
        }
        if bytes.starts(with: [0xFF, 0xFE]) { return try fromUTF16(bytes, low: 0, high: 1) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try fromUTF16(bytes, low: 1, high: 0) }
        return bytes
    }

    private static func fromUTF16(_ bytes: [UInt8], low: Int, high: Int) throws(DocumentError) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 2)
        var line = 1
        func failure(_ message: String) -> DocumentError {
            DocumentError(code: .invalidUTF8, message: message, position: SourcePosition(line: line, column: 1))
        }
        func unit(_ index: Int) -> UInt32 { UInt32(bytes[index + high]) << 8 | UInt32(bytes[index + low]) }
        guard bytes.count % 2 == 0 else { throw failure("UTF-16 text has an odd number of bytes") }
        var index = 2
        while index < bytes.count {
            var value = unit(index)
            index += 2
            if 0xD800...0xDBFF ~= value, index < bytes.count, 0xDC00...0xDFFF ~= unit(index) {
                value = 0x10000 + (value - 0xD800) << 10 + (unit(index) - 0xDC00)
                index += 2
            }
            guard let scalar = UnicodeScalar(value) else { throw failure("UTF-16 text holds a lone surrogate") }
            if value == 0x0A { line += 1 }
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        return text
    }
}
