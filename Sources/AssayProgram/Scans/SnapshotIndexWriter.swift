public import AssayCore
public import AssayFormats
import AssayHashing

/// Writes the index of a sealed snapshot from front to back; memory is one block of 2048 records.
public struct SnapshotIndexWriter: ~Copyable {
    private var sink: FileSink
    private let hasher: LineHasher
    private let header: [UInt8]
    private var words: [UInt64] = []
    private var directory: [UInt8] = []
    private var records = 0

    /// Starts an index.
    ///
    /// - Parameters:
    ///   - path: where it will stand once finished.
    ///   - order: digest of the order whose type ordinals the records have, `VerdictOrder.digest`.
    ///   - hasher: the one that hashes the lines.
    public init(path: String, order: Digest, hasher: LineHasher) throws(ScanFileError) {
        var header = SnapshotIndexLayout.magic
        header.append(littleEndian: UInt32(SnapshotIndexLayout.version))
        header.append(littleEndian: UInt32(SnapshotIndexLayout.blockRecords))
        header += order.bytes + hasher.fingerprint.bytes
        sink = try FileSink.started(path, with: header, isPrivate: true)
        self.header = header
        self.hasher = hasher
        words.reserveCapacity(SnapshotIndexLayout.blockRecords * SnapshotIndexLayout.recordWords)
    }

    private mutating func write(_ bytes: [UInt8]) throws(ScanFileError) {
        do throws(FileError) { try sink.write(bytes) } catch { throw .file(error) }
    }

    /// Adds a line.
    ///
    /// - Throws: `ScanFileError.refused` for a length or a type that a record cannot hold.
    public mutating func append(_ record: SnapshotIndexRecord) throws(ScanFileError) {
        guard record.offset >= 0, record.length >= 0, record.length <= UInt32.max, record.type >= -1,
            record.type < SnapshotIndexLayout.noType
        else {
            throw .refused("line \(records) of \(record.length) bytes and type \(record.type) does not fit an index")
        }
        let type = record.type < 0 ? SnapshotIndexLayout.noType : UInt32(record.type)
        words.append(UInt64(record.offset).littleEndian)
        words.append((UInt64(record.length) | UInt64(type) << 32).littleEndian)
        words.append(record.hash.low.littleEndian)
        words.append(record.hash.high.littleEndian)
        records += 1
        if words.count == SnapshotIndexLayout.blockRecords * SnapshotIndexLayout.recordWords { try flush() }
    }

    private mutating func flush() throws(ScanFileError) {
        guard !words.isEmpty else { return }
        // SAFETY: the array keeps its words alive for the closure, and any bytes may be copied.
        let bytes = unsafe words.withUnsafeBytes { unsafe Array($0) }
        let hash = hasher.hash(bytes)
        directory.append(littleEndian: hash.low)
        directory.append(littleEndian: hash.high)
        try write(bytes)
        words.removeAll(keepingCapacity: true)
    }

    /// Writes what is left and gives the file its name.
    ///
    /// - Parameters:
    ///   - snapshot: SHA-256 of the sealed snapshot.
    ///   - isSynced: false leaves it to the system when the bytes reach the disk.
    public mutating func finish(snapshot: Digest, isSynced: Bool = true) throws(ScanFileError) {
        try flush()
        var trailer: [UInt8] = []
        trailer.append(littleEndian: UInt64(records))
        trailer += snapshot.bytes
        let seal = hasher.hash(header + directory + trailer)
        trailer.append(littleEndian: seal.low)
        trailer.append(littleEndian: seal.high)
        try write(directory + trailer + SnapshotIndexLayout.endMagic)
        do throws(FileError) { try sink.finish(isSynced: isSynced) } catch { throw .file(error) }
    }
}
