public import AssayCore
import Glibc

/// A file of lines cut into chunks that can be read in any order and from any thread.
///
/// A chunk owns the lines that start in its stretch of the file. Memory is one buffer a reader: a chunk and the rest of
/// its last line.
public struct LineChunks: Sendable {
    /// The file's path, for messages.
    public let path: String
    /// Size in bytes when the file was opened.
    public let size: Int
    /// How many bytes one chunk covers.
    public let chunkBytes: Int
    private let handle: Handle

    /// Closes the file with the last reader.
    private final class Handle: Sendable {
        let descriptor: Int32

        init(_ descriptor: Int32) { self.descriptor = descriptor }

        deinit { close(descriptor) }
    }

    /// Opens a plain file.
    public init(_ path: String, chunkBytes: Int = 256 << 10) throws(FileError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        handle = Handle(descriptor)
        let end = lseek(descriptor, 0, Int32(SEEK_END))
        guard end >= 0 else { throw FileError(path: path, errno: errno) }
        self.path = path
        size = Int(end)
        self.chunkBytes = chunkBytes
    }

    /// How many chunks there are.
    public var count: Int { (size + chunkBytes - 1) / chunkBytes }

    /// Reads one chunk after the other into a buffer of its own.
    public struct Reader: ~Copyable {
        private let chunks: LineChunks
        private let limits: DocumentLimits
        private let spare: Int
        /// What was read last, with spare bytes behind it.
        public private(set) var buffer: [UInt8]

        /// - Parameters:
        ///   - chunks: the file.
        ///   - limits: the longest line.
        ///   - spare: how many bytes behind a chunk's lines must be readable.
        public init(_ chunks: LineChunks, limits: DocumentLimits = DocumentLimits(), spare: Int) {
            self.chunks = chunks
            self.limits = limits
            self.spare = spare
            buffer = Array(repeating: 0, count: chunks.chunkBytes + 64 << 10 + spare)
        }

        /// Why a chunk cannot be read.
        public enum Failure: Error, Sendable {
            case file(FileError)
            /// The line that starts before this offset of the file is longer than the limit.
            case longLine(offset: Int, limit: Int)
        }

        /// Reads a chunk; gives where its lines stand in the buffer and the file offset of the first.
        public mutating func read(_ index: Int) throws(Failure) -> (lines: Range<Int>, offset: Int) {
            // One byte before the chunk tells whether a line starts at its first.
            let begin = index == 0 ? 0 : index * chunks.chunkBytes - 1
            let stretch = min((index + 1) * chunks.chunkBytes, chunks.size) - begin
            var filled = try fill(from: begin, at: 0, upTo: stretch + 32 << 10)
            var first = 0
            if index > 0 {
                guard let end = newline(0..<min(stretch, filled)) else { return (0..<0, begin) }
                first = end + 1
            }
            guard first < min(stretch, filled) else { return (first..<first, begin + first) }
            var searched = min(stretch, filled) - 1
            while true {
                if let end = newline(searched..<filled) { return (first..<end + 1, begin + first) }
                searched = filled
                if begin + filled >= chunks.size { return (first..<filled, begin + first) }
                guard filled - stretch <= limits.lineBytes else {
                    throw .longLine(offset: begin + filled, limit: limits.lineBytes)
                }
                let more = try fill(from: begin + filled, at: filled, upTo: max(64 << 10, filled))
                // The file became shorter while it was read.
                guard more > 0 else { return (first..<filled, begin + first) }
                filled += more
            }
        }

        private mutating func fill(from offset: Int, at place: Int, upTo wanted: Int) throws(Failure) -> Int {
            let wanted = min(wanted, chunks.size - offset)
            if buffer.count < place + wanted + spare {
                buffer += repeatElement(0, count: place + wanted + spare - buffer.count)
            }
            var done = 0
            while done < wanted {
                let descriptor = chunks.handle.descriptor
                let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                    // SAFETY: the buffer was made large enough for `place + wanted` bytes above.
                    unsafe pread(
                        descriptor, bytes.baseAddress.map { unsafe $0 + place + done }, wanted - done, offset + done)
                }
                if count < 0 {
                    if errno == EINTR { continue }
                    throw .file(FileError(path: chunks.path, errno: errno))
                }
                if count == 0 { break }
                done += count
            }
            return done
        }

        private func newline(_ range: Range<Int>) -> Int? {
            guard !range.isEmpty else { return nil }
            return unsafe buffer.withUnsafeBytes { bytes -> Int? in
                guard let base = bytes.baseAddress,
                    let found = unsafe memchr(base + range.lowerBound, 0x0A, range.count)
                else { return nil }
                return unsafe UnsafeRawPointer(found) - base
            }
        }
    }
}
