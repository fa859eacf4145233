public import AssayCore
public import AssayFormats
import AssayHashing

/// The index of a sealed snapshot: where each line stands, of which type it is, and its hash.
///
/// Memory is 16 bytes a block of 2048 lines; a cursor has two blocks of 64 KiB.
public final class SnapshotIndex: Sendable {
    /// SHA-256 of the sealed snapshot.
    public let snapshot: Digest
    /// Digest of the order whose type ordinals the records have.
    public let order: Digest
    /// Number of lines.
    public let count: Int

    private let file: FileSlice
    private let hasher: LineHasher
    private let directory: [UInt8]

    /// Opens an index and checks all of it but the records, which are checked as they are read.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - hasher: of the workspace's secret.
    /// - Throws: `ScanFileError`: another kind of file, a newer version, another secret, cut short, or changed.
    public init(path: String, hasher: LineHasher) throws(ScanFileError) {
        let file = try ScanFileError.files { () throws(FileError) in try FileSlice(path) }
        let magic = try Self.bytes(file, 0, min(8, file.size))
        guard SnapshotIndexLayout.magic.starts(with: magic) else {
            throw .foreign(path: path, kind: SnapshotIndexLayout.kind)
        }
        guard file.size >= SnapshotIndexLayout.headerCount + SnapshotIndexLayout.trailerCount else {
            throw .truncated(path: path)
        }
        let header = try Self.bytes(file, 0, SnapshotIndexLayout.headerCount)
        let version: UInt32 = header.littleEndian(at: 8)
        guard version <= SnapshotIndexLayout.version else { throw .newer(path: path, version: Int(version)) }
        let trailerPosition = file.size - SnapshotIndexLayout.trailerCount
        let trailer = try Self.bytes(file, trailerPosition, SnapshotIndexLayout.trailerCount)
        guard Array(trailer.suffix(8)) == SnapshotIndexLayout.endMagic else { throw .truncated(path: path) }
        guard Array(header[48..<80]) == hasher.fingerprint.bytes else { throw .otherSecret(path: path) }
        let stated: UInt64 = trailer.littleEndian(at: 0)
        guard stated <= UInt64(UInt32.max) - 1, version == SnapshotIndexLayout.version,
            header.littleEndian(at: 12, as: UInt32.self) == UInt32(SnapshotIndexLayout.blockRecords),
            let order = Digest(stored: header[16..<48]), let snapshot = Digest(stored: trailer[8..<40])
        else {
            throw .damaged(path: path, what: "its numbers are beyond all bounds")
        }
        let count = Int(stated)
        let directoryPosition = SnapshotIndexLayout.headerCount + count * SnapshotIndexLayout.recordCount
        let blocks = (count + SnapshotIndexLayout.blockRecords - 1) / SnapshotIndexLayout.blockRecords
        guard directoryPosition + blocks * SnapshotIndexLayout.hashCount == trailerPosition else {
            throw .damaged(path: path, what: "it is not as long as its number of records asks for")
        }
        directory = try Self.bytes(file, directoryPosition, trailerPosition - directoryPosition)
        let seal = hasher.hash(header + directory + trailer[..<40])
        guard seal == Self.hash(trailer, 40) else {
            throw .damaged(path: path, what: "its hash is not the one it states")
        }
        self.file = file
        self.hasher = hasher
        self.order = order
        self.snapshot = snapshot
        self.count = count
    }

    private static func bytes(_ file: FileSlice, _ position: Int, _ count: Int) throws(ScanFileError) -> [UInt8] {
        do throws(FileError) { return try file.bytes(at: position, count: count) } catch { throw .file(error) }
    }

    private static func hash(_ bytes: [UInt8], _ index: Int) -> LineHash {
        LineHash(low: bytes.littleEndian(at: index), high: bytes.littleEndian(at: index + 8))
    }

    /// Reads records in any order, fastest in theirs.
    public func cursor() -> SnapshotIndexCursor { SnapshotIndexCursor(self) }

    /// The words of a block, as they stand in the file, held against its hash.
    func block(_ number: Int, into words: inout [UInt64]) throws(ScanFileError) {
        let first = number * SnapshotIndexLayout.blockRecords
        precondition(number >= 0 && first < count, "a block of the index")
        let records = min(SnapshotIndexLayout.blockRecords, count - first)
        let wanted = records * SnapshotIndexLayout.recordWords
        if words.count != wanted { words = [UInt64](repeating: 0, count: wanted) }
        // SAFETY: the array keeps its words alive for the closure, any bytes make words, and the read stays inside.
        let outcome: Result<LineHash?, FileError> = unsafe words.withUnsafeMutableBytes { buffer in
            do throws(FileError) {
                let position = SnapshotIndexLayout.headerCount + first * SnapshotIndexLayout.recordCount
                guard try unsafe file.read(into: buffer, at: position) == buffer.count else { return .success(nil) }
                return .success(unsafe hasher.hash(UnsafeRawBufferPointer(buffer)))
            } catch {
                return .failure(error)
            }
        }
        let hash: LineHash?
        do throws(FileError) { hash = try outcome.get() } catch { throw .file(error) }
        guard let hash else { throw .truncated(path: file.path) }
        guard hash == Self.hash(directory, number * SnapshotIndexLayout.hashCount) else {
            throw .damaged(path: file.path, what: "the hash of block \(number) is not the one it states")
        }
    }
}
