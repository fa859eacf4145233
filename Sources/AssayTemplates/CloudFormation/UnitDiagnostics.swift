import AssayCore

/// Collects what is wrong with one file; a subject that repeats is told once.
struct UnitDiagnostics {
    let path: String
    private(set) var all: [Diagnostic] = []
    private var told: Set<String> = []

    init(path: String) {
        self.path = path
    }

    /// - Parameter subject: what is told only once with this code; nil tells every time.
    mutating func add(
        _ code: String, _ severity: Diagnostic.Severity, _ message: String, at position: SourcePosition?,
        hint: String? = nil, once subject: String? = nil
    ) {
        if let subject, !told.insert(code + "\n" + subject).inserted { return }
        all.append(
            Diagnostic(
                code: code, severity: severity, message: message,
                location: Diagnostic.Location(path: path, line: position?.line, column: position?.column),
                hint: hint ?? "mend the template; what depends on this place is unknown"))
    }
}
