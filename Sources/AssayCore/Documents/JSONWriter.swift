/// Writes JSON in the order it is told, compact or indented.
///
/// The caller opens and closes containers in pairs; separators are the writer's business.
public struct JSONWriter {
    /// The text so far.
    public private(set) var bytes: [UInt8] = []
    private let indent: Int
    private var counts: [Int] = []
    private var isAfterKey = false

    /// - Parameter indent: spaces a level; 0 writes one compact line.
    public init(indent: Int = 0) {
        self.indent = indent
    }

    private mutating func newLine() {
        guard indent > 0 else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(0x20, count: indent * counts.count)
    }

    private mutating func separate() {
        if isAfterKey {
            isAfterKey = false
            return
        }
        guard let count = counts.last else { return }
        if count > 0 { bytes.append(UInt8(ascii: ",")) }
        counts[counts.count - 1] = count + 1
        newLine()
    }

    private mutating func end(_ bracket: UInt8) {
        let count = counts.popLast() ?? 0
        if count > 0 { newLine() }
        bytes.append(bracket)
    }

    /// Opens an object.
    public mutating func beginObject() {
        separate()
        bytes.append(UInt8(ascii: "{"))
        counts.append(0)
    }

    /// Closes the innermost object.
    public mutating func endObject() { end(UInt8(ascii: "}")) }

    /// Opens an array.
    public mutating func beginArray() {
        separate()
        bytes.append(UInt8(ascii: "["))
        counts.append(0)
    }

    /// Closes the innermost array.
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// Writes the key of the next value.
    public mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        if indent > 0 { bytes.append(0x20) }
        isAfterKey = true
    }

    /// Writes null.
    public mutating func null() {
        separate()
        bytes += "null".utf8
    }

    /// Writes a boolean.
    public mutating func bool(_ value: Bool) {
        separate()
        bytes += (value ? "true" : "false").utf8
    }

    /// Writes an integer.
    public mutating func int(_ value: Int) {
        separate()
        bytes += String(value).utf8
    }

    /// Writes a number whose text is already valid JSON.
    public mutating func number(text: String) {
        separate()
        bytes += text.utf8
    }

    /// Writes a string with the escapes of RFC 8785, and `<` left as it is.
    public mutating func string(_ value: String) {
        separate()
        JSONWriter.append(value.utf8, to: &bytes)
    }

    static func append(_ utf8: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0C: bytes += "\\f".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes key and string, or nothing when there is no value.
    public mutating func member(_ name: String, _ value: String?) {
        guard let value else { return }
        key(name)
        string(value)
    }

    /// Writes key and integer, or nothing when there is no value.
    public mutating func member(_ name: String, _ value: Int?) {
        guard let value else { return }
        key(name)
        int(value)
    }

    /// Writes key and boolean.
    public mutating func member(_ name: String, _ value: Bool) {
        key(name)
        bool(value)
    }

    /// Writes key and a list of strings.
    public mutating func member(_ name: String, _ values: [String]) {
        key(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// Writes key and a list whose elements write themselves; present even when empty.
    public mutating func list<Element>(
        _ name: String, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
    ) {
        key(name)
        beginArray()
        for element in elements { write(element, &self) }
        endArray()
    }

    /// Writes a document's value.
    ///
    /// Unknown members are left out, unknown elements are null: a reader finds them in the list of unknown paths beside
    /// the body.
    public mutating func value(_ node: DocumentNode) {
        switch node.kind {
        case .null, .unknown: null()
        case .bool: bool(node.boolValue)
        case .number: number(text: node.numberText)
        case .string:
            separate()
            JSONWriter.append(node.utf8, to: &bytes)
        case .array:
            beginArray()
            for element in node.elements { value(element) }
            endArray()
        case .object:
            beginObject()
            for member in node.members where member.value.kind != .unknown {
                key(member.key)
                value(member.value)
            }
            endObject()
        }
    }

    /// Writes a tree's value, unknown values as for a document.
    public mutating func value(_ tree: Tree) {
        switch tree.content {
        case .null, .unknown: null()
        case .bool(let flag): bool(flag)
        case .number(let text): number(text: text)
        case .string(let text): string(text)
        case .array(let elements):
            beginArray()
            for element in elements { value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members where !member.value.isUnknown {
                key(member.key)
                value(member.value)
            }
            endObject()
        }
    }
}
