import AssayCore
import AssayFormats
import AssayProgram
import AssayRules
import Synchronization

/// Every line of a file judged by threads, its parts handed to a sink in their order.
enum FullScan {
    static func run<Sink: PartSink & SendableMetatype & ~Copyable, Result: Sendable>(
        _ path: String, _ setting: ScanSetting, judge: @escaping @Sendable () throws -> LineJudge?,
        wants: PartScanner.Wants, threads: Int, into sink: consuming sending Sink,
        finish: (inout Sink) throws -> Result
    ) throws -> Result where Sink.Part == ScanPart {
        let chunks = try LineChunks(path)
        let results = InOrder(sink)
        let next = Atomic(0)
        WorkerThreads.run(threads) { _ in
            do {
                var scanner = PartScanner(setting, judge: try judge(), wants: wants)
                var reader = LineChunks.Reader(chunks, spare: BulkWorker.spare)
                while true {
                    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard index < chunks.count else { return }
                    let found = try reader.read(index)
                    let part = try scanner.scan(reader.buffer, found.lines, at: found.offset)
                    guard results.deliver(index, part) else { return }
                }
            } catch {
                results.fail(error)
            }
        }
        return try results.finish(parts: chunks.count, finish)
    }
}

/// Counts of a scan whose results were written.
struct ScanCounts: Sendable, Equatable {
    var lines = 0
    var judged = 0
    var handedOverLines = 0
    var handedOverPairs = 0
    var transitions = 0

    mutating func add(_ part: ScanPart) {
        lines += part.lines.count
        judged += part.lines.count { $0.type >= 0 }
        handedOverLines += part.handedOver.lines
        handedOverPairs += part.handedOver.pairs
    }
}

/// Writes the verdict vector of a scan.
struct VectorSink: PartSink, ~Copyable {
    private var vector: VerdictVectorWriter
    var counts = ScanCounts()

    init(_ path: String, _ setting: ScanSetting) throws {
        vector = try VerdictVectorWriter(path: path, order: setting.order, environment: setting.environment)
    }

    mutating func take(_ part: ScanPart) throws {
        counts.add(part)
        for line in part.lines {
            let width = line.type < 0 ? 0 : vector.order.types[line.type].pairs.count
            try vector.append(type: line.type, codes: part.states.span.extracting(part.codes(of: line, width: width)))
        }
    }

    mutating func finish(_ snapshot: Digest) throws -> VerdictVectorSummary {
        try vector.finish(resources: snapshot, isSynced: false)
    }
}

/// Writes the index of a snapshot.
struct IndexSink: PartSink, ~Copyable {
    private var index: SnapshotIndexWriter

    init(_ path: String, _ setting: ScanSetting) throws {
        index = try SnapshotIndexWriter(path: path, order: setting.order.digest, hasher: setting.hasher)
    }

    mutating func take(_ part: ScanPart) throws {
        for line in part.lines {
            try index.append(
                SnapshotIndexRecord(offset: line.offset, length: line.length, type: line.type, hash: line.hash))
        }
    }

    mutating func finish(_ snapshot: Digest) throws { try index.finish(snapshot: snapshot, isSynced: false) }
}
