extension PatternParser {
    /// Reads a class in brackets, behind its `[`.
    mutating func characterClass(from start: Int) throws(RegularExpressionError) -> ScalarSet {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        // Named classes are folded on their own, before they are negated: `(?i)[\P{Lu}]` has no letter of two cases.
        var namedRanges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while isFirst || peek() != "]" {
            isFirst = false
            let itemStart = position
            guard let scalar = peek() else { throw error(.missingBracket, from: start) }
            if scalar == "[", peek(1) == ":", let set = try posixClass() {
                namedRanges += set.ranges
                continue
            }
            if scalar == "\\" {
                position += 1
                if let set = try escapedSet(from: itemStart) {
                    namedRanges += set.ranges
                    continue
                }
                position = itemStart
            }
            let low = try classScalar(from: start)
            var high = low
            if peek() == "-", let next = peek(1), next != "]" {
                position += 1
                high = try classScalar(from: start)
            }
            guard low <= high else { throw error(.invalidClassRange, from: itemStart) }
            ranges.append(low...high)
        }
        position += 1
        let literal = ScalarSet(ranges)
        let set = ScalarSet((flags.ignoresCase ? CaseFolding.closure(of: literal) : literal).ranges + namedRanges)
        return isNegated ? set.inverted : set
    }

    private mutating func classScalar(from start: Int) throws(RegularExpressionError) -> UInt32 {
        let scalarStart = position
        guard let scalar = peek() else { throw error(.missingBracket, from: start) }
        position += 1
        return scalar == "\\" ? try escapedScalar(from: scalarStart) : scalar.value
    }

    /// Reads `[:name:]`; nil where no `:]` follows, so that the bracket stands for itself.
    private mutating func posixClass() throws(RegularExpressionError) -> ScalarSet? {
        let start = position
        var end = position + 2
        while end + 1 < scalars.count, scalars[end] != ":" || scalars[end + 1] != "]" { end += 1 }
        guard end + 1 < scalars.count else { return nil }
        position = end + 2
        var name = scalars[(start + 2)..<end]
        let isNegated = name.first == "^"
        if isNegated { name.removeFirst() }
        guard let set = ScalarSet.posix(String(String.UnicodeScalarView(name))) else {
            throw error(.invalidClassRange, from: start)
        }
        return folded(set, isNegated: isNegated)
    }

    /// Reads what stands behind a backslash if it names a class (`\d`, `\pN`, `\P{Lu}`); nil otherwise.
    mutating func escapedSet(from start: Int) throws(RegularExpressionError) -> ScalarSet? {
        guard let scalar = peek() else { return nil }
        let set: ScalarSet
        switch scalar {
        case "d", "D": set = .digits
        case "s", "S": set = .spaces
        case "w", "W": set = .wordCharacters
        case "p", "P":
            position += 1
            return try property(isNegated: scalar == "P", from: start)
        default: return nil
        }
        position += 1
        return folded(set, isNegated: scalar.properties.isUppercase)
    }

    /// Reads the name of a Unicode property: one letter, or a name in braces that `^` may negate.
    private mutating func property(isNegated: Bool, from start: Int) throws(RegularExpressionError) -> ScalarSet {
        var isNegated = isNegated
        var name = String.UnicodeScalarView()
        if take("{") {
            if take("^") { isNegated.toggle() }
            while let scalar = peek(), scalar != "}" {
                name.append(scalar)
                position += 1
            }
            guard take("}") else { throw error(.unsupportedProperty, from: start) }
        } else if let scalar = peek() {
            name.append(scalar)
            position += 1
        }
        guard let set = UnicodeCategories.set(named: String(name)) else {
            throw error(.unsupportedProperty, from: start)
        }
        return folded(set, isNegated: isNegated)
    }

    private func folded(_ set: ScalarSet, isNegated: Bool) -> ScalarSet {
        let set = flags.ignoresCase ? CaseFolding.closure(of: set) : set
        return isNegated ? set.inverted : set
    }

    /// Reads what stands behind a backslash as one scalar value.
    mutating func escapedScalar(from start: Int) throws(RegularExpressionError) -> UInt32 {
        guard let scalar = peek() else { throw error(.trailingBackslash, from: start) }
        position += 1
        switch scalar {
        case "0"..."7":
            // A single digit would be a back reference; two or three digits, or a zero in front, are octal.
            guard scalar == "0" || octalDigit() != nil else { throw error(.backreference, from: start) }
            var value = scalar.value - 0x30
            for _ in 0..<2 {
                guard let digit = octalDigit() else { break }
                value = value * 8 + digit
                position += 1
            }
            return value
        case "8", "9": throw error(.backreference, from: start)
        case "k": throw error(peek() == "<" || peek() == "{" ? .backreference : .invalidEscape, from: start)
        case "x": return try hexadecimalScalar(from: start)
        case "a": return 0x07
        case "f": return 0x0C
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "v": return 0x0B
        default:
            guard scalar.isASCII, !scalar.properties.isAlphabetic, scalar.properties.numericType == nil else {
                throw error(.invalidEscape, from: start)
            }
            return scalar.value
        }
    }

    private func octalDigit() -> UInt32? {
        peek().flatMap { scalar in ("0"..."7").contains(scalar) ? scalar.value - 0x30 : nil }
    }

    /// Reads two hexadecimal digits, or any number of them in braces.
    private mutating func hexadecimalScalar(from start: Int) throws(RegularExpressionError) -> UInt32 {
        let isBraced = take("{")
        var value: UInt32 = 0
        var count = 0
        while isBraced || count < 2,
            let digit = peek().flatMap({ scalar in UInt8(ascii: scalar, or: 0).hexadecimalDigit })
        {
            value = value * 16 + UInt32(digit)
            count += 1
            position += 1
            guard value <= ScalarSet.maximum else { throw error(.invalidEscape, from: start) }
        }
        guard isBraced ? take("}") && count > 0 : count == 2 else { throw error(.invalidEscape, from: start) }
        return value
    }
}
