/// Why a snapshot's line is not what `snapshot/1` says.
public struct SnapshotError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in lower case, without the file or the place.
    public let message: String
    /// Where in the file; nil for a value that has no place in a text.
    public let position: SourcePosition?

    /// An error at the place of a document's value.
    public init(_ message: String, at node: DocumentNode? = nil) {
        self.message = message
        position = node?.position
    }

    /// An error at a place that the reader counted itself.
    public init(_ message: String, position: SourcePosition?) {
        self.message = message
        self.position = position
    }

    /// The message alone; the reader of the file adds the place.
    public var description: String { message }
}
