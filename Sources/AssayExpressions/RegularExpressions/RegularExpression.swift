/// A regular expression with the syntax and the meaning of RE2, matched in time linear in the text.
///
/// It knows literals, classes (Perl, POSIX, Unicode general categories), groups, flags `i`, `m`, `s` and `U`, greedy
/// and lazy repetition and anchors. It has no back references and no lookaround: they cannot be matched in linear time
/// and are errors of their own. Texts are sequences of Unicode scalars, not of grapheme clusters, and positions are
/// offsets in UTF-8. A match costs at most the length of the text times the size of the compiled pattern, which is
/// limited.
///
/// Compile once and keep the value: compiling costs more than matching, and a value may be used by any number of
/// threads at once.
public struct RegularExpression: Sendable {
    /// The pattern as it was given.
    public let pattern: String
    /// The names of the capturing groups by index; index 0, the whole match, has none.
    public let captureNames: [String?]
    let program: PatternProgram
    private let automaton: SharedAutomaton

    /// Compiles a pattern.
    ///
    /// - Throws: ``RegularExpressionError`` with the kind and the place of what is wrong.
    public init(_ pattern: String) throws(RegularExpressionError) {
        var parser = try PatternParser(pattern)
        let node = try parser.parse()
        do throws(PatternProgram.TooLarge) {
            program = try PatternProgram(node, captureCount: parser.captureNames.count - 1)
        } catch {
            throw parser.error(.patternTooLarge, from: 0)
        }
        captureNames = parser.captureNames
        automaton = SharedAutomaton(program)
        self.pattern = pattern
    }

    /// The number of capturing groups, the whole match not counted.
    public var captureCount: Int { captureNames.count - 1 }

    /// Where a match and its groups lie.
    public struct Match: Hashable, Sendable {
        /// The ranges of the groups as offsets in the UTF-8 of the text, nil for groups that took no part; index 0 is
        /// the whole match.
        public let captures: [Range<Int>?]
        /// The range of the whole match as offsets in the UTF-8 of the text.
        public let range: Range<Int>

        init(slots: [Int]) {
            captures = (0..<slots.count / 2).map { group in
                let (start, end) = (slots[2 * group], slots[2 * group + 1])
                return start >= 0 && end >= start ? start..<end : nil
            }
            range = slots[0]..<slots[1]
        }

        /// What a group matched in `text`, nil for a group that took no part or does not exist.
        public func text(_ group: Int, of text: String) -> String? {
            guard captures.indices.contains(group), let range = captures[group] else { return nil }
            return String(decoding: text.utf8.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
        }
    }

    /// Whether the pattern matches anywhere in the text.
    public func isMatch(_ text: String) -> Bool {
        let bytes = text.utf8
        return isMatch(bytes.span)
    }

    /// Whether the pattern matches anywhere in a text given as UTF-8; bytes that are none count as U+FFFD.
    public func isMatch(utf8 bytes: [UInt8]) -> Bool {
        isMatch(bytes.span)
    }

    private func isMatch(_ text: Span<UInt8>) -> Bool {
        if let answer = automaton.isMatch(text) { return answer }
        var machine = PatternMachine(program, keepsCaptures: false)
        return machine.firstMatch(in: text, from: 0) != nil
    }

    /// The leftmost match in the text, among those the one that a backtracking matcher would find first.
    public func firstMatch(in text: String) -> Match? {
        var machine = PatternMachine(program, keepsCaptures: true)
        let bytes = text.utf8
        return machine.firstMatch(in: bytes.span, from: 0).map(Match.init(slots:))
    }

    /// The matches from left to right that do not overlap, at most `limit`.
    ///
    /// An empty match right after another match is left out. Each match costs one pass over the rest of the text at
    /// most.
    public func matches(in text: String, limit: Int = .max) -> [Match] {
        let utf8 = text.utf8
        let bytes = utf8.span
        var machine = PatternMachine(program, keepsCaptures: true)
        var matches: [Match] = []
        var position = 0
        while position <= bytes.count, matches.count < limit,
            let slots = machine.firstMatch(in: bytes, from: position)
        {
            let match = Match(slots: slots)
            let isEmptyAfterMatch = match.range.isEmpty && matches.last?.range.upperBound == match.range.lowerBound
            if !isEmptyAfterMatch { matches.append(match) }
            if match.range.upperBound > position {
                position = match.range.upperBound
            } else {
                position += position < bytes.count ? UTF8Text.scalar(in: bytes, at: position).width : 1
            }
        }
        return matches
    }
}

extension RegularExpression: Hashable {
    /// Whether the patterns are the same text, byte for byte.
    public static func == (left: RegularExpression, right: RegularExpression) -> Bool {
        left.pattern.utf8.elementsEqual(right.pattern.utf8)
    }

    /// Feeds the pattern to the hasher.
    public func hash(into hasher: inout Hasher) {
        for byte in pattern.utf8 { hasher.combine(byte) }
    }
}
