public import AssayCore

/// Why a catalogue file cannot be used, and where.
public struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    public let file: String
    public let message: String
    public let position: SourcePosition?

    public init(file: String, message: String, position: SourcePosition?) {
        self.file = file
        self.message = message
        self.position = position
    }

    /// `file:line:column: message`.
    public var description: String {
        position.map { "\(file):\($0.line):\($0.column): \(message)" } ?? "\(file): \(message)"
    }

    /// As a diagnostic of a run.
    public var diagnostic: Diagnostic {
        Diagnostic(
            code: "catalogue-invalid", severity: .error, message: message,
            location: Diagnostic.Location(path: file, line: position?.line, column: position?.column),
            hint: "`assay rules lint` checks a folder of rules")
    }
}
