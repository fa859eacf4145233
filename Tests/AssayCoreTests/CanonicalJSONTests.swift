import AssayCore
import Testing

@Suite("canonical JSON")
struct CanonicalJSONTests {
    private func canonical(_ text: String) throws -> String {
        String(decoding: try CanonicalJSON.encode(Tree(try JSONReader.read(Array(text.utf8)).root)), as: UTF8.self)
    }

    @Test(
        "numbers are written as ECMAScript writes them",
        arguments: [
            ("0", "0"), ("-0.0", "0"), ("1.0", "1"), ("100", "100"), ("1e21", "1e+21"),
            ("1e20", "100000000000000000000"),
            ("0.000001", "0.000001"), ("1e-7", "1e-7"), ("123456.789", "123456.789"), ("-1.5E3", "-1500"),
            ("333333333.33333329", "333333333.3333333"), ("4.50", "4.5"), ("2e-3", "0.002"),
            ("9007199254740992", "9007199254740992"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"), ("5e-324", "5e-324"),
        ])
    func writesNumbers(_ text: String, _ expected: String) throws {
        #expect(try canonical(text) == expected)
    }

    @Test("an integer beyond 2^53 is refused instead of rounded")
    func refusesLargeIntegers() {
        #expect(throws: CanonicalJSON.Failure.self) { _ = try canonical("9007199254740993") }
    }

    @Test("members are sorted by UTF-16 code units")
    func sortsMembers() throws {
        let text = "{\"\u{20ac}\":1,\"\\r\":2,\"\u{fb33}\":3,\"1\":4,\"\u{1f600}\":5,\"\u{80}\":6,\"\u{f6}\":7}"
        let expected = "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}"
        #expect(try canonical(text) == expected)
    }

    @Test("control characters are escaped and nothing else")
    func escapes() throws {
        #expect(try canonical(#""\u0000\u001f\"\\\/é\b""#) == #""\u0000\u001f\"\\/é\b""#)
    }

    @Test("an unknown value has no canonical form")
    func refusesUnknown() {
        #expect(throws: CanonicalJSON.Failure.unknown(path: "a")) {
            _ = try CanonicalJSON.encode(.object([("a", .unknown(.denied))]))
        }
    }
}
