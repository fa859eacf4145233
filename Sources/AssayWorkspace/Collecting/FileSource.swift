public import AssayCore
import AssayFormats
import AssayHashing
import AssayShapes
import AssayTemplates

/// What the files of an estate gave: resources, relations that templates declare, coverage, diagnostics.
public struct CollectedEstate: Sendable {
    /// Redacted; of two with one id but another content the one that came first.
    public var resources: [Resource] = []
    /// What the files show, deny or declare to be complete.
    public var coverage: [Coverage] = []
    /// Files that were left out or read in part, and why, by place.
    public var diagnostics: [Diagnostic] = []
    /// When the youngest snapshot among the files was collected.
    public var collectedAt: String?
    /// Every file in the order of its path, those that could not be read included.
    public var received: [ReceivedFile] = []
    /// How many files were read, and how many gave resources.
    public var files = (read: 0, understood: 0)
}

/// Files and folders as a source: snapshots, exported answers, CloudFormation templates.
///
/// Every file is either understood or named in a diagnostic.
struct FileSource {
    private let shaper: CanonicalShaper
    private let redactor: Redactor
    private let limits: DocumentLimits
    private var interpreter: ExportInterpreter
    private var estate = CollectedEstate()
    private var seen: [String: Int] = [:]

    init(tables: ShapeTables, redactor: Redactor, limits: DocumentLimits) {
        shaper = CanonicalShaper(tables: tables)
        self.redactor = redactor
        self.limits = limits
        interpreter = ExportInterpreter(tables: tables, redactor: redactor)
    }

    /// Reads everything below the paths.
    ///
    /// - Parameters:
    ///   - paths: files and folders.
    ///   - excluded: displayed paths that are not part of the estate, such as `assay.yaml`.
    ///   - progress: called after each file with how many of how many are done.
    ///   - isCancelled: asked before each file; true ends the reading with a diagnostic.
    mutating func read(
        _ paths: [String], excluded: Set<String>, progress: (Int, Int) -> Void, isCancelled: () -> Bool
    ) -> CollectedEstate {
        var walker = FileWalker(excluded: excluded)
        for path in paths { walker.walk(path) }
        estate.diagnostics += walker.diagnostics
        for (index, entry) in walker.entries.enumerated() {
            if isCancelled() {
                estate.diagnostics.append(
                    Diagnostic(
                        code: "scan-interrupted", severity: .error,
                        message: "stopped after \(index) of \(walker.entries.count) files", hint: "scan again"))
                estate.coverage.append(
                    Coverage(collection: "*", scope: "", state: .interrupted, message: "stopped by the user"))
                break
            }
            if receive(entry) { read(entry) }
            progress(index + 1, walker.entries.count)
        }
        let outcome = interpreter.finish()
        for resource in outcome.resources { add(resource) }
        estate.coverage += outcome.coverage
        estate.diagnostics += outcome.diagnostics
        estate.placeSqlColumns()
        let named = Set(estate.diagnostics.compactMap { $0.location?.path })
        for (file, result) in outcome.files {
            guard case .understood(let count) = result else { continue }
            estate.files.understood += 1
            // A file that gives nothing is said to give nothing: silence would read as looked at.
            if count == 0, !named.contains(file) {
                report(
                    "file-without-resource", .note, file, "is understood and holds no resource of its own", nil,
                    "an empty list, a repeat, or a part of a resource in another file")
            }
        }
        if estate.resources.isEmpty {
            // Nothing looked at is not nothing found.
            estate.diagnostics.append(
                Diagnostic(
                    code: "scan-empty", severity: .error, message: "no resource was found in what was scanned",
                    hint: "docs/sources.md says what to export and how"))
        }
        estate.diagnostics.sort()
        return estate
    }

    private mutating func add(_ resource: Resource) {
        if let index = seen[resource.id] {
            let first = estate.resources[index]
            // Anchors and exact repeats are the same thing seen twice.
            let isColumn = resource.type.hasPrefix("Assay::Azure::SqlColumn")
            guard isColumn || !resource.type.hasPrefix("Assay::"), first.body.description != resource.body.description
            else {
                return
            }
            report(
                "resource-duplicate", .error, resource.origin.path ?? "",
                "resource `\(resource.id)` is also in `\(first.origin.display)` with another content",
                resource.origin.line,
                "remove the older file; the first one was judged")
            return
        }
        seen[resource.id] = estate.resources.count
        estate.resources.append(resource)
    }

    private mutating func report(
        _ code: String, _ severity: Diagnostic.Severity, _ path: String, _ message: String, _ line: Int? = nil,
        _ hint: String
    ) {
        estate.diagnostics.append(
            Diagnostic(
                code: code, severity: severity, message: message,
                location: Diagnostic.Location(path: path, line: line), hint: hint))
    }

    private mutating func report(_ error: DocumentError, _ path: String) {
        estate.diagnostics.append(
            Diagnostic(
                code: error.code.rawValue, severity: .error, message: error.message,
                location: Diagnostic.Location(path: path, line: error.position.line, column: error.position.column),
                hint: "mend the file or leave it out; nothing in it was judged"))
    }

    /// Lists a file with the digest of its bytes; false when they cannot be read, which is listed and reported.
    private mutating func receive(_ entry: FileWalker.Entry) -> Bool {
        do throws(FileError) {
            let digest = try FileText.digest(entry.path)
            estate.received.append(ReceivedFile(path: entry.display, content: .digest(digest)))
            return true
        } catch {
            estate.received.append(ReceivedFile(path: entry.display, content: .unreadable(error.reason)))
            // What no reader would have looked into does not make the scan incomplete.
            let severity: Diagnostic.Severity =
                if case .other = FileFormat(path: entry.display) { .warning } else { .error }
            report(
                "file-unreadable", severity, entry.display, error.reason, nil,
                "check the file's permissions, or leave it out of what is scanned")
            return false
        }
    }

    private mutating func read(_ entry: FileWalker.Entry) {
        switch FileFormat(path: entry.display) {
        case .lines: readLines(entry)
        case .json, .yaml, .csv: readWhole(entry)
        case .unsupported(let language):
            report(
                "file-unsupported", .error, entry.display, "\(language) is not read yet", nil,
                "export the deployed resources, or compile to CloudFormation")
        case .other:
            report(
                "file-skipped", .note, entry.display, "is not a format that holds resources", nil,
                "nothing to do unless it should have been read")
        }
    }

    private mutating func readWhole(_ entry: FileWalker.Entry) {
        estate.files.read += 1
        do {
            var bytes = try FileText.read(entry.path, limit: limits.documentBytes)
            if Gzip.isCompressed(bytes) { bytes = try Gzip.inflate(bytes, limit: limits.documentBytes) }
            switch FileFormat(path: entry.display) {
            case .csv:
                bytes = try UnicodeText.utf8(bytes)
                if let place = UTF8Check.firstInvalid(bytes) {
                    let line = bytes[..<place].count { $0 == 0x0A } + 1
                    throw DocumentError(
                        code: .invalidUTF8, message: "the table is not UTF-8; save it as UTF-8 or Unicode",
                        position: SourcePosition(line: line, column: 1))
                }
                if !interpreter.add(text: bytes, file: entry.display) {
                    report(
                        "shape-not-understood", .error, entry.display, "is not a table that is known", nil,
                        "the IAM credential report and exported columns of SQL databases are read")
                }
            case .yaml:
                take(
                    try YAMLReader.read(bytes, limits: limits, tag: CloudFormationReader.tag), bytes, entry)
            default: try readJSON(UnicodeText.utf8(bytes), entry)
            }
        } catch let error as DocumentError {
            report(error, entry.display)
        } catch let error as FileError {
            report("file-unreadable", .error, entry.display, error.reason, nil, "check the file's size and permissions")
        } catch {
            report("file-unreadable", .error, entry.display, "\(error)", nil, "check the file")
        }
    }

    private mutating func readJSON(_ bytes: [UInt8], _ entry: FileWalker.Entry) throws {
        let document: Document
        do {
            document = try JSONReader.read(bytes, limits: limits)
        } catch {
            // A template file is often YAML whatever its name; JSON Lines often has the name of JSON.
            if FileFormat.isTemplateName(entry.display), bytes.first != UInt8(ascii: "{") {
                take(try YAMLReader.read(bytes, limits: limits, tag: CloudFormationReader.tag), bytes, entry)
                return
            }
            let firstLine = Array(bytes.prefix { $0 != 0x0A })
            if firstLine.count < bytes.count, (try? JSONReader.read(firstLine)) != nil {
                readLines(entry)
                return
            }
            // The CLI prints some refusals as text where an answer was asked for.
            if interpreter.add(text: bytes, file: entry.display) { return }
            throw error
        }
        if SnapshotFileReader.isSnapshot(firstLine: Array(bytes.prefix { $0 != 0x0A })) {
            readLines(entry)
            return
        }
        take(Tree(document.root), bytes, entry)
    }

    private mutating func take(_ tree: Tree, _ bytes: [UInt8], _ entry: FileWalker.Entry) {
        if CloudFormationReader.isTemplate(tree) {
            readTemplate(tree, bytes, entry)
        } else if tree["$schema"]?.stringValue?.lowercased().contains("deploymenttemplate") == true {
            report(
                "file-unsupported", .error, entry.display, "ARM templates are not read yet", nil,
                "export the deployed resources with `az resource show` or `az rest`")
        } else {
            interpreter.add(tree, file: entry.display)
        }
    }

    private mutating func readTemplate(_ tree: Tree, _ bytes: [UInt8], _ entry: FileWalker.Entry) {
        let shaper = shaper
        let redactor = redactor
        let reader = CloudFormationReader(limits: limits) { type, body in
            let shaped = shaper.canonical(type: type, body: body)
            return (redactor.redact(shaped.0).tree, shaped.1)
        }
        let outcome = reader.read(tree, unit: entry.display)
        for var resource in outcome.resources {
            resource.links = (outcome.references[resource.id] ?? []).map {
                ResourceLink(path: $0.path, target: $0.target, isConditional: $0.isConditional)
            }
            resource.condition = outcome.conditions[resource.id]
            add(resource)
        }
        estate.coverage += outcome.coverage
        estate.diagnostics += outcome.diagnostics
        estate.files.understood += 1
    }

    private mutating func readLines(_ entry: FileWalker.Entry) {
        estate.files.read += 1
        var failures: [Diagnostic] = []
        var trees: [Tree] = []
        var isWhole = false
        let limits = limits
        do throws(LineReader.Failure) {
            if let first = try firstLine(of: entry), SnapshotFileReader.isSnapshot(firstLine: first) {
                readSnapshot(entry)
                return
            }
            try LineReader.lines(of: entry.path, limits: limits) { line, number, _ in
                guard !line.allSatisfy({ $0 <= 0x20 }) else { return true }
                do throws(DocumentError) {
                    trees.append(Tree(try JSONReader.read(line, limits: limits, firstLine: number).root))
                } catch {
                    failures.append(
                        Diagnostic(
                            code: error.code.rawValue, severity: .error, message: error.message,
                            location: Diagnostic.Location(
                                path: entry.display, line: error.position.line, column: error.position.column),
                            hint: "the line is left out"))
                }
                return true
            }
            isWhole = true
        } catch {
            switch error {
            case .document(let error): report(error, entry.display)
            case .file(let error):
                report("file-unreadable", .error, entry.display, error.reason, nil, "check the file's permissions")
            }
        }
        estate.diagnostics += failures
        if isWhole, trees.isEmpty, failures.isEmpty {
            report("document-empty", .error, entry.display, "file is empty", nil, "export it again")
        }
        for tree in trees { interpreter.add(tree, file: entry.display) }
    }

    /// The first line that is not empty.
    private func firstLine(of entry: FileWalker.Entry) throws(LineReader.Failure) -> [UInt8]? {
        var first: [UInt8]?
        try LineReader.lines(of: entry.path, limits: limits) { line, _, _ in
            first = line
            return line.isEmpty
        }
        return first
    }

    private mutating func readSnapshot(_ entry: FileWalker.Entry) {
        var reader = SnapshotFileReader(path: entry.display, limits: limits)
        reader.read(entry.path)
        for var resource in reader.resources {
            let redacted = redactor.redact(Tree(resource.body))
            if !redacted.redactions.isEmpty { resource.body = Document(redacted.tree).root }
            add(resource)
        }
        estate.coverage += reader.coverage
        estate.diagnostics += reader.diagnostics
        if let header = reader.header { estate.collectedAt = max(estate.collectedAt ?? "", header.collectedAt) }
        estate.files.understood += 1
    }
}

/// What a file's name says of its format.
enum FileFormat {
    case json
    case yaml
    case lines
    case csv
    case unsupported(String)
    case other

    init(path: String) {
        var name = Substring(path.lowercased())
        if name.hasSuffix(".gz") { name = name.dropLast(3) }
        let suffix = name.split(separator: "/").last?.split(separator: ".").last ?? ""
        self =
            switch suffix {
            case "json", "template": .json
            case "yaml", "yml": .yaml
            case "jsonl", "ndjson": .lines
            case "csv": .csv
            case "tf", "tfstate", "tfvars", "hcl": .unsupported("Terraform")
            case "bicep", "bicepparam": .unsupported("Bicep")
            default: .other
            }
    }

    static func isTemplateName(_ path: String) -> Bool { path.lowercased().hasSuffix(".template") }
}
