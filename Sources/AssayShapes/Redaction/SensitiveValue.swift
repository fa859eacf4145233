/// Decides whether one text is a secret or health data, from the text and the name it stands under.
///
/// What has an unmistakable form is found under any name: private keys, AWS access key ids, provider tokens, signed
/// tokens, connection strings and URLs with a password, signatures of shared access, storage account keys, social
/// security numbers with dashes. Everything else needs a name that tells (`password`, `clientSecret`, `apiKey`, `mrn`)
/// and a text that does not look like a name or a reference. Every matcher reads the text a fixed number of times.
enum SensitiveValue {
    /// The kind, or nil when the text may stay.
    static func kind(of text: String, named name: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 4, !SecretReference.matches(text) else { return nil }
        return TokenMatchers.kind(of: bytes, named: name) ?? ConnectionMatchers.kind(of: text)
            ?? HealthMatchers.kind(of: bytes, named: name) ?? named(text, bytes, by: TellingName(name))
    }

    /// The kind of a number; only a telling name makes one sensitive.
    static func kind(ofNumber text: String, named name: String) -> String? {
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

/// What a member's name says of its value.
struct TellingName {
    enum Kind {
        /// Any text that is not prose is a password.
        case password
        /// The text must look random, since identifiers stand under such names too.
        case secret
    }

    let kind: Kind?

    private static let passwords: Set<String> = [
        "password", "passwd", "pwd", "passphrase", "userpassword", "masterpassword",
    ]
    private static let secrets: Set<String> = ["secret", "token", "apikey", "clientsecret", "secretkey", "accesstoken"]
    private static let pairs: Set<String> = [
        "api key", "access key", "secret key", "private key", "shared key", "account key", "signing key", "primary key",
        "secondary key", "encryption key", "storage key", "access token", "client secret", "connection string",
    ]

    init(_ name: String) {
        let words = Self.words(name)
        let last = words.last ?? ""
        if Self.passwords.contains(last) {
            kind = .password
        } else if Self.secrets.contains(last) || Self.pairs.contains(words.suffix(2).joined(separator: " ")) {
            kind = .secret
        } else {
            kind = nil
        }
    }

    /// Lower-cased words of `adminPassword`, `DB_PASSWORD`, `client-secret`, `APIKey`.
    static func words(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var previous: Character?
        let characters = Array(name)
        for (index, character) in characters.enumerated() {
            let next = index + 1 < characters.count ? characters[index + 1] : nil
            let startsWord =
                character.isUppercase
                && (previous?.isLowercase == true || previous?.isNumber == true
                    || (previous?.isUppercase == true && next?.isLowercase == true))
            if !character.isLetter && !character.isNumber || startsWord {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if character.isLetter || character.isNumber { word.append(character) }
            previous = character
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        return words
    }
}

/// Texts that point at a secret instead of being one.
enum SecretReference {
    static func matches(_ text: String) -> Bool {
        let head = text.prefix(64)
        return head.hasPrefix("@Microsoft.KeyVault(") || head.hasPrefix("arn:") || text.contains("{{resolve:")
            || head.hasPrefix("[") && text.hasSuffix("]") && text.contains("(")
            || head.hasPrefix("${") && text.hasSuffix("}")
            || head.hasPrefix("<") && text.hasSuffix(">") || text.utf8.allSatisfy { $0 == UInt8(ascii: "*") }
            || head.hasPrefix("https://") && text.contains(".vault.azure.net/") && !text.contains("sig=")
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
