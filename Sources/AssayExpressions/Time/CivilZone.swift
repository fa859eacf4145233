/// The rules of one place for the distance between its clocks and UTC.
///
/// A zone is UTC, a fixed offset or a zone of the IANA database; ``ZoneDatabase/zone(_:)`` makes the latter two.
public struct CivilZone: Hashable, Sendable {
    /// How the zone was asked for, such as `Europe/Zurich` or `+01:30`.
    public let name: String
    private let storage: Storage

    private enum Storage: Hashable, Sendable {
        case fixed(Int)
        case table(ZoneTable)
    }

    /// Coordinated Universal Time.
    public static let utc = CivilZone(name: "UTC", fixedOffset: 0)

    init(name: String, fixedOffset: Int) {
        self.name = name
        storage = .fixed(fixedOffset)
    }

    init(name: String, table: ZoneTable) {
        self.name = name
        storage = .table(table)
    }

    /// The distance of local clocks from UTC at a moment, in seconds, positive east of Greenwich.
    ///
    /// - Parameter unixSeconds: seconds since 1970-01-01T00:00:00Z.
    public func offset(at unixSeconds: Int64) -> Int {
        switch storage {
        case .fixed(let offset): offset
        case .table(let table): table.offset(at: unixSeconds)
        }
    }

    /// The moment at which local clocks show a date and time.
    ///
    /// Where clocks were set back and show it twice, the first moment counts. Where clocks were set forward and never
    /// show it, the result is as far after the change as the time is after the start of the gap.
    ///
    /// - Throws: ``TimeError/outOfRange(what:)`` when a field is not valid or the moment is before the year 1 or after
    ///   the year 9999.
    public func timestamp(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
    ) throws(TimeError) -> Timestamp {
        guard (0...10_000).contains(year), (1...12).contains(month),
            (1...CivilCalendar.length(ofMonth: month, year: Int64(year))).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else {
            throw .outOfRange(what: "the local time")
        }
        let days = CivilCalendar.dayNumber(year: Int64(year), month: month, day: day)
        let local = days * CivilCalendar.secondsPerDay + Int64(hour * 3_600 + minute * 60 + second)
        // Offsets are below 27 hours, so two days before and after bracket every change that can matter.
        let before = offset(at: local - 2 * CivilCalendar.secondsPerDay)
        let after = offset(at: local + 2 * CivilCalendar.secondsPerDay)
        let candidates = [before, after].map { offset in (offset: offset, seconds: local - Int64(offset)) }
        let valid = candidates.filter { candidate in offset(at: candidate.seconds) == candidate.offset }
        let seconds = valid.map(\.seconds).min() ?? local - Int64(before)
        return try Timestamp(seconds: seconds)
    }
}
