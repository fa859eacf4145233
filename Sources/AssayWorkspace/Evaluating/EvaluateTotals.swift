public import AssayCore

/// Counts of an evaluation, and what they mean for whoever started it.
public struct EvaluateTotals: Sendable, Hashable {
    /// Resources that were read, those of types without rules included.
    public internal(set) var resources = 0
    /// Verdicts by state.
    public internal(set) var verdicts: [VerdictState: Int] = [:]
    /// Verdicts that the general reader gave because values alone did not decide them.
    public internal(set) var handedOver = 0
    /// Lines that could not be read, and inputs that ended too early.
    public internal(set) var unreadable = 0
    /// Failing verdicts of rules at or over the threshold.
    public internal(set) var findings = 0
    /// Unknown verdicts of rules at or over the threshold.
    public internal(set) var unknowns = 0
    /// True when the user stopped the run.
    public internal(set) var isInterrupted = false
    var coverage = 0

    /// The exit code: 1 for findings, 3 for an incomplete look, 0 for neither.
    ///
    /// - Parameter isStrict: puts 3 before 1.
    public func exitCode(isStrict: Bool) -> Int32 {
        let isIncomplete = unknowns > 0 || unreadable > 0 || isInterrupted
        if isStrict, isIncomplete { return 3 }
        if findings > 0 { return 1 }
        return isIncomplete ? 3 : 0
    }

    /// One line for people.
    public var summary: String {
        let states = VerdictState.allCases.compactMap { state in
            verdicts[state].map { "\($0) \(state.rawValue)" }
        }
        return "\(resources) resources: " + (states.isEmpty ? "no verdicts" : states.joined(separator: ", "))
            + (unreadable > 0 ? "; \(unreadable) lines or files could not be read" : "")
    }

    mutating func add(_ other: EvaluateTotals) {
        resources += other.resources
        verdicts.merge(other.verdicts) { $0 + $1 }
        handedOver += other.handedOver
        unreadable += other.unreadable
        findings += other.findings
        unknowns += other.unknowns
        isInterrupted = isInterrupted || other.isInterrupted
        coverage += other.coverage
    }
}
