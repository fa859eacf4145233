public import AssayCore
import Glibc

/// Why a file cannot be read or written, with the system's words.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or folder that was named in the call.
    public let path: String
    /// The system's words (`No such file or directory`), or our own for a limit or a wrong kind of file.
    public let reason: String
    /// The system's error number; zero for a reason of our own.
    private let code: Int32

    /// A failure that the system has no error number for.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
        code = 0
    }

    /// A failure with the system's error number.
    package init(path: String, errno code: Int32) {
        self.path = path
        reason = unsafe String(cString: strerror(code))
        self.code = code
    }

    /// True when there is nothing under this path.
    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    /// Path and reason on one line.
    public var description: String { "`\(path)`: \(reason)" }
}

/// Whole files in and out through plain system calls, with the size limit checked before anything is read.
public enum FileText {
    /// What a path names.
    public enum Kind: Sendable {
        case file
        case folder
        case link
        case other
    }

    /// What the path names, links not followed.
    public static func kind(_ path: String) throws(FileError) -> Kind {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { throw FileError(path: path, errno: errno) }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
    }

    /// Reads a regular file; a link is followed.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - limit: the largest size in bytes.
    public static func read(_ path: String, limit: Int = DocumentLimits().documentBytes) throws(FileError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(path: path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(path: path, reason: status.st_mode & S_IFMT == S_IFDIR ? "is a folder" : "is not a file")
        }
        guard status.st_size <= limit else {
            throw FileError(path: path, reason: "has \(status.st_size) bytes, the limit is \(limit)")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(status.st_size) + 1)
        try pieces(descriptor, path: path) { piece throws(FileError) in
            bytes += piece
            guard bytes.count <= limit else {
                throw FileError(path: path, reason: "grew beyond the limit of \(limit) bytes while it was read")
            }
        }
        return bytes
    }

    /// Reads an open file piece by piece.
    package static func pieces(
        _ descriptor: Int32, path: String, _ body: (ArraySlice<UInt8>) throws(FileError) -> Void
    ) throws(FileError) {
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(path: path, errno: errno) }
            guard count > 0 else { return }
            try body(buffer[..<count])
        }
    }

    /// Writes a file whole: to a temporary name beside it, synced, then renamed, so that a reader never sees half.
    ///
    /// - Parameters:
    ///   - bytes: the content.
    ///   - path: the file; a link in its place is replaced, never written through.
    ///   - isPrivate: true makes it readable by the owner alone from the start.
    public static func write(_ bytes: [UInt8], to path: String, isPrivate: Bool = false) throws(FileError) {
        let temporary = path + ".writing"
        let descriptor = unsafe open(
            temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, isPrivate ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        do {
            defer { close(descriptor) }
            try append(bytes, to: descriptor, path: temporary)
            guard fsync(descriptor) == 0 else { throw FileError(path: temporary, errno: errno) }
        }
        guard unsafe rename(temporary, path) == 0 else { throw FileError(path: path, errno: errno) }
    }

    /// Writes all bytes to an open descriptor.
    public static func append(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
        var offset = 0
        while offset < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress.map { unsafe $0 + offset }, $0.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileError(path: path, errno: errno) }
            offset += count
        }
    }

    /// Makes a folder and those above it.
    public static func makeFolder(_ path: String) throws(FileError) {
        if unsafe mkdir(path, 0o755) == 0 { return }
        switch errno {
        case EEXIST:
            guard case .folder = try kind(following: path) else {
                throw FileError(path: path, reason: "is not a folder")
            }
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
                throw FileError(path: path, errno: ENOENT)
            }
            try makeFolder(String(path[..<slash]))
            try makeFolder(path)
        default: throw FileError(path: path, errno: errno)
        }
    }

    /// What the path names when links are followed.
    public static func kind(following path: String) throws(FileError) -> Kind {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw FileError(path: path, errno: errno) }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// The names in a folder, sorted bytewise.
    public static func names(in folder: String) throws(FileError) -> [String] {
        guard let stream = unsafe opendir(folder) else { throw FileError(path: folder, errno: errno) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Paths of the regular files below a folder that end so, relative to it, sorted bytewise.
    public static func paths(below folder: String, suffix: String) throws(FileError) -> [String] {
        var found: [String] = []
        func visit(_ relative: String) throws(FileError) {
            for name in try names(in: folder + "/" + relative) {
                let path = relative.isEmpty ? name : relative + "/" + name
                switch try kind(folder + "/" + path) {
                case .folder: try visit(path)
                case .file where name.hasSuffix(suffix): found.append(path)
                default: continue
                }
            }
        }
        try visit("")
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
