import AssayCore
import AssayFormats
import AssayHashing
import AssayProgram
import Testing

@Suite("snapshot index")
struct SnapshotIndexTests {
    private static let order = Digest(of: [1])
    private static let snapshot = Digest(of: [2])

    private static func hasher(_ byte: UInt8 = 3) throws -> LineHasher {
        try #require(LineHasher(key: [UInt8](repeating: byte, count: LineHasher.keyCount)))
    }

    private static func records(_ count: Int) -> [SnapshotIndexRecord] {
        var numbers = SeededNumbers(seed: count)
        return (0..<count).map { number in
            SnapshotIndexRecord(
                offset: number << 33, length: numbers.below(1 << 32), type: numbers.below(5) - 1,
                hash: LineHash(low: numbers.next(), high: numbers.next()))
        }
    }

    private static func write(_ records: [SnapshotIndexRecord], to path: String) throws {
        var writer = try SnapshotIndexWriter(path: path, order: order, hasher: hasher())
        for record in records { try writer.append(record) }
        try writer.finish(snapshot: snapshot, isSynced: false)
    }

    @Test("every record reads back, in order and out of order", arguments: [0, 1, 2_047, 2_048, 2_049, 7_000])
    func readsBack(_ count: Int) throws {
        let folder = try ScratchFolder()
        let records = Self.records(count)
        try Self.write(records, to: folder.file("i"))
        let index = try SnapshotIndex(path: folder.file("i"), hasher: Self.hasher())
        #expect(index.count == count)
        #expect(index.snapshot == Self.snapshot)
        #expect(index.order == Self.order)
        var cursor = index.cursor()
        var read: [SnapshotIndexRecord] = []
        while let record = try cursor.next() { read.append(record) }
        #expect(read == records)
        for number in stride(from: count - 1, to: 0, by: -611) {
            #expect(try cursor.record(at: number) == records[number])
        }
        cursor.seek(to: count / 2)
        #expect(try cursor.next() == (count == 0 ? nil : records[count / 2]))
    }

    private static func readAll(_ path: String) throws {
        let index = try SnapshotIndex(path: path, hasher: hasher())
        var cursor = index.cursor()
        while try cursor.next() != nil {}
    }

    @Test("an index cut short at any byte is refused")
    func refusesTruncated() throws {
        let folder = try ScratchFolder()
        try Self.write(Self.records(9), to: folder.file("i"))
        let bytes = try FileText.read(folder.file("i"))
        for count in 0..<bytes.count {
            try folder.put(Array(bytes[..<count]), "cut")
            #expect(throws: ScanFileError.truncated(path: folder.file("cut")), "cut at \(count)") {
                try Self.readAll(folder.file("cut"))
            }
        }
    }

    @Test("an index with any bit flipped is refused")
    func refusesFlipped() throws {
        let folder = try ScratchFolder()
        try Self.write(Self.records(9), to: folder.file("i"))
        let bytes = try FileText.read(folder.file("i"))
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 1 << UInt8(index % 8)
            try folder.put(flipped, "flipped")
            #expect(throws: ScanFileError.self, "byte \(index)") { try Self.readAll(folder.file("flipped")) }
        }
    }

    @Test("another secret is named as such")
    func refusesOtherSecret() throws {
        let folder = try ScratchFolder()
        try Self.write(Self.records(9), to: folder.file("i"))
        #expect(throws: ScanFileError.otherSecret(path: folder.file("i"))) {
            _ = try SnapshotIndex(path: folder.file("i"), hasher: Self.hasher(4))
        }
    }

    @Test("a record that does not fit is not written, and nothing is left behind")
    func refusesUnfit() throws {
        let folder = try ScratchFolder()
        let hash = LineHash(low: 1, high: 2)
        for record in [
            SnapshotIndexRecord(offset: -1, length: 0, type: 0, hash: hash),
            SnapshotIndexRecord(offset: 0, length: 1 << 32, type: 0, hash: hash),
            SnapshotIndexRecord(offset: 0, length: 0, type: -2, hash: hash),
        ] {
            var writer = try SnapshotIndexWriter(path: folder.file("i"), order: Self.order, hasher: Self.hasher())
            #expect(throws: ScanFileError.self) { try writer.append(record) }
        }
        #expect(try folder.names().isEmpty)
    }
}
