import Testing

@testable import AssayExpressions

@Suite("time stamps")
struct TimestampTests {
    @Test(
        "an RFC 3339 text is read and written in its canonical form",
        arguments: [
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0),
            ("2009-02-13T23:31:30Z", "2009-02-13T23:31:30Z", 1_234_567_890),
            ("2009-02-14t00:31:30.500+01:00", "2009-02-13T23:31:30.5Z", 1_234_567_890),
            ("2009-02-13T21:01:30.000000001-02:30", "2009-02-13T23:31:30.000000001Z", 1_234_567_890),
            ("2009-02-13T23:31:30.1234567899z", "2009-02-13T23:31:30.123456789Z", 1_234_567_890),
            ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.9Z", -1),
            ("2000-02-29T12:00:00-00:00", "2000-02-29T12:00:00Z", 951_825_600),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", -62_135_596_800),
            ("0001-01-01T01:00:00+01:00", "0001-01-01T00:00:00Z", -62_135_596_800),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z", 253_402_300_799),
        ] as [(String, String, Int64)])
    func text(_ text: String, _ canonical: String, _ seconds: Int64) throws {
        let timestamp = try Timestamp(rfc3339: text)
        #expect(timestamp.rfc3339 == canonical)
        #expect(timestamp.seconds == seconds)
    }

    @Test(
        "a text that is not RFC 3339 is refused",
        arguments: [
            "", "2009-02-13", "2009-02-13T23:31:30", "2009-02-13 23:31:30Z", "2009-02-13T23:31Z", "09-02-13T23:31:30Z",
            "2009-2-13T23:31:30Z", "2009-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2009-04-31T00:00:00Z",
            "2009-13-01T00:00:00Z", "2009-00-01T00:00:00Z", "2009-01-00T00:00:00Z", "2009-02-13T24:00:00Z",
            "2009-02-13T23:60:30Z", "2016-12-31T23:59:60Z", "2009-02-13T23:31:30.Z", "2009-02-13T23:31:30,5Z",
            "2009-02-13T23:31:30+0100", "2009-02-13T23:31:30+24:00", "2009-02-13T23:31:30+01:60",
            "2009-02-13T23:31:30Z ", " 2009-02-13T23:31:30Z", "2009-02-13T23:31:30ZZ", "-009-02-13T23:31:30Z",
            "２009-02-13T23:31:30Z", "2009-02-13T23:31:30+1:00",
        ])
    func malformed(_ text: String) throws {
        let error = try #require(throws: TimeError.self) { try Timestamp(rfc3339: text) }
        guard case .invalidTimestamp(text, _) = error else {
            Issue.record("unexpected \(error)")
            return
        }
    }

    @Test(
        "a year outside 1 to 9999 is out of range",
        arguments: [
            "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
        ])
    func outOfRange(_ text: String) throws {
        let error = try #require(throws: TimeError.self) { try Timestamp(rfc3339: text) }
        #expect(error.message.contains("range"))
    }

    @Test("sums stay exact and inside the range")
    func arithmetic() throws {
        let start = try Timestamp(rfc3339: "0001-01-01T00:00:01.000000001Z")
        #expect(
            try start.adding(SignedDuration("-999999999ns")).rfc3339 == "0001-01-01T00:00:00.000000002Z")
        #expect(try start.subtracting(SignedDuration("-999999999ns")).rfc3339 == "0001-01-01T00:00:02Z")
        #expect(throws: TimeError.self) { try start.subtracting(SignedDuration("1.000000002s")) }
        #expect(throws: TimeError.self) { try Timestamp.maximum.adding(SignedDuration("1ns")) }
        #expect(throws: TimeError.self) { try Timestamp.minimum.adding(SignedDuration("-1ns")) }
        #expect(throws: TimeError.self) { try Timestamp(seconds: .max, nanoseconds: .max) }
        #expect(try Timestamp(seconds: 10, nanoseconds: -1).rfc3339 == "1970-01-01T00:00:09.999999999Z")
    }

    @Test("a difference beyond 64 bits of nanoseconds is out of range")
    func difference() throws {
        let early = try Timestamp(rfc3339: "1700-01-01T00:00:00.75Z")
        let late = try Timestamp(rfc3339: "1700-01-01T01:00:00.25Z")
        #expect(try late.duration(since: early).text == "3599.5s")
        #expect(try early.duration(since: late).text == "-3599.5s")
        #expect(early < late)
        #expect(throws: TimeError.self) { try Timestamp.maximum.duration(since: .minimum) }
        let far = try early.adding(SignedDuration(seconds: 9_223_372_036, nanoseconds: 854_775_807))
        #expect(try far.duration(since: early).text == "9223372036.854775807s")
        #expect(throws: TimeError.self) { try far.adding(SignedDuration("1ns")).duration(since: early) }
    }

    @Test("the calendar agrees with itself on every day of 800 years")
    func calendar() {
        var weekday = CivilCalendar.weekday(dayNumber: CivilCalendar.dayNumber(year: 1600, month: 1, day: 1))
        #expect(weekday == 6)
        var expected = CivilCalendar.dayNumber(year: 1600, month: 1, day: 1)
        for year in Int64(1600)..<2400 {
            for month in 1...12 {
                for day in 1...CivilCalendar.length(ofMonth: month, year: year) {
                    let number = CivilCalendar.dayNumber(year: year, month: month, day: day)
                    let date = CivilCalendar.date(dayNumber: number)
                    guard number == expected, date == (year, month, day),
                        CivilCalendar.weekday(dayNumber: number) == weekday
                    else {
                        Issue.record("\(year)-\(month)-\(day)")
                        return
                    }
                    expected += 1
                    weekday = (weekday + 1) % 7
                }
            }
        }
    }

    @Test("the fields of a moment are those of its calendar and clock")
    func civil() throws {
        let civil = try Timestamp(rfc3339: "2009-02-13T23:31:20.123456789Z").civil()
        #expect(civil.year == 2009)
        #expect((civil.month, civil.monthIndex) == (2, 1))
        #expect((civil.day, civil.dayIndex) == (13, 12))
        #expect((civil.dayOfWeek, civil.dayOfYear) == (5, 43))
        #expect((civil.hour, civil.minute, civil.second) == (23, 31, 20))
        #expect((civil.millisecond, civil.nanosecond) == (123, 123_456_789))
        #expect(civil.dateText == "2009-02-13")
        #expect(try Timestamp(rfc3339: "2024-12-31T00:00:00Z").civil().dayOfYear == 365)
    }
}
