/// Evaluates a program from stored slot values instead of from lines, on one thread.
///
/// What the program reads and the record does not hold is said by `needsSnapshot`; lines of such a type come out as
/// `BulkBlock.Line.notRecorded`, and so do lines of no type when the program asks about new types: they are there with
/// their place in the snapshot, to be scanned from it.
public struct BulkReplay: ~Copyable {
    private let blocks: [SlotRecord.Block]
    private let tables: ReplayTables
    private var scanner: LineScanner
    /// What only the snapshot can answer; empty when the record holds all that the program reads.
    public let needsSnapshot: [SlotRecordGap]

    /// - Throws: `otherLayout` when the record was made of lines of another layout than the program reads.
    public init(_ program: BulkProgram, _ record: SlotRecord) throws(SlotRecordError) {
        guard record.schema.layout == program.layout else { throw .otherLayout }
        let map = SlotReplayMap(record.schema, program)
        needsSnapshot = map.gaps
        blocks = record.blocks
        tables = ReplayTables(map, record, program)
        scanner = LineScanner(program)
    }

    /// Replays a block of the record.
    ///
    /// - Parameters:
    ///   - buffer: the block's bytes, then at least `BulkWorker.spare` more.
    ///   - index: which block of the record it is.
    ///   - block: receives what a scan of the same chunk would find.
    /// - Throws: `damaged` when the bytes are not those that were recorded.
    public mutating func replay(
        _ buffer: [UInt8], block index: Int, into block: inout BulkBlock
    ) throws(SlotRecordError) {
        let place = blocks[index]
        precondition(place.count + BulkWorker.spare <= buffer.count, "a block needs spare bytes behind it")
        guard BlockChecksum.of(buffer, 0..<place.count) == place.checksum else {
            throw .damaged(part: "block \(index)", position: place.position)
        }
        let damage = unsafe buffer.withUnsafeBytes { bytes in
            // SAFETY: the precondition holds the bytes behind the block readable.
            unsafe scanner.replay(
                UnsafeRawBufferPointer(rebasing: bytes[..<place.count]), lines: place.lineCount,
                dictionary: place.dictionary, tables, into: &block)
        }
        if let damage { throw .damaged(part: "block \(index)", position: place.position + damage) }
    }
}
