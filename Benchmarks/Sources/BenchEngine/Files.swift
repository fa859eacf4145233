import AssayFormats

/// Whole files in memory, for what a benchmark must hold anyway.
package enum Files {
    package static func read(_ path: String) throws -> [UInt8] { try FileText.read(path) }

    /// A file with spare bytes behind it.
    package static func padded(_ path: String) throws -> (bytes: [UInt8], count: Int) {
        var chunks = LineChunks.Reader(try LineChunks(path, chunkBytes: 1 << 32), spare: 64)
        let part = try chunks.read(0).lines
        return (chunks.buffer, part.upperBound)
    }
}
