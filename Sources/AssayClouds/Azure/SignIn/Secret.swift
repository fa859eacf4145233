/// A text that nobody reads: passwords, assertions, keys.
///
/// Descriptions and mirrors leave it out, so that a credential can be printed.
struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    var description: String { "secret" }
    var debugDescription: String { "secret" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// Takes secrets out of what others say, before it reaches an error.
struct SecretFilter: Sendable {
    private let secrets: [Secret]
    private static let longest = 300

    init(_ secrets: [Secret] = []) {
        self.secrets = secrets
    }

    /// The first line that says something, without the secrets as they are or percent-encoded and without anything
    /// that looks like a token; cut to 300 characters.
    func line(of text: String) -> String {
        var bytes = Array(text.utf8)
        for secret in secrets where !secret.text.isEmpty {
            for form in Set([secret.text, secret.text.trimmed, FormBody.encoded(secret.text)]) where !form.isEmpty {
                bytes = bytes.replacing(Array(form.utf8), with: Array("[removed]".utf8))
            }
        }
        let lines = String(decoding: bytes, as: UTF8.self).split { $0.isNewline }
        let line = lines.map { String($0).trimmed }.first { !$0.isEmpty } ?? ""
        var shown = ""
        for word in line.split(separator: " ") {
            shown += (shown.isEmpty ? "" : " ") + (Self.holdsToken(word) ? "[removed]" : String(word))
        }
        shown.unicodeScalars.removeAll { $0.properties.generalCategory == .control }
        return shown.count > Self.longest ? shown.prefix(Self.longest) + "…" : shown
    }

    /// True for a word with a JSON Web Token in it: its header begins with `{"`, which is `eyJ` in base64.
    private static func holdsToken(_ word: Substring) -> Bool {
        guard let start = word.firstRange(of: "eyJ") else { return false }
        return word[start.lowerBound...].utf8.count >= 20
    }
}

extension String {
    /// Without spaces and line ends on both sides.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
