/// Decides whether one text is a secret or health data, from the text and the name it stands under.
///
/// What has an unmistakable form is found under any name: private keys, AWS access key ids, provider tokens, signed
/// tokens, connection strings and URLs with a password, signatures of shared access, storage account keys, social
/// security numbers with dashes. Everything else needs a name that tells (`password`, `clientSecret`, `apiKey`, `mrn`)
/// and a text that does not look like a name or a reference. Every matcher reads the text a fixed number of times.
enum SensitiveValue {
    /// The kind, or nil when the text may stay.
    static func kind(of text: String, named name: TellingName) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 4, !SecretReference.matches(bytes) else { return nil }
        return TokenMatchers.kind(of: bytes, named: name) ?? ConnectionMatchers.kind(of: text)
            ?? HealthMatchers.kind(of: bytes, named: name) ?? named(text, bytes, by: name)
    }

    /// The kind of a number; only a telling name makes one sensitive.
    static func kind(ofNumber text: String, named name: TellingName) -> String? {
        HealthMatchers.kind(ofNamed: Array(text.utf8), named: name)
    }

    private static func named(_ text: String, _ bytes: [UInt8], by name: TellingName) -> String? {
        switch name.kind {
        case nil: nil
        case .password: bytes.count >= 6 && !PlainText.isSentence(text) ? "secret/password" : nil
        case .secret: bytes.count >= 12 && PlainText.isRandom(bytes) ? "secret/named" : nil
        }
    }
}

/// Texts that point at a secret instead of being one.
enum SecretReference {
    static func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches(unsafe Array($0)) }
    }

    static func matches(_ text: [UInt8]) -> Bool {
        switch text.first {
        case UInt8(ascii: "@") where text.starts(with: "@Microsoft.KeyVault(".utf8): return true
        case UInt8(ascii: "a") where text.starts(with: "arn:".utf8): return true
        case UInt8(ascii: "[") where text.last == UInt8(ascii: "]") && text.contains(UInt8(ascii: "(")): return true
        case UInt8(ascii: "$") where text.starts(with: "${".utf8) && text.last == UInt8(ascii: "}"): return true
        case UInt8(ascii: "<") where text.last == UInt8(ascii: ">"): return true
        case UInt8(ascii: "h")
        where text.starts(with: "https://".utf8) && holds(text, ".vault.azure.net/") && !holds(text, "sig="):
            return true
        default: break
        }
        return holds(text, "{{resolve:") || text.allSatisfy { $0 == UInt8(ascii: "*") }
    }

    private static func holds(_ text: [UInt8], _ part: StaticString) -> Bool {
        let count = part.utf8CodeUnitCount
        guard text.count >= count else { return false }
        return part.withUTF8Buffer { part in
            let first = unsafe part[0]
            for start in 0...(text.count - count) where text[start] == first {
                if unsafe text[start..<start + count].elementsEqual(part) { return true }
            }
            return false
        }
    }
}

/// Texts that people write.
enum PlainText {
    /// True for prose: words with spaces between.
    static func isSentence(_ text: String) -> Bool {
        text.split(separator: " ").count >= 3
    }

    /// True when letters and digits are mixed as in generated text: not a URL, path, GUID or dashed name, and no
    /// character repeated so much that the collision entropy is under three bits.
    static func isRandom(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 12, !bytes.contains(UInt8(ascii: " ")), bytes.first != UInt8(ascii: "/") else {
            return false
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard !text.contains("://"), !text.isGUID else { return false }
        var counts = [Int](repeating: 0, count: 256)
        var digits = 0
        var letters = 0
        for byte in bytes {
            counts[Int(byte)] += 1
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { digits += 1 }
            if byte | 0x20 >= UInt8(ascii: "a"), byte | 0x20 <= UInt8(ascii: "z") { letters += 1 }
        }
        guard digits > 0, letters > 0 else { return false }
        // Collision entropy: -log2 Σ(c/n)² ≥ 3 without a logarithm.
        guard counts.reduce(0, { $0 + $1 * $1 }) * 8 <= bytes.count * bytes.count else { return false }
        return !isName(text)
    }

    /// True for `prod-db-secret-01`: parts that are each a lower-case word or a short number.
    private static func isName(_ text: String) -> Bool {
        let parts = text.split { "-_./:".contains($0) }
        return parts.count > 1
            && parts.allSatisfy { part in
                let isWord = part.count <= 16 && part.allSatisfy { $0.isLetter && $0.isLowercase }
                return isWord || part.count <= 4 && part.allSatisfy(\.isNumber)
            }
    }
}
