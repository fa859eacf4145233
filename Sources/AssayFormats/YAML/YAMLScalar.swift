import AssayCore

/// Plain scalars by the YAML 1.2 core schema, so that `yes`, `on` and `012` stay what people wrote.
///
/// YAML 1.1's booleans and octals are the reason why `NO` becomes false elsewhere; here they are text.
enum YAMLScalar {
    static func resolve(_ text: String) -> Tree.Content {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: return number(text).map { .number($0) } ?? .string(text)
        }
    }

    /// The scalar as JSON writes the number, or nil when it is text (or infinite, which JSON cannot hold).
    private static func number(_ text: String) -> String? {
        let utf8 = Array(text.utf8)
        guard let first = utf8.first, first == 0x2B || first == 0x2D || first == 0x2E || isDigit(first) else {
            return nil
        }
        if text.hasPrefix("0x"), let value = UInt64(text.dropFirst(2), radix: 16) { return String(value) }
        if text.hasPrefix("0o"), let value = UInt64(text.dropFirst(2), radix: 8) { return String(value) }
        var index = 0
        var sign = ""
        if utf8[0] == 0x2B || utf8[0] == 0x2D {
            sign = utf8[0] == 0x2D ? "-" : ""
            index = 1
        }
        func digits() -> String {
            let start = index
            while index < utf8.count, isDigit(utf8[index]) { index += 1 }
            return String(decoding: utf8[start..<index], as: UTF8.self)
        }
        let whole = digits()
        var fraction = ""
        if index < utf8.count, utf8[index] == 0x2E {
            index += 1
            fraction = digits()
            guard !(whole.isEmpty && fraction.isEmpty) else { return nil }
        } else if whole.isEmpty {
            return nil
        }
        var exponent = ""
        if index < utf8.count, utf8[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < utf8.count, utf8[index] == 0x2B || utf8[index] == 0x2D {
                exponent = utf8[index] == 0x2D ? "-" : ""
                index += 1
            }
            let power = digits()
            guard !power.isEmpty else { return nil }
            exponent = "e" + exponent + power
        }
        guard index == utf8.count else { return nil }
        // Leading zeros are an identifier or an account number to whoever wrote them, not an octal.
        if whole.count > 1, whole.hasPrefix("0"), fraction.isEmpty, exponent.isEmpty { return nil }
        let integer = whole.drop { $0 == "0" }
        return sign + (integer.isEmpty ? "0" : String(integer)) + (fraction.isEmpty ? "" : "." + fraction) + exponent
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
