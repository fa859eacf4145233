import AssayCore
import AssayFormats
import AssayHashing

/// Reads a `snapshot/1` file, gzip or plain, line by line.
///
/// A bad line costs that line. A file without its last line, or whose digest does not match, proves no absence: its
/// coverage turns into `interrupted`.
struct SnapshotFileReader {
    private(set) var header: SnapshotHeader?
    private(set) var resources: [Resource] = []
    private(set) var coverage: [Coverage] = []
    private(set) var diagnostics: [Diagnostic] = []
    private let path: String
    private let limits: DocumentLimits
    private var digest = StreamingDigest()
    private var end: (line: Int, end: SnapshotEnd)?

    init(path: String, limits: DocumentLimits) {
        self.path = path
        self.limits = limits
    }

    /// True when the first line of the bytes is a snapshot's header.
    static func isSnapshot(firstLine: [UInt8]) -> Bool {
        guard let document = try? JSONReader.read(firstLine) else { return false }
        return document.root["snapshot"] != nil || document.root["resource"]?["body"] != nil
    }

    mutating func read(_ file: String) {
        var copy = self
        do throws(LineReader.Failure) {
            try LineReader.lines(of: file, limits: limits) { line, number, isClosed in
                copy.take(line, number, isClosed: isClosed)
                return true
            }
        } catch {
            switch error {
            case .file(let error):
                copy.report("snapshot-unreadable", error.reason, line: nil, hint: "check the file's permissions")
            case .document(let error):
                copy.report(
                    error.code.rawValue, error.message, line: error.position.line, hint: "export the snapshot again")
            }
        }
        copy.finish()
        self = copy
    }

    private mutating func report(_ code: String, _ message: String, line: Int?, hint: String) {
        diagnostics.append(
            Diagnostic(
                code: code, severity: .error, message: message,
                location: Diagnostic.Location(path: path, line: line), hint: hint))
    }

    private mutating func take(_ line: [UInt8], _ number: Int, isClosed: Bool) {
        guard !line.isEmpty else { return }
        if end != nil {
            report("snapshot-overlong", "lines follow the end of the snapshot", line: number, hint: "split the file")
            end = nil
        }
        do {
            let document = try JSONReader.read(line, limits: limits, firstLine: number)
            switch try SnapshotLine(json: document.root) {
            case .header(let header): self.header = header
            case .resource(let resource): resources.append(resource)
            case .coverage(let record): coverage.append(record)
            case .end(let end):
                self.end = (number, end)
                return
            }
        } catch let error as DocumentError {
            report(error.code.rawValue, error.message, line: number, hint: "the line is left out; collect again")
        } catch let error as SnapshotError {
            report("snapshot-line", error.message, line: number, hint: "see Schemas/snapshot-1.schema.json")
        } catch {
            report("snapshot-line", "\(error)", line: number, hint: "see Schemas/snapshot-1.schema.json")
        }
        digest.update(line + (isClosed ? [0x0A] : []))
    }

    private mutating func finish() {
        guard header != nil else {
            // Without a header that this program reads, nothing says what the lines mean.
            resources = []
            coverage = []
            if diagnostics.isEmpty {
                report("snapshot-line", "the snapshot has no header", line: 1, hint: "collect again")
            }
            return
        }
        let found = digest.finish().hexadecimal
        digest = StreamingDigest()
        if let (line, end) = end {
            if end.sha256 != found {
                report(
                    "snapshot-altered", "the lines do not match the digest at the end", line: line,
                    hint: "the file was changed after it was written; collect again")
            } else if end.resources != resources.count || end.coverage != coverage.count {
                report(
                    "snapshot-counts", "the end counts \(end.resources) resources, the file holds \(resources.count)",
                    line: line, hint: "collect again")
            } else {
                return
            }
        } else {
            report(
                "snapshot-truncated", "the snapshot has no last line, so it proves no absence", line: nil,
                hint: "collect again, or copy the file again")
        }
        coverage = coverage.map { record in
            var record = record
            if record.isKnown { record.state = .interrupted }
            return record
        }
    }
}
