/// A message of the protocol buffer text format, without a schema: fields in the order they were written.
struct TextProto {
    enum Field {
        case message(TextProto)
        /// A number, an enum name or `true`, as it was written.
        case scalar(String)
        /// A quoted string, unescaped.
        case bytes([UInt8])
    }

    private(set) var fields: [(name: String, value: Field)] = []

    func messages(_ name: String) -> [TextProto] {
        fields.compactMap { field in
            if field.name == name, case .message(let message) = field.value { message } else { nil }
        }
    }

    func message(_ name: String) -> TextProto? { messages(name).first }

    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    func bytes(_ name: String) -> [UInt8]? {
        for field in fields where field.name == name {
            if case .bytes(let bytes) = field.value { return bytes }
        }
        return nil
    }

    func string(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

    func scalar(_ name: String) -> String? {
        for field in fields where field.name == name {
            if case .scalar(let text) = field.value { return text }
        }
        return nil
    }

    struct ParseError: Error, CustomStringConvertible {
        let line: Int
        let message: String
        var description: String { "line \(line): \(message)" }
    }

    static func parse(_ text: [UInt8]) throws -> TextProto {
        var reader = Reader(bytes: text)
        return try reader.message(until: nil)
    }

    private struct Reader {
        let bytes: [UInt8]
        var index = 0

        var current: UInt8? { index < bytes.count ? bytes[index] : nil }

        func failure(_ message: String) -> ParseError {
            ParseError(line: 1 + bytes[..<min(index, bytes.count)].count { $0 == 0x0A }, message: message)
        }

        mutating func skipSpace() {
            while let byte = current {
                if byte == UInt8(ascii: "#") {
                    while let byte = current, byte != 0x0A { index += 1 }
                } else if " \t\r\n,;".utf8.contains(byte) {
                    index += 1
                } else {
                    return
                }
            }
        }

        mutating func message(until close: UInt8?) throws -> TextProto {
            var message = TextProto()
            while true {
                skipSpace()
                guard let byte = current else {
                    if close == nil { return message }
                    throw failure("a message is not closed")
                }
                if byte == close {
                    index += 1
                    return message
                }
                let name = try fieldName()
                skipSpace()
                let hasColon = current == UInt8(ascii: ":")
                if hasColon {
                    index += 1
                    skipSpace()
                }
                if current == UInt8(ascii: "[") {
                    index += 1
                    skipSpace()
                    while current != UInt8(ascii: "]") {
                        message.fields.append((name, try value()))
                        skipSpace()
                    }
                    index += 1
                } else {
                    message.fields.append((name, try value()))
                }
            }
        }

        mutating func fieldName() throws -> String {
            guard current == UInt8(ascii: "[") else { return try word() }
            let start = index + 1
            while let byte = current, byte != UInt8(ascii: "]") { index += 1 }
            let name = String(decoding: bytes[start..<index], as: UTF8.self)
            index += 1
            return name
        }

        mutating func word() throws -> String {
            let start = index
            while let byte = current, isWordPart(byte) { index += 1 }
            guard index > start else { throw failure("a name or value is expected") }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }

        func isWordPart(_ byte: UInt8) -> Bool {
            (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || "_-+.".utf8.contains(byte)
        }

        mutating func value() throws -> Field {
            switch current {
            case UInt8(ascii: "{"):
                index += 1
                return .message(try message(until: UInt8(ascii: "}")))
            case UInt8(ascii: "<"):
                index += 1
                return .message(try message(until: UInt8(ascii: ">")))
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                var joined: [UInt8] = []
                while let quote = current, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                    joined += try string(quote)
                    let after = index
                    skipSpace()
                    if current != UInt8(ascii: "\""), current != UInt8(ascii: "'") { index = after }
                }
                return .bytes(joined)
            default: return .scalar(try word())
            }
        }

        mutating func string(_ quote: UInt8) throws -> [UInt8] {
            index += 1
            var result: [UInt8] = []
            while let byte = current, byte != quote {
                index += 1
                guard byte == UInt8(ascii: "\\") else {
                    result.append(byte)
                    continue
                }
                guard let letter = current else { break }
                index += 1
                switch letter {
                case UInt8(ascii: "a"): result.append(7)
                case UInt8(ascii: "b"): result.append(8)
                case UInt8(ascii: "f"): result.append(12)
                case UInt8(ascii: "n"): result.append(10)
                case UInt8(ascii: "r"): result.append(13)
                case UInt8(ascii: "t"): result.append(9)
                case UInt8(ascii: "v"): result.append(11)
                case UInt8(ascii: "x"), UInt8(ascii: "X"):
                    result.append(UInt8(truncatingIfNeeded: digits(2, radix: 16)))
                case UInt8(ascii: "0")...UInt8(ascii: "7"):
                    index -= 1
                    result.append(UInt8(truncatingIfNeeded: digits(3, radix: 8)))
                case UInt8(ascii: "u"), UInt8(ascii: "U"):
                    let value = digits(letter == UInt8(ascii: "u") ? 4 : 8, radix: 16)
                    guard let scalar = Unicode.Scalar(UInt32(value)) else { throw failure("no such character") }
                    result += Array(String(scalar).utf8)
                default: result.append(letter)
                }
            }
            guard current == quote else { throw failure("a string is not closed") }
            index += 1
            return result
        }

        mutating func digits(_ most: Int, radix: Int) -> Int {
            var value = 0
            var count = 0
            while count < most, let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
                digit < radix
            {
                value = value * radix + digit
                index += 1
                count += 1
            }
            return value
        }
    }
}
