/// Names and values as `application/x-www-form-urlencoded`, for bodies and queries.
struct FormBody: Sendable {
    private(set) var text = ""

    init(_ members: [(name: String, value: String)]) {
        for (name, value) in members { append(name, value) }
    }

    mutating func append(_ name: String, _ value: String) {
        text += (text.isEmpty ? "" : "&") + Self.encoded(name) + "=" + Self.encoded(value)
    }

    var bytes: [UInt8] { Array(text.utf8) }

    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Percent-encodes all but the unreserved characters of RFC 3986; a space becomes `%20`, which every reader of
    /// forms and queries takes.
    static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
