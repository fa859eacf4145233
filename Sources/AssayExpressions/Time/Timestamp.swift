/// A moment in UTC with nanosecond precision, from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
///
/// Days have 86,400 seconds: leap seconds do not exist on this scale, as in POSIX and in CEL. The type holds no time
/// zone; ``civil(in:)`` gives the date and time of day somewhere.
public struct Timestamp: Hashable, Sendable {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded towards the past.
    public let seconds: Int64
    /// Nanoseconds after `seconds`, 0…999,999,999, also before 1970.
    public let nanoseconds: Int32

    /// The first moment, 0001-01-01T00:00:00Z.
    public static let minimum = Timestamp(uncheckedSeconds: -62_135_596_800, nanoseconds: 0)
    /// The last moment, 9999-12-31T23:59:59.999999999Z.
    public static let maximum = Timestamp(uncheckedSeconds: 253_402_300_799, nanoseconds: 999_999_999)

    /// Creates the moment so many seconds after 1970-01-01T00:00:00Z.
    ///
    /// - Parameter nanoseconds: added to `seconds`; any value, negative ones included.
    /// - Throws: ``TimeError/outOfRange(what:)`` before the year 1 and after the year 9999.
    public init(seconds: Int64, nanoseconds: Int32 = 0) throws(TimeError) {
        let carry = Int64(nanoseconds).floorDivided(by: 1_000_000_000)
        let (whole, overflow) = seconds.addingReportingOverflow(carry)
        guard !overflow, whole >= Timestamp.minimum.seconds, whole <= Timestamp.maximum.seconds else {
            throw .outOfRange(what: "the time stamp of \(seconds) seconds after 1970")
        }
        self.seconds = whole
        self.nanoseconds = Int32(Int64(nanoseconds) - carry * 1_000_000_000)
    }

    // INVARIANT: both arguments are within the documented ranges.
    private init(uncheckedSeconds: Int64, nanoseconds: Int32) {
        self.seconds = uncheckedSeconds
        self.nanoseconds = nanoseconds
    }

    /// The moment `duration` later (earlier if it is negative).
    ///
    /// - Throws: ``TimeError/outOfRange(what:)`` when the result is before the year 1 or after the year 9999.
    public func adding(_ duration: SignedDuration) throws(TimeError) -> Timestamp {
        // Both terms are below 2^39, so the sum cannot overflow.
        try Timestamp(seconds: seconds + duration.seconds, nanoseconds: nanoseconds + duration.nanoseconds)
    }

    /// The moment `duration` earlier (later if it is negative).
    ///
    /// - Throws: ``TimeError/outOfRange(what:)`` when the result is before the year 1 or after the year 9999.
    public func subtracting(_ duration: SignedDuration) throws(TimeError) -> Timestamp {
        try adding(duration.negated())
    }

    /// The time that passed from `earlier` to this moment; negative if `earlier` is the later one.
    ///
    /// - Throws: ``TimeError/outOfRange(what:)`` when the difference does not fit 64 bits of nanoseconds (about 292
    ///   years), the limit that CEL puts on differences although its durations may be longer.
    public func duration(since earlier: Timestamp) throws(TimeError) -> SignedDuration {
        let difference =
            Int128(seconds - earlier.seconds) * 1_000_000_000 + Int128(nanoseconds - earlier.nanoseconds)
        guard Int64(exactly: difference) != nil else {
            throw .outOfRange(what: "the difference of `\(rfc3339)` and `\(earlier.rfc3339)`")
        }
        return try SignedDuration(totalNanoseconds: difference)
    }

    /// The date and time of day that clocks in `zone` show at this moment.
    public func civil(in zone: CivilZone = .utc) -> CivilTime {
        CivilTime(self, offset: zone.offset(at: seconds))
    }
}

extension Timestamp: Comparable {
    /// Whether the left moment is the earlier one.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
