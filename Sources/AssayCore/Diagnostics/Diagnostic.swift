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
        public var path: String
        public var line: Int?
        public var column: Int?

        public init(path: String, line: Int? = nil, column: Int? = nil) {
            self.path = path
            self.line = line
            self.column = column
        }
    }

    /// A stable code, `room-what` in kebab case.
    public var code: String
    public var severity: Severity
    /// Lower case, the user's words in backticks, no final period.
    public var message: String
    public var location: Location?
    /// The next step.
    public var hint: String?

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
