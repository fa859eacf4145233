import Crypto
import CryptoExtras

/// A key made for one test, and an X.509 certificate that it signs for itself (RFC 5280), so that no key lies in the
/// repository.
struct SelfSignedCertificate {
    let key: _RSA.Signing.PrivateKey
    let der: [UInt8]

    init(name: String) throws {
        key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        // sha256WithRSAEncryption
        let algorithm = Self.node(0x30, [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0x00])
        let commonName = Self.node(0x30, [0x06, 0x03, 0x55, 0x04, 0x03] + Self.node(0x0C, Array(name.utf8)))
        let subject = Self.node(0x30, Self.node(0x31, commonName))
        let validity = Self.node(
            0x30, Self.node(0x17, Array("200101000000Z".utf8)) + Self.node(0x17, Array("400101000000Z".utf8)))
        let body = Self.node(
            0x30,
            Self.node(0xA0, [0x02, 0x01, 0x02]) + Self.node(0x02, [0x01]) + algorithm + subject + validity + subject
                + Array(key.publicKey.derRepresentation))
        let signature = try key.signature(for: SHA256.hash(data: body), padding: .insecurePKCS1v1_5)
        der = Self.node(0x30, body + algorithm + Self.node(0x03, [0x00] + Array(signature.rawRepresentation)))
    }

    /// The certificate as OpenSSL writes it, in lines of 64.
    var pem: String { Self.pem("CERTIFICATE", der) }

    static func pem(_ label: String, _ der: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: der.count, by: 3) {
            let group = der[start..<min(start + 3, der.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for position in 0..<4 {
                text.append(position <= group.count ? alphabet[bits >> (18 - 6 * position) & 63] : "=")
            }
            if start % 48 == 45 { text += "\n" }
        }
        if !text.hasSuffix("\n") { text += "\n" }
        return "-----BEGIN \(label)-----\n\(text)-----END \(label)-----\n"
    }

    private static func node(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length = [UInt8(truncatingIfNeeded: content.count)]
        if content.count > 255 {
            length = [0x82, UInt8(content.count >> 8), UInt8(content.count & 0xFF)]
        } else if content.count > 127 {
            length = [0x81, UInt8(content.count)]
        }
        return [tag] + length + content
    }
}
