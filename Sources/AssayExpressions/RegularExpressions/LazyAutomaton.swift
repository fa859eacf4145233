/// Answers whether a program matches anywhere in a text, with one table look-up for a character once the states that
/// the texts lead to are known.
///
/// A state is the set of instructions that wait behind the last character, before assertions are decided, and what the
/// assertions need to know about that character; each transition decides them with the next character in view. States
/// are made when they are first reached. Their number is bounded: when the table is full it is emptied, and a text that
/// fills it again and again is left to the ``PatternMachine``.
struct LazyAutomaton: Sendable {
    private struct State: Hashable {
        /// Ascending.
        var instructions: [Int32]
        var context: Context
    }

    /// What was before the position, as far as the program asks.
    private struct Context: OptionSet, Hashable {
        let rawValue: UInt8
        static let textStart = Context(rawValue: 1)
        static let newline = Context(rawValue: 2)
        static let wordCharacter = Context(rawValue: 4)
    }

    private static let unknown: Int32 = -1
    private static let matched: Int32 = -2
    private static let dead: Int32 = -3
    /// Transitions, and instructions in states, that the table may hold: 512 KB in all.
    private static let capacity = 1 << 16
    private static let maximumRefills = 3

    private let program: PatternProgram
    private let relevantContext: Context
    private var alphabet: PatternAlphabet?
    private var isPrepared = false
    private var states: [State] = []
    private var indices: [State: Int32] = [:]
    private var transitions: [Int32] = []
    private var heldInstructions = 0
    private var visited: [Bool] = []
    /// Instructions entered while making states, for the proof that the work is bounded.
    private(set) var steps = 0

    init(_ program: PatternProgram) {
        self.program = program
        var relevant: Context = .textStart
        for case .assertion(let assertion) in program.instructions {
            switch assertion {
            case .lineStart: relevant.insert(.newline)
            case .wordBoundary, .noWordBoundary: relevant.insert(.wordCharacter)
            case .textStart, .textEnd, .lineEnd: break
            }
        }
        relevantContext = relevant
    }

    /// Whether there is a match; nil when the table would have to be emptied too often.
    mutating func isMatch(_ text: Span<UInt8>) -> Bool? {
        if !isPrepared {
            isPrepared = true
            alphabet = PatternAlphabet(program)
            visited = Array(repeating: false, count: program.instructions.count)
        }
        guard let alphabet else { return nil }
        let row = alphabet.representatives.count + 1
        var refills = 0
        var state = index(of: State(instructions: [0], context: .textStart), row: row)
        var position = 0
        while true {
            let column: Int
            if position < text.count {
                let scalar = UTF8Text.scalar(in: text, at: position)
                column = alphabet.classIndex(of: scalar.value)
                position += scalar.width
            } else {
                column = row - 1
            }
            var target = transitions[Int(state) * row + column]
            if target == LazyAutomaton.unknown {
                let next = successor(of: states[Int(state)], column: column, alphabet)
                switch next {
                case .matched: target = LazyAutomaton.matched
                case .dead: target = LazyAutomaton.dead
                case .state(let next):
                    if states.count * row + heldInstructions > LazyAutomaton.capacity {
                        refills += 1
                        guard refills <= LazyAutomaton.maximumRefills else {
                            // Texts like this one will come again: the machine is the better choice for the pattern.
                            self.alphabet = nil
                            forget()
                            return nil
                        }
                        forget()
                        state = index(of: next, row: row)
                        continue
                    }
                    target = index(of: next, row: row)
                }
                transitions[Int(state) * row + column] = target
            }
            if target == LazyAutomaton.matched { return true }
            if target == LazyAutomaton.dead { return false }
            state = target
        }
    }

    private mutating func forget() {
        states = []
        indices = [:]
        transitions = []
        heldInstructions = 0
    }

    private mutating func index(of state: State, row: Int) -> Int32 {
        if let index = indices[state] { return index }
        let index = Int32(states.count)
        indices[state] = index
        states.append(state)
        heldInstructions += state.instructions.count
        transitions += Array(repeating: LazyAutomaton.unknown, count: row)
        return index
    }

    private enum Successor {
        case matched
        case dead
        case state(State)
    }

    /// The state behind a character of a class, or behind the end of the text for the last column.
    private mutating func successor(of state: State, column: Int, _ alphabet: PatternAlphabet) -> Successor {
        let scalar = column < alphabet.representatives.count ? alphabet.representatives[column] : nil
        let after = scalar.map(LazyAutomaton.context(behind:)) ?? []
        var pending = state.instructions.map(Int.init)
        var entered: [Int] = []
        var accepted: [Int32] = []
        var isMatched = false
        while let instruction = pending.popLast(), !isMatched {
            guard !visited[instruction] else { continue }
            visited[instruction] = true
            entered.append(instruction)
            steps += 1
            switch program.instructions[instruction] {
            case .jump(let target): pending.append(target)
            case .split(let preferred, let other): pending += [other, preferred]
            case .save: pending.append(instruction + 1)
            case .assertion(let assertion):
                if LazyAutomaton.holds(assertion, before: state.context, after: after, isAtEnd: scalar == nil) {
                    pending.append(instruction + 1)
                }
            case .character(let value):
                if value == scalar { accepted.append(Int32(instruction + 1)) }
            case .set(let index):
                if let scalar, program.sets[index].contains(scalar) { accepted.append(Int32(instruction + 1)) }
            case .match: isMatched = true
            }
        }
        for instruction in entered { visited[instruction] = false }
        if isMatched { return .matched }
        guard scalar != nil else { return .dead }
        // A match may start at the next position too.
        if !program.isAnchored { accepted.append(0) }
        if accepted.isEmpty { return .dead }
        accepted.sort()
        return .state(State(instructions: accepted, context: after.intersection(relevantContext)))
    }

    private static func context(behind scalar: UInt32) -> Context {
        if scalar == 0x0A { return .newline }
        return ScalarSet.wordCharacters.contains(scalar) ? .wordCharacter : []
    }

    private static func holds(
        _ assertion: PatternAssertion, before: Context, after: Context, isAtEnd: Bool
    ) -> Bool {
        switch assertion {
        case .textStart: before.contains(.textStart)
        case .textEnd: isAtEnd
        case .lineStart: before.contains(.textStart) || before.contains(.newline)
        case .lineEnd: isAtEnd || after.contains(.newline)
        case .wordBoundary: before.contains(.wordCharacter) != after.contains(.wordCharacter)
        case .noWordBoundary: before.contains(.wordCharacter) == after.contains(.wordCharacter)
        }
    }
}
