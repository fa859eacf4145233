import AssayCore
import Crypto
import CryptoExtras

/// A JSON Web Token by which a client proves that it holds its certificate's key.
///
/// Header, claims and algorithm as learn.microsoft.com, "application authentication certificate credentials", asks:
/// PS256 and the certificate's SHA-256 thumbprint.
struct ClientAssertion: Sendable {
    let audience: String
    let client: String
    /// Seconds since 1970.
    let now: Int64
    let identifier: String
    let certificate: ClientCertificate
    let sendsChain: Bool
    /// Short, as asked for: an assertion that leaks is soon worth nothing.
    static let lifetime: Int64 = 600

    /// `header.claims.signature`.
    func signed() throws(SignInError) -> Secret {
        let text = Base64Coding.urlSafe(header) + "." + Base64Coding.urlSafe(claims)
        do {
            let signature = try certificate.key.signature(for: Array(text.utf8), padding: .PSS)
            return Secret(text + "." + Base64Coding.urlSafe(Array(signature.rawRepresentation)))
        } catch {
            throw SignInError(
                .refused, code: "cannot-sign", "the key of AZURE_CLIENT_CERTIFICATE_PATH cannot sign",
                hint: "use an RSA key of at least 2048 bits")
        }
    }

    private var header: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("alg", "PS256")
        writer.member("typ", "JWT")
        writer.member("x5t#S256", Base64Coding.urlSafe(Array(SHA256.hash(data: certificate.leaf))))
        if sendsChain { writer.member("x5c", certificate.chain.map(Base64Coding.standard)) }
        writer.endObject()
        return writer.bytes
    }

    private var claims: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("aud", audience)
        writer.member("exp", Int(now + Self.lifetime))
        writer.member("iss", client)
        writer.member("jti", identifier)
        writer.member("nbf", Int(now))
        writer.member("iat", Int(now))
        writer.member("sub", client)
        writer.endObject()
        return writer.bytes
    }
}
