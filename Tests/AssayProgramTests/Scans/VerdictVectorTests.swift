import AssayCore
import AssayFormats
import AssayHashing
import AssayProgram
import Testing

@Suite("verdict vector")
struct VerdictVectorTests {
    private static let environment = Digest(of: [7])
    private static let resources = Digest(of: [8])

    private static func pair(_ name: String) -> PairIdentity {
        PairIdentity(rule: name, version: "v", profile: "default", parameters: "p")
    }

    private static func order() throws -> VerdictOrder {
        try VerdictOrder(types: [
            .init(name: "A", pairs: [pair("a1"), pair("a2"), pair("a3")]),
            .init(name: "B", pairs: [pair("b1"), pair("b2")]),
            .init(name: "C", pairs: []),
        ])
    }

    /// Type and codes of each line, with lines that no rule judges among them.
    private static func lines(_ count: Int) -> [(type: Int, codes: [UInt8])] {
        var numbers = SeededNumbers(seed: count)
        return (0..<count).map { _ in
            let type = numbers.below(4) - 1
            let width = type < 0 ? 0 : [3, 2, 0][type]
            return (type, (0..<width).map { _ in UInt8(numbers.below(5) + 1) })
        }
    }

    @discardableResult
    private static func write(_ lines: [(type: Int, codes: [UInt8])], to path: String) throws -> VerdictVectorSummary {
        var writer = try VerdictVectorWriter(path: path, order: order(), environment: environment)
        for line in lines { try writer.append(type: line.type, codes: line.codes.span) }
        return try writer.finish(resources: resources, isSynced: false)
    }

    @Test("every line reads back, in order and out of order", arguments: [0, 1, 2, 4_095, 4_096, 4_097, 9_000])
    func readsBack(_ count: Int) throws {
        let folder = try ScratchFolder()
        let lines = Self.lines(count)
        let summary = try Self.write(lines, to: folder.file("v"))
        let vector = try VerdictVector(path: folder.file("v"))
        #expect(vector.summary == summary)
        #expect(summary.digest == (try FileText.digest(folder.file("v"))))
        #expect(summary.lines == count)
        #expect(summary.pairs == lines.reduce(0) { $0 + $1.codes.count })
        for code in UInt8(1)...5 {
            #expect(summary.counts[Int(code)] == lines.reduce(0) { $0 + $1.codes.count { $0 == code } })
        }
        #expect(vector.order == (try Self.order()))
        #expect(vector.environment == Self.environment)
        #expect(vector.summary.resources == Self.resources)
        var cursor = vector.cursor()
        for (number, line) in lines.enumerated() {
            try #require(try cursor.type(ofLine: number) == line.type, "line \(number)")
            try #require(try cursor.states(ofLine: number).map(\.code) == line.codes, "line \(number)")
        }
        for number in stride(from: count - 1, to: 0, by: -997) {
            #expect(try vector.states(ofLine: number).map(\.code) == lines[number].codes)
        }
    }

    @Test("a cursor gives the same lines in any order")
    func readsScattered() throws {
        let folder = try ScratchFolder()
        let lines = Self.lines(50_000)
        try Self.write(lines, to: folder.file("v"))
        var cursor = try VerdictVector(path: folder.file("v")).cursor()
        var numbers = SeededNumbers(seed: 9)
        for _ in 0..<5_000 {
            let line = numbers.below(lines.count)
            try #require(try cursor.type(ofLine: line) == lines[line].type, "line \(line)")
            try #require(try cursor.states(ofLine: line).map(\.code) == lines[line].codes, "line \(line)")
        }
    }

    @Test("a vector cut short at any byte is refused")
    func refusesTruncated() throws {
        let folder = try ScratchFolder()
        try Self.write(Self.lines(20), to: folder.file("v"))
        let bytes = try FileText.read(folder.file("v"))
        for count in 0..<bytes.count {
            try folder.put(Array(bytes[..<count]), "cut")
            let error = #expect(throws: ScanFileError.self, "cut at \(count)") {
                _ = try VerdictVector(path: folder.file("cut"))
            }
            try #require(error == .truncated(path: folder.file("cut")), "cut at \(count)")
        }
    }

    @Test("a vector with any bit flipped is refused")
    func refusesFlipped() throws {
        let folder = try ScratchFolder()
        try Self.write(Self.lines(12), to: folder.file("v"))
        let bytes = try FileText.read(folder.file("v"))
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 1 << UInt8(index % 8)
            try folder.put(flipped, "flipped")
            #expect(throws: ScanFileError.self, "byte \(index)") { _ = try VerdictVector(path: folder.file("flipped")) }
        }
    }

    @Test("a vector whose digest was made to fit a change is read without a trap")
    func survivesForgery() throws {
        let folder = try ScratchFolder()
        try Self.write(Self.lines(30), to: folder.file("v"))
        let bytes = try FileText.read(folder.file("v"))
        var numbers = SeededNumbers(seed: 1)
        var readable = 0
        for _ in 0..<2_000 {
            var forged = Array(bytes.dropLast(40))
            for _ in 0...numbers.below(3) { forged[numbers.below(forged.count)] = UInt8(numbers.below(256)) }
            let content = Digest(of: forged)
            try folder.put(forged + content.bytes + bytes.suffix(8), "forged")
            do throws(ScanFileError) {
                let vector = try VerdictVector(path: folder.file("forged"))
                for line in 0..<min(vector.summary.lines, 64) { _ = try vector.states(ofLine: line) }
                readable += 1
            } catch {
                continue
            }
        }
        #expect(readable > 0)
    }

    @Test("another file and a newer version are refused by name")
    func refusesOthers() throws {
        let folder = try ScratchFolder()
        try Self.write(Self.lines(3), to: folder.file("v"))
        var bytes = try FileText.read(folder.file("v"))
        bytes[8] = 2
        try folder.put(bytes, "newer")
        #expect(throws: ScanFileError.newer(path: folder.file("newer"), version: 2)) {
            _ = try VerdictVector(path: folder.file("newer"))
        }
        try folder.put(Array("SQLite format 3".utf8), "other")
        #expect(throws: ScanFileError.foreign(path: folder.file("other"), kind: "verdict vector")) {
            _ = try VerdictVector(path: folder.file("other"))
        }
    }

    @Test("undecided, a code that is no state and a wrong number of verdicts are not written")
    func refusesUndecided() throws {
        let folder = try ScratchFolder()
        for codes in [[0, 1, 1], [1, 0, 1], [1, 1, 0], [1, 6, 1], [16, 1, 1], [1, 1], [1, 1, 1, 1]] as [[UInt8]] {
            var writer = try VerdictVectorWriter(
                path: folder.file("v"), order: Self.order(), environment: Self.environment)
            #expect(throws: ScanFileError.self, "\(codes)") { try writer.append(type: 0, codes: codes.span) }
        }
        #expect(try folder.names().isEmpty)
    }

    @Test("an order that names a type or a pair twice is refused")
    func refusesDoubles() {
        #expect(throws: ScanFileError.self) {
            _ = try VerdictOrder(types: [.init(name: "A", pairs: []), .init(name: "A", pairs: [])])
        }
        #expect(throws: ScanFileError.self) {
            _ = try VerdictOrder(types: [.init(name: "A", pairs: [Self.pair("a"), Self.pair("a")])])
        }
    }
}
