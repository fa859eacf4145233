/// What a calendar and a clock somewhere show at one moment, in the proleptic Gregorian calendar.
///
/// Months and days are counted from 1, as people write them; the properties ending in `Index`, `dayOfWeek` and
/// `dayOfYear` are counted from 0, as CEL's selectors of the same names are.
public struct CivilTime: Hashable, Sendable {
    /// The year; 0 and 10000 are possible at the ends of the range of ``Timestamp`` in zones other than UTC.
    public let year: Int
    /// The month, 1…12.
    public let month: Int
    /// The day of the month, 1…31.
    public let day: Int
    /// The hour, 0…23.
    public let hour: Int
    /// The minute, 0…59.
    public let minute: Int
    /// The second, 0…59.
    public let second: Int
    /// The nanosecond of the second, 0…999,999,999.
    public let nanosecond: Int
    /// The distance of the local clock from UTC in seconds, positive east of Greenwich.
    public let offset: Int

    private let dayNumber: Int64

    init(_ timestamp: Timestamp, offset: Int) {
        let local = timestamp.seconds + Int64(offset)
        dayNumber = local.floorDivided(by: CivilCalendar.secondsPerDay)
        let timeOfDay = Int(local - dayNumber * CivilCalendar.secondsPerDay)
        let date = CivilCalendar.date(dayNumber: dayNumber)
        year = Int(date.year)
        month = date.month
        day = date.day
        hour = timeOfDay / 3_600
        minute = timeOfDay / 60 % 60
        second = timeOfDay % 60
        nanosecond = Int(timestamp.nanoseconds)
        self.offset = offset
    }

    /// The month counted from 0.
    public var monthIndex: Int { month - 1 }

    /// The day of the month counted from 0.
    public var dayIndex: Int { day - 1 }

    /// The day of the week, 0 (Sunday)…6.
    public var dayOfWeek: Int { CivilCalendar.weekday(dayNumber: dayNumber) }

    /// The day of the year counted from 0, up to 365.
    public var dayOfYear: Int {
        Int(dayNumber - CivilCalendar.dayNumber(year: Int64(year), month: 1, day: 1))
    }

    /// The millisecond of the second, 0…999.
    public var millisecond: Int { nanosecond / 1_000_000 }

    /// The date as `2009-02-13`.
    public var dateText: String {
        "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))"
    }
}
