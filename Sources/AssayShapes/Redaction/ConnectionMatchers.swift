/// Texts that carry a secret among other things: connection strings, URLs, assignments.
enum ConnectionMatchers {
    static func kind(of text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "=")) || text.utf8.contains(UInt8(ascii: "@")) else { return nil }
        if isSharedAccess(text) { return "secret/sas-token" }
        if hasConnectionSecret(text) { return "secret/connection-string" }
        if hasURLPassword(text) { return "secret/url-password" }
        return nil
    }

    /// A query with a signature and a service version or an expiry.
    private static func isSharedAccess(_ text: String) -> Bool {
        guard text.contains("sig=") else { return false }
        let query = text.split { $0 == "?" || $0 == "&" || $0 == ";" || $0 == " " }
        var signed = false
        var dated = false
        for part in query {
            if part.hasPrefix("sig="), part.utf8.count >= 24 { signed = true }
            if part.hasPrefix("sv=") || part.hasPrefix("se=") { dated = true }
        }
        return signed && dated
    }

    private static let secretNames: Set<String> = [
        "accountkey", "sharedaccesskey", "password", "pwd", "sharedsecret", "aws_secret_access_key",
        "secret_access_key",
        "db_password", "mysql_pwd", "pgpassword", "instrumentationsecret", "client_secret", "clientsecret",
    ]

    /// `name=value` with a telling name, between `;`, `&`, white space or line ends.
    private static func hasConnectionSecret(_ text: String) -> Bool {
        for part in text.split(whereSeparator: { ";&\n\r\t \"'".contains($0) }) {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let name = part[..<equals].lowercased()
            let value = part[part.index(after: equals)...]
            guard secretNames.contains(name), value.utf8.count >= 4, !SecretReference.matches(String(value)),
                !value.hasPrefix("$"), !value.hasPrefix("{")
            else { continue }
            return true
        }
        return false
    }

    /// RFC 3986, section 3.2.1: `scheme://user:password@host`.
    private static func hasURLPassword(_ text: String) -> Bool {
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            let authority = rest[scheme.upperBound...].prefix { !"/?# \n\t\"'".contains($0) }
            rest = rest[scheme.upperBound...]
            guard let at = authority.lastIndex(of: "@") else { continue }
            let user = authority[..<at]
            guard let colon = user.firstIndex(of: ":") else { continue }
            let password = user[user.index(after: colon)...]
            guard password.utf8.count >= 3, !password.hasPrefix("$"), !password.hasPrefix("<"),
                !password.hasPrefix("{"),
                !password.allSatisfy({ $0 == "*" })
            else { continue }
            return true
        }
        return false
    }
}
