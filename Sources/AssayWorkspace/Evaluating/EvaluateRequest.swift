public import AssayCore

/// What a user asks of the filter that reads resources as JSON lines and writes verdicts as JSON lines.
public struct EvaluateRequest: Sendable {
    /// A choice among verdicts.
    public enum Selection: Sendable {
        /// Every verdict.
        case all
        /// Failing ones alone.
        case findings
    }

    /// Files in the order of the output; `-` and an empty list are standard input.
    public var paths: [String]
    /// Framework ids; empty takes those of the workspace, else asks every rule with its default parameters.
    public var frameworks: [String] = []
    /// Folders and files of a user's own rules.
    public var rules: [String] = []
    /// The least severity that makes the run fail; nil takes that of the workspace, else `high`.
    public var failOn: Severity?
    /// True puts incompleteness (exit code 3) before findings (1).
    public var isStrict = false
    /// The time that rules take for now, RFC 3339; nil takes that of a snapshot's header.
    public var asOf: String?
    /// The folder whose `assay.yaml` brings parameters, rules and classification; nil uses none.
    public var workspace: String?
    /// A snapshot whose resources and coverage answer what rules ask about relations.
    public var context: String?
    /// How many threads; nil takes as many as there are processors.
    public var threads: Int?
    /// Which verdicts are written.
    public var selection = Selection.all
    /// True adds messages and trace to failing and unknown verdicts.
    public var includesTrace = false
    /// True compares a sealed file with the digest in its last line before anything is read from it.
    public var verifies = false
    /// Bytes of one chunk; small in tests.
    var chunkBytes = 256 << 10

    /// A request for files with every other setting at its default.
    public init(paths: [String]) {
        self.paths = paths
    }
}

/// How a running evaluation talks to whoever waits for it; called from several threads, one at a time.
public struct EvaluateObserver: Sendable {
    /// Receives whole verdict lines in the order of the input.
    public var output: @Sendable ([UInt8]) -> Void
    /// Receives what the user should know: a line that cannot be read, a check that was not made.
    public var notice: @Sendable (String) -> Void
    /// Receives how many bytes are done and how many there are; the latter is zero for a stream.
    public var progress: @Sendable (_ done: Int, _ total: Int) -> Void
    /// True once the user asked to stop.
    public var isCancelled: @Sendable () -> Bool

    /// An observer; what is left out is not watched.
    public init(
        output: @escaping @Sendable ([UInt8]) -> Void, notice: @escaping @Sendable (String) -> Void = { _ in },
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.output = output
        self.notice = notice
        self.progress = progress
        self.isCancelled = isCancelled
    }
}
