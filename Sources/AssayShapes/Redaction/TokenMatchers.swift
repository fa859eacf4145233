/// Secrets with an unmistakable form.
enum TokenMatchers {
    static func kind(of bytes: [UInt8], named name: TellingName) -> String? {
        if isPrivateKey(bytes) { return "secret/private-key" }
        if !["AccessKeyId", "Id"].contains(name.text), hasAccessKeyID(bytes) { return "secret/aws-access-key-id" }
        if hasSignedToken(bytes) { return "secret/jwt" }
        if isStorageKey(bytes, named: name) { return "secret/storage-account-key" }
        if hasProviderToken(bytes) { return "secret/token" }
        return nil
    }

    /// RFC 7468 labels that end in `PRIVATE KEY`.
    private static func isPrivateKey(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 32, bytes.contains(UInt8(ascii: "-")) else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----")
    }

    /// `AKIA` or `ASIA` and sixteen base-32 characters, alone.
    ///
    /// IAM's own lists, which name keys by id under
    /// `AccessKeyId`, are not searched.
    private static func hasAccessKeyID(_ bytes: [UInt8]) -> Bool {
        words(bytes, minimum: 20) { word in
            guard word.count == 20 else { return false }
            let head = Array(word.prefix(4))
            guard head == Array("AKIA".utf8) || head == Array("ASIA".utf8) else { return false }
            return word.allSatisfy { byte in
                (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
                    || (byte >= UInt8(ascii: "2") && byte <= UInt8(ascii: "7"))
            }
        }
    }

    /// RFC 7519: three base64url parts, the first of a JSON object.
    private static func hasSignedToken(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 36 else { return false }
        var start = bytes.startIndex
        while start < bytes.endIndex {
            var end = start
            while end < bytes.endIndex, isTokenByte(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
            let parts = bytes[start..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            if parts.count == 3, parts[0].starts(with: "eyJ".utf8), parts[0].count >= 16,
                parts[1].starts(with: "eyJ".utf8),
                parts[1].count >= 8, parts[2].count >= 16
            {
                return true
            }
            start = end + 1
        }
        return false
    }

    /// 64 bytes in base64.
    ///
    /// A name that speaks of a hash, a signature or a certificate keeps it.
    private static func isStorageKey(_ bytes: [UInt8], named name: TellingName) -> Bool {
        guard bytes.count == 88, bytes.suffix(2) == ArraySlice("==".utf8) else { return false }
        guard bytes.dropLast(2).allSatisfy({ isBase64($0) }) else { return false }
        let harmless: Set<String> = [
            "hash", "digest", "sha512", "integrity", "signature", "thumbprint", "certificate", "etag",
        ]
        return !name.words.contains { harmless.contains($0) }
    }

    /// Prefixes that providers reserve for tokens, with the length of what follows.
    private static let prefixes: [(head: [UInt8], minimum: Int)] = [
        ("ghp_", 36), ("gho_", 36), ("ghs_", 36), ("github_pat_", 60), ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20),
        ("sk_live_", 20), ("rk_live_", 20), ("AIza", 35), ("npm_", 36), ("SG.", 40),
    ].map { (Array($0.0.utf8), $0.1) }

    private static func hasProviderToken(_ bytes: [UInt8]) -> Bool {
        words(bytes, minimum: 24) { word in
            prefixes.contains { prefix in
                word.starts(with: prefix.head) && word.count >= prefix.head.count + prefix.minimum
            }
        }
    }

    /// Whether one of the runs of token characters passes the test.
    private static func words(_ bytes: [UInt8], minimum: Int, where test: (ArraySlice<UInt8>) -> Bool) -> Bool {
        guard bytes.count >= minimum else { return false }
        return bytes.split { !isTokenByte($0) && $0 != UInt8(ascii: ".") }.contains { $0.count >= minimum && test($0) }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || isDigit(byte)
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
