public import AssayCore

/// A file as a scan received it: before anything of it was understood or redacted.
public struct ReceivedFile: Sendable, Hashable {
    /// What is known of a file's bytes.
    public enum Content: Sendable, Hashable {
        /// SHA-256 of the bytes as they stood; only who still has the file can compute it again.
        case digest(Digest)
        /// The bytes could not be read, with the system's words.
        case unreadable(String)
    }

    /// The path as reports show it.
    public let path: String
    /// Its digest, or why there is none.
    public let content: Content

    /// A file that was received.
    public init(path: String, content: Content) {
        self.path = path
        self.content = content
    }
}

extension ReceivedFile {
    /// The files as a list that `sha256sum -c` reads: a file that could not be read is a comment there, `# unreadable`.
    ///
    /// A path with a line end or a backslash is written as `sha256sum` writes it: escaped, behind a backslash.
    static func list(_ files: [ReceivedFile]) -> [UInt8] {
        var text = ""
        for file in files {
            let (path, mark) = escaped(file.path)
            switch file.content {
            case .digest(let digest): text += "\(mark)\(digest.hexadecimal)  \(path)\n"
            case .unreadable(let reason): text += "# unreadable  \(path)  (\(escaped(reason).path))\n"
            }
        }
        return Array(text.utf8)
    }

    private static func escaped(_ path: String) -> (path: String, mark: String) {
        var text = ""
        var isEscaped = false
        for scalar in path.unicodeScalars {
            let escape: String? =
                switch scalar {
                case "\\": "\\\\"
                case "\n": "\\n"
                case "\r": "\\r"
                default: nil
                }
            if let escape {
                text += escape
                isEscaped = true
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return (text, isEscaped ? "\\" : "")
    }
}
