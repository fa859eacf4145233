import Testing

@testable import AssayExpressions

@Suite("patterns that are not accepted")
struct RegularExpressionErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var pattern: String
        var kind: RegularExpressionError.Kind
        var offset: Int
        var fragment: String

        init(_ pattern: String, _ kind: RegularExpressionError.Kind, _ offset: Int, _ fragment: String) {
            self.pattern = pattern
            self.kind = kind
            self.offset = offset
            self.fragment = fragment
        }

        var testDescription: String { pattern.debugDescription }
    }

    static let cases: [Case] = [
        Case("é(a", .missingParenthesis, 2, "(a"),
        Case("a)", .unexpectedParenthesis, 1, ")"),
        Case("a[b", .missingBracket, 1, "[b"),
        Case("[]", .missingBracket, 0, "[]"),
        Case("[[:alpha:", .missingBracket, 0, "[[:alpha:"),
        Case("a\\", .trailingBackslash, 1, "\\"),
        Case("[a\\", .trailingBackslash, 2, "\\"),
        Case("a\\Z", .invalidEscape, 1, "\\Z"),
        Case("\\E", .invalidEscape, 0, "\\E"),
        Case("\\é", .invalidEscape, 0, "\\é"),
        Case("\\x{110000}", .invalidEscape, 0, "\\x{110000"),
        Case("\\x{}", .invalidEscape, 0, "\\x{}"),
        Case("\\x1", .invalidEscape, 0, "\\x1"),
        Case("[\\b]", .invalidEscape, 1, "\\b"),
        Case("[a-\\d]", .invalidEscape, 3, "\\d"),
        Case("[z-a]", .invalidClassRange, 1, "z-a"),
        Case("[[:word1:]]", .invalidClassRange, 1, "[:word1:]"),
        Case("(?z)", .invalidGroup, 0, "(?z"),
        Case("(?i", .invalidGroup, 0, "(?i"),
        Case("(?i-)", .invalidGroup, 0, "(?i-)"),
        Case("(?--i)", .invalidGroup, 0, "(?--"),
        Case("(?P<>a)", .invalidGroup, 0, "(?P<"),
        Case("(?<a-b>x)", .invalidGroup, 0, "(?<a"),
        Case("(?<a>x)(?P<a>y)", .duplicateGroupName, 7, "(?P<a>"),
        Case("*a", .missingRepetitionArgument, 0, "*"),
        Case("a|*", .missingRepetitionArgument, 2, "*"),
        Case("({2})", .missingRepetitionArgument, 1, "{2}"),
        Case("a**", .invalidRepetition, 2, "*"),
        Case("a{2}{3}", .invalidRepetition, 4, "{3}"),
        Case("a++", .invalidRepetition, 2, "+"),
        Case("a{1001}", .repetitionTooLarge, 1, "{1001}"),
        Case("a{2,1}", .repetitionTooLarge, 1, "{2,1}"),
        Case("a{99999999999999999999}", .repetitionTooLarge, 1, "{99999999999999999999}"),
        Case("(a{501}){2}", .repetitionTooLarge, 8, "{2}"),
        Case("((a*){500}){3}", .repetitionTooLarge, 11, "{3}"),
        Case("(a)\\1", .backreference, 3, "\\1"),
        Case("\\8", .backreference, 0, "\\8"),
        Case("(?P=name)", .backreference, 0, "(?P="),
        Case("\\k<name>", .backreference, 0, "\\k"),
        Case("a(?=b)", .lookaround, 1, "(?="),
        Case("(?!b)", .lookaround, 0, "(?!"),
        Case("(?<=b)", .lookaround, 0, "(?<="),
        Case("(?<!b)", .lookaround, 0, "(?<!"),
        Case("(?>a)", .unsupportedSyntax, 0, "(?>"),
        Case("(?#a)", .unsupportedSyntax, 0, "(?#"),
        Case("(?x)a", .unsupportedSyntax, 0, "(?x"),
        Case("\\C", .unsupportedSyntax, 0, "\\C"),
        Case("a\\p{Greek}", .unsupportedProperty, 1, "\\p{Greek}"),
        Case("\\p{Lu", .unsupportedProperty, 0, "\\p{Lu"),
        Case("\\pX", .unsupportedProperty, 0, "\\pX"),
        Case("\\p{Cn}", .unsupportedProperty, 0, "\\p{Cn}"),
    ]

    @Test("the error has a kind, a place and the part at fault", arguments: cases)
    func errors(_ example: Case) throws {
        let error = try #require(throws: RegularExpressionError.self) { try RegularExpression(example.pattern) }
        #expect(error.kind == example.kind)
        #expect(error.offset == example.offset)
        #expect(error.fragment == example.fragment)
        #expect(error.message.hasSuffix("at offset \(example.offset): `\(example.fragment)`"))
    }

    @Test("patterns that are too large or nested too deeply are refused")
    func limits() throws {
        func kind(_ pattern: String) throws -> RegularExpressionError.Kind {
            try #require(throws: RegularExpressionError.self) { try RegularExpression(pattern) }.kind
        }
        let depth = PatternParser.maximumDepth
        let nested = String(repeating: "(?:", count: depth) + "a" + String(repeating: ")*", count: depth)
        #expect(try RegularExpression(nested).isMatch("aaa"))
        #expect(try kind("(" + nested + ")") == .nestingTooDeep)
        #expect(try kind(String(repeating: "(", count: 60_000)) == .nestingTooDeep)
        #expect(try kind(String(repeating: "a", count: 70_000)) == .patternTooLarge)
        #expect(try kind(String(repeating: "a", count: 10_000)) == .patternTooLarge)
        #expect(try kind(String(repeating: "(a)", count: 3_000)) == .patternTooLarge)
        #expect(try kind("(?:" + String(repeating: "a", count: 20) + "){1000}") == .patternTooLarge)
        #expect(try RegularExpression("a{1000}").isMatch(String(repeating: "a", count: 1_000)))
        #expect(try !RegularExpression("a{1000}").isMatch(String(repeating: "a", count: 999)))
    }
}
