import AssayCore
import AssayExpressions
import AssayFormats
import AssayRules

/// The filter: resources as JSON lines in, verdicts as JSON lines out, in the order of the input.
///
/// Memory is a chunk and its verdicts a thread, whatever the size of the input.
public struct Evaluate {
    private let request: EvaluateRequest
    private let observer: EvaluateObserver
    private var catalogue: EmbeddedCatalogue
    private let configuration: WorkspaceConfiguration

    /// Settles configuration and catalogue.
    ///
    /// - Throws: `ConfigurationError` for anything the user must mend first.
    public init(_ request: EvaluateRequest, observer: EvaluateObserver) throws {
        self.request = request
        self.observer = observer
        catalogue = try EmbeddedCatalogue()
        var configuration = WorkspaceConfiguration()
        if let folder = request.workspace {
            let path = Workspace.configurationPath(folder)
            do {
                configuration = try WorkspaceConfiguration.read(try FileText.read(path), path: path)
            } catch let error as FileError {
                throw ConfigurationError("\(error)", hint: "`assay init \(folder)` writes a new one")
            }
            for rules in configuration.rules {
                _ = try catalogue.addRules(at: rules.hasPrefix("/") ? rules : folder + "/" + rules)
            }
        }
        self.configuration = configuration
        for path in request.rules { _ = try catalogue.addRules(at: path) }
        for framework in request.frameworks where catalogue.rules.framework(framework) == nil {
            let known = catalogue.rules.frameworks.map(\.id).joined(separator: ", ")
            throw ConfigurationError("framework `\(framework)` is not known", hint: "use one of \(known)")
        }
        if let asOf = request.asOf, (try? Timestamp(rfc3339: asOf)) == nil {
            throw ConfigurationError(
                "`--as-of \(asOf)` is not an RFC 3339 time", hint: "write it as 2026-06-30T00:00:00Z")
        }
        if let threads = request.threads, threads < 1 {
            throw ConfigurationError("`--threads \(threads)` is less than one", hint: "leave it out to use all")
        }
    }

    private var paths: [String] { request.paths.isEmpty ? ["-"] : request.paths }

    // MARK: - Evaluating

    /// Evaluates every input and hands on the verdicts.
    public func run() throws -> EvaluateTotals {
        var totals = EvaluateTotals()
        var context: (snapshot: SnapshotFileReader, path: String)?
        if let path = request.context { context = (try self.context(path), path) }
        for path in paths where !observer.isCancelled() {
            guard var input = try EvaluateInput.open(path, chunkBytes: request.chunkBytes) else { continue }
            if request.verifies { input.isTrusted = try verify(input, &totals) }
            if !input.isTrusted {
                observer.notice(
                    "\(input.name): not a sealed snapshot of this program: every line is validated and sealed first")
            }
            let plan = try plan(for: input, context: context?.snapshot)
            let runner = EvaluateRun(plan: plan, input: input, observer: observer)
            totals.add(try runner.run(input.lines, threads: threads))
        }
        totals.isInterrupted = observer.isCancelled()
        return totals
    }

    private var threads: Int { request.threads ?? WorkerThreads.processors }

    private func verify(_ input: EvaluateInput, _ totals: inout EvaluateTotals) throws -> Bool {
        guard input.end != nil else {
            observer.notice("\(input.name): has no sealed last line to verify against")
            totals.unreadable += 1
            return false
        }
        guard try input.matchesDigest() else {
            observer.notice("\(input.name): the lines do not match the digest in the last line; collect again")
            totals.unreadable += 1
            return false
        }
        return input.isTrusted
    }

    private func plan(for input: EvaluateInput, context: SnapshotFileReader?) throws -> ChunkEvaluator.Plan {
        guard let asOf = request.asOf ?? input.header?.collectedAt else {
            throw ConfigurationError(
                "the lines of `\(input.name)` do not say when they were collected, and rules may ask",
                hint: "pass --as-of 2026-06-30T00:00:00Z, the same for every part of one estate")
        }
        let evaluator = try evaluator(asOf: asOf)
        let program = BulkProgram(evaluator, layout: input.layout)
        let failOn = request.failOn ?? configuration.failOn ?? .high
        let rules = evaluator.askedRules
        return ChunkEvaluator.Plan(
            program: program, judge: try judge(evaluator, program, context), lines: VerdictLines(program),
            isOverThreshold: Dictionary(rules.map { ($0.id, $0.severity >= failOn) }) { $1 },
            selection: request.selection, includesTrace: request.includesTrace, isTrusted: input.isTrusted)
    }

    private func evaluator(asOf: String) throws -> RuleEvaluator {
        try RuleEvaluator(
            catalogue: catalogue.rules,
            frameworks: request.frameworks.isEmpty ? configuration.frameworks : request.frameworks,
            parameters: configuration.parameters, asOf: asOf)
    }

    private func judge(
        _ evaluator: RuleEvaluator, _ program: BulkProgram, _ context: SnapshotFileReader?
    ) throws -> LineJudge {
        let classifier = try Classifier(configuration.classification)
        let estate = context.map {
            Estate(
                resources: $0.resources, coverage: $0.coverage + configuration.complete, classifier: classifier,
                rules: evaluator.askedRules)
        }
        return LineJudge(evaluator, program: program, estate: estate, classifier: classifier)
    }

    private func context(_ path: String) throws -> SnapshotFileReader {
        var reader = SnapshotFileReader(path: path, limits: DocumentLimits())
        reader.read(path)
        guard reader.header != nil else {
            let reason = reader.diagnostics.first?.message ?? "is no snapshot"
            throw ConfigurationError(
                "`--context \(path)`: \(reason)", hint: "name a snapshot of `assay scan --snapshot`")
        }
        for diagnostic in reader.diagnostics { observer.notice("\(path): \(diagnostic.message)") }
        return reader
    }

    // MARK: - Explaining

    /// The verdicts of one rule on one resource, with reason, messages and trace, as indented JSON.
    ///
    /// - Throws: `ConfigurationError` when no input holds the resource, or the rule is not asked of it.
    public func explain(rule: String, resource: String) throws -> [UInt8] {
        guard let known = catalogue.rules.rule(rule) else {
            throw ConfigurationError("there is no rule `\(rule)`", hint: "`assay rules list` shows their ids")
        }
        let context = try request.context.map { try self.context($0) }
        for path in paths {
            guard let input = try EvaluateInput.open(path) else { continue }
            let plan = try plan(for: input, context: context)
            guard let found = try find(resource, in: path, plan.judge) else { continue }
            let verdicts = plan.judge.verdicts(of: found).filter { $0.rule == known.id }
            guard !verdicts.isEmpty else {
                throw ConfigurationError(
                    "rule `\(known.id)` is not asked of `\(resource)`, which is a `\(found.type)`",
                    hint: "it judges `\(known.appliesTo.type)`")
            }
            var writer = JSONWriter(indent: 2)
            writer.beginArray()
            for verdict in verdicts { verdict.write(to: &writer) }
            writer.endArray()
            return writer.bytes + [0x0A]
        }
        throw ConfigurationError("no line holds the resource `\(resource)`", hint: "give its id as the verdicts do")
    }

    private func find(_ id: String, in path: String, _ judge: LineJudge) throws -> Resource? {
        guard path != "-" else {
            throw ConfigurationError("`--explain` reads its input twice", hint: "name a file")
        }
        var found: Resource?
        var unread = 0
        do throws(LineReader.Failure) {
            try LineReader.lines(of: path) { line, _, _ in
                do {
                    if let resource = try judge.resource(ofLine: line), resource.id == id { found = resource }
                } catch {
                    unread += 1
                }
                return found == nil
            }
        } catch {
            throw EvaluateInput.failure(error, name: path)
        }
        if found == nil, unread > 0 {
            throw ConfigurationError(
                "no line of `\(path)` that can be read holds the resource `\(id)`; \(unread) cannot be read",
                hint: "`assay evaluate` without `--explain` names them")
        }
        return found
    }
}
