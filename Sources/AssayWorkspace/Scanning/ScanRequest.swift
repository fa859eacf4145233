public import AssayCore

/// What a user asks a scan for, flags already put over environment and configuration.
public struct ScanRequest: Sendable {
    /// Files and folders as the user typed them; empty takes the `sources` of `assay.yaml`.
    public var paths: [String]
    /// Framework ids; empty takes those of `assay.yaml`, else all.
    public var frameworks: [String]
    /// The least severity that makes the scan fail; nil takes that of `assay.yaml`, else `high`.
    public var failOn: Severity?
    /// True puts incompleteness (exit code 3) before findings (1).
    public var isStrict: Bool
    /// True lists passing and notApplicable verdicts in output too (`--verdicts all`).
    public var listsAllVerdicts: Bool
    /// The time that rules take for now, RFC 3339.
    public var asOf: String?
    /// The workspace folder; nil looks for `assay.yaml` in the scanned folder and keeps nothing.
    public var workspace: String?
    /// Folders of a user's own rules.
    public var rules: [String]
    /// Where the sealed snapshot is written, beside what a workspace keeps.
    public var snapshotPath: String?
    /// How to collect from Azure, where `azure` is among the sources.
    public var azure = AzureRequest()

    /// A request as the command line makes it; what is left out falls back to `assay.yaml`.
    public init(
        paths: [String], frameworks: [String] = [], failOn: Severity? = nil, isStrict: Bool = false,
        listsAllVerdicts: Bool = false, asOf: String? = nil, workspace: String? = nil, rules: [String] = [],
        snapshotPath: String? = nil
    ) {
        self.paths = paths
        self.frameworks = frameworks
        self.failOn = failOn
        self.isStrict = isStrict
        self.listsAllVerdicts = listsAllVerdicts
        self.asOf = asOf
        self.workspace = workspace
        self.rules = rules
        self.snapshotPath = snapshotPath
    }
}

/// How a running scan talks to whoever waits for it.
public struct ScanObserver: Sendable {
    /// Receives the stage, how many are done and how many there are.
    public var progress: @Sendable (_ stage: String, _ done: Int, _ total: Int) -> Void
    /// True once the user asked to stop.
    public var isCancelled: @Sendable () -> Bool

    /// An observer; without arguments nobody watches and nobody stops the scan.
    public init(
        progress: @escaping @Sendable (String, Int, Int) -> Void = { _, _, _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.progress = progress
        self.isCancelled = isCancelled
    }
}
