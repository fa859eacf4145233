/// Reads the versions that a service says it knows.
enum APIVersions {
    private static let codes: Set<String> = [
        "NoRegisteredProviderFound", "InvalidApiVersionParameter", "InvalidResourceType", "UnsupportedApiVersion",
        "InvalidApiVersion", "ApiVersionNotSupported",
    ]

    /// The version to ask with instead; nil when the error is about something else or names none.
    ///
    /// The newest stable one that is not newer than ours keeps the shape that the tables know; else the oldest newer
    /// one, and a preview only where there is nothing else.
    static func better(than version: String, in error: AzureCallError) -> String? {
        guard codes.contains(error.code) else { return nil }
        let known = dates(in: error.message).filter { $0 != version }
        let stable = known.filter { $0.utf8.count == 10 }
        return stable.filter { $0 < version }.max() ?? stable.min() ?? known.max()
    }

    /// Every `2023-05-01` or `2023-05-01-preview` of a text.
    static func dates(in text: String) -> [String] {
        var words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")) }.map(String.init)
        words = words.filter { word in
            let parts = word.split(separator: "-", omittingEmptySubsequences: false)
            return parts.count >= 3 && parts[0].utf8.count == 4 && parts[1].utf8.count == 2 && parts[2].utf8.count == 2
                && parts.prefix(3).allSatisfy { $0.allSatisfy(\.isNumber) }
        }
        return words
    }
}
