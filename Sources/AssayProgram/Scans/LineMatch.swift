/// Lines of a new snapshot side by side with those of the previous one, as runs: memory grows with the changes.
public struct LineMatch: Sendable {
    /// Lines that follow each other on both sides, or new lines without a match.
    public struct Run: Sendable, Hashable {
        /// The first line of the new snapshot.
        public let line: Int
        /// The line of the previous snapshot with the same bytes; -1 when there is none.
        public let previous: Int
        /// How many lines.
        public var count: Int

        /// A run of its parts.
        public init(line: Int, previous: Int, count: Int) {
            self.line = line
            self.previous = previous
            self.count = count
        }
    }

    /// The runs, in the order of the new lines, none left out.
    public internal(set) var runs: [Run] = []
    /// Number of new lines.
    public internal(set) var lines = 0
    /// Number of previous lines.
    public let previousLines: Int
    /// Number of new lines that have a match.
    public internal(set) var matchedLines = 0
    /// One bit a previous line: some new line has its bytes.
    private var found: [UInt64]

    init(previousLines: Int) {
        self.previousLines = previousLines
        found = [UInt64](repeating: 0, count: (previousLines + 63) / 64)
    }

    mutating func append(previous: Int?) {
        defer { lines += 1 }
        if let previous {
            matchedLines += 1
            found[previous / 64] |= 1 << UInt64(previous % 64)
            if let last = runs.last, last.previous >= 0, last.previous + last.count == previous {
                runs[runs.count - 1].count += 1
            } else {
                runs.append(Run(line: lines, previous: previous, count: 1))
            }
        } else if runs.last?.previous == -1 {
            runs[runs.count - 1].count += 1
        } else {
            runs.append(Run(line: lines, previous: -1, count: 1))
        }
    }

    /// Calls `body` with each previous line whose bytes no new line has: those of resources that changed or are gone.
    public func forEachUnmatchedPrevious<Failure>(
        _ body: (_ previous: Int) throws(Failure) -> Void
    ) throws(Failure) {
        for (word, bits) in found.enumerated() where bits != .max {
            for bit in 0..<64 where bits & (1 << UInt64(bit)) == 0 {
                let line = word * 64 + bit
                if line < previousLines { try body(line) }
            }
        }
    }
}
