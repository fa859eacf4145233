/// Why a text is not base64.
public struct Base64Error: Error, Hashable, Sendable {
    /// The offset of the first offending byte in the UTF-8 of the text.
    public let offset: Int

    /// The reason in words.
    public var message: String { "illegal base64 data at input byte \(offset)" }
}

extension Base64Error: CustomStringConvertible {
    /// The same as ``message``.
    public var description: String { message }
}

/// Base64 with the standard alphabet (RFC 4648 §4).
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// The text of the bytes, padded to a multiple of four characters.
    public static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        var position = 0
        while position < bytes.count {
            let count = min(3, bytes.count - position)
            var group: UInt32 = 0
            for index in 0..<3 {
                group = group << 8 | (index < count ? UInt32(bytes[position + index]) : 0)
            }
            for index in 0..<4 {
                output.append(index <= count ? alphabet[Int(group >> UInt32(18 - 6 * index) & 63)] : padding)
            }
            position += count
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes of a text.
    ///
    /// Padding may be left out altogether but not in part, and line ends are skipped. Bits that do not fill a byte are
    /// dropped whatever they are, as CEL's `base64.decode` does.
    ///
    /// - Throws: ``Base64Error`` for any other character and for a length that no bytes have.
    public static func decode(_ text: String) throws(Base64Error) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count / 4 * 3 + 2)
        var group: UInt32 = 0
        var digits = 0
        var paddings = 0
        var offset = 0
        for byte in text.utf8 {
            defer { offset += 1 }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { continue }
            if byte == padding {
                paddings += 1
                guard digits >= 2, digits + paddings <= 4 else { throw Base64Error(offset: offset) }
                continue
            }
            guard paddings == 0, let value = value(of: byte) else { throw Base64Error(offset: offset) }
            group = group << 6 | value
            digits += 1
            if digits == 4 {
                output += [UInt8(group >> 16 & 0xFF), UInt8(group >> 8 & 0xFF), UInt8(group & 0xFF)]
                (group, digits) = (0, 0)
            }
        }
        guard digits != 1, paddings == 0 || digits + paddings == 4 else { throw Base64Error(offset: offset) }
        if digits == 2 {
            output.append(UInt8(group >> 4 & 0xFF))
        } else if digits == 3 {
            output += [UInt8(group >> 10 & 0xFF), UInt8(group >> 2 & 0xFF)]
        }
        return output
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
