/// One step of a compiled pattern; where nothing else is said, the next instruction follows.
enum PatternInstruction: Sendable {
    case character(UInt32)
    /// Index into ``PatternProgram/sets``.
    case set(Int)
    case assertion(PatternAssertion)
    /// Continues at both places; the first has priority.
    case split(Int, Int)
    case jump(Int)
    /// Notes the position in a slot: 2 × group for its start, one more for its end.
    case save(Int)
    case match
}

/// A set of scalars with a bitmap for ASCII.
struct PatternSet: Sendable {
    let set: ScalarSet
    private let low: UInt64
    private let high: UInt64

    init(_ set: ScalarSet) {
        self.set = set
        func bits(from start: UInt32) -> UInt64 {
            (0..<64).reduce(0) { bits, index in set.contains(start + index) ? bits | 1 << UInt64(index) : bits }
        }
        low = bits(from: 0)
        high = bits(from: 64)
    }

    func contains(_ scalar: UInt32) -> Bool {
        if scalar < 64 { return low >> UInt64(scalar) & 1 == 1 }
        if scalar < 128 { return high >> UInt64(scalar - 64) & 1 == 1 }
        return set.contains(scalar)
    }
}

/// A pattern compiled for a machine that follows all alternatives at once.
struct PatternProgram: Sendable {
    private(set) var instructions: [PatternInstruction] = []
    private(set) var sets: [PatternSet] = []
    let slotCount: Int
    /// Whether a match can start at the start of the text only.
    let isAnchored: Bool
    private var setIndices: [ScalarSet: Int] = [:]

    static let maximumInstructions = 10_000
    /// Instructions × slots: what the machine reserves for captures, 16 MB.
    static let maximumCaptureCells = 1 << 21

    /// Throws `.patternTooLarge` beyond the limits.
    init(_ node: PatternNode, captureCount: Int) throws(TooLarge) {
        slotCount = 2 * (captureCount + 1)
        isAnchored = PatternProgram.startsAtTextStart(node)
        try compile(.capture(index: 0, node))
        try emit(.match)
        guard instructions.count * slotCount <= PatternProgram.maximumCaptureCells else { throw TooLarge() }
        setIndices = [:]
    }

    struct TooLarge: Error {}

    private static func startsAtTextStart(_ node: PatternNode) -> Bool {
        switch node {
        case .assertion(.textStart): true
        case .capture(_, let body): startsAtTextStart(body)
        case .sequence(let parts): parts.first.map(startsAtTextStart) ?? false
        case .alternatives(let parts): parts.allSatisfy(startsAtTextStart)
        default: false
        }
    }

    private mutating func emit(_ instruction: PatternInstruction) throws(TooLarge) {
        guard instructions.count < PatternProgram.maximumInstructions else { throw TooLarge() }
        instructions.append(instruction)
    }

    private mutating func compile(_ node: PatternNode) throws(TooLarge) {
        switch node {
        case .empty: break
        case .character(let value): try emit(.character(value))
        case .set(let set): try emit(.set(index(of: set)))
        case .assertion(let assertion): try emit(.assertion(assertion))
        case .capture(let index, let body):
            try emit(.save(2 * index))
            try compile(body)
            try emit(.save(2 * index + 1))
        case .sequence(let parts):
            for part in parts { try compile(part) }
        case .alternatives(let parts):
            try compile(alternatives: parts)
        case .repetition(let body, let minimum, let maximum, let isGreedy):
            for _ in 0..<max(0, maximum == nil ? minimum - 1 : minimum) { try compile(body) }
            if let maximum {
                try compile(upTo: maximum - minimum, copiesOf: body, isGreedy: isGreedy)
            } else if minimum > 0 {
                try compile(oneOrMore: body, isGreedy: isGreedy)
            } else {
                try compile(zeroOrMore: body, isGreedy: isGreedy)
            }
        }
    }

    private mutating func index(of set: ScalarSet) -> Int {
        if let index = setIndices[set] { return index }
        sets.append(PatternSet(set))
        setIndices[set] = sets.count - 1
        return sets.count - 1
    }

    private mutating func compile(alternatives parts: [PatternNode]) throws(TooLarge) {
        var jumps: [Int] = []
        for part in parts.dropLast() {
            let split = instructions.count
            try emit(.jump(0))
            try compile(part)
            jumps.append(instructions.count)
            try emit(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        if let last = parts.last { try compile(last) }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    /// `x{0,n}` as `(x(x(x)?)?)?`, whose skips all lead to the end.
    private mutating func compile(
        upTo count: Int, copiesOf body: PatternNode, isGreedy: Bool
    ) throws(TooLarge) {
        var splits: [Int] = []
        for _ in 0..<count {
            splits.append(instructions.count)
            try emit(.jump(0))
            try compile(body)
        }
        for split in splits { instructions[split] = branch(into: split + 1, past: instructions.count, isGreedy) }
    }

    private mutating func compile(oneOrMore body: PatternNode, isGreedy: Bool) throws(TooLarge) {
        let start = instructions.count
        try compile(body)
        try emit(branch(into: start, past: instructions.count + 1, isGreedy))
    }

    private mutating func compile(zeroOrMore body: PatternNode, isGreedy: Bool) throws(TooLarge) {
        let start = instructions.count
        try emit(.jump(0))
        if body.matchesEmpty {
            // As `(x+)?`: with the usual loop the way past it would be found before the empty match of the body, which
            // has another priority.
            try compile(oneOrMore: body, isGreedy: isGreedy)
        } else {
            try compile(body)
            try emit(.jump(start))
        }
        instructions[start] = branch(into: start + 1, past: instructions.count, isGreedy)
    }

    private func branch(into body: Int, past end: Int, _ isGreedy: Bool) -> PatternInstruction {
        isGreedy ? .split(body, end) : .split(end, body)
    }
}
