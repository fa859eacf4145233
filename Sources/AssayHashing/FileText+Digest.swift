public import AssayCore
public import AssayFormats
import Glibc

extension FileText {
    /// SHA-256 of a file's bytes as they stand, read in pieces.
    public static func digest(_ path: String) throws(FileError) -> Digest {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        defer { close(descriptor) }
        var digest = StreamingDigest()
        try pieces(descriptor, path: path) { digest.update(Array($0)) }
        return digest.finish()
    }
}
