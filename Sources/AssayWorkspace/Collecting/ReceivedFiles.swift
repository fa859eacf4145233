import AssayCore

/// The list of files that a scan received, in the form that `sha256sum -c` reads.
///
/// A file's digest is of its bytes as they stood, before anything was redacted: it can be recomputed only by whoever
/// still has the file. The sealed snapshot can be recomputed from what is kept.
enum ReceivedFiles {
    static func text(_ estate: CollectedEstate) -> [UInt8] {
        var text: [UInt8] = []
        for file in estate.received { text += "\(file.digest.hexadecimal)  \(file.path)\n".utf8 }
        return text
    }
}
