/// The strings extension; positions count Unicode scalar values.
enum StringFunctions {
    static let all: [FunctionDeclaration] = [
        method("charAt", [.string, .int], gives: .string) { arguments in
            guard case .string(let text) = arguments[0], case .int(let index) = arguments[1] else { return nil }
            let scalars = Array(text.unicodeScalars)
            guard (0...Int64(scalars.count)).contains(index) else { return outOfRange(index) }
            return .string(index == scalars.count ? "" : String(scalars[Int(index)]))
        },
        method("indexOf", [.string, .string], or: [.string, .string, .int], gives: .int) {
            search($0, backwards: false)
        },
        method("lastIndexOf", [.string, .string], or: [.string, .string, .int], gives: .int) {
            search($0, backwards: true)
        },
        method("lowerAscii", [.string], gives: .string) { arguments in
            arguments[0].string.map { text in
                .string(mapped(text) { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 })
            }
        },
        method("upperAscii", [.string], gives: .string) { arguments in
            arguments[0].string.map { text in
                .string(mapped(text) { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 })
            }
        },
        method(
            "replace", [.string, .string, .string], or: [.string, .string, .string, .int], gives: .string, replace),
        method("split", [.string, .string], or: [.string, .string, .int], gives: .list(.string), split),
        method("substring", [.string, .int], or: [.string, .int, .int], gives: .string, substring),
        method("trim", [.string], gives: .string) { arguments in
            guard case .string(let text) = arguments[0] else { return nil }
            let scalars = text.unicodeScalars
            guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
                let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
            else { return .string("") }
            return .string(String(scalars[first...last]))
        },
        method("reverse", [.string], gives: .string) { arguments in
            guard case .string(let text) = arguments[0] else { return nil }
            var reversed = String.UnicodeScalarView()
            reversed.append(contentsOf: text.unicodeScalars.reversed())
            return .string(String(reversed))
        },
        method("join", [.list(.string)], or: [.list(.string), .string], gives: .string, join),
        method("format", [.string, .list(.dyn)], gives: .string) { arguments in
            guard case .string(let template) = arguments[0], let values = arguments[1].listElements else { return nil }
            return TextFormat.apply(template, values)
        },
        FunctionDeclaration("strings.quote", [.function(.string, gives: .string)]) { arguments in
            guard case .string(let text) = arguments[0] else {
                return FunctionLibrary.noSuchOverload("strings.quote", arguments)
            }
            return .string(quoted(text))
        },
    ]

    private static func method(
        _ name: String, _ parameters: [CELType], or more: [CELType]? = nil, gives result: CELType,
        _ body: @escaping @Sendable ([Value]) -> Value?
    ) -> FunctionDeclaration {
        let overloads = [parameters, more].compactMap(\.self).map {
            FunctionOverload($0, result, isReceiver: true)
        }
        return FunctionDeclaration(name, overloads) { arguments in
            body(arguments) ?? FunctionLibrary.noSuchOverload(name, arguments)
        }
    }

    private static func outOfRange(_ index: Int64) -> Value {
        .failure(.outOfBounds, "index out of range: \(index)")
    }

    private static func mapped(_ text: String, _ transform: (UInt8) -> UInt8) -> String {
        String(decoding: text.utf8.map(transform), as: UTF8.self)
    }

    private static func search(_ arguments: [Value], backwards: Bool) -> Value? {
        guard case .string(let text) = arguments[0], case .string(let part) = arguments[1] else { return nil }
        let bytes = Array(text.utf8)
        var offset = backwards ? bytes.count : 0
        if arguments.count == 3 {
            guard case .int(let given) = arguments[2] else { return nil }
            let scalars = text.unicodeScalars
            guard given >= 0, let position = Int(exactly: given),
                let index = scalars.index(scalars.startIndex, offsetBy: position, limitedBy: scalars.endIndex)
            else { return outOfRange(given) }
            offset = text.utf8.distance(from: text.startIndex, to: index)
        }
        let search = TextSearch(Array(part.utf8))
        let found = backwards ? search.last(in: bytes, upTo: offset) : search.first(in: bytes, from: offset)
        guard let found else { return .int(-1) }
        // A scalar value starts at every byte that does not continue one.
        return .int(Int64(bytes[..<found.lowerBound].count { $0 & 0xC0 != 0x80 }))
    }

    private static func substring(_ arguments: [Value]) -> Value? {
        guard case .string(let text) = arguments[0], case .int(let start) = arguments[1] else { return nil }
        let scalars = text.unicodeScalars
        let count = Int64(scalars.count)
        var end = count
        if arguments.count == 3 {
            guard case .int(let given) = arguments[2] else { return nil }
            end = given
        }
        guard (0...count).contains(start) else { return outOfRange(start) }
        guard (0...count).contains(end) else { return outOfRange(end) }
        guard start <= end else {
            return .failure(.invalidArgument, "invalid substring range. start: \(start), end: \(end)")
        }
        let first = scalars.index(scalars.startIndex, offsetBy: Int(start))
        let last = scalars.index(first, offsetBy: Int(end - start))
        return .string(String(scalars[first..<last]))
    }

    private static func replace(_ arguments: [Value]) -> Value? {
        guard case .string(let text) = arguments[0], case .string(let old) = arguments[1],
            case .string(let new) = arguments[2]
        else { return nil }
        var limit = Int64.max
        if arguments.count == 4 {
            guard case .int(let given) = arguments[3] else { return nil }
            limit = given < 0 ? .max : given
        }
        let bytes = Array(text.utf8)
        let (wanted, replacement) = (TextSearch(Array(old.utf8)), Array(new.utf8))
        var result: [UInt8] = []
        var index = 0
        while limit > 0, let range = wanted.first(in: bytes, from: index) {
            result += bytes[index..<range.lowerBound]
            result += replacement
            index = range.upperBound
            limit -= 1
            guard result.count <= FunctionLibrary.longestText else { return tooLong }
            if old.isEmpty {
                guard index < bytes.count else { break }
                repeat {
                    result.append(bytes[index])
                    index += 1
                } while index < bytes.count && bytes[index] & 0xC0 == 0x80
            }
        }
        return .string(String(decoding: result + bytes[index...], as: UTF8.self))
    }

    static let tooLong = Value.failure(
        .costExceeded, "the text would be longer than \(FunctionLibrary.longestText) bytes")

    private static func split(_ arguments: [Value]) -> Value? {
        guard case .string(let text) = arguments[0], case .string(let separator) = arguments[1] else { return nil }
        var limit = Int64.max
        if arguments.count == 3 {
            guard case .int(let given) = arguments[2] else { return nil }
            limit = given < 0 ? .max : given
        }
        guard limit > 0 else { return .list([]) }
        if separator.isEmpty {
            var parts: [Value] = []
            var rest = text.unicodeScalars[...]
            while Int64(parts.count) + 1 < limit, let scalar = rest.popFirst() { parts.append(.string(String(scalar))) }
            if !rest.isEmpty { parts.append(.string(String(rest))) }
            return .list(parts)
        }
        let bytes = Array(text.utf8)
        let wanted = TextSearch(Array(separator.utf8))
        var parts: [Value] = []
        var index = 0
        while Int64(parts.count) + 1 < limit, let range = wanted.first(in: bytes, from: index) {
            parts.append(.string(String(decoding: bytes[index..<range.lowerBound], as: UTF8.self)))
            index = range.upperBound
        }
        parts.append(.string(String(decoding: bytes[index...], as: UTF8.self)))
        return .list(parts)
    }

    private static func join(_ arguments: [Value]) -> Value? {
        guard let elements = arguments[0].listElements else { return nil }
        var separator = ""
        if arguments.count == 2 {
            guard case .string(let given) = arguments[1] else { return nil }
            separator = given
        }
        var result = ""
        for (position, element) in elements.enumerated() {
            guard case .string(let text) = element else { return nil }
            if position > 0 { result += separator }
            result += text
            guard result.utf8.count <= FunctionLibrary.longestText else { return tooLong }
        }
        return .string(result)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{07}": result += "\\a"
            case "\u{08}": result += "\\b"
            case "\u{0C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0B}": result += "\\v"
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
