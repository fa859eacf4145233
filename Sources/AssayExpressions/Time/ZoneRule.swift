/// The rule in the footer of a TZif file: a POSIX `TZ` string with the extensions of RFC 9636 §3.3.1, such as
/// `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Hashable, Sendable {
    private let standardOffset: Int
    private let daylight: Daylight?

    private struct Daylight: Hashable, Sendable {
        var offset: Int
        var start: Change
        var end: Change
    }

    /// A yearly change: a day and the seconds after its midnight by the clock in force before the change.
    private struct Change: Hashable, Sendable {
        var day: Day
        var time: Int
    }

    private enum Day: Hashable, Sendable {
        /// 1…365, 29 February never counted.
        case julian(Int)
        /// 0…365, 29 February counted.
        case zeroBased(Int)
        /// Month 1…12, week 1…5 (5 is the last), weekday 0…6 (0 is Sunday).
        case weekday(month: Int, week: Int, weekday: Int)
    }

    init(posix bytes: [UInt8], version: Int) throws(ZoneFileError) {
        var reader = ZoneRuleReader(bytes, hourLimit: version >= 3 ? 167 : 24)
        try reader.designation()
        // POSIX counts offsets west of Greenwich.
        standardOffset = -(try reader.time(hourLimit: 24))
        guard !reader.isAtEnd else {
            daylight = nil
            return
        }
        try reader.designation()
        let offset = reader.isAt(",") ? standardOffset + 3_600 : -(try reader.time(hourLimit: 24))
        try reader.expect(",")
        let start = try ZoneRule.change(&reader)
        try reader.expect(",")
        let end = try ZoneRule.change(&reader)
        guard reader.isAtEnd else { throw ZoneFileError("its rule has text at the end") }
        daylight = Daylight(offset: offset, start: start, end: end)
    }

    private static func change(_ reader: inout ZoneRuleReader) throws(ZoneFileError) -> Change {
        let day: Day
        if reader.take("J") {
            day = .julian(try reader.number(in: 1...365))
        } else if reader.take("M") {
            let month = try reader.number(in: 1...12)
            try reader.expect(".")
            let week = try reader.number(in: 1...5)
            try reader.expect(".")
            day = .weekday(month: month, week: week, weekday: try reader.number(in: 0...6))
        } else {
            day = .zeroBased(try reader.number(in: 0...365))
        }
        return Change(day: day, time: reader.take("/") ? try reader.time(hourLimit: reader.hourLimit) : 7_200)
    }

    func offset(at seconds: Int64) -> Int {
        guard let daylight else { return standardOffset }
        // A year off either way is looked at too: times of up to 167 hours move a change into a neighbouring year.
        let day = seconds.floorDivided(by: CivilCalendar.secondsPerDay)
        let year = CivilCalendar.date(dayNumber: day).year
        var latest: (moment: Int64, offset: Int)?
        for year in (year - 2)...(year + 1) {
            let end = ZoneRule.moment(daylight.end, year: year, offset: daylight.offset)
            let start = ZoneRule.moment(daylight.start, year: year, offset: standardOffset)
            for change in [(moment: end, offset: standardOffset), (moment: start, offset: daylight.offset)]
            where change.moment <= seconds {
                // Daylight time that lasts all year ends and starts at the same moment: then the start counts.
                let isLater = latest.map { latest in
                    change.moment > latest.moment
                        || change.moment == latest.moment && change.offset == daylight.offset
                }
                if isLater ?? true { latest = change }
            }
        }
        return latest?.offset ?? standardOffset
    }

    private static func moment(_ change: Change, year: Int64, offset: Int) -> Int64 {
        let days: Int64
        switch change.day {
        case .julian(let day):
            let leapDay = CivilCalendar.isLeap(year: year) && day >= 60 ? 1 : 0
            days = CivilCalendar.dayNumber(year: year, month: 1, day: day + leapDay)
        case .zeroBased(let day):
            days = CivilCalendar.dayNumber(year: year, month: 1, day: day + 1)
        case .weekday(let month, let week, let weekday):
            let first = CivilCalendar.dayNumber(year: year, month: month, day: 1)
            let distance = (weekday - CivilCalendar.weekday(dayNumber: first) + 7) % 7
            var day = distance + (week - 1) * 7
            if day >= CivilCalendar.length(ofMonth: month, year: year) { day -= 7 }
            days = first + Int64(day)
        }
        return days * CivilCalendar.secondsPerDay + Int64(change.time - offset)
    }
}

/// Reads the elements of a POSIX `TZ` string.
private struct ZoneRuleReader {
    let hourLimit: Int
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8], hourLimit: Int) {
        rest = bytes[...]
        self.hourLimit = hourLimit
    }

    var isAtEnd: Bool { rest.isEmpty }

    func isAt(_ character: Unicode.Scalar) -> Bool {
        rest.first.map { byte in Unicode.Scalar(byte) == character } ?? false
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func expect(_ character: Unicode.Scalar) throws(ZoneFileError) {
        guard take(character) else { throw ZoneFileError("its rule lacks `\(character)`") }
    }

    /// At least three letters, or letters, digits and signs in angle brackets.
    mutating func designation() throws(ZoneFileError) {
        let isQuoted = take("<")
        let length = rest.prefix { byte in
            let scalar = Unicode.Scalar(byte)
            return scalar.isASCII && scalar.properties.isAlphabetic
                || isQuoted && (byte.decimalDigit != nil || scalar == "+" || scalar == "-")
        }.count
        guard length >= 3 else { throw ZoneFileError("its rule lacks a designation") }
        rest.removeFirst(length)
        if isQuoted { try expect(">") }
    }

    mutating func number(in range: ClosedRange<Int>) throws(ZoneFileError) -> Int {
        var value = 0
        var count = 0
        while let digit = rest.first?.decimalDigit, count < 3 {
            value = value * 10 + digit
            count += 1
            rest.removeFirst()
        }
        guard count > 0, range.contains(value) else { throw ZoneFileError("its rule has a number out of range") }
        return value
    }

    /// Hours, optionally with minutes and seconds, as seconds.
    mutating func time(hourLimit: Int) throws(ZoneFileError) -> Int {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        var total = try number(in: 0...hourLimit) * 3_600
        if take(":") {
            total += try number(in: 0...59) * 60
            if take(":") { total += try number(in: 0...59) }
        }
        return isNegative ? -total : total
    }
}
