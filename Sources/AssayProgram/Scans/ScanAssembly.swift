public import AssayCore
public import AssayRules

/// Puts a scan's result together from its parts; every list in its documented order.
public struct ScanAssembly {
    /// What decides the exit code.
    public struct Thresholds: Sendable {
        /// The least severity that counts: findings for exit code 1, unknown verdicts for 3.
        public var failOn: Severity
        /// True puts incompleteness (3) before findings (1).
        public var isStrict: Bool

        /// The thresholds of a user who asked for nothing: high, not strict.
        public init(failOn: Severity = .high, isStrict: Bool = false) {
            self.failOn = failOn
            self.isStrict = isStrict
        }
    }

    private let estate: Estate
    private let verdicts: [Verdict]
    private let rules: [Rule]
    private let severities: [String: Severity]

    /// - Parameters:
    ///   - estate: what was judged.
    ///   - verdicts: all verdicts.
    ///   - rules: the rules that were asked.
    public init(estate: Estate, verdicts: [Verdict], rules: [Rule]) {
        self.estate = estate
        self.verdicts = verdicts
        self.rules = rules
        severities = Dictionary(rules.map { ($0.id, $0.severity) }) { first, _ in first }
    }

    /// The findings of failing verdicts; a record from earlier scans brings its history.
    public func findings(records: [FindingRecord], at: String) -> [Finding] {
        let known = Dictionary(records.map { ($0.key, $0) }) { first, _ in first }
        let requirements = Dictionary(rules.map { ($0.id, $0.requirements.map(\.qualifiedID)) }) { first, _ in first }
        return verdicts.filter { $0.state == .fail }.map { verdict in
            let key = FindingKey(verdict)
            let record = known[key]
            return Finding(
                key: key.description, verdict: verdict, severity: severities[verdict.rule] ?? .info,
                requirements: requirements[verdict.rule] ?? [], state: record?.state ?? .open,
                firstSeen: record?.firstSeen ?? at, lastSeen: max(record?.lastSeen ?? at, at), due: nil,
                reopened: record?.reopened ?? 0, resolution: nil)
        }
    }

    /// Counts and exit code by the contract: 3 for an unknown at or over the threshold or a file in scope that could
    /// not be parsed, 1 for a finding at or over it; with strict the former goes first.
    public func summary(
        findings: [Finding], diagnostics: [Diagnostic], thresholds: Thresholds
    ) -> ScanResult.Summary {
        func count(_ state: VerdictState) -> Int { verdicts.count { $0.state == state } }
        let isOver = findings.contains { $0.state != .exempt && $0.severity >= thresholds.failOn }
        let hasUnknown = verdicts.contains {
            $0.state == .unknown && (severities[$0.rule] ?? .info) >= thresholds.failOn
        }
        let hasUnreadable = diagnostics.contains { $0.severity == .error }
        let isIncomplete = hasUnknown || hasUnreadable
        let codes: [Int] =
            thresholds.isStrict ? [isIncomplete ? 3 : 0, isOver ? 1 : 0] : [isOver ? 1 : 0, isIncomplete ? 3 : 0]
        return ScanResult.Summary(
            resources: estate.resources.count, rules: rules.count, pass: count(.pass), fail: count(.fail),
            unknown: count(.unknown), manual: count(.manual), notApplicable: count(.notApplicable),
            exempt: findings.count { $0.state == .exempt },
            isComplete: count(.unknown) == 0 && !hasUnreadable, exitCode: codes.first { $0 != 0 } ?? 0)
    }

    /// The ten rules whose mending closes most findings: by severity-weighted count, then id.
    public func changes(findings: [Finding], limit: Int = 10) -> [Change] {
        let byCause = Dictionary(grouping: findings.filter { $0.state != .exempt }) {
            [$0.verdict.rule, $0.verdict.profile]
        }
        let weights: [Severity: Int] = [.critical: 10, .high: 5, .medium: 2, .low: 1, .info: 0]
        let byID = Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }
        let changes = byCause.compactMap { cause, findings -> (change: Change, weight: Int)? in
            guard let rule = byID[cause[0]] else { return nil }
            let change = Change(
                rule: rule, profile: cause[1], resources: findings.map(\.verdict.resource),
                requirements: rule.requirements.map(\.qualifiedID))
            return (change, (weights[rule.severity] ?? 0) * findings.count)
        }
        return changes.sorted {
            $0.weight != $1.weight
                ? $0.weight > $1.weight
                : ($0.change.rule.id, $0.change.profile) < ($1.change.rule.id, $1.change.profile)
        }
        .prefix(limit).map(\.change)
    }

    /// How completely each type that some rule judges was looked at.
    public func looks(coverage: [Coverage]) -> [CollectionLook] {
        let judged = Set(rules.map { $0.appliesTo.type.lowercased() })
        var unreadable: Set<String> = []
        for verdict in verdicts where verdict.state == .unknown { unreadable.insert(verdict.resource.id) }
        let records = Dictionary(grouping: coverage) { $0.collection.lowercased() }
        let byType = Dictionary(grouping: estate.resources) { $0.type }
        return byType.filter { judged.contains($0.key.lowercased()) && !$0.key.hasPrefix("Assay::") }
            .map { type, resources in
                let hidden = resources.count {
                    $0.body.kind == .unknown || $0.body.containsUnknown && unreadable.contains($0.id)
                }
                let denominator = Denominator(resources, counted: records[type.lowercased()] ?? [])
                return CollectionLook(
                    type: type, readable: resources.count - hidden, unreadable: hidden,
                    denominator: denominator?.count, basis: denominator?.basis ?? "of those these files show")
            }
            .sorted { $0.type < $1.type }
    }

    /// What could not be seen, most verdicts first.
    public func unseen(diagnostics: [Diagnostic]) -> [Unseen] {
        var counts: [[String]: Int] = [:]
        for verdict in verdicts where verdict.state == .unknown {
            let path = verdict.reason?.path ?? ""
            let what =
                path.hasPrefix("related.")
                ? related(path, verdict.rule) : "\(verdict.resource.type): \(path.isEmpty ? "condition" : path)"
            counts[[what, verdict.reason?.code ?? "unknown"], default: 0] += 1
        }
        let gaps = counts.map { key, count in
            Unseen(what: key[0], reason: key[1], remedy: Remedy.text(what: key[0], reason: key[1]), verdicts: count)
        }
        let files = diagnostics.filter { $0.severity == .error && $0.location != nil }.map { diagnostic in
            Unseen(
                what: "file \(diagnostic.location?.path ?? "")", reason: diagnostic.message,
                remedy: diagnostic.hint ?? "mend the file and scan again", verdicts: 0)
        }
        return gaps.sorted { ($1.verdicts, $0.what, $0.reason) < ($0.verdicts, $1.what, $1.reason) } + files
    }

    private func related(_ path: String, _ rule: String) -> String {
        let name = path.dropFirst("related.".count)
        let relation = rules.first { $0.id == rule }?.relations.first { $0.name == name }
        return "collection \(relation?.type ?? String(name))"
    }

    /// Resources that hold PHI and that nobody owns.
    public func unownedPHI() -> [ResourceReference] {
        estate.resources.indices.compactMap { index in
            let classification = estate.classification(of: index)
            return classification.phi && classification.owner.isEmpty ? estate.resources[index].reference : nil
        }
    }

    /// How many resources the scope file or a tag classifies.
    public func classifiedCount() -> Int {
        estate.resources.indices.count { estate.classification(of: $0).isStated }
    }
}
