public import AssayCore
import AssayFormats
import AssayHashing

/// A verdict vector that was checked when it was opened: what every rule said of every line of a snapshot.
///
/// Memory is the order and 8 bytes a block of 4096 lines.
public final class VerdictVector: Sendable {
    /// Types and pairs.
    public let order: VerdictOrder
    /// Digest of all else that the verdicts depend on.
    public let environment: Digest
    /// Counts and digests.
    public let summary: VerdictVectorSummary

    private let file: FileSlice
    private let blocks: [Int]
    private let directoryPosition: Int

    /// Opens a vector and holds its bytes against the SHA-256 in it.
    ///
    /// - Throws: `ScanFileError`: another kind of file, a newer version, cut short, or changed.
    public init(path: String) throws(ScanFileError) {
        let file = try ScanFileError.files { () throws(FileError) in try FileSlice(path) }
        let header = try Self.header(file)
        guard file.size >= VerdictVectorLayout.headerCount + VerdictVectorLayout.trailerCount else {
            throw .truncated(path: path)
        }
        let trailerPosition = file.size - VerdictVectorLayout.trailerCount
        let trailer = try Self.bytes(file, trailerPosition, VerdictVectorLayout.trailerCount)
        guard Array(trailer.suffix(8)) == VerdictVectorLayout.endMagic else { throw .truncated(path: path) }
        let (content, whole) = try Self.digests(file)
        guard content.bytes == Array(trailer[96..<128]) else {
            throw .damaged(path: path, what: "its SHA-256 is not the one it states")
        }
        let lines = try Self.number(trailer, 0, path)
        let pairs = try Self.number(trailer, 8, path)
        var counts = [0]
        for code in 0..<Int(VerdictState.lastCode) { counts.append(try Self.number(trailer, 16 + code * 8, path)) }
        directoryPosition = try Self.number(trailer, 56, path)
        guard let resources = Digest(stored: trailer[64..<96]), directoryPosition >= header.end,
            directoryPosition <= trailerPosition,
            trailerPosition - directoryPosition
                == (lines + VerdictVectorLayout.blockLines - 1) / VerdictVectorLayout.blockLines * 8
        else {
            throw .damaged(path: path, what: "its parts do not fit together")
        }
        let directory = try Self.bytes(file, directoryPosition, trailerPosition - directoryPosition)
        var blocks: [Int] = []
        var least = header.end
        for index in stride(from: 0, to: directory.count, by: 8) {
            let position = try Self.number(directory, index, path)
            guard position >= least, position < directoryPosition else {
                throw .damaged(path: path, what: "a block stands outside its place")
            }
            blocks.append(position)
            least = position + 1
        }
        self.blocks = blocks
        self.file = file
        order = header.order
        environment = header.environment
        summary = VerdictVectorSummary(
            digest: whole, lines: lines, pairs: pairs, counts: counts, resources: resources)
    }

    private static func header(_ file: FileSlice) throws(ScanFileError) -> (
        order: VerdictOrder, environment: Digest, end: Int
    ) {
        let magic = try bytes(file, 0, min(8, file.size))
        guard VerdictVectorLayout.magic.starts(with: magic) else {
            throw .foreign(path: file.path, kind: VerdictVectorLayout.kind)
        }
        guard file.size >= VerdictVectorLayout.headerCount else { throw .truncated(path: file.path) }
        let header = try bytes(file, 0, VerdictVectorLayout.headerCount)
        let version: UInt32 = header.littleEndian(at: 8)
        guard version <= VerdictVectorLayout.version else { throw .newer(path: file.path, version: Int(version)) }
        let textCount = try number(header, 16, file.path)
        guard textCount <= file.size - VerdictVectorLayout.headerCount else { throw .truncated(path: file.path) }
        let end = VerdictVectorLayout.headerCount + textCount
        guard let order = VerdictOrder(text: try bytes(file, VerdictVectorLayout.headerCount, textCount)),
            version == VerdictVectorLayout.version,
            header.littleEndian(at: 12, as: UInt32.self) == UInt32(VerdictVectorLayout.blockLines),
            order.digest.bytes == Array(header[24..<56]), let environment = Digest(stored: header[56..<88])
        else {
            throw .damaged(path: file.path, what: "its order of rules cannot be read")
        }
        return (order, environment, end)
    }

    private static func bytes(_ file: FileSlice, _ position: Int, _ count: Int) throws(ScanFileError) -> [UInt8] {
        do throws(FileError) { return try file.bytes(at: position, count: count) } catch { throw .file(error) }
    }

    private static func number(_ bytes: [UInt8], _ index: Int, _ path: String) throws(ScanFileError) -> Int {
        let value: UInt64 = bytes.littleEndian(at: index)
        guard value <= UInt64(Int32.max) << 16 else {
            throw .damaged(path: path, what: "a number in it is beyond all bounds")
        }
        return Int(value)
    }

    /// Of all before the digest that the file states, and of the whole file.
    private static func digests(_ file: FileSlice) throws(ScanFileError) -> (content: Digest, whole: Digest) {
        var digest = StreamingDigest()
        var position = 0
        let end = file.size - VerdictVectorLayout.sealCount
        while position < end {
            let piece = try bytes(file, position, min(256 << 10, end - position))
            digest.update(piece)
            position += piece.count
        }
        let content = digest
        digest.update(try bytes(file, end, VerdictVectorLayout.sealCount))
        return (content.finish(), digest.finish())
    }

    /// Reads lines in any order, with one block in memory.
    public func cursor() -> VerdictVectorCursor { VerdictVectorCursor(self) }

    /// The states of one line, in the order of its type's pairs; a cursor is the way to many lines.
    public func states(ofLine line: Int) throws(ScanFileError) -> [VerdictState] {
        var cursor = cursor()
        return try cursor.states(ofLine: line)
    }

    func damaged(_ what: String) -> ScanFileError { .damaged(path: file.path, what: what) }

    /// The bytes of a block.
    func block(_ number: Int, into bytes: inout [UInt8]) throws(ScanFileError) {
        guard blocks.indices.contains(number) else { throw damaged("it has no block \(number)") }
        let end = number + 1 < blocks.count ? blocks[number + 1] : directoryPosition
        do throws(FileError) {
            try file.read(into: &bytes, at: blocks[number], count: end - blocks[number])
        } catch {
            throw .file(error)
        }
    }
}
