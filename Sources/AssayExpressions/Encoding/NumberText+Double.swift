extension NumberText {
    /// The shortest text that reads back as the same number, as CEL's `string(double)` gives it: `123.456`, `-0.0045`,
    /// `1e+06`, `1e-05`, `+Inf`, `-Inf`, `NaN`.
    ///
    /// An exponent is written where the first digit stands for less than 10^-4 or for 10^6 and more, as format `g` with
    /// the shortest precision of Go's `strconv` does.
    public static func shortest(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        let number = DecimalDigits(shortest: value)
        return (-4..<6).contains(number.exponent) ? number.plainText : number.scientificText
    }

    /// The shortest text that reads back as the same number, without an exponent; `NaN`, `Infinity`, `-Infinity`.
    public static func plain(_ value: Double) -> String {
        nonFinite(value) ?? DecimalDigits(shortest: value).plainText
    }

    /// The number with `precision` digits after the point, rounded from its exact value, halves to even; `NaN`,
    /// `Infinity`, `-Infinity`.
    ///
    /// - Parameter precision: the text is as long as it asks for, so bound it first where others choose it; negative
    ///   counts as 0.
    public static func fixed(_ value: Double, precision: Int = 6) -> String {
        if let text = nonFinite(value) { return text }
        let precision = max(0, precision)
        var number = DecimalDigits(exact: value)
        number.round(toDecimals: precision)
        return number.plainText(decimals: precision)
    }

    /// The number as one digit, `precision` digits after the point and an exponent of two digits or more, rounded from
    /// its exact value, halves to even; `NaN`, `Infinity`, `-Infinity`.
    ///
    /// - Parameter precision: the text is as long as it asks for, so bound it first where others choose it; negative
    ///   counts as 0.
    public static func scientific(_ value: Double, precision: Int = 6) -> String {
        if let text = nonFinite(value) { return text }
        let precision = max(0, precision)
        var number = DecimalDigits(exact: value)
        number.round(toDecimals: precision - number.exponent)
        return number.scientificText(decimals: precision)
    }

    private static func nonFinite(_ value: Double) -> String? {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        return nil
    }
}
