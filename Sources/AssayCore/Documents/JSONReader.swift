/// A strict reader of JSON (RFC 8259) into a `Document`.
///
/// Refused beside what the grammar refuses: duplicate keys, invalid UTF-8, lone surrogates, a byte order mark, and
/// anything over the limits. Cost is linear in the input; nesting is kept on the heap, so depth cannot exhaust the
/// stack.
public struct JSONReader {
    private let bytes: [UInt8]
    private let limits: DocumentLimits
    private var index = 0
    private var line: Int
    private var lineStart = 0
    private var arena = DocumentArena()
    private var frames: [Frame] = []
    private var keys: [UInt32] = []

    private struct Frame {
        let isObject: Bool
        let keysStart: Int
        var isFirst = true
        /// Filled once an object has more keys than a linear search should bear.
        var seen: Set<UInt32> = []
    }

    private init(bytes: [UInt8], limits: DocumentLimits, firstLine: Int) {
        self.bytes = bytes
        self.limits = limits
        line = firstLine
    }

    /// Reads one document.
    ///
    /// - Parameters:
    ///   - bytes: the whole text.
    ///   - limits: size and depth.
    ///   - firstLine: the number of the first line, for a text that stands inside a larger file.
    public static func read(
        _ bytes: [UInt8], limits: DocumentLimits = DocumentLimits(), firstLine: Int = 1
    ) throws(DocumentError) -> Document {
        guard bytes.count <= limits.documentBytes else {
            throw DocumentError(
                code: .tooLarge, message: "document has \(bytes.count) bytes, the limit is \(limits.documentBytes)",
                position: SourcePosition(line: firstLine, column: 1))
        }
        var reader = JSONReader(bytes: bytes, limits: limits, firstLine: firstLine)
        try reader.document()
        return Document(arena: reader.arena, text: bytes)
    }

    private var position: SourcePosition { SourcePosition(line: line, column: index - lineStart + 1) }

    private func failure(_ code: DocumentError.Code, _ message: String) -> DocumentError {
        DocumentError(code: code, message: message, position: position)
    }

    private func unexpected(_ wanted: String) -> DocumentError {
        guard index < bytes.count else {
            return failure(.truncated, "text ends where \(wanted) is expected")
        }
        let byte = bytes[index]
        let shown =
            byte >= 0x20 && byte < 0x7F
            ? "`\(String(UnicodeScalar(byte)))`" : "byte 0x\(String(byte, radix: 16))"
        return failure(.syntax, "expected \(wanted), found \(shown)")
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\n"):
                index += 1
                line += 1
                lineStart = index
            case 0x20, 0x09, 0x0D: index += 1
            default: return
            }
        }
    }

    private mutating func document() throws(DocumentError) {
        skipSpace()
        guard index < bytes.count else { throw failure(.empty, "document is empty") }
        try value()
        while let frame = frames.last {
            skipSpace()
            guard index < bytes.count else { throw unexpected(frame.isObject ? "`,` or `}`" : "`,` or `]`") }
            let closing = frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
            if bytes[index] == closing {
                index += 1
                keys.removeSubrange(frame.keysStart...)
                frames.removeLast()
                arena.end()
                continue
            }
            if frame.isFirst {
                frames[frames.count - 1].isFirst = false
            } else {
                guard bytes[index] == UInt8(ascii: ",") else {
                    throw unexpected(frame.isObject ? "`,` or `}`" : "`,` or `]`")
                }
                index += 1
                skipSpace()
            }
            if frame.isObject { try key() }
            try value()
        }
        skipSpace()
        guard index == bytes.count else { throw failure(.syntax, "text goes on after the end of the document") }
    }

    private mutating func key() throws(DocumentError) {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
        let start = position
        let string = try string()
        let source = string.isPooled ? arena.pool : bytes
        let name = arena.intern(String(decoding: source[string.start..<string.start + string.length], as: UTF8.self))
        if string.isPooled { arena.pool.removeSubrange(string.start...) }
        guard remember(name) else {
            throw DocumentError(
                code: .duplicateKey, message: "key `\(arena.names[Int(name)])` stands twice in one object",
                position: start)
        }
        skipSpace()
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { throw unexpected("`:`") }
        index += 1
        skipSpace()
        arena.pendingName = name
    }

    /// False when the innermost object already has this key.
    private mutating func remember(_ name: UInt32) -> Bool {
        let top = frames.count - 1
        let start = frames[top].keysStart
        if keys.count - start < 16 {
            if keys[start...].contains(name) { return false }
        } else {
            if frames[top].seen.isEmpty { frames[top].seen = Set(keys[start...]) }
            if !frames[top].seen.insert(name).inserted { return false }
        }
        keys.append(name)
        return true
    }

    private mutating func value() throws(DocumentError) {
        guard index < bytes.count else { throw unexpected("a value") }
        switch bytes[index] {
        case UInt8(ascii: "{"): try begin(.object)
        case UInt8(ascii: "["): try begin(.array)
        case UInt8(ascii: "\""):
            let start = position
            let string = try string()
            arena.leaf(.string, start: string.start, length: string.length, isPooled: string.isPooled, at: start)
        case UInt8(ascii: "t"): try word("true", .bool, flag: true)
        case UInt8(ascii: "f"): try word("false", .bool)
        case UInt8(ascii: "n"): try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        default: throw unexpected("a value")
        }
    }

    private mutating func begin(_ kind: DocumentNode.Kind) throws(DocumentError) {
        guard frames.count < limits.depth else {
            throw failure(.tooDeep, "nesting is deeper than the limit of \(limits.depth)")
        }
        arena.begin(kind, at: position)
        frames.append(Frame(isObject: kind == .object, keysStart: keys.count))
        index += 1
    }

    private mutating func word(_ word: StaticString, _ kind: DocumentNode.Kind, flag: Bool = false)
        throws(DocumentError)
    {
        let start = position
        let text = word.description.utf8
        for (offset, byte) in text.enumerated() {
            guard index + offset < bytes.count else {
                index = bytes.count
                throw unexpected("`\(word)`")
            }
            guard bytes[index + offset] == byte else { throw unexpected("a value") }
        }
        index += text.count
        arena.leaf(kind, flag: flag, at: start)
    }

    private mutating func digits() throws(DocumentError) {
        let start = index
        while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
        guard index > start else { throw unexpected("a digit") }
    }

    private mutating func number() throws(DocumentError) {
        let startPosition = position
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "0") {
            index += 1
            if index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
                throw failure(.syntax, "a number may not start with 0")
            }
        } else {
            try digits()
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            try digits()
        }
        arena.leaf(.number, start: start, length: index - start, at: startPosition)
    }

    private mutating func string() throws(DocumentError) -> (start: Int, length: Int, isPooled: Bool) {
        index += 1
        let start = index
        var isPooled = false
        var poolStart = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                let end = index
                index += 1
                return isPooled ? (poolStart, arena.pool.count - poolStart, true) : (start, end - start, false)
            case UInt8(ascii: "\\"):
                if !isPooled {
                    isPooled = true
                    poolStart = arena.pool.count
                    arena.pool += bytes[start..<index]
                }
                index += 1
                try escape()
            case 0..<0x20: throw failure(.syntax, "a control character in a string must be escaped")
            case 0x20..<0x80:
                if isPooled { arena.pool.append(byte) }
                index += 1
            default:
                let length = UTF8Check.scalarLength(bytes, at: index)
                guard length > 0 else { throw failure(.invalidUTF8, "bytes are not valid UTF-8") }
                if isPooled { arena.pool += bytes[index..<index + length] }
                index += length
            }
        }
        throw unexpected("the end of a string")
    }

    private mutating func escape() throws(DocumentError) {
        guard index < bytes.count else { throw unexpected("an escape") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): arena.pool.append(byte)
        case UInt8(ascii: "b"): arena.pool.append(0x08)
        case UInt8(ascii: "f"): arena.pool.append(0x0C)
        case UInt8(ascii: "n"): arena.pool.append(0x0A)
        case UInt8(ascii: "r"): arena.pool.append(0x0D)
        case UInt8(ascii: "t"): arena.pool.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if code >= 0xD800, code < 0xDC00 {
                guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
                    bytes[index + 1] == UInt8(ascii: "u")
                else { throw failure(.syntax, "a high surrogate stands alone") }
                index += 2
                let low = try hexadecimal()
                guard low >= 0xDC00, low < 0xE000 else { throw failure(.syntax, "a high surrogate stands alone") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = UnicodeScalar(code) else { throw failure(.syntax, "a low surrogate stands alone") }
            arena.pool += Array(String(scalar).utf8)
        default:
            index -= 1
            throw unexpected("an escape")
        }
    }

    private mutating func hexadecimal() throws(DocumentError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = Character(UnicodeScalar(bytes[index])).hexDigitValue,
                bytes[index] < 0x80
            else { throw unexpected("four hexadecimal digits") }
            code = code << 4 | UInt32(digit)
            index += 1
        }
        return code
    }
}
