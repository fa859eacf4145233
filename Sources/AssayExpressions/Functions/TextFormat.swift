/// `format` of the strings extension: `%s %d %f %e %x %X %b %o %%` with a precision for `%f` and `%e`.
enum TextFormat {
    private static let longestPrecision = 1000

    static func apply(_ template: String, _ values: [Value]) -> Value {
        var result = ""
        var position = 0
        var scalars = template.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            var verb = scalars.next()
            if verb == "%" {
                result += "%"
                continue
            }
            var precision: Int?
            if verb == "." {
                var digits = ""
                verb = scalars.next()
                while let digit = verb, ("0"..."9").contains(digit) {
                    digits.unicodeScalars.append(digit)
                    verb = scalars.next()
                }
                guard let number = Int(digits), number <= longestPrecision else {
                    return .failure(.invalidArgument, "`.\(digits)` is not a precision up to \(longestPrecision)")
                }
                precision = number
            }
            guard let verb else { return .failure(.invalidArgument, "a format ends in an open `%`") }
            guard "sdfexXbo".unicodeScalars.contains(verb) else {
                return .failure(.invalidArgument, "`%\(verb)` is not a formatting clause")
            }
            guard position < values.count else {
                return .failure(.outOfBounds, "index \(position) out of range: the format needs more arguments")
            }
            let value = values[position]
            position += 1
            guard let text = text(value, verb, precision ?? 6) else {
                return .failure(.noSuchOverload, "`%\(verb)` cannot format `\(value.typeName)`")
            }
            result += text
            guard result.utf8.count <= FunctionLibrary.longestText else { return StringFunctions.tooLong }
        }
        return .string(result)
    }

    private static func text(_ value: Value, _ verb: Unicode.Scalar, _ precision: Int) -> String? {
        switch verb {
        case "s": string(value)
        case "d":
            if case .double(let number) = value { NumberText.plain(number) } else { integer(value, radix: 10) }
        case "f": number(value).map { NumberText.fixed($0, precision: precision) }
        case "e": number(value).map { NumberText.scientific($0, precision: precision) }
        case "b":
            if case .bool(let flag) = value { flag ? "1" : "0" } else { integer(value, radix: 2) }
        case "o": integer(value, radix: 8)
        default: hexadecimal(value, isUppercase: verb == "X")
        }
    }

    private static func integer(_ value: Value, radix: Int, isUppercase: Bool = false) -> String? {
        switch value {
        case .int(let number): NumberText.integer(number, radix: radix, uppercase: isUppercase)
        case .uint(let number): NumberText.integer(number, radix: radix, uppercase: isUppercase)
        default: nil
        }
    }

    private static func number(_ value: Value) -> Double? {
        switch value {
        case .double(let number): number
        case .int(let number): Double(number)
        case .uint(let number): Double(number)
        default: nil
        }
    }

    private static func hexadecimal(_ value: Value, isUppercase: Bool) -> String? {
        switch value {
        case .string(let text): NumberText.hexadecimal(Array(text.utf8), uppercase: isUppercase)
        case .bytes(let bytes): NumberText.hexadecimal(bytes, uppercase: isUppercase)
        default: integer(value, radix: 16, isUppercase: isUppercase)
        }
    }

    private static func string(_ value: Value) -> String? {
        switch value {
        case .null: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .int, .uint: return integer(value, radix: 10)
        case .double(let number): return NumberText.plain(number)
        case .string(let text): return text
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .timestamp(let time): return time.rfc3339
        case .duration(let span): return span.text
        case .type(let name): return name
        default: break
        }
        if let elements = value.listElements {
            let texts = elements.compactMap { string($0) }
            return texts.count == elements.count ? "[" + texts.joined(separator: ", ") + "]" : nil
        }
        if let entries = value.mapEntries {
            let texts = entries.compactMap { entry in
                string(entry.key).flatMap { key in string(entry.value).map { (key, $0) } }
            }
            guard texts.count == entries.count else { return nil }
            let sorted = texts.sorted { Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8)) }
            return "{" + sorted.map { "\($0.0): \($0.1)" }.joined(separator: ", ") + "}"
        }
        return nil
    }
}
