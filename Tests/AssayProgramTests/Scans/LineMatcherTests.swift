import AssayCore
import AssayFormats
import AssayHashing
import AssayProgram
import Testing

@Suite("line matcher")
struct LineMatcherTests {
    /// Matches lines that are told apart by a number alone.
    private static func match(_ previous: [Int], _ new: [Int], tableAfter: Int? = nil) throws -> LineMatch {
        let folder = try ScratchFolder()
        let hasher = try #require(LineHasher(key: [UInt8](repeating: 3, count: LineHasher.keyCount)))
        func index(_ name: String, _ lines: [Int]) throws -> SnapshotIndex {
            var writer = try SnapshotIndexWriter(path: folder.file(name), order: Digest(of: [1]), hasher: hasher)
            for line in lines {
                try writer.append(
                    SnapshotIndexRecord(offset: 0, length: 0, type: -1, hash: hasher.hash(Array("\(line)".utf8))))
            }
            try writer.finish(snapshot: Digest(of: []), isSynced: false)
            return try SnapshotIndex(path: folder.file(name), hasher: hasher)
        }
        return try LineMatcher.match(previous: index("p", previous), new: index("n", new), tableAfter: tableAfter)
    }

    private static func unmatched(_ match: LineMatch) -> [Int] {
        var lines: [Int] = []
        match.forEachUnmatchedPrevious { lines.append($0) }
        return lines
    }

    @Test("an unchanged snapshot is one run")
    func matchesWhole() throws {
        let match = try Self.match(Array(0..<5_000), Array(0..<5_000))
        #expect(match.runs == [LineMatch.Run(line: 0, previous: 0, count: 5_000)])
        #expect(Self.unmatched(match).isEmpty)
    }

    @Test("a changed, an added and a removed line part the runs without a table")
    func followsEdits() throws {
        var new = Array(0..<3_000)
        new[10] = -1
        new.insert(-2, at: 2_047)
        new.remove(at: 2_500)
        let match = try Self.match(Array(0..<3_000), new, tableAfter: .max)
        let runs: [LineMatch.Run] = [
            .init(line: 0, previous: 0, count: 10), .init(line: 10, previous: -1, count: 1),
            .init(line: 11, previous: 11, count: 2_036), .init(line: 2_047, previous: -1, count: 1),
            .init(line: 2_048, previous: 2_047, count: 452), .init(line: 2_500, previous: 2_500, count: 500),
        ]
        #expect(match.runs == runs)
        #expect(Self.unmatched(match) == [10, 2_499])
        #expect(match.matchedLines == 2_998)
    }

    @Test("a reversed snapshot is matched whole by the table")
    func findsMoved() throws {
        let match = try Self.match(Array(0..<4_000), Array((0..<4_000).reversed()), tableAfter: 0)
        #expect(match.matchedLines == 4_000)
        for run in match.runs { #expect(run.line + run.previous == 3_999) }
        #expect(Self.unmatched(match).isEmpty)
    }

    @Test("a reversed snapshot misses no more lines than the table is worth")
    func boundsMisses() throws {
        let match = try Self.match(Array(0..<4_000), Array((0..<4_000).reversed()), tableAfter: 100)
        #expect(match.lines - match.matchedLines <= 100)
    }

    @Test("nothing is matched with an empty side")
    func matchesNothing() throws {
        #expect(try Self.match([], [1, 2]).runs == [.init(line: 0, previous: -1, count: 2)])
        let match = try Self.match([1, 2], [])
        #expect(match.runs.isEmpty)
        #expect(Self.unmatched(match) == [0, 1])
    }
}
