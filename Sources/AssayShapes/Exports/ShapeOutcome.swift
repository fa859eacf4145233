public import AssayCore

/// What a set of exported documents says.
public struct ShapeOutcome: Sendable {
    /// Sorted by type and id; redacted and sealed.
    public var resources: [Resource]
    /// What recorded requests prove, and what was refused.
    public var coverage: [Coverage]
    /// Sorted by place.
    public var diagnostics: [Diagnostic]
    /// Every file that was added.
    public var files: [String: FileOutcome] = [:]
    /// What was redacted where; never a value.
    public var redactions: [Redaction]

    init(resources: [Resource], coverage: [Coverage], diagnostics: [Diagnostic], redactions: [Redaction]) {
        self.resources = resources
        self.coverage = coverage
        self.diagnostics = diagnostics
        self.redactions = redactions
    }
}

/// What became of one file.
public enum FileOutcome: Sendable, Hashable {
    /// Its shape is known; this many resources or parts of resources stand in it.
    case understood(resources: Int)
    /// Its shape is not known; a diagnostic names its keys.
    case notUnderstood
    /// It holds an error, or a document that broke off, in place of an answer.
    case failed
}
