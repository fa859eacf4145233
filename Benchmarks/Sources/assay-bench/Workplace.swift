import AssayCore
import AssayFormats
import AssayHashing
import Glibc

/// A folder for the files of one subcommand, removed at its end.
struct Workplace: ~Copyable {
    let path: String

    init() throws {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        path = "\(base)/assay-bench-\(getpid())"
        guard unsafe mkdir(path, 0o700) == 0 else {
            throw BenchFailure("cannot make `\(path)`: error \(errno)")
        }
    }

    /// A file's path in the folder.
    subscript(name: String) -> String { "\(path)/\(name)" }

    deinit {
        for name in (try? FileText.names(in: path)) ?? [] { unsafe unlink("\(path)/\(name)") }
        unsafe rmdir(path)
    }

    /// SHA-256 of a file, read in pieces.
    static func digest(_ path: String) throws -> Digest {
        let file = try FileSlice(path)
        var digest = StreamingDigest()
        var piece: [UInt8] = []
        for position in stride(from: 0, to: file.size, by: 1 << 20) {
            try file.read(into: &piece, at: position, count: min(1 << 20, file.size - position))
            digest.update(piece)
        }
        return digest.finish()
    }
}
