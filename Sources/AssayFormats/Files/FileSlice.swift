import Glibc

/// An open file that is read at given positions, by any number of threads at once.
///
/// INVARIANT: the descriptor is opened by `init` and closed by `deinit` alone; positioned reads share no state.
public final class FileSlice: Sendable {
    /// The path as it was given.
    public let path: String
    /// Size in bytes when the file was opened.
    public let size: Int
    private let descriptor: Int32

    /// Opens a regular file; a link is followed.
    public init(_ path: String) throws(FileError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw FileError(path: path, errno: code)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw FileError(path: path, reason: "is not a file")
        }
        self.path = path
        size = Int(status.st_size)
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Fills the buffer from a position and returns how many bytes there were, fewer only at the end of the file.
    @unsafe public func read(into buffer: UnsafeMutableRawBufferPointer, at position: Int) throws(FileError) -> Int {
        var done = 0
        while done < buffer.count {
            // SAFETY: `done` is below the buffer's count, so the address and the rest of the count lie inside it.
            let count = unsafe pread(
                descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done, off_t(position + done))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(path: path, errno: errno) }
            guard count > 0 else { break }
            done += count
        }
        return done
    }

    /// Exactly these bytes.
    ///
    /// - Throws: `FileError` when the file ends before them.
    public func bytes(at position: Int, count: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        try read(into: &bytes, at: position, count: count)
        return bytes
    }

    /// Replaces a buffer's content with exactly these bytes, so that its memory is used again.
    ///
    /// - Throws: `FileError` when the file ends before them.
    public func read(into bytes: inout [UInt8], at position: Int, count: Int) throws(FileError) {
        guard position >= 0, count >= 0, position <= size, count <= size - position else {
            throw FileError(path: path, reason: "ends before byte \(position) + \(count)")
        }
        if bytes.count > count {
            bytes.removeLast(bytes.count - count)
        } else {
            bytes.append(contentsOf: repeatElement(0, count: count - bytes.count))
        }
        // SAFETY: the array keeps its bytes alive for the closure, and the read stays inside the buffer.
        let found: Result<Int, FileError> = unsafe bytes.withUnsafeMutableBytes { buffer in
            do throws(FileError) {
                return .success(try unsafe read(into: buffer, at: position))
            } catch {
                return .failure(error)
            }
        }
        guard try found.get() == count else { throw FileError(path: path, reason: "was cut short while it was read") }
    }
}
