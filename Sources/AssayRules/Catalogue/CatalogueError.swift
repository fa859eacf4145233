public import AssayCore

/// Why a catalogue file cannot be used, and where.
public struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Path inside the catalogue, or the user's file as it was named; empty when no file is at fault.
    public let file: String
    /// What is wrong, in lower case, with the author's words in backticks.
    public let message: String
    /// Where in the file; nil when the whole file is at fault or its text is not at hand.
    public let position: SourcePosition?

    /// An error as a reader of the catalogue or the compiler of rules makes it.
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
