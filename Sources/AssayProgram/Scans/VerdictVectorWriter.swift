public import AssayCore
import AssayFormats
import AssayHashing

/// Writes a verdict vector from front to back; memory is one block of 4096 lines.
public struct VerdictVectorWriter: ~Copyable {
    /// The order that the states are written in.
    public let order: VerdictOrder

    private var sink: FileSink
    private var digest = StreamingDigest()
    private var types: [UInt8] = []
    private var states: [UInt8] = []
    private var blockLines = 0
    private var directory: [UInt8] = []
    private var lines = 0
    private var pairs = 0
    /// How often each byte of states was written.
    private var histogram = [Int](repeating: 0, count: 256)

    /// Starts a vector.
    ///
    /// - Parameters:
    ///   - path: where it will stand once finished.
    ///   - order: types and pairs.
    ///   - environment: digest of all else that verdicts depend on: the evaluator's version, tables of defaults,
    ///     settings. A vector of another environment is not carried over.
    public init(path: String, order: VerdictOrder, environment: Digest) throws(ScanFileError) {
        var header = VerdictVectorLayout.magic
        header.append(littleEndian: UInt32(VerdictVectorLayout.version))
        header.append(littleEndian: UInt32(VerdictVectorLayout.blockLines))
        header.append(littleEndian: UInt64(order.text.count))
        header += order.digest.bytes + environment.bytes + order.text
        sink = try FileSink.started(path, with: header)
        self.order = order
        digest.update(header)
    }

    private mutating func write(_ bytes: [UInt8]) throws(ScanFileError) {
        digest.update(bytes)
        do throws(FileError) { try sink.write(bytes) } catch { throw .file(error) }
    }

    /// Adds a line.
    ///
    /// - Parameters:
    ///   - type: its type's ordinal in the order; -1 for a line that no rule judges.
    ///   - codes: one code a pair, in the type's order.
    /// - Throws: `ScanFileError.refused` for a wrong number of codes and for a code that is no state: undecided is
    ///   never written.
    public mutating func append(type: Int, codes: Span<UInt8>) throws(ScanFileError) {
        guard type >= -1, type < order.types.count, codes.count == order.width(ofType: type) else {
            throw .refused("line \(lines) has \(codes.count) verdicts, its type has \(order.width(ofType: type)) pairs")
        }
        var index = 0
        while index < codes.count {
            let low = codes[index]
            let high = index + 1 < codes.count ? codes[index + 1] : 0
            guard low >= 1, low <= VerdictState.lastCode, high <= VerdictState.lastCode,
                high > 0 || index + 1 == codes.count
            else {
                throw .refused("line \(lines) has a verdict that is not decided")
            }
            histogram[Int(low | high << 4)] += 1
            states.append(low | high << 4)
            index += 2
        }
        try close(type: type, pairs: codes.count)
    }

    /// Adds a line whose states are packed already in a part of `bytes`, as a cursor over another vector has them.
    mutating func append(type: Int, packed bytes: [UInt8], _ part: Range<Int>) throws(ScanFileError) {
        let width = order.width(ofType: type)
        guard type >= -1, type < order.types.count, part.count == (width + 1) / 2 else {
            throw .refused("line \(lines) has \(part.count) bytes of verdicts, its type has \(width) pairs")
        }
        for index in part {
            histogram[Int(bytes[index])] += 1
            states.append(bytes[index])
        }
        try close(type: type, pairs: width)
    }

    private mutating func close(type: Int, pairs width: Int) throws(ScanFileError) {
        let ordinal = type < 0 ? VerdictVectorLayout.noType : UInt16(type)
        types.append(UInt8(truncatingIfNeeded: ordinal))
        types.append(UInt8(truncatingIfNeeded: ordinal >> 8))
        lines += 1
        pairs += width
        blockLines += 1
        if blockLines == VerdictVectorLayout.blockLines { try flush() }
    }

    private mutating func flush() throws(ScanFileError) {
        guard blockLines > 0 else { return }
        directory.append(littleEndian: UInt64(sink.count))
        var header: [UInt8] = []
        header.append(littleEndian: UInt32(blockLines))
        header.append(littleEndian: UInt32(states.count))
        try write(header)
        try write(types)
        try write(states)
        types.removeAll(keepingCapacity: true)
        states.removeAll(keepingCapacity: true)
        blockLines = 0
    }

    /// Verdicts of each code; the high half that an odd line leaves is none.
    private var counts: [Int] {
        var counts = [Int](repeating: 0, count: Int(VerdictState.lastCode) + 1)
        for (byte, count) in histogram.enumerated() where count > 0 {
            counts[byte & 15] += count
            counts[byte >> 4] += count
        }
        counts[0] = 0
        return counts
    }

    /// Writes what is left, gives the file its name and says what is in it.
    ///
    /// - Parameters:
    ///   - resources: SHA-256 of the sealed snapshot, whose lines these are in their order.
    ///   - isSynced: false leaves it to the system when the bytes reach the disk.
    @discardableResult
    public mutating func finish(resources: Digest, isSynced: Bool = true) throws(ScanFileError) -> VerdictVectorSummary
    {
        try flush()
        let counts = counts
        let directoryPosition = sink.count
        try write(directory)
        var trailer: [UInt8] = []
        trailer.append(littleEndian: UInt64(lines))
        trailer.append(littleEndian: UInt64(pairs))
        for count in counts.dropFirst() { trailer.append(littleEndian: UInt64(count)) }
        trailer.append(littleEndian: UInt64(directoryPosition))
        try write(trailer + resources.bytes)
        let content = digest
        try write(content.finish().bytes + VerdictVectorLayout.endMagic)
        do throws(FileError) { try sink.finish(isSynced: isSynced) } catch { throw .file(error) }
        let whole = digest
        return VerdictVectorSummary(
            digest: whole.finish(), lines: lines, pairs: pairs, counts: counts, resources: resources)
    }
}
