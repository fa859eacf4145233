import Synchronization

/// What a member's name says of its value.
struct TellingName: Sendable {
    enum Kind: Sendable {
        /// Any text that is not prose is a password.
        case password
        /// The text must look random, since identifiers stand under such names too.
        case secret
    }

    let text: String
    let kind: Kind?
    /// Lower-cased words of `adminPassword`, `DB_PASSWORD`, `client-secret`, `APIKey`.
    let words: [String]
    /// The words without anything between.
    let joined: String

    private static let passwords: Set<String> = [
        "password", "passwd", "pwd", "passphrase", "userpassword", "masterpassword",
    ]
    private static let secrets: Set<String> = ["secret", "token", "apikey", "clientsecret", "secretkey", "accesstoken"]
    private static let pairs: Set<String> = [
        "api key", "access key", "secret key", "private key", "shared key", "account key", "signing key", "primary key",
        "secondary key", "encryption key", "storage key", "access token", "client secret", "connection string",
    ]

    init(_ name: String) {
        text = name
        words = Self.words(name)
        joined = words.joined()
        let last = words.last ?? ""
        if Self.passwords.contains(last) {
            kind = .password
        } else if Self.secrets.contains(last) || Self.pairs.contains(words.suffix(2).joined(separator: " ")) {
            kind = .secret
        } else {
            kind = nil
        }
    }

    private static func words(_ name: String) -> [String] {
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

/// The names that an estate's values stand under, each taken apart once: they are few, the values many.
final class TellingNames: Sendable {
    private static let limit = 16_384
    private let known = Mutex<[String: TellingName]>([:])

    subscript(name: String) -> TellingName {
        known.withLock { known in
            if let found = known[name] { return found }
            let made = TellingName(name)
            // Keys that are data, such as tag names, must not fill the memory.
            if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
            known[name] = made
            return made
        }
    }
}
