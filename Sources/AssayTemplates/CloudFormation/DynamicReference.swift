/// References of the form `{{resolve:service:…}}` that CloudFormation replaces while it deploys.
enum DynamicReference {
    /// True when the text takes a plain value from the parameter store.
    static func readsParameter(_ text: String) -> Bool { contains("{{resolve:ssm:", in: text) }

    /// True when the text as a whole names a secret that stays in its store.
    static func isSecret(_ text: String) -> Bool {
        (text.hasPrefix("{{resolve:secretsmanager:") || text.hasPrefix("{{resolve:ssm-secure:")) && text.hasSuffix("}}")
    }

    private static func contains(_ needle: StaticString, in text: String) -> Bool {
        let needle = Array(needle.description.utf8)
        let bytes = text.utf8
        guard bytes.count >= needle.count else { return false }
        var start = bytes.startIndex
        while let brace = bytes[start...].firstIndex(of: UInt8(ascii: "{")) {
            if bytes[brace...].starts(with: needle) { return true }
            start = bytes.index(after: brace)
        }
        return false
    }
}
