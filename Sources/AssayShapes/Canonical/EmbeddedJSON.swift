import AssayCore

/// JSON that stands as text inside a document, plain or URL-encoded as IAM writes policies.
enum EmbeddedJSON {
    /// The value with all positions at the place of the text; nil when the text is not JSON.
    static func parse(_ tree: Tree) -> Tree? {
        guard let text = tree.stringValue else { return nil }
        let first = text.utf8.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        let bytes = first == UInt8(ascii: "%") ? percentDecoded(Array(text.utf8)) : Array(text.utf8)
        guard let bytes, let document = try? JSONReader.read(bytes) else { return nil }
        return Tree(document.root).placed(at: tree.position)
    }

    /// RFC 3986, section 2.1; nil for a `%` without two digits.
    private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8]? {
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "%") else {
                decoded.append(bytes[index])
                index += 1
                continue
            }
            guard index + 2 < bytes.count, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) else {
                return nil
            }
            decoded.append(high << 4 | low)
            index += 3
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Tree {
    /// The same value with one position throughout.
    func placed(at position: SourcePosition?) -> Tree {
        switch content {
        case .array(let elements): Tree(.array(elements.map { $0.placed(at: position) }), at: position)
        case .object(let members):
            Tree(.object(members.map { Member($0.key, $0.value.placed(at: position)) }), at: position)
        default: Tree(content, at: position)
        }
    }
}
