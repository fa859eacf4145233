public import AssayCore

/// Turns exported documents into resources: what the Azure and AWS command lines, Resource Graph, Microsoft Graph,
/// AWS Config and Cloud Control print, and recorded requests.
///
/// A document is known by its shape. Files may come in any order; nothing is decided before `finish`, since several
/// documents can describe one resource and one file can name the account of its neighbours. A list proves that its
/// elements exist and nothing else; only a recorded request whose pages are complete proves absence.
public struct ExportInterpreter {
    private let tables: ShapeTables
    private let redactor: Redactor?
    private var collector = Collector()
    private var files: [String: Bool] = [:]

    /// - Parameter redactor: takes secrets and health data out of every body; nil leaves them.
    public init(tables: ShapeTables, redactor: Redactor?) {
        self.tables = tables
        self.redactor = redactor
    }

    /// Reads a document; `file` is its path relative to the scanned root.
    public mutating func add(_ node: DocumentNode, file: String) {
        add(Tree(node), file: file)
    }

    /// Reads a document; `file` is its path relative to the scanned root.
    public mutating func add(_ tree: Tree, file: String) {
        let source = ExportSource(file: file)
        let isUnderstood = read(tree, from: source)
        files[file] = (files[file] ?? false) || isUnderstood
        guard !isUnderstood else { return }
        collector.report(
            "shape-not-understood", .error, "the document has no shape that is known (\(tree.keySummary))",
            in: source,
            at: tree.position, hint: "see the list of exports that can be read, or keep the file out of the scan")
    }

    /// Reads text that is not JSON: a decoded credential report, exported columns of a database, an error or the nothing that a command line printed.
    ///
    /// False when it is neither; then nothing is recorded.
    public mutating func add(text bytes: [UInt8], file: String) -> Bool {
        let source = ExportSource(file: file)
        // Some calls print nothing where nothing is configured.
        if bytes.allSatisfy({ $0 <= 0x20 }) {
            let nothing = Tree(.object([]), at: SourcePosition(line: 1, column: 1))
            guard AnswerReader(tables: tables).read(nothing, from: source, into: &collector) else { return false }
            files[file] = true
            return true
        }
        if CredentialReport.read(csv: bytes, from: source, into: &collector) {
            files[file] = true
            return true
        }
        if SqlColumnReader.read(csv: bytes, from: source, into: &collector) {
            files[file] = true
            return true
        }
        guard let (code, message) = Self.printedError(bytes) else { return false }
        AnswerReader(tables: tables).readError(
            code, message, at: AnswerPlace(file: file, tables: tables), from: source,
            SourcePosition(line: 1, column: 1),
            into: &collector)
        files[file] = true
        return true
    }

    private mutating func read(_ tree: Tree, from source: ExportSource) -> Bool {
        if let elements = tree.elements {
            if elements.contains(where: EnvelopeReader.isEnvelope) {
                EnvelopeReader(tables: tables).read(elements, from: source, into: &collector)
                return collector.understood[source.file] != nil
            }
            let graph = GraphReader(tables: tables)
            if graph.isGraph(tree) { return graph.read(tree, from: source, into: &collector) }
            if SqlColumnReader.read(elements, from: source, into: &collector) { return true }
            if AzureReader(tables: tables).read(tree, from: source, into: &collector) { return true }
            return readEach(elements, from: source)
        }
        return readObject(tree, from: source)
    }

    /// A list of documents of any kind, each read by itself.
    private mutating func readEach(_ elements: [Tree], from source: ExportSource) -> Bool {
        var unknown: [Tree] = []
        for element in elements where !readObject(element, from: source) { unknown.append(element) }
        guard unknown.count < elements.count else { return false }
        for element in unknown {
            collector.report(
                "shape-not-understood", .error, "an element has no shape that is known (\(element.keySummary))",
                in: source, at: element.position)
        }
        return true
    }

    private mutating func readObject(_ tree: Tree, from source: ExportSource) -> Bool {
        if EnvelopeReader.isEnvelope(tree) {
            EnvelopeReader(tables: tables).read([tree], from: source, into: &collector)
            return collector.understood[source.file] != nil
        }
        let graph = GraphReader(tables: tables)
        if graph.isGraph(tree) { return graph.read(tree, from: source, into: &collector) }
        if AzureReader(tables: tables).read(tree, from: source, into: &collector) { return true }
        if ConfigReader(tables: tables).read(tree, from: source, into: &collector) { return true }
        if CloudControlReader(tables: tables).read(tree, from: source, into: &collector) { return true }
        if AnswerReader(tables: tables).read(tree, from: source, into: &collector) { return true }
        guard let error = tree["error"], let code = error["code"]?.stringValue else { return false }
        collector.failed.insert(source.file)
        collector.report(
            "shape-call-failed", .error, "the file holds the error `\(code)` of a call that it does not name",
            in: source,
            at: tree.position, hint: "export again with an identity that may read it")
        return true
    }

    /// `An error occurred (Code) when calling the Name operation: message`.
    private static func printedError(_ bytes: [UInt8]) -> (code: String, message: String?)? {
        let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
        guard let start = text.firstRange(of: "An error occurred ("),
            let end = text[start.upperBound...].firstIndex(of: ")"),
            text[end...].hasPrefix(") when calling the ")
        else { return nil }
        let message = text[end...].firstRange(of: " operation: ").map {
            String(text[$0.upperBound...].prefix { !$0.isNewline })
        }
        return (String(text[start.upperBound..<end]), message)
    }

    /// Decides what all documents together say.
    ///
    /// The interpreter is empty afterwards.
    public mutating func finish() -> ShapeOutcome {
        let collector = collector
        var assembly = ResourceAssembly(tables: tables, redactor: redactor)
        var columns = SqlColumnAssembly(redactor: redactor)
        columns.add(collector.sqlColumns)
        let resources = assembly.resources(of: collector) + columns.resources
        let redactions = assembly.redactions + columns.redactions
        var outcome = ShapeOutcome(
            resources: resources.sorted { ($0.type, $0.id, $0.origin.display) < ($1.type, $1.id, $1.origin.display) },
            coverage: coverage(of: collector, assembly, resources) + columns.coverage,
            diagnostics: collector.diagnostics + assembly.diagnostics + columns.diagnostics, redactions: redactions)
        for (file, isUnderstood) in files {
            let count = collector.understood[file] ?? 0
            let isFailure = count == 0 && collector.failed.contains(file)
            outcome.files[file] = isFailure ? .failed : isUnderstood ? .understood(resources: count) : .notUnderstood
        }
        report(redactions, resources, to: &outcome)
        outcome.diagnostics.sort()
        self.collector = Collector()
        files = [:]
        return outcome
    }

    // MARK: Coverage

    private func coverage(of collector: Collector, _ assembly: ResourceAssembly, _ resources: [Resource]) -> [Coverage]
    {
        var records = collector.coverage.map { record in
            var record = record
            record.message = record.message.map { redactor?.redact(text: $0) ?? $0 }
            return record
        }
        var identifiers: [String: [Resource]] = [:]
        for resource in resources where !collector.childCoverage.isEmpty {
            guard let type = tables.aws[resource.type.lowercased()], let id = resource.body[type.identifier]?.string
            else {
                continue
            }
            identifiers["\(resource.type)|\(id)", default: []].append(resource)
        }
        for child in collector.childCoverage {
            for parent in identifiers["\(child.parentType)|\(child.parent)"] ?? [] {
                records.append(
                    Coverage(
                        collection: child.collection, scope: parent.id, state: child.state, count: child.count,
                        call: child.call, code: child.code,
                        message: child.message.map { redactor?.redact(text: $0) ?? $0 }))
            }
        }
        for list in collector.listCoverage {
            let account = list.account ?? assembly.nearest(collector.callers, to: list.file)
            let isGlobal = tables.aws[list.type.lowercased()]?.isGlobal ?? false
            let region = isGlobal ? nil : list.region
            let scope = account.map { account in region.map { "aws:\(account):\($0)" } ?? "aws:\(account)" } ?? ""
            records.append(
                Coverage(
                    collection: list.type, scope: scope, state: list.state, call: list.call, code: list.code,
                    message: list.message.map { redactor?.redact(text: $0) ?? $0 }))
        }
        return Set(records).sorted {
            ($0.collection, $0.scope, $0.state.rawValue, $0.call ?? "") < (
                $1.collection, $1.scope, $1.state.rawValue, $1.call ?? ""
            )
        }
    }

    /// One note a file: how many values were taken out and where, never what.
    private func report(_ redactions: [Redaction], _ resources: [Resource], to outcome: inout ShapeOutcome) {
        var files: [String: [Redaction]] = [:]
        let origins = Dictionary(
            resources.map { ($0.id, $0.origin.path ?? "") }, uniquingKeysWith: { first, _ in first })
        for redaction in redactions { files[origins[redaction.resource ?? ""] ?? "", default: []].append(redaction) }
        for (file, found) in files {
            let paths = found.prefix(5).map { "`\($0.path)` (\($0.kind))" }.joined(separator: ", ")
            let more = found.count > 5 ? " and \(found.count - 5) more" : ""
            outcome.diagnostics.append(
                Diagnostic(
                    code: "shape-redacted", severity: .note,
                    message:
                        "\(found.count) \(found.count == 1 ? "value was" : "values were") replaced by a marker: \(paths)\(more)",
                    location: .init(path: file)))
        }
    }
}
