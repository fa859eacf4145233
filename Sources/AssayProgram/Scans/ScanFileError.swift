public import AssayFormats

/// Why a file that a scan left for the next one cannot be read or written.
public enum ScanFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system's refusal.
    case file(FileError)
    /// Not a file of this kind.
    case foreign(path: String, kind: String)
    /// Made by a newer version of this program.
    case newer(path: String, version: Int)
    /// Ends before its last part was written.
    case truncated(path: String)
    /// Holds something else than what was written.
    case damaged(path: String, what: String)
    /// Hashed under another secret, so its hashes say nothing here.
    case otherSecret(path: String)
    /// What was to be written is not what the format can hold.
    case refused(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .foreign(let path, let kind): "`\(path)` is not a \(kind)"
        case .newer(let path, let version):
            "`\(path)` has version \(version) of its format; use the version of assay that made it, or a full scan"
        case .truncated(let path): "`\(path)` is cut short; restore it, or force a full scan"
        case .damaged(let path, let what): "`\(path)` was changed after it was written: \(what); force a full scan"
        case .otherSecret(let path): "`\(path)` was hashed under another secret than this workspace's"
        case .refused(let what): what
        }
    }

    /// Runs a file call, with its error as one of this kind.
    static func files<Result>(_ body: () throws(FileError) -> Result) throws(ScanFileError) -> Result {
        do throws(FileError) { return try body() } catch { throw .file(error) }
    }
}

extension FileSink {
    /// A file with its first bytes.
    static func started(
        _ path: String, with header: [UInt8], isPrivate: Bool = false
    ) throws(ScanFileError) -> FileSink {
        do throws(FileError) {
            var sink = try FileSink(path, isPrivate: isPrivate)
            try sink.write(header)
            return sink
        } catch {
            throw .file(error)
        }
    }
}
