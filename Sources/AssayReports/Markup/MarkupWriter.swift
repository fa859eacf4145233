/// Writes HTML or XML whose tags always close and whose text is always escaped.
///
/// Element and attribute names come from the program, never from data.
struct MarkupWriter {
    /// What becomes of characters that the format cannot carry or that would mislead.
    enum Dialect {
        /// Control and bidirectional characters are spelled out; void elements stay open.
        case html
        /// Characters that XML 1.0 §2.2 forbids are dropped; empty elements close themselves.
        case xml
    }

    /// The text so far.
    private(set) var bytes: [UInt8] = []
    let dialect: Dialect

    init(_ dialect: Dialect) {
        self.dialect = dialect
    }

    /// Writes the program's own markup as it is.
    mutating func raw(_ markup: StaticString) { bytes += "\(markup)".utf8 }

    /// Writes escaped text.
    mutating func text(_ value: String) { append(value, isAttribute: false) }

    /// Writes an element around what the closure writes.
    mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: (inout MarkupWriter) -> Void
    ) {
        open(name, attributes)
        bytes.append(UInt8(ascii: ">"))
        content(&self)
        bytes += "</\(name)>".utf8
    }

    /// Writes an element that holds text.
    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
        element(name, attributes) { $0.text(text) }
    }

    /// Writes an element without content.
    mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
        open(name, attributes)
        bytes += (dialect == .xml ? "/>" : ">").utf8
    }

    /// Writes a line feed between blocks.
    mutating func newLine() { bytes.append(UInt8(ascii: "\n")) }

    private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        bytes += "<\(name)".utf8
        for (key, value) in attributes {
            bytes += " \(key)=\"".utf8
            append(value, isAttribute: true)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private mutating func append(_ value: String, isAttribute: Bool) {
        let safe = dialect == .html ? SafeText.visible(value) : MarkupWriter.allowedInXML(value)
        for byte in safe.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            case 0x09 where isAttribute: bytes += "&#9;".utf8
            case 0x0A where isAttribute: bytes += "&#10;".utf8
            case 0x0D: bytes += "&#13;".utf8
            default: bytes.append(byte)
            }
        }
    }

    private static func allowedInXML(_ value: String) -> String {
        func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case 0..<0x20, 0xFFFE, 0xFFFF: true
            default: false
            }
        }
        guard value.unicodeScalars.contains(where: isForbidden) else { return value }
        var kept = ""
        kept.unicodeScalars.append(contentsOf: value.unicodeScalars.lazy.filter { !isForbidden($0) })
        return kept
    }
}
