import Testing

@testable import AssayExpressions

@Suite("base64 and number texts")
struct EncodingTests {
    @Test("base64 goes there and back for every length", arguments: 0..<20)
    func roundTrip(_ count: Int) throws {
        let bytes = (0..<count).map { index in UInt8(truncatingIfNeeded: index &* 73 &+ 190) }
        let text = Base64.encode(bytes)
        #expect(text.utf8.count == (count + 2) / 3 * 4)
        #expect(try Base64.decode(text) == bytes)
        let unpadded = text.prefix { character in character != "=" }
        #expect(try Base64.decode(String(unpadded)) == bytes)
    }

    @Test("base64 has the standard alphabet and padding")
    func alphabet() throws {
        #expect(Base64.encode(Array("hello".utf8)) == "aGVsbG8=")
        #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
        #expect(try Base64.decode("+/\r\n+/") == [0xFB, 0xFF, 0xBF])
        #expect(try Base64.decode("aGk=\n") == Array("hi".utf8))
    }

    @Test(
        "what is not base64 is refused at its place",
        arguments: [
            ("a", 1), ("abc-", 3), ("_abc", 0), ("ab=", 3), ("ab==c", 4), ("a===", 1), ("====", 0), ("ab===", 4),
            ("abcd=", 4), ("abc==", 4), ("ab c", 2), ("é", 0), ("abcde", 5),
        ])
    func malformed(_ text: String, _ offset: Int) {
        #expect(throws: Base64Error(offset: offset)) { try Base64.decode(text) }
    }

    @Test(
        "the shortest text of a double has an exponent where strconv's has one",
        arguments: [
            (123.456, "123.456"), (-4.5e-3, "-0.0045"), (0.0, "0"), (-0.0, "-0"), (1, "1"), (100_000, "100000"),
            (999_999, "999999"), (1_000_000, "1e+06"), (123_456_789, "1.23456789e+08"), (0.0001, "0.0001"),
            (0.00001, "1e-05"), (1e21, "1e+21"), (.leastNonzeroMagnitude, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (0.1 + 0.2, "0.30000000000000004"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ] as [(Double, String)])
    func shortest(_ value: Double, _ text: String) {
        #expect(NumberText.shortest(value) == text)
    }

    @Test(
        "the plain text of a double has no exponent",
        arguments: [
            (3.14, "3.14"), (1e21, "1000000000000000000000"), (1e-7, "0.0000001"), (2, "2"), (-0.0, "-0"),
            (.infinity, "Infinity"), (-.infinity, "-Infinity"), (.nan, "NaN"),
        ] as [(Double, String)])
    func plain(_ value: Double, _ text: String) {
        #expect(NumberText.plain(value) == text)
    }

    @Test(
        "fixed decimals are rounded from the exact value, halves to even",
        arguments: [
            (1.2345, 3, "1.234"), (2.71828, 6, "2.718280"), (1.5, 0, "2"), (2.5, 0, "2"), (3.5001, 0, "4"),
            (0.5, 0, "0"), (-0.5, 0, "-0"), (0.05, 0, "0"), (9.995, 2, "9.99"), (99.96, 1, "100.0"),
            (123.4999, 3, "123.500"), (-1.2, 5, "-1.20000"), (1e22, 1, "10000000000000000000000.0"),
            (0.1, 20, "0.10000000000000000555"), (.leastNonzeroMagnitude, 3, "0.000"), (.infinity, 6, "Infinity"),
            (.nan, 6, "NaN"),
        ] as [(Double, Int, String)])
    func fixed(_ value: Double, _ precision: Int, _ text: String) {
        #expect(NumberText.fixed(value, precision: precision) == text)
    }

    @Test(
        "scientific texts have one digit before the point and two in the exponent",
        arguments: [
            (1052.032911275, 6, "1.052033e+03"), (2.71828, 6, "2.718280e+00"), (2, 6, "2.000000e+00"),
            (0, 2, "0.00e+00"), (9.9996, 3, "1.000e+01"), (-0.00123, 1, "-1.2e-03"), (1e100, 0, "1e+100"),
            (.leastNonzeroMagnitude, 3, "4.941e-324"), (-.infinity, 6, "-Infinity"), (.nan, 0, "NaN"),
        ] as [(Double, Int, String)])
    func scientific(_ value: Double, _ precision: Int, _ text: String) {
        #expect(NumberText.scientific(value, precision: precision) == text)
    }

    @Test("integers and bytes are written in any radix")
    func integers() {
        #expect(NumberText.integer(-30, radix: 16) == "-1e")
        #expect(NumberText.integer(UInt64.max, radix: 16, uppercase: true) == "FFFFFFFFFFFFFFFF")
        #expect(NumberText.integer(Int64.min, radix: 2).utf8.count == 65)
        #expect(NumberText.integer(11, radix: 8) == "13")
        #expect(NumberText.hexadecimal([0x00, 0xAF]) == "00af")
        #expect(NumberText.hexadecimal([0x00, 0xAF], uppercase: true) == "00AF")
    }

    @Test("integers are read strictly")
    func parseIntegers() throws {
        #expect(try NumberText.int64("-9223372036854775808") == .min)
        #expect(try NumberText.int64("+007") == 7)
        #expect(try NumberText.uint64("18446744073709551615") == .max)
        #expect(throws: NumberTextError.outOfRange("9223372036854775808")) {
            try NumberText.int64("9223372036854775808")
        }
        #expect(throws: NumberTextError.outOfRange("18446744073709551616")) {
            try NumberText.uint64("18446744073709551616")
        }
        for text in ["", "-", "+", "1.0", "0x1", " 1", "1 ", "1_000", "--1", "١"] {
            #expect(throws: NumberTextError.malformed(text)) { try NumberText.int64(text) }
        }
        for text in ["", "-1", "+1", "1u"] {
            #expect(throws: NumberTextError.malformed(text)) { try NumberText.uint64(text) }
        }
    }

    @Test("doubles are read strictly and to the nearest value")
    func parseDoubles() throws {
        #expect(try NumberText.double("-84.32e7") == -8.432e8)
        #expect(try NumberText.double("1.") == 1)
        #expect(try NumberText.double("+.5E+1") == 5)
        #expect(try NumberText.double("1e-400") == 0)
        #expect(try NumberText.double("-0.0").sign == .minus)
        #expect(try NumberText.double("NaN").isNaN)
        #expect(try NumberText.double("-Infinity") == -.infinity)
        #expect(try NumberText.double("+inf") == .infinity)
        #expect(throws: NumberTextError.outOfRange("1e400")) { try NumberText.double("1e400") }
        for text in ["", ".", "e5", "1e", "1e+", "0x1p3", "1 ", " 1", "1,5", "1_0", "+nan", "infin", "1.2.3", "١"] {
            #expect(throws: NumberTextError.malformed(text)) { try NumberText.double(text) }
        }
    }
}
