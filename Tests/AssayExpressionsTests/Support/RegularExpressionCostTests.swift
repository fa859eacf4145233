import Testing

@testable import AssayExpressions

@Suite("the cost of matching")
struct RegularExpressionCostTests {
    /// Patterns that take a backtracking matcher exponential or quadratic time, with texts that do not match.
    static let hostile: [(pattern: String, unit: String, end: String)] = [
        ("(a*)*b", "a", ""),
        ("(a|a)*b", "a", ""),
        ("(x+x+)+y", "x", ""),
        ("(a+){10}b", "a", ""),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a", ""),
        ("(.*)*,(.*)*;", "ab", ""),
        ("(?:a?){20}a{20}b", "a", ""),
        ("(?i)(\\pL|é|\\w)+$", "é", "!"),
    ]

    private func steps(_ expression: RegularExpression, _ text: String, keepsCaptures: Bool) -> Int {
        var machine = PatternMachine(expression.program, keepsCaptures: keepsCaptures)
        let bytes = Array(text.utf8)
        #expect(machine.firstMatch(in: bytes.span, from: 0) == nil)
        return machine.steps
    }

    @Test("the machine's steps grow with the length of the text, not faster", arguments: hostile.indices)
    func linearMachine(_ index: Int) throws {
        let (pattern, unit, end) = Self.hostile[index]
        let expression = try RegularExpression(pattern)
        for keepsCaptures in [false, true] {
            let counts = [500, 1_000, 5_000].map { count in
                steps(expression, String(repeating: unit, count: count) + end, keepsCaptures: keepsCaptures)
            }
            // The first characters may cost less than those when all ways are under way, never more.
            let slack = 2 * expression.program.instructions.count
            #expect(abs(counts[2] - counts[1] - 8 * (counts[1] - counts[0])) <= slack)
            let positions = 5_002 * unit.unicodeScalars.count
            #expect(counts[2] <= 2 * expression.program.instructions.count * positions)
        }
    }

    @Test("a nested loop over 100,000 characters takes a few steps for each")
    func longText() throws {
        let expression = try RegularExpression("(a*)*b")
        let count = steps(expression, String(repeating: "a", count: 100_000), keepsCaptures: true)
        #expect(count < 100_001 * 2 * expression.program.instructions.count)
    }

    @Test("n optional letters before n letters cost n² steps, not 2ⁿ", arguments: [25, 50, 100, 200])
    func optionalLetters(_ count: Int) throws {
        let expression = try RegularExpression("^(?:a?){\(count)}a{\(count)}$")
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: count)
        var machine = PatternMachine(expression.program, keepsCaptures: true)
        #expect(machine.firstMatch(in: bytes.span, from: 0) == [0, count])
        #expect(machine.steps <= 8 * (count + 1) * (count + 1))
    }

    @Test("the automaton reads a long text with the few states of its start", arguments: hostile.indices)
    func linearAutomaton(_ index: Int) throws {
        let (pattern, unit, end) = Self.hostile[index]
        var automaton = LazyAutomaton(try RegularExpression(pattern).program)
        let short = Array((String(repeating: unit, count: 300) + end).utf8)
        #expect(automaton.isMatch(short.span) == false)
        let steps = automaton.steps
        let long = Array((String(repeating: unit, count: 50_000) + end).utf8)
        #expect(automaton.isMatch(long.span) == false)
        #expect(automaton.steps == steps)
    }

    @Test("an automaton that needs too many states leaves the text to the machine, with the same answer")
    func automatonGivesUp() throws {
        // The 14 characters behind an a are 2^14 states.
        let expression = try RegularExpression("a[ab]{14}c")
        var generator = SeededGenerator(seed: 7)
        var text = (0..<60_000).map { _ in UInt8(ascii: "a") + UInt8.random(in: 0...1, using: &generator) }
        var automaton = LazyAutomaton(expression.program)
        #expect(automaton.isMatch(text.span) == nil)
        #expect(automaton.isMatch(text.span) == nil)
        #expect(!expression.isMatch(utf8: text))
        text[text.count - 15] = UInt8(ascii: "a")
        #expect(expression.isMatch(utf8: text + [UInt8(ascii: "c")]))
    }

    @Test("one expression may be used by many tasks at once")
    func concurrency() async throws {
        let expression = try RegularExpression("(a|b)+[0-9]{3}$")
        let answers = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<64 {
                group.addTask { expression.isMatch(String(repeating: "ab", count: 500) + "\(100 + index)") }
            }
            return await group.reduce(into: []) { answers, answer in answers.append(answer) }
        }
        #expect(answers == Array(repeating: true, count: 64))
    }
}
