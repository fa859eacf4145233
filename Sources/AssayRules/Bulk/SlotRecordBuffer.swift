/// The slot records of one chunk, and the dictionary of the worker that makes them.
///
/// A slot record is what a scan saw of a line, event by event: values with their bytes, objects that were entered,
/// elements of lists. One buffer belongs to one worker and is used again for chunk after chunk. A value that is met
/// again becomes a word of the dictionary, so that records stay small and a replay knows its classes by heart.
public struct SlotRecordBuffer: Sendable {
    /// A value that stands in a record as one byte.
    struct Word: Sendable {
        let value: Int32
        let isEscaped: Bool
        let start: Int
        let count: Int
    }

    let schema: SlotRecordSchema
    /// By slot of the program: the event of taking it, and its number among the schema's values.
    private let takes: [Int32]
    private let values: [Int32]
    /// By node of the program.
    private let enters: [Int32]
    private let forgets: [Int32]
    private let rowsEvents: [Int32]

    /// The records of the chunk scanned last.
    private(set) var bytes: [UInt8] = []
    /// How many lines they are of.
    private(set) var lineCount = 0
    private var lineStart = 0
    private var isLineRecorded = false

    /// The words in the order in which they were met, and their texts.
    private(set) var words: [Word] = []
    private(set) var texts: [UInt8] = []
    /// By value of the schema: how many words it has.
    private var wordCounts: [UInt8]
    /// Places of words by hash, -1 for none; the number of a word among those of its value beside it.
    private var table: [(word: Int32, number: UInt8, tag: UInt32)]
    /// What was met once: a value becomes a word when it comes again.
    private var met: [UInt32]

    private static let wordLimit = 48
    private static let textLimit = 1 << 21
    private static let tableCount = 1 << 16
    private static let lineHead = 10

    /// An empty buffer for the records of a program's scan.
    public init(_ program: BulkProgram) {
        schema = SlotRecordSchema(program)
        var takes = [Int32](repeating: -1, count: program.tables.slots.count)
        var values = takes
        var enters = [Int32](repeating: -1, count: program.tables.nodes.count)
        var forgets = enters
        var rowsEvents = enters
        for type in schema.types {
            for node in type.nodes {
                let record = program.tables.nodes[Int(node.place)]
                if record.slot >= 0 {
                    takes[Int(record.slot)] = Int32(node.take)
                    values[Int(record.slot)] = Int32(node.value)
                }
                enters[Int(node.place)] = Int32(node.enter)
                forgets[Int(node.place)] = Int32(node.forget)
                rowsEvents[Int(node.place)] = Int32(node.rows)
            }
        }
        (self.takes, self.values, self.enters) = (takes, values, enters)
        (self.forgets, self.rowsEvents) = (forgets, rowsEvents)
        wordCounts = Array(repeating: 0, count: schema.valueCount)
        table = Array(repeating: (-1, 0, 0), count: Self.tableCount)
        met = Array(repeating: 0, count: 1 << 14)
    }

    /// What stands in for a buffer while it is lent to a scanner.
    init() {
        schema = SlotRecordSchema()
        (takes, values, enters, forgets, rowsEvents) = ([], [], [], [], [])
        (wordCounts, table, met) = ([], [], [])
    }

    // MARK: - Lines

    mutating func beginChunk() {
        bytes.removeAll(keepingCapacity: true)
        lineCount = 0
    }

    mutating func beginLine() {
        lineStart = bytes.count
        for _ in 0..<Self.lineHead { bytes.append(0) }
    }

    mutating func endLine(type: Int32, length: Int) {
        if type < 0 || !schema.types[Int(type)].isRecorded {
            bytes.removeLast(bytes.count - lineStart - Self.lineHead)
            if type >= 0 { append(event: SlotRecordSchema.Event.failure) }
        }
        write(UInt32(truncatingIfNeeded: type), 2, at: lineStart)
        write(UInt32(truncatingIfNeeded: length), 4, at: lineStart + 2)
        write(UInt32(truncatingIfNeeded: bytes.count - lineStart - Self.lineHead), 4, at: lineStart + 6)
        lineCount += 1
    }

    /// The line cannot be followed: what was recorded of it goes.
    mutating func fail() {
        bytes.removeLast(bytes.count - lineStart - Self.lineHead)
        append(event: SlotRecordSchema.Event.failure)
    }

    private mutating func write(_ value: UInt32, _ count: Int, at place: Int) {
        for index in 0..<count { bytes[place + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index)) }
    }

    // MARK: - Events

    @inline(__always)
    private mutating func append(event: Int) {
        if event >= 0x80 { bytes.append(UInt8(truncatingIfNeeded: event >> 8) | 0x80) }
        bytes.append(UInt8(truncatingIfNeeded: event))
    }

    mutating func enter(_ node: Int) { append(event: Int(enters[node])) }
    mutating func forget(_ node: Int) { append(event: Int(forgets[node])) }
    mutating func rows(_ node: Int) { append(event: Int(rowsEvents[node])) }
    mutating func element() { append(event: SlotRecordSchema.Event.element) }
    mutating func endRows() { append(event: SlotRecordSchema.Event.endOfRows) }
    mutating func tooManyElements() { append(event: SlotRecordSchema.Event.tooManyElements) }

    mutating func unknownList(_ list: UnsafeRawBufferPointer) {
        append(event: SlotRecordSchema.Event.unknownList)
        bytes.append(number: list.count)
        unsafe bytes.append(contentsOf: list)
    }

    /// A value as it stands in its line, strings with their quotes.
    mutating func take(_ slot: Int32, _ value: UnsafeRawBufferPointer, isEscaped: Bool) {
        // A resource that no rule is asked of has no events: its line is recorded as one of no type.
        guard takes[Int(slot)] >= 0 else { return }
        append(event: Int(takes[Int(slot)]))
        if value.count <= Self.wordLimit, let number = unsafe word(values[Int(slot)], value, isEscaped) {
            bytes.append(number)
            return
        }
        bytes.append(isEscaped ? SlotRecordSchema.Form.escaped : SlotRecordSchema.Form.plain)
        bytes.append(number: value.count)
        unsafe bytes.append(contentsOf: value)
    }

    /// The number of a value's word; nil while it has none.
    private mutating func word(_ index: Int32, _ value: UnsafeRawBufferPointer, _ isEscaped: Bool) -> UInt8? {
        let hash = unsafe Self.hash(index, value)
        let tag = UInt32(truncatingIfNeeded: hash >> 32)
        var place = Int(hash & UInt64(Self.tableCount - 1))
        var free: Int?
        for _ in 0..<4 {
            let entry = table[place]
            guard entry.word >= 0 else {
                free = place
                break
            }
            if entry.tag == tag, unsafe isEqual(words[Int(entry.word)], index, value) { return entry.number }
            place = (place + 1) & (Self.tableCount - 1)
        }
        let number = wordCounts[Int(index)]
        guard let free, number < SlotRecordSchema.Form.words, texts.count + value.count <= Self.textLimit
        else { return nil }
        let glance = Int(hash >> 16) & (met.count - 1)
        guard met[glance] == tag else {
            met[glance] = tag
            return nil
        }
        table[free] = (Int32(words.count), number, tag)
        words.append(Word(value: index, isEscaped: isEscaped, start: texts.count, count: value.count))
        unsafe texts.append(contentsOf: value)
        wordCounts[Int(index)] = number + 1
        return number
    }

    private func isEqual(_ word: Word, _ index: Int32, _ value: UnsafeRawBufferPointer) -> Bool {
        guard word.value == index, word.count == value.count else { return false }
        return unsafe value.elementsEqual(texts[word.start..<word.start + word.count])
    }

    private static func hash(_ index: Int32, _ value: UnsafeRawBufferPointer) -> UInt64 {
        var hash = UInt64(UInt32(bitPattern: index)) &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(value.count)
        var position = 0
        while position < value.count {
            var word: UInt64 = 0
            for place in position..<min(position + 8, value.count) { word = unsafe word << 8 | UInt64(value[place]) }
            hash = (hash ^ word) &* 0x2545_F491_4F6C_DD1D
            hash ^= hash >> 29
            position += 8
        }
        return hash ^ hash >> 32
    }
}
