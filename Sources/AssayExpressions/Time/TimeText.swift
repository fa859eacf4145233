extension UInt8 {
    /// The value of an ASCII decimal digit.
    var decimalDigit: Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) ? Int(self - UInt8(ascii: "0")) : nil
    }
}

extension BinaryInteger {
    /// The decimal digits of a number that is not negative, with zeros in front up to `width`.
    func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Int32 {
    /// Nanoseconds as a decimal fraction without trailing zeros, with its point; empty for zero.
    var fractionText: String {
        guard self != 0 else { return "" }
        var digits = Substring(magnitude.padded(to: 9))
        while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
        return "." + digits
    }
}
