import Testing

@testable import AssayExpressions

@Suite("random patterns")
struct RegularExpressionFuzzTests {
    private static let pieces = [
        "a", "b", "é", ".", "*", "+", "?", "{2}", "{0,3}", "{1,}", "{", "}", "(", ")", "(?:", "(?i)", "(?P<n>", "(?s:",
        "|", "[", "]", "[^", "-", "^", "$", "\\", "\\d", "\\W", "\\b", "\\pL", "\\p{", "\\Q", "\\E", "\\x{",
        "[:alpha:]",
        "\\1", "(?=", "\u{0}", "😀", "\\z", "(?U)", "(?m)", "\n", "0", "k",
    ]

    @Test("garbage is refused or compiled, and both ways of matching agree", arguments: 0..<8)
    func garbage(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var compiled = 0
        for _ in 0..<400 {
            let count = Int.random(in: 0...12, using: &generator)
            let pattern = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
            guard let expression = try? RegularExpression(pattern) else { continue }
            compiled += 1
            for _ in 0..<3 {
                let length = Int.random(in: 0...10, using: &generator)
                let text = (0..<length).map { _ in "abékKſ😀0 \n-".randomElement(using: &generator) ?? "a" }
                let string = String(text)
                let match = expression.firstMatch(in: string)
                #expect(expression.isMatch(string) == (match != nil), "\(pattern.debugDescription)")
                #expect(expression.matches(in: string).first == match, "\(pattern.debugDescription)")
                let ranges = match.map(\.captures)?.compactMap { range in range } ?? []
                #expect(ranges.allSatisfy { range in range.upperBound <= string.utf8.count })
            }
        }
        #expect(compiled > 20)
    }
}
