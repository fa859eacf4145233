import Testing

@testable import AssayExpressions

@Suite("durations")
struct SignedDurationTests {
    @Test(
        "a sequence of numbers with units is read exactly",
        arguments: [
            ("0", "0s"), ("-0", "0s"), ("1h1m1.5s", "3661.5s"), ("-1.5h", "-5400s"), ("+100ms", "0.1s"),
            ("1us", "0.000001s"), ("1\u{B5}s", "0.000001s"), ("1\u{3BC}s", "0.000001s"), ("-1ns", "-0.000000001s"),
            ("1.5ns", "0.000000001s"), (".5s", "0.5s"), ("5.s", "5s"), ("1s1h", "3601s"), ("1000000s", "1000000s"),
            ("0.0000000000000000000000001h", "0s"), ("0.33333333333333333333h", "1199.999999999s"),
            ("315576000000s", "315576000000s"), ("-315576000000.999999999s", "-315576000000.999999999s"),
            ("1h45m47s", "6347s"),
        ])
    func text(_ text: String, _ canonical: String) throws {
        #expect(try SignedDuration(text).text == canonical)
    }

    @Test(
        "anything else is refused",
        arguments: ["", "-", "1", "s", "1x", "1 s", ".s", "1.2.3s", "1e3s", "--1s", "1s-1s", "1S", "1h 1m", "1d", "00"])
    func malformed(_ text: String) {
        #expect(throws: TimeError.invalidDuration(text: text)) { try SignedDuration(text) }
    }

    @Test(
        "more than 10,000 years are out of range",
        arguments: [
            "320000000000s", "-320000000000s", "315576000001s", "87660001h", "999999999999999999999999999999h",
            "99999999999999999999999999999999999999999999999999999ns",
        ])
    func outOfRange(_ text: String) throws {
        let error = try #require(throws: TimeError.self) { try SignedDuration(text) }
        #expect(error.message.contains("range"))
    }

    @Test("seconds and nanoseconds have one sign")
    func normalization() throws {
        let duration = try SignedDuration(seconds: 1, nanoseconds: -1_500_000_000)
        #expect((duration.seconds, duration.nanoseconds) == (0, -500_000_000))
        #expect(duration.negated().text == "0.5s")
        #expect(try SignedDuration(seconds: -2, nanoseconds: 500_000_000).text == "-1.5s")
        #expect(throws: TimeError.self) { try SignedDuration(seconds: .min, nanoseconds: .min) }
    }

    @Test("sums and comparisons respect the sign, and sums the range")
    func arithmetic() throws {
        let long = try SignedDuration("200000000000s")
        #expect(throws: TimeError.self) { try long.adding(long) }
        #expect(throws: TimeError.self) { try long.negated().subtracting(long) }
        #expect(try SignedDuration("900.25s").subtracting(SignedDuration("42.5s")).text == "857.75s")
        #expect(try SignedDuration("-1.5s") < SignedDuration("-1.25s"))
        #expect(try SignedDuration("-1ns") < .zero)
    }

    @Test("totals are cut towards zero")
    func totals() throws {
        let duration = try SignedDuration(seconds: -3_730, nanoseconds: -321_456_789)
        #expect((duration.wholeHours, duration.wholeMinutes, duration.wholeSeconds) == (-1, -62, -3_730))
        #expect((duration.wholeMilliseconds, duration.millisecondsPart) == (-3_730_321, -321))
    }
}
