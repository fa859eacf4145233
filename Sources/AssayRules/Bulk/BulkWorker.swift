/// Scans chunks of sealed lines on one thread.
public struct BulkWorker: ~Copyable {
    private var scanner: LineScanner

    /// How many bytes behind a chunk must be readable.
    public static let spare = 64

    /// A worker with memory of its own: value classes that it meets are learnt once a worker.
    public init(_ program: BulkProgram) {
        scanner = LineScanner(program)
    }

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
}
