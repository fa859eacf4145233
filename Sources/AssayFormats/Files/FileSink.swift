import Glibc

/// A file that is written from front to back under a temporary name and takes its own only when it is finished.
///
/// A reader never sees half of it; memory is one buffer. Dropped before `finish`, it leaves nothing behind.
public struct FileSink: ~Copyable {
    /// Where the file will stand.
    public let path: String
    /// Bytes handed in so far.
    public private(set) var count = 0

    private let temporary: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var isFinished = false
    private static let bufferCount = 256 << 10

    /// Starts the file.
    ///
    /// - Parameters:
    ///   - path: where it will stand; what is there is replaced at the end.
    ///   - isPrivate: true makes it readable by the owner alone from the start.
    public init(_ path: String, isPrivate: Bool = false) throws(FileError) {
        temporary = path + ".writing"
        descriptor = unsafe open(
            temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, isPrivate ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        self.path = path
        buffer.reserveCapacity(Self.bufferCount)
    }

    deinit {
        close(descriptor)
        if !isFinished { unsafe unlink(temporary) }
    }

    /// Adds bytes.
    public mutating func write(_ bytes: [UInt8]) throws(FileError) {
        count += bytes.count
        buffer += bytes
        if buffer.count >= Self.bufferCount { try flush() }
    }

    private mutating func flush() throws(FileError) {
        try FileText.append(buffer, to: descriptor, path: temporary)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes what is left and gives the file its name.
    ///
    /// - Parameter isSynced: false leaves it to the system when the bytes reach the disk.
    public mutating func finish(isSynced: Bool = true) throws(FileError) {
        try flush()
        if isSynced {
            guard fsync(descriptor) == 0 else { throw FileError(path: temporary, errno: errno) }
        }
        guard unsafe rename(temporary, path) == 0 else { throw FileError(path: path, errno: errno) }
        isFinished = true
    }
}
