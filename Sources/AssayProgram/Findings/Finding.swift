public import AssayCore

/// A failing verdict that lives on from scan to scan.
public struct Finding: Sendable {
    /// Where it stands in its life.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case open
        case acknowledged
        case exempt
        case resolved
        case closed
    }

    /// (rule id or an earlier name of it, resource identity, profile) as one stable text.
    public let key: String
    /// The failing verdict of the latest scan, with its resource, messages and trace.
    public let verdict: Verdict
    /// The rule's severity; thresholds and the order of reports go by it.
    public let severity: Severity
    /// Qualified requirement ids.
    public let requirements: [String]
    /// Where it stands now; only `open`, `acknowledged` and `exempt` mean that the fault stands.
    public var state: State
    /// RFC 3339; the scan that first saw it.
    public var firstSeen: String
    /// When the latest snapshot that showed the fault was collected, RFC 3339 in UTC.
    public var lastSeen: String
    /// RFC 3339 date by severity clock, or nil while no deadline is set.
    public var due: String?
    /// How often it came back after being resolved.
    public var reopened: Int
    /// `fixed`, `removed` or `notApplicable` once resolved.
    public var resolution: String?

    /// A finding as a scan puts it together from a verdict and the record of earlier scans.
    public init(
        key: String, verdict: Verdict, severity: Severity, requirements: [String], state: State, firstSeen: String,
        lastSeen: String, due: String? = nil, reopened: Int = 0, resolution: String? = nil
    ) {
        self.key = key
        self.verdict = verdict
        self.severity = severity
        self.requirements = requirements
        self.state = state
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.due = due
        self.reopened = reopened
        self.resolution = resolution
    }
}
