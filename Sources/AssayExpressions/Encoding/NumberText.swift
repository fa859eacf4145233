/// Why a text is not a number of the wanted type.
public enum NumberTextError: Error, Hashable, Sendable {
    /// The text does not have the form of a number.
    case malformed(String)
    /// The number does not fit the type.
    case outOfRange(String)

    /// The reason in words, the text in backticks.
    public var message: String {
        switch self {
        case .malformed(let text): "`\(text.unicodeScalars.prefix(64).map(String.init).joined())` is not a number"
        case .outOfRange(let text): "`\(text.unicodeScalars.prefix(64).map(String.init).joined())` is out of range"
        }
    }
}

extension NumberTextError: CustomStringConvertible {
    /// The same as ``message``.
    public var description: String { message }
}

/// Conversions between numbers and text that depend on nothing but their arguments: no locale, no rounding mode.
public enum NumberText {
    /// Reads an optional sign and decimal digits.
    ///
    /// - Throws: ``NumberTextError``.
    public static func int64(_ text: String) throws(NumberTextError) -> Int64 {
        var digits = text.utf8[...]
        if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        guard !digits.isEmpty, digits.allSatisfy({ byte in byte.decimalDigit != nil }) else {
            throw .malformed(text)
        }
        guard let value = Int64(text) else { throw .outOfRange(text) }
        return value
    }

    /// Reads decimal digits without a sign.
    ///
    /// - Throws: ``NumberTextError``.
    public static func uint64(_ text: String) throws(NumberTextError) -> UInt64 {
        guard !text.isEmpty, text.utf8.allSatisfy({ byte in byte.decimalDigit != nil }) else {
            throw .malformed(text)
        }
        guard let value = UInt64(text) else { throw .outOfRange(text) }
        return value
    }

    /// Reads a decimal number with optional sign, fraction and exponent, or `inf`, `infinity` (with a sign if wanted)
    /// and `nan` in any case, rounded to the nearest double.
    ///
    /// A number too small for any double becomes zero.
    ///
    /// - Throws: ``NumberTextError``; out of range is a finite number that rounds to infinity.
    public static func double(_ text: String) throws(NumberTextError) -> Double {
        var rest = ArraySlice(Array(text.utf8))
        let isSigned = rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+")
        let isNegative = rest.first == UInt8(ascii: "-")
        if isSigned { rest.removeFirst() }
        switch String(decoding: rest, as: UTF8.self).lowercased() {
        case "inf", "infinity": return isNegative ? -Double.infinity : Double.infinity
        case "nan" where !isSigned: return Double.nan
        default: break
        }
        func takeDigits() -> Int {
            let count = rest.prefix { byte in byte.decimalDigit != nil }.count
            rest.removeFirst(count)
            return count
        }
        var digitCount = takeDigits()
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            digitCount += takeDigits()
        }
        guard digitCount > 0 else { throw .malformed(text) }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            guard takeDigits() > 0 else { throw .malformed(text) }
        }
        guard rest.isEmpty, let value = Double(text) else { throw .malformed(text) }
        guard value.isFinite else { throw .outOfRange(text) }
        return value
    }

    /// The digits of an integer in a radix of 2…36, with a minus sign in front if it is negative.
    public static func integer(_ value: some BinaryInteger, radix: Int = 10, uppercase: Bool = false) -> String {
        String(value, radix: radix, uppercase: uppercase)
    }

    /// Two hexadecimal digits for each byte.
    public static func hexadecimal(_ bytes: [UInt8], uppercase: Bool = false) -> String {
        let digits = Array((uppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            output.append(digits[Int(byte >> 4)])
            output.append(digits[Int(byte & 15)])
        }
        return String(decoding: output, as: UTF8.self)
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit.
    var hexadecimalDigit: Int? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(self - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(self - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
