import Testing

@testable import AssayExpressions

@Suite("regular expressions")
struct RegularExpressionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var pattern: String
        var text: String
        /// The range of the match and of its groups in UTF-8 as `0-3,x,1-2`; nil if nothing matches.
        var groups: String?

        init(_ pattern: String, _ text: String, _ groups: String?) {
            self.pattern = pattern
            self.text = text
            self.groups = groups
        }

        var testDescription: String { "\(pattern.debugDescription) in \(text.debugDescription)" }
    }

    static let cases: [Case] = [
        Case("", "", "0-0"),
        Case("ubb", "hubba", "1-4"),
        Case("foo|bar", "", nil),
        Case("gr(a|e)y", "grey", "0-4,2-3"),
        Case("ba(na)*", "banana", "0-6,4-6"),
        Case("a+ñ+a+", "mañana", "1-5"),
        Case("(a|😀){2}", "🐱😀😀", "4-12,8-12"),
        // Leftmost, and of those the one that the order of the alternatives prefers.
        Case("a|ab", "ab", "0-1"),
        Case("ab|a", "ab", "0-2"),
        Case("b|abc", "abc", "0-3"),
        Case("(a+)(b+)?", "xaac", "1-3,1-3,x"),
        Case("a*?", "aaa", "0-0"),
        Case("a+?", "aaa", "0-1"),
        Case("a{2,3}", "aaaa", "0-3"),
        Case("a{2,3}?", "aaaa", "0-2"),
        Case("a{2,}b", "aaab", "0-4"),
        Case("(?U)a+", "aaa", "0-1"),
        Case("(?U)a+?", "aaa", "0-3"),
        Case("x{0}y", "xy", "1-2"),
        // A brace that opens no repetition stands for itself.
        Case("a{,2}", "a{,2}", "0-5"),
        Case("a{01}", "a{01}", "0-5"),
        Case("{", "{", "0-1"),
        // A loop over something that may be empty ends, and prefers as a backtracking matcher does.
        Case("(|a)*", "aa", "0-0,0-0"),
        Case("(a|b*)*", "abba", "0-4,3-4"),
        Case("(a*)+", "aa", "0-2,0-2"),
        Case("(?:)*x", "x", "0-1"),
        // Anchors and boundaries.
        Case("^a$", "a\n", nil),
        Case("^a$", "a", "0-1"),
        Case("(?m)^b$", "a\nb\nc", "2-3"),
        Case("(?m)$", "a\nb", "1-1"),
        Case("\\Ab", "a\nb", nil),
        Case("a\\z", "ba", "1-2"),
        Case("\\bcat\\b", "concat cat", "7-10"),
        Case("\\Bcat", "concat cat", "3-6"),
        Case("é\\b", "éa", "0-2"),
        Case("^*a", "ba", "1-2"),
        // The point and line ends.
        Case(".", "\nx", "1-2"),
        Case("(?s).", "\nx", "0-1"),
        Case("(?s-s:.)|b", "\nb", "1-2"),
        Case(".", "é", "0-2"),
        Case("[^a]", "\n", "0-1"),
        // Combining marks are characters of their own.
        Case("^.$", "e\u{301}", nil),
        Case("^..$", "e\u{301}", "0-3"),
        // Classes.
        Case("[]a]+", "a]b", "0-2"),
        Case("[^]a]", "]ab", "2-3"),
        Case("[a-c-e]+", "d-ecx", "1-4"),
        Case("[\\d-z]+", "a3-z", "1-4"),
        Case("[[:alpha:]_]+", "1a_b2", "1-4"),
        Case("[[:^alpha:]]+", "ab12c", "2-4"),
        Case("[[a]", "[", "0-1"),
        Case("[\\x41-\\x{43}\\n]+", "xAC\nD", "1-4"),
        Case("\\D\\W\\S", "5a-b", "1-4"),
        Case("\\s", "\u{0B}\u{A0} ", "3-4"),
        Case("\\pL+", "1äß漢2", "1-8"),
        Case("\\p{Lu}\\P{Lu}", "aÄb", "1-4"),
        Case("\\p{^Nd}", "1x", "1-2"),
        Case("[\\pN_]+", "a٣_½", "1-6"),
        Case("\\p{Any}", "\u{378}", "0-2"),
        Case("\\pC", "\u{378}", nil),
        // Case.
        Case("(?i)straße", "STRAẞE", "0-8"),
        Case("(?i)k", "\u{212A}", "0-3"),
        Case("(?i)[a-z]+", "1ſK2", "1-4"),
        Case("(?i)σ+", "ΣΣς", "0-6"),
        Case("(?i)[^k]", "\u{212A}", nil),
        Case("(?i)\\p{Lu}+", "aB", "0-2"),
        Case("(?i)[\\P{Lu}]", "a", nil),
        Case("(?i)i", "İı", nil),
        Case("a(?i)b|c", "aB", "0-2"),
        Case("(a(?i)b)c", "aBC", nil),
        Case("(?i:a)b", "Ab", "0-2"),
        // Groups and escapes.
        Case("(?P<year>\\d{4})-(?<month>\\d\\d)", "on 2024-05", "3-10,3-7,8-10"),
        Case("(?:a)(b)", "ab", "0-2,1-2"),
        Case("\\Qa.b\\E+", "a.bb", "0-4"),
        Case("\\Q(", "(", "0-1"),
        Case("\\101\\012\\x2a\\.\\-\\_", "A\n*.-_", "0-6"),
        Case("\\07", "\u{7}", "0-1"),
        Case("\\t\\r\\n\\f\\v\\a", "\t\r\n\u{C}\u{B}\u{7}", "0-6"),
        Case("()|a", "a", "0-0,0-0"),
        Case("[^\\x00-\\x{10FFFF}]", "a", nil),
    ]

    @Test("a pattern matches where RE2 matches", arguments: cases)
    func matches(_ example: Case) throws {
        let expression = try RegularExpression(example.pattern)
        let match = expression.firstMatch(in: example.text)
        let groups = match.map { match in
            match.captures
                .map { range in range.map { range in "\(range.lowerBound)-\(range.upperBound)" } ?? "x" }
                .joined(separator: ",")
        }
        #expect(groups == example.groups)
        #expect(expression.isMatch(example.text) == (example.groups != nil))
        #expect(expression.isMatch(utf8: Array(example.text.utf8)) == (example.groups != nil))
    }

    @Test("groups keep their names and their text")
    func names() throws {
        let expression = try RegularExpression("(?P<year>\\d{4})-(\\d\\d)(x)?")
        #expect(expression.captureNames == [nil, "year", nil, nil])
        #expect(expression.captureCount == 3)
        let text = "ä 2024-05"
        let match = try #require(expression.firstMatch(in: text))
        #expect(match.text(0, of: text) == "2024-05")
        #expect(match.text(1, of: text) == "2024")
        #expect(match.text(3, of: text) == nil)
        #expect(match.text(4, of: text) == nil)
    }

    @Test("all matches leave out the empty one behind another match")
    func allMatches() throws {
        func ranges(_ pattern: String, _ text: String, limit: Int = .max) throws -> [Range<Int>] {
            try RegularExpression(pattern).matches(in: text, limit: limit).map(\.range)
        }
        #expect(try ranges("a*", "baac") == [0..<0, 1..<3, 4..<4])
        #expect(try ranges("", "éa") == [0..<0, 2..<2, 3..<3])
        #expect(try ranges("^a", "aaa") == [0..<1])
        #expect(try ranges("\\ba", "aa a") == [0..<1, 3..<4])
        #expect(try ranges("a", "aaaa", limit: 2) == [0..<1, 1..<2])
        #expect(try ranges("a", "aaaa", limit: 0) == [])
    }

    @Test("a replacement refers to groups and to nothing else")
    func replacing() throws {
        let expression = try RegularExpression("(\\w+)@(\\w+)|(-)")
        #expect(try expression.replacing("joe@home, ann@work", with: "\\2\\\\\\1") == "home\\joe, work\\ann")
        #expect(try expression.replacing("a@b - c@d", limit: 2, with: "[\\0\\3]") == "[a@b] [--] c@d")
        #expect(try RegularExpression("x*").replacing("abxx", with: "-") == "-a-b-")
        for template in ["\\4", "\\", "\\a"] {
            #expect(throws: RegularExpressionError.self) { try expression.replacing("none", with: template) }
        }
    }

    @Test("bytes that are no UTF-8 count as one replacement character each")
    func invalidBytes() throws {
        let replacement = try RegularExpression("^\u{FFFD}{2}a$")
        #expect(replacement.isMatch(utf8: [0xFF, 0xC3, 0x61]))
        #expect(replacement.isMatch(utf8: [0xC0, 0x80, 0x61]))
        #expect(!replacement.isMatch(utf8: [0xC3, 0xA9, 0x61]))
        #expect(try RegularExpression("^.{3}$").isMatch(utf8: [0xED, 0xA0, 0x80]))
        #expect(try RegularExpression("^.{4}$").isMatch(utf8: [0xF4, 0x90, 0x80, 0x80]))
    }

    @Test("patterns are equal when they are the same bytes")
    func equality() throws {
        #expect(try RegularExpression("é") == RegularExpression("é"))
        #expect(try RegularExpression("\u{E9}") != RegularExpression("e\u{301}"))
    }

    @Test("a general category holds exactly the scalars that have it")
    func categories() throws {
        let names = ["Lu", "Ll", "Lo", "Mn", "Nd", "Po", "Sm", "So", "Zs", "Cc", "Cf", "Co"]
        let categories: [Unicode.GeneralCategory] = [
            .uppercaseLetter, .lowercaseLetter, .otherLetter, .nonspacingMark, .decimalNumber, .otherPunctuation,
            .mathSymbol, .otherSymbol, .spaceSeparator, .control, .format, .privateUse,
        ]
        let sets = try names.map { name in try #require(UnicodeCategories.set(named: name)) }
        var counts = Array(repeating: 0, count: names.count)
        for value in 0...ScalarSet.maximum {
            guard let category = Unicode.Scalar(value)?.properties.generalCategory else { continue }
            guard let index = categories.firstIndex(of: category) else { continue }
            counts[index] += 1
            if !sets[index].contains(value) { Issue.record("U+\(String(value, radix: 16)) is not in \(names[index])") }
        }
        let sizes = sets.map { set in set.ranges.reduce(0) { sum, range in sum + range.count } }
        #expect(sizes == counts)
    }
}
