/// A length of time with nanosecond precision, positive or negative, up to 315,576,000,000 seconds (10,000 years).
///
/// `seconds` and `nanoseconds` never have opposite signs: −1.5 s is −1 s and −500,000,000 ns, as in the JSON mapping
/// of protocol buffers.
public struct SignedDuration: Hashable, Sendable {
    /// Whole seconds, rounded towards zero.
    public let seconds: Int64
    /// The rest in nanoseconds, −999,999,999…999,999,999, with the sign of the duration.
    public let nanoseconds: Int32

    /// The greatest absolute value of `seconds`.
    public static let maximumSeconds: Int64 = 315_576_000_000
    /// No time.
    public static let zero = SignedDuration(uncheckedSeconds: 0, nanoseconds: 0)

    /// Creates the sum of two numbers that may have any sign.
    ///
    /// - Throws: ``TimeError/outOfRange(what:)`` beyond ±315,576,000,000 seconds.
    public init(seconds: Int64, nanoseconds: Int32 = 0) throws(TimeError) {
        try self.init(totalNanoseconds: Int128(seconds) * 1_000_000_000 + Int128(nanoseconds))
    }

    init(totalNanoseconds total: Int128) throws(TimeError) {
        let (whole, rest) = total.quotientAndRemainder(dividingBy: 1_000_000_000)
        guard let seconds = Int64(exactly: whole), seconds.magnitude <= SignedDuration.maximumSeconds.magnitude else {
            throw .outOfRange(what: "the duration of \(whole) seconds")
        }
        self.seconds = seconds
        self.nanoseconds = Int32(rest)
    }

    // INVARIANT: both arguments are within the documented ranges and have no opposite signs.
    private init(uncheckedSeconds: Int64, nanoseconds: Int32) {
        self.seconds = uncheckedSeconds
        self.nanoseconds = nanoseconds
    }

    private var totalNanoseconds: Int128 { Int128(seconds) * 1_000_000_000 + Int128(nanoseconds) }

    /// The sum of two durations.
    ///
    /// - Throws: ``TimeError/outOfRange(what:)`` beyond ±315,576,000,000 seconds.
    public func adding(_ other: SignedDuration) throws(TimeError) -> SignedDuration {
        try SignedDuration(totalNanoseconds: totalNanoseconds + other.totalNanoseconds)
    }

    /// The difference of two durations.
    ///
    /// - Throws: ``TimeError/outOfRange(what:)`` beyond ±315,576,000,000 seconds.
    public func subtracting(_ other: SignedDuration) throws(TimeError) -> SignedDuration {
        try SignedDuration(totalNanoseconds: totalNanoseconds - other.totalNanoseconds)
    }

    /// The duration with the opposite sign.
    public func negated() -> SignedDuration {
        SignedDuration(uncheckedSeconds: -seconds, nanoseconds: -nanoseconds)
    }

    /// The whole hours, rounded towards zero.
    public var wholeHours: Int64 { seconds / 3_600 }

    /// The whole minutes, rounded towards zero.
    public var wholeMinutes: Int64 { seconds / 60 }

    /// The whole seconds, rounded towards zero.
    public var wholeSeconds: Int64 { seconds }

    /// The whole milliseconds, rounded towards zero.
    public var wholeMilliseconds: Int64 { seconds * 1_000 + Int64(nanoseconds) / 1_000_000 }

    /// The milliseconds after the whole seconds, −999…999.
    public var millisecondsPart: Int64 { Int64(nanoseconds) / 1_000_000 }
}

extension SignedDuration: Comparable {
    /// Whether the left duration is the smaller one; a negative duration is smaller than none.
    public static func < (left: SignedDuration, right: SignedDuration) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
