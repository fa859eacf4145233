import Testing

@testable import AssayExpressions

@Suite("time zones")
struct CivilZoneTests {
    private func database(_ files: [String: [UInt8]]) -> ZoneDatabase {
        ZoneDatabase { name in files[name] }
    }

    private func seconds(_ text: String) throws -> Int64 {
        try Timestamp(rfc3339: text).seconds
    }

    @Test(
        "an offset needs two digits, a colon and two digits",
        arguments: [
            ("+01:30", 5_400), ("-02:00", -7_200), ("02:00", 7_200), ("-00:00", 0), ("+23:59", 86_340),
            ("-09:30", -34_200),
        ])
    func offsets(_ text: String, _ offset: Int) throws {
        #expect(try database([:]).zone(text).offset(at: 0) == offset)
    }

    @Test(
        "what is neither an offset nor a name is refused before any file is asked for",
        arguments: [
            "", "+1:30", "+01:3", "+24:00", "+01:60", "++1:00", "01:00:00", "+0130:", "é", "../etc/passwd",
            "/etc/passwd",
            "Europe/../../x", "a//b", "Europe/", ".hidden", "Local", "localtime", "Europe/Zürich", "a b", "a\u{0}b",
            String(repeating: "a", count: 65),
        ])
    func invalidNames(_ text: String) {
        let database = ZoneDatabase { name in
            Issue.record("asked for \(name)")
            return nil
        }
        #expect(throws: TimeError.invalidZone(text: text)) { try database.zone(text) }
    }

    @Test("without a database every name but UTC is an error that says so")
    func missingDatabase() throws {
        let missing = ZoneDatabase.system(directory: "/nonexistent/zoneinfo")
        #expect(throws: TimeError.zoneDatabaseMissing(name: "Europe/Zurich")) { try missing.zone("Europe/Zurich") }
        #expect(throws: TimeError.zoneDatabaseMissing(name: "Etc/UTC")) { try missing.zone("Etc/UTC") }
        #expect(try missing.zone("UTC") == .utc)
        #expect(try missing.zone("+01:00").offset(at: 0) == 3_600)
        let present = database(["UTC": ZoneFileBuilder(footer: "UTC0").bytes()])
        #expect(throws: TimeError.unknownZone(name: "Mars/Base")) { try present.zone("Mars/Base") }
    }

    @Test("a file gives the offset before, between and behind its changes")
    func transitions() throws {
        var file = ZoneFileBuilder(
            types: [(1_234, false), (3_600, false), (7_200, true)],
            transitions: [(-5_000_000_000, 1), (1_000, 2), (2_000, 1)], footer: "AAA-1BBB,M3.5.0,M10.5.0/3")
        let zone = try database(["A": file.bytes()]).zone("A")
        #expect(zone.offset(at: -5_000_000_001) == 1_234)
        #expect(zone.offset(at: -5_000_000_000) == 3_600)
        #expect(zone.offset(at: 1_000) == 7_200)
        #expect(zone.offset(at: 1_999) == 7_200)
        #expect(zone.offset(at: 2_000) == 3_600)
        // Behind the last change the rule counts, also in the far future.
        #expect(zone.offset(at: try seconds("2024-03-31T00:59:59Z")) == 3_600)
        #expect(zone.offset(at: try seconds("2024-03-31T01:00:00Z")) == 7_200)
        #expect(zone.offset(at: try seconds("9998-10-31T00:59:59Z")) == 3_600)
        #expect(zone.offset(at: try seconds("9998-07-01T00:00:00Z")) == 7_200)
        // A file of version 1 has no rule and keeps its last offset.
        file.version = 0
        file.transitions.removeFirst()
        let old = try database(["A": file.bytes()]).zone("A")
        #expect(old.offset(at: try seconds("2024-07-01T00:00:00Z")) == 3_600)
    }

    @Test(
        "a rule is read in all its forms",
        arguments: [
            ("EST5EDT,M3.2.0,M11.1.0", "2024-03-10T06:59:59Z", -18_000),
            ("EST5EDT,M3.2.0,M11.1.0", "2024-03-10T07:00:00Z", -14_400),
            ("EST5EDT,M3.2.0,M11.1.0", "2024-11-03T05:59:59Z", -14_400),
            ("EST5EDT,M3.2.0,M11.1.0", "2024-11-03T06:00:00Z", -18_000),
            // The south: daylight time over the turn of the year.
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-01-01T00:00:00Z", 39_600),
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-07-01T00:00:00Z", 36_000),
            // Winter time as negative daylight time.
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2024-01-15T00:00:00Z", 0),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2024-07-15T00:00:00Z", 3_600),
            // Quoted designations, minutes in offsets, negative and long times.
            ("<+0330>-3:30", "2024-01-01T00:00:00Z", 12_600),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T00:59:59Z", -7_200),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T01:00:00Z", -3_600),
            ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2024-03-29T23:59:59Z", 7_200),
            ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2024-03-30T00:00:00Z", 10_800),
            // Day 60 is 1 March in every year by J, and 29 February of a leap year when counted from 0 as 59.
            ("AAA0BBB,J60/0,J300/0", "2024-02-29T23:59:59Z", 0),
            ("AAA0BBB,J60/0,J300/0", "2024-03-01T00:00:00Z", 3_600),
            ("AAA0BBB,59/0,300/0", "2024-02-29T00:00:00Z", 3_600),
            ("AAA0BBB,59/0,300/0", "2023-02-28T23:59:59Z", 0),
            // Daylight time all year.
            ("EST5EDT,0/0,J365/25", "2024-01-01T05:00:00Z", -14_400),
            ("EST5EDT,0/0,J365/25", "2024-12-31T23:59:59Z", -14_400),
        ])
    func rules(_ rule: String, _ time: String, _ offset: Int) throws {
        let file = ZoneFileBuilder(version: UInt8(ascii: "3"), footer: rule)
        let zone = try database(["A": file.bytes()]).zone("A")
        #expect(zone.offset(at: try seconds(time)) == offset)
    }

    @Test(
        "a rule that is not valid is an error",
        arguments: [
            "A0", "AAA", "AAA0BBB", "AAA0BBB,M3.2.0", "AAA0BBB,M13.1.0,M11.1.0", "AAA0BBB,M3.6.0,M11.1.0",
            "AAA0BBB,M3.1.7,M11.1.0", "AAA0BBB,J0,J365", "AAA0BBB,366,1", "AAA25", "AAA0:60", "<AAA0", "AAA0BBB,J1,J2x",
            "AAA0BBB,J1/168,J2", "é0",
        ])
    func invalidRules(_ rule: String) {
        let file = ZoneFileBuilder(version: UInt8(ascii: "3"), footer: rule)
        #expect(throws: TimeError.self) { try database(["A": file.bytes()]).zone("A") }
    }

    @Test("a file that contradicts itself is an error")
    func damagedFiles() throws {
        func isRefused(_ bytes: [UInt8]) -> Bool {
            do throws(TimeError) {
                _ = try database(["A": bytes]).zone("A")
                return false
            } catch {
                guard case .damagedZone("A", _) = error else { return false }
                return true
            }
        }
        let good = ZoneFileBuilder(
            types: [(0, false), (3_600, true)], transitions: [(0, 1), (100, 0)], footer: "AAA0")
        #expect(!isRefused(good.bytes()))
        for length in 0..<good.bytes().count { #expect(isRefused(Array(good.bytes().prefix(length)))) }
        var bad = good
        bad.transitions = [(100, 1), (100, 0)]
        #expect(isRefused(bad.bytes()))
        bad = good
        bad.transitions = [(0, 2)]
        #expect(isRefused(bad.bytes()))
        bad = good
        bad.types[1].offset = 93_600
        #expect(isRefused(bad.bytes()))
        bad = good
        bad.types = []
        bad.transitions = []
        #expect(isRefused(bad.bytes()))
        bad = good
        bad.leapSeconds = 1
        #expect(isRefused(bad.bytes()))
        bad = good
        bad.footer = nil
        #expect(isRefused(bad.bytes()))
        bad = good
        bad.version = UInt8(ascii: "x")
        #expect(isRefused(bad.bytes()))
        #expect(isRefused(Array("TZif2".utf8) + Array(repeating: 0xFF, count: 100)))
        #expect(isRefused(Array(repeating: 0, count: ZoneTable.maximumFileSize + 1)))
    }

    @Test("files with changed bytes are read or refused", arguments: 0..<4)
    func mutatedFiles(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let good = ZoneFileBuilder(
            version: UInt8(ascii: "3"), types: [(0, false), (3_600, true), (-7_200, false)],
            transitions: [(-1_000, 1), (0, 2), (100, 0)], footer: "AAA0BBB,M3.2.0/-1,J300/25"
        ).bytes()
        var refused = 0
        for _ in 0..<2_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &generator)
                case 2: bytes.remove(at: index)
                default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: index)
                }
            }
            do throws(TimeError) {
                let zone = try database(["A": bytes]).zone("A")
                for second in [Int64.min / 4, -62_135_596_800, 0, 50, 4_000_000_000, 253_402_300_799] {
                    #expect((-90_000...97_200).contains(zone.offset(at: second)))
                }
            } catch {
                refused += 1
            }
        }
        #expect(refused > 500)
    }

    @Test("a local time is one moment, the first of two, or as far behind a gap as it is inside")
    func localTimes() throws {
        let file = ZoneFileBuilder(types: [(3_600, false)], footer: "CET-1CEST,M3.5.0,M10.5.0/3")
        let zone = try database(["A": file.bytes()]).zone("A")
        func moment(_ month: Int, _ day: Int, _ hour: Int, _ minute: Int) throws -> String {
            try zone.timestamp(year: 2024, month: month, day: day, hour: hour, minute: minute).rfc3339
        }
        #expect(try moment(7, 1, 0, 0) == "2024-06-30T22:00:00Z")
        #expect(try moment(1, 1, 0, 0) == "2023-12-31T23:00:00Z")
        #expect(try moment(3, 31, 1, 59) == "2024-03-31T00:59:00Z")
        #expect(try moment(3, 31, 2, 30) == "2024-03-31T01:30:00Z")
        #expect(try moment(3, 31, 3, 0) == "2024-03-31T01:00:00Z")
        #expect(try moment(10, 27, 2, 30) == "2024-10-27T00:30:00Z")
        #expect(try moment(10, 27, 3, 0) == "2024-10-27T02:00:00Z")
        #expect(throws: TimeError.self) { try moment(2, 30, 0, 0) }
        #expect(throws: TimeError.self) { try moment(2, 1, 24, 0) }
    }

    @Test("a zone is read once and kept")
    func cache() async throws {
        let bytes = ZoneFileBuilder(footer: "AAA-1").bytes()
        try await confirmation { asked in
            let database = ZoneDatabase { _ in
                asked()
                return bytes
            }
            let first = try database.zone("A")
            #expect(try database.zone("A") == first)
        }
    }

    @Test(
        "the database of the machine is read",
        .enabled(if: (try? ZoneDatabase.system().zone("Etc/UTC")) != nil, "this machine has no time-zone database"),
        arguments: [
            ("Australia/Sydney", "2009-02-13T23:31:30Z", 39_600), ("US/Central", "2009-02-13T23:31:30Z", -21_600),
            ("America/St_Johns", "2009-02-13T02:00:00Z", -12_600), ("Asia/Kathmandu", "2009-02-13T23:31:30Z", 20_700),
            ("Europe/Zurich", "2100-07-01T00:00:00Z", 7_200), ("Europe/Zurich", "1800-01-01T00:00:00Z", 2_048),
        ])
    func system(_ name: String, _ time: String, _ offset: Int) throws {
        #expect(try ZoneDatabase.system().zone(name).offset(at: try seconds(time)) == offset)
    }
}
