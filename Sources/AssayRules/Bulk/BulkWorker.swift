/// Scans chunks of sealed lines on one thread.
public struct BulkWorker: ~Copyable {
    private var scanner: LineScanner

    /// How many bytes behind a chunk must be readable.
    public static let spare = 64

    /// A worker with memory of its own: value classes that it meets are learnt once a worker.
    ///
    /// - Parameters:
    ///   - program: the rules.
    ///   - table: what related resources say; without it relations are undecided.
    ///   - classifier: given on the first of two passes, whose `collector` makes the table of the second.
    public init(_ program: BulkProgram, table: JoinTable? = nil, collecting classifier: Classifier? = nil) {
        scanner = LineScanner(program, table: table, collects: classifier)
    }

    /// What the worker found of related resources so far; nil unless it collects.
    public var collector: JoinCollector? { scanner.collector }

    /// Scans the whole lines in a part of a buffer.
    ///
    /// - Parameters:
    ///   - buffer: holds at least `spare` bytes behind the part.
    ///   - part: whole lines, the last one with or without its end; below 4 GiB.
    ///   - block: receives what was found; offsets count from the part's start.
    public mutating func scan(_ buffer: [UInt8], _ part: Range<Int>, into block: inout BulkBlock) {
        precondition(part.upperBound + Self.spare <= buffer.count, "a chunk needs spare bytes behind it")
        unsafe buffer.withUnsafeBytes { bytes in
            // SAFETY: the precondition holds the bytes behind the part readable.
            unsafe scanner.scan(UnsafeRawBufferPointer(rebasing: bytes[part]), into: &block)
        }
    }

    /// Scans as `scan` does and records what it sees, so that other rules can be asked later without the lines.
    ///
    /// - Parameters:
    ///   - buffer: holds at least `spare` bytes behind the part.
    ///   - part: whole lines, the last one with or without its end; below 4 GiB.
    ///   - block: receives what was found; offsets count from the part's start.
    ///   - recording: receives the slot records of these lines, in place of those of the part before.
    public mutating func scan(
        _ buffer: [UInt8], _ part: Range<Int>, into block: inout BulkBlock, recording: inout SlotRecordBuffer
    ) {
        precondition(part.upperBound + Self.spare <= buffer.count, "a chunk needs spare bytes behind it")
        unsafe buffer.withUnsafeBytes { bytes in
            // SAFETY: the precondition holds the bytes behind the part readable.
            unsafe scanner.scan(
                UnsafeRawBufferPointer(rebasing: bytes[part]), into: &block, recording: &recording)
        }
    }
}
