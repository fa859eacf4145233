/// How large a document may be before it is refused; every limit is named in its error.
public struct DocumentLimits: Sendable {
    /// Bytes of one document; also the ceiling of the arena's 32-bit offsets.
    public var documentBytes: Int
    /// Bytes of one line in JSON Lines.
    public var lineBytes: Int
    /// How deep arrays and objects may nest.
    public var depth: Int

    /// The limits of `contracts`: 256 MB a document, 16 MB a line, 512 levels.
    public init(documentBytes: Int = 256 << 20, lineBytes: Int = 16 << 20, depth: Int = 512) {
        self.documentBytes = documentBytes
        self.lineBytes = lineBytes
        self.depth = depth
    }
}
