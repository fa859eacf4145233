/// A condition on a position of the text that takes up no characters.
enum PatternAssertion: Hashable, Sendable {
    case textStart
    case textEnd
    case lineStart
    case lineEnd
    case wordBoundary
    case noWordBoundary
}

/// A part of a parsed pattern.
indirect enum PatternNode: Sendable {
    /// Matches the empty text.
    case empty
    case character(UInt32)
    case set(ScalarSet)
    case assertion(PatternAssertion)
    case capture(index: Int, PatternNode)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    /// `maximum` is nil when there is none.
    case repetition(PatternNode, minimum: Int, maximum: Int?, isGreedy: Bool)

    /// Whether the empty text can match.
    var matchesEmpty: Bool {
        switch self {
        case .empty, .assertion: true
        case .character, .set: false
        case .capture(_, let body): body.matchesEmpty
        case .sequence(let parts): parts.allSatisfy(\.matchesEmpty)
        case .alternatives(let parts): parts.contains(where: \.matchesEmpty)
        case .repetition(let body, let minimum, _, _): minimum == 0 || body.matchesEmpty
        }
    }

    /// How many copies of a part the nested counted repetitions ask for at most, 1 if there are none.
    var copies: Int {
        switch self {
        case .empty, .assertion, .character, .set: 1
        case .capture(_, let body): body.copies
        case .sequence(let parts), .alternatives(let parts): parts.map(\.copies).max() ?? 1
        case .repetition(let body, let minimum, let maximum, _): max(1, maximum ?? minimum) * body.copies
        }
    }
}
