extension SignedDuration: CustomStringConvertible {
    /// Reads a sign and numbers with units, such as `1h15m`, `-1.5s`, `100ms` or `0`.
    ///
    /// Units are `h`, `m`, `s`, `ms`, `us` (also `µs`) and `ns`, in any order and repeated at will. What a fraction says
    /// below a nanosecond is dropped.
    ///
    /// - Throws: ``TimeError/invalidDuration(text:)`` or ``TimeError/outOfRange(what:)``.
    public init(_ text: String) throws(TimeError) {
        var rest = ArraySlice(Array(text.utf8))
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) {
            self = .zero
            return
        }
        guard !rest.isEmpty else { throw .invalidDuration(text: text) }
        var total: Int128 = 0
        while !rest.isEmpty {
            guard let number = SignedDuration.takeNumber(&rest), let unit = SignedDuration.takeUnit(&rest) else {
                throw .invalidDuration(text: text)
            }
            guard let whole = number.whole else { throw .outOfRange(what: "the duration") }
            total += whole * unit + number.fraction * unit / number.scale
            guard total <= SignedDuration.largestTotal else { throw .outOfRange(what: "the duration") }
        }
        try self.init(totalNanoseconds: isNegative ? -total : total)
    }

    /// The number of seconds with as many decimals as it needs and the unit: `3661.5s`.
    public var text: String {
        let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
        let fraction = Int32(nanoseconds.magnitude).fractionText
        return "\(sign)\(seconds.magnitude)\(fraction)s"
    }

    /// The same as ``text``.
    public var description: String { text }

    private static let largestTotal: Int128 = (Int128(maximumSeconds) + 1) * 1_000_000_000

    private struct Number {
        /// Absent when the number is far beyond any duration.
        var whole: Int128?
        /// `fraction / scale` is the part after the point.
        var fraction: Int128
        var scale: Int128
    }

    private static func takeNumber(_ rest: inout ArraySlice<UInt8>) -> Number? {
        var number = Number(whole: 0, fraction: 0, scale: 1)
        var digitCount = 0
        while let digit = rest.first?.decimalDigit {
            rest.removeFirst()
            digitCount += 1
            // Anything over 10^21 ns is out of range whatever the unit; stopping there keeps products below 2^127.
            number.whole = number.whole.flatMap { whole in
                whole > 1_000_000_000_000_000_000_000 ? nil : whole * 10 + Int128(digit)
            }
        }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            while let digit = rest.first?.decimalDigit {
                rest.removeFirst()
                digitCount += 1
                // An hour has 3.6 × 10^12 ns: digits after the twentieth cannot change a nanosecond.
                if number.scale < 100_000_000_000_000_000_000 {
                    number.fraction = number.fraction * 10 + Int128(digit)
                    number.scale *= 10
                }
            }
        }
        return digitCount > 0 ? number : nil
    }

    private static func takeUnit(_ rest: inout ArraySlice<UInt8>) -> Int128? {
        let end = rest.firstIndex { byte in byte == UInt8(ascii: ".") || byte.decimalDigit != nil } ?? rest.endIndex
        let unit = String(decoding: rest[..<end], as: UTF8.self)
        rest = rest[end...]
        switch unit {
        case "h": return 3_600_000_000_000
        case "m": return 60_000_000_000
        case "s": return 1_000_000_000
        case "ms": return 1_000_000
        // The micro sign and the Greek letter look alike and are both in use.
        case "us", "\u{00B5}s", "\u{03BC}s": return 1_000
        case "ns": return 1
        default: return nil
        }
    }
}
