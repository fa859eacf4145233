/// Why bytes are not a document, and where.
public struct DocumentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable code.
    public enum Code: String, Sendable {
        case empty = "document-empty"
        case truncated = "document-truncated"
        case syntax = "document-syntax"
        case invalidUTF8 = "document-invalid-utf8"
        case duplicateKey = "document-duplicate-key"
        case tooDeep = "document-too-deep"
        case tooLarge = "document-too-large"
        case unsupported = "document-unsupported"
    }

    /// What is wrong, for programs; diagnostics carry its text as their code.
    public let code: Code
    /// What is wrong, for people: lower case, without the place.
    public let message: String
    /// Where reading stopped; line 1, column 1 when the whole document is at fault.
    public let position: SourcePosition

    /// An error as a reader of documents makes it.
    public init(code: Code, message: String, position: SourcePosition) {
        self.code = code
        self.message = message
        self.position = position
    }

    /// Position and message on one line.
    public var description: String { "\(position.line):\(position.column): \(message)" }
}
