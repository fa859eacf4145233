/// A path as a URI reference (RFC 3986 §4.2), as SARIF's artifact locations want it.
enum URIReference {
    /// Percent-encoded: a relative path stays relative, an absolute one becomes `file:///…`.
    static func encode(path: String) -> String {
        let allowed = Array("-._~!$&'()*+,;=@/".utf8)
        var text: [UInt8] = []
        for byte in path.utf8 {
            let isLetter = (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
            if isLetter || (0x30...0x39).contains(byte) || allowed.contains(byte) {
                text.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += ("%" + (digits.utf8.count < 2 ? "0" : "") + digits).utf8
            }
        }
        let encoded = String(decoding: text, as: UTF8.self)
        return path.utf8.first == UInt8(ascii: "/") ? "file://" + encoded : encoded
    }
}
