import Testing

@testable import AssayClouds

@Suite("dates of headers and of queries")
struct HTTPDateTests {
    @Test(
        "the fixed form is read",
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799), ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
            ("Tue, 29 Feb 2400 00:00:00 GMT", 13_574_563_200),
        ] as [(String, Int64)])
    func reads(_ text: String, _ seconds: Int64) {
        #expect(HTTPDate.seconds(text) == seconds)
    }

    @Test(
        "another form is not guessed at",
        arguments: [
            "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z",
            "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT", "784111777",
        ])
    func refuses(_ text: String) {
        #expect(HTTPDate.seconds(text) == nil)
    }

    @Test(
        "a time that no clock shows is not a date",
        arguments: ["Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 -8:49:37 GMT"])
    func refusesTimes(_ text: String) {
        #expect(HTTPDate.seconds(text) == nil)
    }

    @Test(
        "seconds are written as RFC 3339",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_164_800, "2024-02-29T00:00:00Z"), (1_709_251_199, "2024-02-29T23:59:59Z"),
            (1_782_820_800, "2026-06-30T12:00:00Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"), (13_574_563_200, "2400-02-29T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"), (-2_203_891_200, "1900-03-01T00:00:00Z"),
        ] as [(Int64, String)])
    func writes(_ seconds: Int64, _ text: String) {
        #expect(CalendarText.rfc3339(seconds) == text)
    }

    @Test("writing and reading agree on every day of four hundred years and more")
    func roundTrip() {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        var disagreeing: [Int64] = []
        for day in Int64(0)..<160_000 {
            let seconds = day * 86_400 + day % 86_400
            let parts = CalendarText.rfc3339(seconds).split { $0 == "-" || $0 == "T" || $0 == "Z" }
            guard parts.count == 4, let month = Int(parts[1]), months.indices.contains(month - 1) else {
                disagreeing.append(day)
                continue
            }
            let text = "Sun, \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]) GMT"
            if HTTPDate.seconds(text) != seconds { disagreeing.append(day) }
        }
        #expect(disagreeing.isEmpty, "\(disagreeing.prefix(5))")
    }
}
