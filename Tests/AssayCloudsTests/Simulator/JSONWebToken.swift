import AssayCore

/// A JSON Web Token (RFC 7519) in its three parts; the signature is not looked at.
struct JSONWebToken: Sendable {
    let header: Tree
    let claims: Tree
    let signature: [UInt8]

    /// Takes a token apart; nil when it is none.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let first = Self.decoded(parts[0]), let second = Self.decoded(parts[1]),
            let third = Self.decoded(parts[2])
        else { return nil }
        do {
            header = try JSONText.tree(first)
            claims = try JSONText.tree(second)
        } catch {
            return nil
        }
        signature = third
    }

    /// A token of these parts.
    static func made(header: Tree, claims: Tree, signature: [UInt8]) -> String {
        [JSONText.bytes(header), JSONText.bytes(claims), signature].map(encoded).joined(separator: ".")
    }

    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// Base64 with the alphabet of URLs and without padding (RFC 4648, section 5).
    private static func encoded(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        var bits = 0
        var value = 0
        for byte in bytes {
            value = (value << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 6 {
                bits -= 6
                result.append(letters[value >> bits & 63])
            }
        }
        if bits > 0 { result.append(letters[value << (6 - bits) & 63]) }
        return String(decoding: result, as: UTF8.self)
    }

    private static func decoded(_ text: String) -> [UInt8]? {
        var result: [UInt8] = []
        var bits = 0
        var value = 0
        for letter in text.utf8 {
            guard let index = letters.firstIndex(of: letter) else { return nil }
            value = (value << 6 | index) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(value >> bits & 255))
            }
        }
        return result
    }
}
