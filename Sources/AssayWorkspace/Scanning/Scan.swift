public import AssayCore
import AssayExpressions
import AssayFormats
public import AssayProgram
import AssayRules
import AssayShapes
import AssayStore

/// The main job: sources in, verdicts, findings and reports out.
public struct Scan {
    private let request: ScanRequest
    private let clock: any WallClock
    private let observer: ScanObserver
    private var catalogue: EmbeddedCatalogue
    private let configuration: WorkspaceConfiguration
    private let configurationPath: String?
    private let workspace: Workspace?

    /// Settles configuration and catalogue.
    ///
    /// - Throws: `ConfigurationError` for anything the user must mend first.
    public init(_ request: ScanRequest, clock: any WallClock, observer: ScanObserver = ScanObserver()) throws {
        self.request = request
        self.clock = clock
        self.observer = observer
        let found = try Self.configuration(request)
        configuration = found.configuration
        configurationPath = found.path
        workspace = found.workspace
        catalogue = try EmbeddedCatalogue()
        let folder = found.folder ?? "."
        for path in configuration.rules { _ = try catalogue.addRules(at: Self.path(path, in: folder)) }
        // Flags go over the file: a rule of `--rules` takes the place of one with the same id.
        for path in request.rules { _ = try catalogue.addRules(at: path) }
        // A folder that brings its own scope says what of it is the estate.
        let usesOwnSources = request.paths.isEmpty || found.isScannedFolder && !configuration.sources.isEmpty
        paths =
            usesOwnSources
            ? configuration.sources.map { Self.path($0, in: folder) }
            : request.paths.map { Self.trimmed($0) }
        if let asOf = request.asOf, (try? Timestamp(rfc3339: asOf)) == nil {
            throw ConfigurationError(
                "`--as-of \(asOf)` is not an RFC 3339 time", hint: "write it as 2026-06-30T00:00:00Z")
        }
        guard !paths.isEmpty else {
            throw ConfigurationError(
                "nothing to scan", hint: "name files or folders, or list `sources` in assay.yaml: assay scan ~/exports")
        }
        for path in paths {
            if path == "azure" { continue }
            if path == "aws" {
                throw ConfigurationError(
                    "the live source `\(path)` is not built yet",
                    hint: "export to files and scan those (docs/sources.md); a folder of that name is `./\(path)`")
            }
            do {
                _ = try FileText.kind(path)
            } catch {
                throw ConfigurationError("cannot scan \(error)", hint: "check the path")
            }
        }
        for framework in frameworks where catalogue.rules.framework(framework) == nil {
            let known = catalogue.rules.frameworks.map(\.id).joined(separator: ", ")
            throw ConfigurationError("framework `\(framework)` is not known", hint: "use one of \(known)")
        }
    }

    private let paths: [String]

    /// A path of the configuration, seen from where the program runs.
    private static func path(_ path: String, in folder: String) -> String {
        path == "azure" || path == "aws"
            ? path : trimmed(path.hasPrefix("/") || folder == "." ? path : "\(trimmed(folder))/\(path)")
    }

    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private var frameworks: [String] {
        if !request.frameworks.isEmpty { return request.frameworks }
        if !configuration.frameworks.isEmpty { return configuration.frameworks }
        return catalogue.rules.frameworks.map(\.id)
    }

    private static func configuration(
        _ request: ScanRequest
    ) throws -> (
        configuration: WorkspaceConfiguration, path: String?, folder: String?, workspace: Workspace?,
        isScannedFolder: Bool
    ) {
        var folder = request.workspace
        if folder == nil, request.paths.isEmpty { folder = "." }
        if folder == nil, let only = request.paths.first.map({ trimmed($0) }), request.paths.count == 1,
            only != "azure",
            (try? FileText.kind(Workspace.configurationPath(only))) == .file
        {
            // A scanned folder may bring its own scope; nothing is kept in it.
            let path = Workspace.configurationPath(only)
            return (try WorkspaceConfiguration.read(try FileText.read(path), path: path), path, only, nil, true)
        }
        guard let folder else { return (WorkspaceConfiguration(), nil, nil, nil, false) }
        let path = Workspace.configurationPath(folder)
        guard let workspace = Workspace(existing: folder) else {
            throw ConfigurationError(
                "`\(folder)` is not a workspace", hint: "make one with `assay init \(folder)`, or name files to scan")
        }
        let bytes: [UInt8]
        do {
            bytes = try FileText.read(path)
        } catch {
            throw ConfigurationError("\(error)", hint: "`assay init \(folder)` writes a new one")
        }
        return (try WorkspaceConfiguration.read(bytes, path: path), path, folder, workspace, false)
    }

    /// Runs the scan.
    public func run() async throws -> ScanResult {
        guard let workspace else { return try await run(recorder: DiscardedEvidence(), workspace: nil) }
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        return try await run(recorder: try PendingEvidence(path: workspace.pendingEvidencePath), workspace: workspace)
    }

    private func run(recorder: any EvidenceRecorder, workspace: Workspace?) async throws -> ScanResult {
        let started = clock.now()
        let redactor = Redactor(key: try workspace?.redactionKey())
        let files = paths.filter { $0 != "azure" }
        var source = FileSource(tables: catalogue.tables, redactor: redactor, limits: DocumentLimits())
        let observer = observer
        var estate = CollectedEstate()
        if !files.isEmpty {
            estate = source.read(
                files, excluded: Set([configurationPath].compactMap(\.self)),
                progress: { observer.progress("reading", $0, $1) }, isCancelled: observer.isCancelled)
        }
        var live: AzureSource.Collected?
        if paths.contains("azure") {
            let collected = try await AzureSource(
                request: request.azure.filled(from: configuration.azure), catalogue: catalogue, redactor: redactor,
                clock: clock, observer: observer, folder: workspace?.collectingFolder
            ).collect()
            try await estate.add(collected)
            live = collected
        }
        let collectedAt = configuration.collectedAt ?? estate.collectedAt ?? (live == nil ? started : clock.now())
        var snapshot = Snapshot(
            header: SnapshotHeader(collectedAt: collectedAt, sources: paths, tool: "assay \(AssayVersion.current)"),
            resources: estate.resources, coverage: estate.coverage + configuration.complete)
        snapshot.derive()
        snapshot.sort()
        let calls = try await live?.calls()
        let digest = try SnapshotKeeper(workspace: workspace, extraPath: request.snapshotPath).keep(
            snapshot, received: ReceivedFile.list(estate.received), calls: calls?.path)
        try recorder.record(
            ScanEvents.collected(
                snapshot, digest: digest, estate: estate, calls: calls, at: started))
        try await live?.close()
        return try evaluate(snapshot, digest: digest, estate: estate, recorder: recorder, workspace: workspace)
    }

    private func evaluate(
        _ snapshot: Snapshot, digest: Digest, estate: CollectedEstate, recorder: any EvidenceRecorder,
        workspace: Workspace?
    ) throws -> ScanResult {
        let asOf = request.asOf ?? snapshot.header.collectedAt
        let evaluator = try RuleEvaluator(
            catalogue: catalogue.rules, frameworks: frameworks, parameters: configuration.parameters, asOf: asOf)
        let rules = evaluator.askedRules
        let judged = Estate(
            resources: snapshot.resources, coverage: snapshot.coverage,
            classifier: try Classifier(configuration.classification), rules: rules)
        let total = snapshot.resources.count
        let observer = observer
        let verdicts = evaluator.evaluate(judged) { observer.progress("evaluating", $0, total) }
        let vector = ScanEvents.vectorDigest(verdicts)
        try recorder.record(
            ScanEvents.evaluated(verdicts, rules: rules, snapshot: digest, vector: vector, asOf: asOf, at: clock.now()))
        let records = try keep(
            snapshot, digest: digest, vector: vector, verdicts: verdicts, rules: rules, asOf: asOf,
            estate: judged, hasUnreadable: estate.diagnostics.contains { $0.severity == .error }, recorder: recorder,
            workspace: workspace)
        let assembly = ScanAssembly(estate: judged, verdicts: verdicts, rules: rules)
        let findings = assembly.findings(records: records, at: snapshot.header.collectedAt)
        let asked = frameworks.compactMap { catalogue.rules.framework($0) }
        let exempt = Set(findings.filter { $0.state == .exempt }.map(\.key))
        let requirements = asked.flatMap { framework in
            RequirementRollUp.assess(framework, rules: rules, verdicts: verdicts) { verdict in
                exempt.contains(FindingKey(verdict).description)
            }
        }
        let thresholds = ScanAssembly.Thresholds(
            failOn: request.failOn ?? configuration.failOn ?? .high, isStrict: request.isStrict)
        return ScanResult(
            toolVersion: AssayVersion.current, asOf: asOf, sources: paths,
            summary: assembly.summary(findings: findings, diagnostics: estate.diagnostics, thresholds: thresholds),
            frameworks: asked, rules: rules, findings: findings, verdicts: verdicts,
            looks: assembly.looks(coverage: snapshot.coverage), coverage: snapshot.coverage,
            diagnostics: estate.diagnostics, requirements: requirements, changes: assembly.changes(findings: findings),
            unseen: assembly.unseen(diagnostics: estate.diagnostics), unownedPHI: assembly.unownedPHI(),
            classified: assembly.classifiedCount(), listsAllVerdicts: request.listsAllVerdicts)
    }

    /// True for a resource of a file that no longer exists.
    private static func isUnitGone(_ id: String) -> Bool {
        guard let hash = id.lastIndex(of: "#") else { return false }
        do {
            _ = try FileText.kind(String(id[..<hash]))
            return false
        } catch {
            return error.isMissing
        }
    }

    private func keep(
        _ snapshot: Snapshot, digest: Digest, vector: Digest, verdicts: [Verdict], rules: [Rule], asOf: String,
        estate: Estate, hasUnreadable: Bool, recorder: any EvidenceRecorder, workspace: Workspace?
    ) throws -> [FindingRecord] {
        guard let workspace else { return [] }
        let at = snapshot.header.collectedAt
        let isIncomplete = verdicts.contains { $0.state == .unknown } || hasUnreadable
        let scan = ScanRecord(
            id: String(digest.hexadecimal.prefix(16)) + "-" + String(vector.hexadecimal.prefix(8)), collectedAt: at,
            asOf: asOf, snapshotDigest: digest.hexadecimal, verdictDigest: vector.hexadecimal,
            isComplete: !isIncomplete)
        let clock = clock
        return try workspace.store().keep(scan) { records in
            let outcome = FindingLedger.apply(
                records, verdicts: verdicts, rules: rules,
                isKnown: { estate.isKnown(type: $0, around: $1) || Self.isUnitGone($1) }, at: at)
            // Recorded before the transaction ends: a kill in between repeats an event, it never loses one.
            for transition in outcome.transitions {
                try recorder.record(ScanEvents.findingChanged(transition, scan: scan.id, at: clock.now()))
            }
            return outcome
        }.records
    }
}

/// The version of this program.
public enum AssayVersion {
    /// Semantic version.
    public static let current = "0.1.0"
}

extension Snapshot {
    /// Puts what follows from the rest into the snapshot; facts that a file brought along are made anew.
    fileprivate mutating func derive() {
        let types = Set(DerivedFacts.types)
        resources.removeAll { types.contains($0.type) }
        coverage.removeAll { types.contains($0.collection) }
        let facts = DerivedFacts.facts(of: resources, coverage: coverage)
        resources += facts.resources
        coverage += facts.coverage
    }
}
