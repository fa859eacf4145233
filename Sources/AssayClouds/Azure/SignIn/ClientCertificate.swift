import CryptoExtras

/// An RSA key and its certificates, read from one PEM file.
struct ClientCertificate: Sendable, CustomStringConvertible, CustomReflectable {
    let key: _RSA.Signing.PrivateKey
    /// DER; the certificate of the key first, the others as they stand in the file.
    let chain: [[UInt8]]
    /// The certificate of the key.
    let leaf: [UInt8]

    var description: String { "certificate and key" }
    var customMirror: Mirror { Mirror(self, children: []) }

    private static func failure(_ message: String, hint: String) -> SignInError {
        SignInError(.refused, code: "certificate", message, hint: hint)
    }

    /// Reads a file's content.
    ///
    /// - Throws: `SignInError` of kind `refused` for an encrypted key, PKCS #12, a key that is not RSA, and a key
    ///   without its certificate.
    init(_ bytes: [UInt8]) throws(SignInError) {
        let blocks = PEMBlock.blocks(in: bytes)
        guard !blocks.isEmpty else {
            // PKCS #12 is DER: a sequence.
            let isDER = bytes.first == 0x30
            throw Self.failure(
                "the file of AZURE_CLIENT_CERTIFICATE_PATH is \(isDER ? "not PEM (PKCS #12 is not read)" : "not PEM")",
                hint:
                    "convert it: `openssl pkcs12 -in client.pfx -out client.pem -nodes`; let only this user read it"
            )
        }
        guard !blocks.contains(where: { $0.isEncrypted }) else {
            throw Self.failure(
                "the key of AZURE_CLIENT_CERTIFICATE_PATH is encrypted; AZURE_CLIENT_CERTIFICATE_PASSWORD is not used",
                hint:
                    "decrypt it: `openssl pkey -in client.pem -out key.pem`, put key and certificate into one file, "
                    + "and let only this user read it")
        }
        let keys = blocks.filter { $0.label == "PRIVATE KEY" || $0.label.hasSuffix(" PRIVATE KEY") }
        guard let block = keys.first, keys.count == 1 else {
            throw Self.failure(
                "the file of AZURE_CLIENT_CERTIFICATE_PATH holds \(keys.isEmpty ? "no" : "more than one") private key",
                hint: "put one key and its certificate into the file")
        }
        guard let der = block.content, let key = try? _RSA.Signing.PrivateKey(derRepresentation: der) else {
            throw Self.failure(
                "the key of AZURE_CLIENT_CERTIFICATE_PATH is not an RSA key of at least 2048 bits",
                hint: "the identity service takes RSA keys alone: make a new key and certificate")
        }
        let certificates = blocks.filter { $0.label == "CERTIFICATE" }.map(\.content)
        let chain = certificates.compactMap(\.self)
        guard !certificates.isEmpty, chain.count == certificates.count else {
            throw Self.failure(
                "the file of AZURE_CLIENT_CERTIFICATE_PATH holds no certificate that can be read",
                hint: "put the certificate of the key into the same file")
        }
        // A certificate holds its public key in the same bytes as the key writes it (RFC 5280, SubjectPublicKeyInfo).
        let publicKey = Array(key.publicKey.derRepresentation)
        guard let index = chain.firstIndex(where: { $0.firstRange(of: publicKey) != nil }) else {
            throw Self.failure(
                "no certificate of AZURE_CLIENT_CERTIFICATE_PATH belongs to its key",
                hint: "put the certificate of the key into the same file")
        }
        self.key = key
        leaf = chain[index]
        self.chain = [chain[index]] + chain[..<index] + chain[(index + 1)...]
    }
}
