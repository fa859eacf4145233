/// Why a snapshot's line is not what `snapshot/1` says.
public struct SnapshotError: Error, Sendable, Hashable, CustomStringConvertible {
    public let message: String
    public let position: SourcePosition?

    public init(_ message: String, at node: DocumentNode? = nil) {
        self.message = message
        position = node?.position
    }

    public init(_ message: String, position: SourcePosition?) {
        self.message = message
        self.position = position
    }

    /// The message alone; the reader of the file adds the place.
    public var description: String { message }
}
