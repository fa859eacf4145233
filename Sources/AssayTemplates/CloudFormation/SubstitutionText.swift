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
            guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{"),
                let close = bytes[index...].firstIndex(of: UInt8(ascii: "}"))
            else {
                // Without any further end no later opening can have one: the rest is literal.
                literal.append(bytes[index])
                index += 1
                continue
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
}
