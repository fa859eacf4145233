/// The text of `Fn::Sub`, cut where names stand.
enum SubstitutionText {
    enum Piece: Hashable {
        case literal(String)
        /// `${Name}`, `${Name.Attribute}`, `${AWS::Region}`.
        case name(String)
    }

    /// Cuts the text; `${!Name}` is the literal `${Name}`, and an opening without an end is literal.
    static func pieces(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var literal: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{")
            else {
                literal.append(bytes[index])
                index += 1
                continue
            }
            guard let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
                // No later opening can have an end either.
                literal += bytes[index...]
                break
            }
            let inner = bytes[(index + 2)..<close]
            if inner.first == UInt8(ascii: "!") {
                literal += "${".utf8
                literal += inner.dropFirst()
                literal.append(UInt8(ascii: "}"))
            } else {
                if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
                literal = []
                pieces.append(.name(String(decoding: inner, as: UTF8.self)))
            }
            index = close + 1
        }
        if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
        return pieces
    }

    /// True for what may stand between the braces: a logical id, an attribute of one, a pseudo parameter.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                    || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || ":._-".utf8.contains(byte)
            }
    }

    /// The parts of a text between the places where a delimiter stands; the delimiter is not empty.
    static func split(_ text: String, by delimiter: String) -> [String] {
        let bytes = Array(text.utf8)
        let delimiter = Array(delimiter.utf8)
        var parts: [String] = []
        var start = 0
        var index = 0
        while index + delimiter.count <= bytes.count {
            if bytes[index] == delimiter[0], bytes[index..<index + delimiter.count].elementsEqual(delimiter) {
                parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
                index += delimiter.count
                start = index
            } else {
                index += 1
            }
        }
        parts.append(String(decoding: bytes[start...], as: UTF8.self))
        return parts
    }
}
