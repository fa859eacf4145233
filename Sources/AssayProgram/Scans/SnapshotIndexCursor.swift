import AssayFormats

/// Reads the records of an index with two blocks in memory, so that looking a little ahead costs nothing.
public struct SnapshotIndexCursor {
    /// What is read.
    public let index: SnapshotIndex
    /// The line that `next` gives.
    public private(set) var line = 0

    private var numbers = (even: -1, odd: -1)
    private var words: (even: [UInt64], odd: [UInt64]) = ([], [])

    init(_ index: SnapshotIndex) {
        self.index = index
    }

    /// The next record; nil after the last one.
    public mutating func next() throws(ScanFileError) -> SnapshotIndexRecord? {
        guard line < index.count else { return nil }
        defer { line += 1 }
        return try record(at: line)
    }

    /// Makes this line the one that `next` gives.
    public mutating func seek(to line: Int) {
        precondition(line >= 0 && line <= index.count, "a line of the index")
        self.line = line
    }

    /// The record of a line.
    public mutating func record(at line: Int) throws(ScanFileError) -> SnapshotIndexRecord {
        let place = try place(of: line)
        let isEven = line / SnapshotIndexLayout.blockRecords % 2 == 0
        let middle = UInt64(littleEndian: isEven ? words.even[place + 1] : words.odd[place + 1])
        let type = UInt32(truncatingIfNeeded: middle >> 32)
        return SnapshotIndexRecord(
            offset: Int(truncatingIfNeeded: UInt64(littleEndian: isEven ? words.even[place] : words.odd[place])),
            length: Int(middle & 0xFFFF_FFFF), type: type == SnapshotIndexLayout.noType ? -1 : Int(type),
            hash: hash(place, isEven))
    }

    /// The hash of a line.
    mutating func hash(at line: Int) throws(ScanFileError) -> LineHash {
        let place = try place(of: line)
        return hash(place, line / SnapshotIndexLayout.blockRecords % 2 == 0)
    }

    private func hash(_ place: Int, _ isEven: Bool) -> LineHash {
        isEven
            ? LineHash(
                low: UInt64(littleEndian: words.even[place + 2]), high: UInt64(littleEndian: words.even[place + 3]))
            : LineHash(
                low: UInt64(littleEndian: words.odd[place + 2]), high: UInt64(littleEndian: words.odd[place + 3]))
    }

    /// The first word of a line in its block, which is in memory then.
    private mutating func place(of line: Int) throws(ScanFileError) -> Int {
        precondition(line >= 0 && line < index.count, "a line of the index")
        let number = line / SnapshotIndexLayout.blockRecords
        if number % 2 == 0 {
            if numbers.even != number {
                numbers.even = -1
                try index.block(number, into: &words.even)
                numbers.even = number
            }
        } else if numbers.odd != number {
            numbers.odd = -1
            try index.block(number, into: &words.odd)
            numbers.odd = number
        }
        return line % SnapshotIndexLayout.blockRecords * SnapshotIndexLayout.recordWords
    }
}
