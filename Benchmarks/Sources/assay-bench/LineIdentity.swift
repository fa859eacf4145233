/// Finds the id of the resource on a line without reading the line as a document.
///
/// It looks at the members of the resource's own object alone, `id` or `arn`, and stops at the first; both layouts have
/// them near the front. A text with an escape gives none: generated ids have no escapes.
enum LineIdentity {
    private static let wrapper = Array("{\"resource\":{".utf8)

    /// Where the id's text stands in a line's bytes; nil when there is none.
    static func find(in bytes: Span<UInt8>) -> Range<Int>? {
        var index = 1
        let isSealed = bytes.count > wrapper.count && wrapper.indices.allSatisfy { bytes[$0] == wrapper[$0] }
        if isSealed { index = wrapper.count }
        var depth = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""):
                let text = string(in: bytes, from: index)
                index = text.upperBound
                guard depth == 0, index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: ":"),
                    isIdentity(bytes.extracting(text)), bytes[index + 2] == UInt8(ascii: "\"")
                else { break }
                let value = string(in: bytes, from: index + 2)
                return value.upperBound < bytes.count && !bytes.extracting(value).has(UInt8(ascii: "\\")) ? value : nil
            default: break
            }
            index += 1
        }
        return nil
    }

    /// The text between the quote at `from` and the one that ends it.
    private static func string(in bytes: Span<UInt8>, from: Int) -> Range<Int> {
        var index = from + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return from + 1..<max(from + 1, min(index, bytes.count))
    }

    private static func isIdentity(_ key: Span<UInt8>) -> Bool {
        (key.count == 2 && key[0] == UInt8(ascii: "i") && key[1] == UInt8(ascii: "d"))
            || (key.count == 3 && key[0] == UInt8(ascii: "a") && key[1] == UInt8(ascii: "r")
                && key[2] == UInt8(ascii: "n"))
    }
}

extension Span<UInt8> {
    fileprivate func has(_ byte: UInt8) -> Bool { indices.contains { self[$0] == byte } }
}
