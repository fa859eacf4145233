/// Why a text is not a time, or why an operation on times has no result.
public enum TimeError: Error, Hashable, Sendable {
    /// The text is not an RFC 3339 time stamp; `reason` says what is wrong with it.
    case invalidTimestamp(text: String, reason: String)
    /// The text is not a sequence of numbers with units such as `1h30m`.
    case invalidDuration(text: String)
    /// The value or the result of an operation lies outside the supported range.
    case outOfRange(what: String)
    /// The text can be neither an offset such as `+01:30` nor a time-zone name.
    case invalidZone(text: String)
    /// The time-zone database of this machine has no zone of that name.
    case unknownZone(name: String)
    /// This machine has no time-zone database, so that no named zone can be resolved.
    case zoneDatabaseMissing(name: String)
    /// The database's file for the zone is truncated, contradicts itself or uses leap seconds.
    case damagedZone(name: String, reason: String)

    /// The reason in words, lower case, the offending text in backticks.
    public var message: String {
        switch self {
        case .invalidTimestamp(let text, let reason):
            "`\(TimeError.excerpt(text))` is not an RFC 3339 time stamp: \(reason)"
        case .invalidDuration(let text):
            "`\(TimeError.excerpt(text))` is not a duration such as `1h30m` or `-1.5s`"
        case .outOfRange(let what):
            "\(what) is out of range"
        case .invalidZone(let text):
            "`\(TimeError.excerpt(text))` is neither an offset such as `+01:30` nor a time-zone name"
        case .unknownZone(let name):
            "the time-zone database has no zone `\(TimeError.excerpt(name))`"
        case .zoneDatabaseMissing(let name):
            "zone `\(TimeError.excerpt(name))` cannot be resolved: this machine has no time-zone database, "
                + "install the package tzdata"
        case .damagedZone(let name, let reason):
            "the time-zone file of `\(TimeError.excerpt(name))` cannot be used: \(reason)"
        }
    }

    /// Keeps messages short whatever a rule or a resource holds.
    private static func excerpt(_ text: String) -> String {
        let head = text.unicodeScalars.prefix(65)
        guard head.count > 64 else { return text }
        return String(String.UnicodeScalarView(head.prefix(64))) + "…"
    }
}

extension TimeError: CustomStringConvertible {
    /// The same as ``message``.
    public var description: String { message }
}
