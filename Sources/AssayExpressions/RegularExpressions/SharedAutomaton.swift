import Synchronization

/// The automaton of a pattern, built further by every text that it reads and shared by all copies of the pattern.
final class SharedAutomaton: Sendable {
    private let automaton: Mutex<LazyAutomaton>

    init(_ program: PatternProgram) {
        automaton = Mutex(LazyAutomaton(program))
    }

    /// Whether the pattern matches anywhere in the text; nil when another thread is using the automaton or when it
    /// would grow too large, so that the caller has to ask a ``PatternMachine``.
    func isMatch(_ text: Span<UInt8>) -> Bool? {
        automaton.withLockIfAvailable { automaton in automaton.isMatch(text) } ?? nil
    }
}
