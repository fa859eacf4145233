/// Something that degrades a run without stopping it: what, where, and what to do next.
public struct Diagnostic: Sendable, Hashable {
    /// How much it matters.
    public enum Severity: String, Sendable, Hashable {
        /// Something in scope could not be looked at; the run is incomplete.
        case error
        case warning
        case note
    }

    /// Where it is.
    public struct Location: Sendable, Hashable {
        /// The file as the user named it: the given path, with what lies below it appended.
        public var path: String
        /// Counted from 1; nil when the diagnostic is about the whole file.
        public var line: Int?
        /// Counted from 1 in UTF-8 bytes; nil when only the line is known.
        public var column: Int?

        /// A place in a file; without a line it names the whole file.
        public init(path: String, line: Int? = nil, column: Int? = nil) {
            self.path = path
            self.line = line
            self.column = column
        }
    }

    /// A stable code, `room-what` in kebab case.
    public var code: String
    /// An `error` makes the run incomplete; a `warning` or `note` does not change the exit code.
    public var severity: Severity
    /// Lower case, the user's words in backticks, no final period.
    public var message: String
    /// Nil when it is about the run and not about a file.
    public var location: Location?
    /// The next step.
    public var hint: String?

    /// A diagnostic as the stage that met the fault makes it.
    public init(
        code: String, severity: Severity, message: String, location: Location? = nil, hint: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.location = location
        self.hint = hint
    }

    /// Writes the diagnostic's object.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("code", code)
        writer.member("severity", severity.rawValue)
        writer.member("message", message)
        if let location {
            writer.key("location")
            writer.beginObject()
            writer.member("path", location.path)
            writer.member("line", location.line)
            writer.member("column", location.column)
            writer.endObject()
        }
        writer.member("hint", hint)
        writer.endObject()
    }
}

extension Diagnostic: Comparable {
    /// By place, then code, then message.
    public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        func key(_ diagnostic: Diagnostic) -> (String, Int, Int, String, String) {
            let location = diagnostic.location
            return (
                location?.path ?? "", location?.line ?? 0, location?.column ?? 0, diagnostic.code, diagnostic.message
            )
        }
        return key(left) < key(right)
    }
}
