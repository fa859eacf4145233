import AssayFormats

/// Whole files in memory, for what a benchmark must hold anyway.
package enum Files {
    package static func read(_ path: String) throws -> [UInt8] { try FileText.read(path) }

    /// A file with spare bytes behind it.
    package static func padded(_ path: String) throws -> (bytes: [UInt8], count: Int) {
        let file = try FileSlice(path)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(file.size + spare)
        try file.read(into: &bytes, at: 0, count: file.size)
        bytes.append(contentsOf: repeatElement(0, count: spare))
        return (bytes, file.size)
    }

    private static let spare = 64
}
