/// Reads RE2 syntax (github.com/google/re2/wiki/Syntax) into a ``PatternNode``, without recursion.
struct PatternParser {
    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesNewline = false
        var swapsGreediness = false
    }

    private struct Item {
        var node: PatternNode
        var isRepetition = false
    }

    /// An open group; the outermost one is the whole pattern.
    private struct Group {
        var start: Int
        var captureIndex: Int?
        var flagsOutside: Flags
        var alternatives: [PatternNode] = []
        var items: [Item] = []

        /// What was read since the group or its last `|` began.
        mutating func takeSequence() -> PatternNode {
            defer { items = [] }
            return items.count == 1 ? items[0].node : items.isEmpty ? .empty : .sequence(items.map(\.node))
        }

        mutating func close() -> PatternNode {
            alternatives.append(takeSequence())
            let body = alternatives.count == 1 ? alternatives[0] : .alternatives(alternatives)
            return captureIndex.map { index in .capture(index: index, body) } ?? body
        }
    }

    static let maximumDepth = 250
    static let maximumCopies = 1_000
    static let maximumLength = 65_536
    static let maximumParts = 20_000

    let scalars: [Unicode.Scalar]
    var position = 0
    var flags = Flags()
    private(set) var captureNames: [String?] = [nil]
    private var outer: [Group] = []
    private var group = Group(start: 0, captureIndex: nil, flagsOutside: Flags())
    private var partCount = 0

    init(_ pattern: String) throws(RegularExpressionError) {
        scalars = Array(pattern.unicodeScalars)
        guard pattern.utf8.count <= PatternParser.maximumLength else { throw error(.patternTooLarge, from: 0) }
    }

    mutating func parse() throws(RegularExpressionError) -> PatternNode {
        while let scalar = peek() {
            let start = position
            position += 1
            switch scalar {
            case "(": try openGroup(from: start)
            case ")": try closeGroup(from: start)
            case "|": group.alternatives.append(group.takeSequence())
            case "[": try append(.set(try characterClass(from: start)))
            case ".": try append(.set(flags.dotMatchesNewline ? .all : ScalarSet.newline.inverted))
            case "^": try append(.assertion(flags.isMultiline ? .lineStart : .textStart))
            case "$": try append(.assertion(flags.isMultiline ? .lineEnd : .textEnd))
            case "*": try appendRepetition(0, nil, from: start)
            case "+": try appendRepetition(1, nil, from: start)
            case "?": try appendRepetition(0, 1, from: start)
            case "{":
                if let bounds = takeBounds() {
                    try appendRepetition(bounds.minimum, bounds.maximum, from: start)
                } else {
                    try append(literal(scalar.value))
                }
            case "\\": try appendEscape(from: start)
            default: try append(literal(scalar.value))
            }
        }
        guard outer.isEmpty else { throw error(.missingParenthesis, from: group.start) }
        return group.close()
    }

    // MARK: - Reading

    func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        position + distance < scalars.count ? scalars[position + distance] : nil
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        position += 1
        return true
    }

    /// The error about everything from `start` to the current position.
    func error(_ kind: RegularExpressionError.Kind, from start: Int) -> RegularExpressionError {
        let offset = scalars[..<start].reduce(0) { sum, scalar in sum + UTF8.width(scalar) }
        let end = min(max(position, start), start + 40)
        return RegularExpressionError(
            kind: kind, offset: offset, fragment: String(String.UnicodeScalarView(scalars[start..<end])))
    }

    // MARK: - Parts

    private mutating func append(_ node: PatternNode) throws(RegularExpressionError) {
        partCount += 1
        guard partCount <= PatternParser.maximumParts else { throw error(.patternTooLarge, from: 0) }
        group.items.append(Item(node: node))
    }

    private func literal(_ value: UInt32) -> PatternNode {
        guard flags.ignoresCase else { return .character(value) }
        let set = CaseFolding.closure(of: ScalarSet([value...value]))
        return set.ranges == [value...value] ? .character(value) : .set(set)
    }

    private mutating func appendEscape(from start: Int) throws(RegularExpressionError) {
        if let set = try escapedSet(from: start) {
            try append(.set(set))
            return
        }
        switch peek() {
        case nil:
            throw error(.trailingBackslash, from: start)
        case "A":
            position += 1
            try append(.assertion(.textStart))
        case "z":
            position += 1
            try append(.assertion(.textEnd))
        case "b":
            position += 1
            try append(.assertion(.wordBoundary))
        case "B":
            position += 1
            try append(.assertion(.noWordBoundary))
        case "Q":
            position += 1
            while let scalar = peek() {
                position += 1
                if scalar == "\\", take("E") { return }
                try append(literal(scalar.value))
            }
        case "C":
            position += 1
            throw error(.unsupportedSyntax, from: start)
        default:
            try append(literal(try escapedScalar(from: start)))
        }
    }

    // MARK: - Repetition

    /// The bounds after a `{`; nil, with the position unchanged, where the brace stands for itself.
    private mutating func takeBounds() -> (minimum: Int, maximum: Int?)? {
        let start = position
        if let minimum = takeNumber() {
            if take("}") { return (minimum, minimum) }
            if take(",") {
                if take("}") { return (minimum, nil) }
                if let maximum = takeNumber(), take("}") { return (minimum, maximum) }
            }
        }
        position = start
        return nil
    }

    /// A decimal number without leading zeros; a very large one counts as a million.
    private mutating func takeNumber() -> Int? {
        let start = position
        var value = 0
        while let digit = peek().flatMap({ scalar in UInt8(ascii: scalar, or: 0).decimalDigit }) {
            value = min(1_000_000, value * 10 + digit)
            position += 1
        }
        let isValid = position > start && (scalars[start] != "0" || position == start + 1)
        return isValid ? value : nil
    }

    private mutating func appendRepetition(
        _ minimum: Int, _ maximum: Int?, from start: Int
    ) throws(RegularExpressionError) {
        let isLazy = take("?")
        guard let item = group.items.popLast() else { throw error(.missingRepetitionArgument, from: start) }
        guard !item.isRepetition else { throw error(.invalidRepetition, from: start) }
        guard minimum <= PatternParser.maximumCopies, maximum ?? minimum <= PatternParser.maximumCopies,
            minimum <= maximum ?? minimum
        else { throw error(.repetitionTooLarge, from: start) }
        let node = PatternNode.repetition(
            item.node, minimum: minimum, maximum: maximum, isGreedy: isLazy == flags.swapsGreediness)
        guard node.copies <= PatternParser.maximumCopies else { throw error(.repetitionTooLarge, from: start) }
        group.items.append(Item(node: node, isRepetition: true))
    }

    // MARK: - Groups

    private mutating func openGroup(from start: Int) throws(RegularExpressionError) {
        var inner = Group(start: start, captureIndex: nil, flagsOutside: flags)
        if !take("?") {
            inner.captureIndex = captureNames.count
            captureNames.append(nil)
        } else if let name = try groupName(from: start) {
            guard !captureNames.contains(name) else { throw error(.duplicateGroupName, from: start) }
            inner.captureIndex = captureNames.count
            captureNames.append(name)
        } else if try changeFlags(from: start) {
            // `(?i)` opens no group: the flags hold to the end of the group that it stands in.
            return
        }
        guard outer.count < PatternParser.maximumDepth else { throw error(.nestingTooDeep, from: start) }
        outer.append(group)
        group = inner
    }

    private mutating func closeGroup(from start: Int) throws(RegularExpressionError) {
        guard let enclosing = outer.popLast() else { throw error(.unexpectedParenthesis, from: start) }
        flags = group.flagsOutside
        let node = group.close()
        group = enclosing
        try append(node)
    }

    /// The name after `(?`; nil where flags follow.
    private mutating func groupName(from start: Int) throws(RegularExpressionError) -> String? {
        switch (peek(), peek(1)) {
        case ("=", _), ("!", _), ("<", "="), ("<", "!"):
            position += peek() == "<" ? 2 : 1
            throw error(.lookaround, from: start)
        case ("P", "="):
            position += 2
            throw error(.backreference, from: start)
        case ("P", "<"):
            position += 2
        case ("<", _):
            position += 1
        case ("#", _), (">", _), ("|", _), ("P", _), ("&", _), ("R", _), ("x", _), ("'", _), ("(", _):
            position += 1
            throw error(.unsupportedSyntax, from: start)
        default:
            return nil
        }
        let nameStart = position
        while let scalar = peek(), scalar == "_" || scalar.properties.isXIDContinue { position += 1 }
        let name = String(String.UnicodeScalarView(scalars[nameStart..<position]))
        guard !name.isEmpty, take(">") else { throw error(.invalidGroup, from: start) }
        return name
    }

    /// Reads flags; true when they end in `)`, false when a group follows that they hold in.
    private mutating func changeFlags(from start: Int) throws(RegularExpressionError) -> Bool {
        var changed = flags
        var value = true
        var hasFlag = false
        while let scalar = peek() {
            position += 1
            switch scalar {
            case "i": changed.ignoresCase = value
            case "m": changed.isMultiline = value
            case "s": changed.dotMatchesNewline = value
            case "U": changed.swapsGreediness = value
            case "-" where value:
                value = false
                hasFlag = false
                continue
            case ":" where value || hasFlag, ")" where value || hasFlag:
                flags = changed
                return scalar == ")"
            default:
                throw error(.invalidGroup, from: start)
            }
            hasFlag = true
        }
        throw error(.invalidGroup, from: start)
    }
}

extension UInt8 {
    /// The byte of an ASCII scalar, or `replacement` for any other.
    init(ascii scalar: Unicode.Scalar, or replacement: UInt8) {
        self = scalar.isASCII ? UInt8(scalar.value) : replacement
    }
}
