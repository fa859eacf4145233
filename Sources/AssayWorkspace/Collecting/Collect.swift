import AssayClouds
public import AssayCore
import AssayFormats
import AssayHashing
import AssayShapes

/// Collects a live source into a snapshot file; memory does not grow with the size of the answers.
public struct Collect {
    private let request: AzureRequest
    private let output: String
    private let workspace: Workspace?
    private let clock: any WallClock
    private let observer: ScanObserver

    /// A collection of Azure into a file.
    ///
    /// - Throws: `ConfigurationError` when the workspace is none.
    public init(
        _ request: AzureRequest, output: String, workspace: String?, clock: any WallClock,
        observer: ScanObserver = ScanObserver()
    ) throws {
        var request = request
        self.workspace = try workspace.map { folder in
            guard let workspace = Workspace(existing: folder) else {
                throw ConfigurationError("`\(folder)` is not a workspace", hint: "make one with `assay init \(folder)`")
            }
            let path = Workspace.configurationPath(folder)
            request = request.filled(from: try WorkspaceConfiguration.read(try FileText.read(path), path: path).azure)
            return workspace
        }
        self.request = request
        self.output = output
        self.clock = clock
        self.observer = observer
    }

    /// Collects and writes the snapshot; a stopped collection writes what it has, with coverage that says so.
    public func run() async throws -> CollectSummary {
        let lock = try workspace?.lock()
        defer { withExtendedLifetime(lock) {} }
        let started = clock.now()
        let collected = try await AzureSource(
            request: request, catalogue: try EmbeddedCatalogue(),
            redactor: Redactor(key: try workspace?.redactionKey() ?? Workspace.randomKey()), clock: clock,
            observer: observer, folder: workspace?.collectingFolder
        ).collect()
        let header = SnapshotHeader(
            collectedAt: clock.now(), sources: ["azure"], tool: "assay \(AssayVersion.current)")
        let (digest, count) = try await write(collected, header)
        if let workspace {
            let calls = try await collected.calls()
            try SnapshotKeeper.copy(
                calls.path, to: "\(workspace.snapshotFolder)/\(digest.hexadecimal).calls.jsonl")
            try PendingEvidence(path: workspace.pendingEvidencePath).record(
                ScanEvents.collected(live: collected.outcome, digest: digest, header: header, calls: calls, at: started)
            )
        }
        try await collected.close()
        return CollectSummary(
            path: output, digest: digest.hexadecimal, resources: count, identity: collected.identity,
            outcome: collected.outcome)
    }

    private func write(_ collected: AzureSource.Collected, _ header: SnapshotHeader) async throws -> (Digest, Int) {
        let file = SnapshotFile(try FileSink(output, isPrivate: true))
        var writer = try SnapshotWriter(header: header) { try file.write($0) }
        var count = 0
        try await collected.spool.reading().forEach { resource in
            try writer.write(resource)
            count += 1
        }
        for record in collected.outcome.coverage { try writer.write(record) }
        let digest = try writer.finish()
        try file.finish()
        return (digest, count)
    }

    private final class SnapshotFile {
        private var sink: FileSink
        init(_ sink: consuming FileSink) { self.sink = sink }
        func write(_ bytes: [UInt8]) throws { try sink.write(bytes) }
        func finish() throws { try sink.finish() }
    }
}

/// What a collection says when it is done.
public struct CollectSummary: Sendable {
    /// Where the snapshot is.
    public let path: String
    /// SHA-256 of its lines before the last, in hexadecimal.
    public let digest: String
    /// How many resources the snapshot holds.
    public let resources: Int
    /// Who signed in, and how.
    public let identity: String
    let outcome: AzureCollection.Outcome

    /// Collections that are not known somewhere.
    var open: [Coverage] { outcome.coverage.filter { !$0.isKnown } }

    /// 0, or 3 when something that was asked for could not be read.
    public var exitCode: Int32 {
        outcome.isInterrupted || open.contains { [.denied, .failed, .interrupted].contains($0.state) } ? 3 : 0
    }

    /// For people.
    public var table: String {
        var lines = [
            "\(resources) resources of \(outcome.subscriptions) subscriptions into \(path) (\(outcome.requests) requests)",
            "signed in as \(identity)",
        ]
        if outcome.reused > 0 {
            lines.append(
                "\(outcome.reused) lists below unchanged resources were not asked again: their answers are of then")
        }
        for diagnostic in outcome.diagnostics {
            lines.append("\(diagnostic.severity.rawValue): \(diagnostic.message)")
            if let hint = diagnostic.hint { lines.append("  hint: \(hint)") }
        }
        return lines.joined(separator: "\n")
    }

    /// For programs: `assay.collect/1`.
    public var json: [UInt8] {
        JSONEnvelope("assay.collect").document { writer in
            writer.key("summary")
            writer.beginObject()
            writer.member("resources", resources)
            writer.member("subscriptions", outcome.subscriptions)
            writer.member("requests", outcome.requests)
            writer.member("reused", outcome.reused)
            writer.member("highestInFlight", outcome.highestInFlight)
            writer.member("identity", identity)
            writer.member("snapshot", path)
            writer.member("sha256", digest)
            writer.member("complete", exitCode == 0)
            writer.member("exitCode", Int(exitCode))
            writer.endObject()
            writer.list("coverage", outcome.coverage) { $0.write(to: &$1) }
            writer.list("diagnostics", outcome.diagnostics) { $0.write(to: &$1) }
        }
    }
}
