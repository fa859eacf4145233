/// An opened file of slot records: what was recorded and where its blocks stand.
public struct SlotRecord: Sendable {
    /// The records of one chunk of the snapshot.
    public struct Block: Sendable, Hashable {
        /// Where the block starts in the file.
        public let position: Int
        /// Its length; `BulkWorker.spare` bytes more can be read behind every block.
        public let count: Int
        /// How many lines it is of.
        public let lineCount: Int
        /// Where the chunk's first line stands in the snapshot.
        public let sourceOffset: Int
        let dictionary: Int
        let checksum: UInt64
    }

    /// A dictionary of one of the workers that recorded.
    struct Dictionary: Sendable {
        /// By value of the schema: its first word and how many there are, in the order of their numbers.
        var values: [(first: Int32, count: Int32)]
        var words: [(start: Int32, count: Int32, isEscaped: Bool)]
        var texts: [UInt8]
    }

    /// In the order of the snapshot's chunks as they were written.
    public let blocks: [Block]
    /// What names the snapshot that was scanned.
    public let source: [UInt8]
    /// How many lines all blocks are of.
    public let lineCount: Int
    let schema: SlotRecordSchema
    let dictionaries: [Dictionary]

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - size: the file's size in bytes.
    ///   - read: gives so many bytes from a position of the file.
    /// - Throws: `SlotRecordError`, and what the closure throws.
    public init(size: Int, read: (_ position: Int, _ count: Int) throws -> [UInt8]) throws {
        let endCount = SlotRecordWriter.endCount
        guard size > endCount else { throw SlotRecordError.truncated(size: size) }
        let endStart = size - endCount
        let end = try read(endStart, endCount)
        guard end.starts(with: SlotRecordWriter.endMagic) else { throw SlotRecordError.truncated(size: size) }
        let damagedEnd = SlotRecordError.damaged(part: "end mark", position: endStart)
        var fields: [UInt64] = []
        do {
            var cursor = SlotRecordCursor(end[8...])
            for _ in 0..<7 { fields.append(try cursor.word()) }
        } catch {
            throw damagedEnd
        }
        guard fields[6] == BlockChecksum.of(end, 0..<endCount - 8),
            let trailerStart = Int(exactly: fields[0]), let trailerCount = Int(exactly: fields[1]),
            let headCount = Int(exactly: fields[3]), let lines = Int(exactly: fields[5]),
            trailerStart >= 0, trailerStart <= endStart, trailerCount == endStart - trailerStart,
            headCount >= 12, headCount <= trailerStart
        else { throw damagedEnd }

        let head = try read(0, headCount)
        let damagedHead = SlotRecordError.damaged(part: "head", position: 0)
        guard head.count == headCount, BlockChecksum.of(head) == fields[4], head.starts(with: SlotRecordWriter.magic)
        else { throw damagedHead }
        let version = (0..<4).reduce(0) { $0 | Int(head[8 + $1]) << (8 * $1) }
        guard version <= 1 else { throw SlotRecordError.newer(version: version) }
        do {
            var cursor = SlotRecordCursor(head[12...])
            source = try cursor.text()
            schema = try SlotRecordSchema(&cursor)
            guard cursor.isAtEnd else { throw damagedHead }
        } catch is SlotRecordCursor.Failure {
            throw damagedHead
        }

        let trailer = try read(trailerStart, trailerCount)
        let damagedTrailer = SlotRecordError.damaged(part: "trailer", position: trailerStart)
        guard trailer.count == trailerCount, BlockChecksum.of(trailer) == fields[2] else { throw damagedTrailer }
        do {
            var cursor = SlotRecordCursor(trailer[...])
            dictionaries = try Self.dictionaries(&cursor, values: schema.valueCount)
            blocks = try Self.blocks(&cursor, from: headCount, dictionaries: dictionaries.count)
            guard cursor.isAtEnd, (blocks.last.map { $0.position + $0.count } ?? headCount) == trailerStart
            else { throw damagedTrailer }
        } catch is SlotRecordCursor.Failure {
            throw damagedTrailer
        }
        lineCount = lines
        guard blocks.reduce(0, { $0 + $1.lineCount }) == lines else { throw damagedTrailer }
    }

    private static func dictionaries(
        _ cursor: inout SlotRecordCursor, values: Int
    ) throws(SlotRecordCursor.Failure) -> [Dictionary] {
        var dictionaries: [Dictionary] = []
        for _ in 0..<(try cursor.count()) {
            var found: [[(start: Int32, count: Int32, isEscaped: Bool)]] = Array(repeating: [], count: values)
            var texts: [UInt8] = []
            for _ in 0..<(try cursor.count()) {
                let value = try cursor.number()
                let isEscaped = try cursor.byte() == 1
                let text = try cursor.text()
                guard value < values, !text.isEmpty, texts.count + text.count < 1 << 30 else {
                    throw SlotRecordCursor.Failure()
                }
                found[value].append((Int32(texts.count), Int32(text.count), isEscaped))
                texts += text
            }
            var dictionary = Dictionary(values: [], words: [], texts: texts)
            for words in found {
                dictionary.values.append((Int32(dictionary.words.count), Int32(words.count)))
                dictionary.words += words
            }
            dictionaries.append(dictionary)
        }
        return dictionaries
    }

    private static func blocks(
        _ cursor: inout SlotRecordCursor, from start: Int, dictionaries: Int
    ) throws(SlotRecordCursor.Failure) -> [Block] {
        var blocks: [Block] = []
        var position = start
        for _ in 0..<(try cursor.count()) {
            let (count, lines) = (try cursor.number(), try cursor.number())
            let (offset, dictionary) = (try cursor.number(), try cursor.number())
            let checksum = try cursor.word()
            guard dictionary < dictionaries, count < 1 << 31, lines <= count else { throw SlotRecordCursor.Failure() }
            blocks.append(
                Block(
                    position: position, count: count, lineCount: lines, sourceOffset: offset, dictionary: dictionary,
                    checksum: checksum))
            position += count
        }
        return blocks
    }
}
