import AssayCore
import AssayFormats
import AssayProgram
import AssayRules
import AssayStore
import Synchronization

/// A second scan: lines whose bytes were seen before keep their verdicts, the others are read and judged.
struct DeltaScan {
    /// The files that a scan leaves for the next one.
    struct Files: Sendable {
        let snapshot: String
        let index: String
        let vector: String
    }

    let setting: ScanSetting
    let judge: @Sendable () throws -> LineJudge?
    /// How many lines a thread takes at a time.
    static let windowLines = 4096

    /// Matches the snapshots, judges what changed and writes the new vector and, where there is a store, transitions.
    func run(
        previous: Files, new: Files, threads: Int, store: (path: String, scan: String)? = nil
    ) throws -> ScanCounts {
        let former = try SnapshotIndex(path: previous.index, hasher: setting.hasher)
        let present = try SnapshotIndex(path: new.index, hasher: setting.hasher)
        let vector = try VerdictVector(path: previous.vector)
        guard present.order == setting.order.digest else { throw BenchFailure("the new index is of another order") }
        let plan = try DeltaPlan(
            previous: vector, index: former, types: setting.types, environment: setting.environment)
        let match = try LineMatcher.match(previous: former, new: present)
        let formerFile = try FileSlice(previous.snapshot)
        let file = try FileSlice(new.snapshot)
        var formerCursor = former.cursor()
        var cursor = present.cursor()
        let formerLines = try FormerLines(
            match, hasher: setting.hasher, previousID: { try Self.id(formerFile, try formerCursor.record(at: $0)) },
            newID: { try Self.id(file, try cursor.record(at: $0)) })
        let sink = try DeltaSink(setting, plan, vector, formerLines, to: new.vector, store: store)
        let results = InOrder(sink)
        let windows = (present.count + Self.windowLines - 1) / Self.windowLines
        let next = Atomic(0)
        let (setting, judge) = (setting, judge)
        WorkerThreads.run(threads) { _ in
            do {
                var window = DeltaWindow(
                    setting, plan, match, file, present, judge: try judge(), wantsIDs: store != nil)
                while true {
                    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard index < windows else { return }
                    guard results.deliver(index, try window.judge(index)) else { return }
                }
            } catch {
                results.fail(error)
            }
        }
        return try results.finish(parts: windows) { try $0.finish(present.snapshot) }
    }

    /// The id of the resource on a line, from its first bytes where they hold it.
    private static func id(_ file: FileSlice, _ record: SnapshotIndexRecord) throws -> [UInt8]? {
        for count in [min(512, record.length), record.length] {
            let bytes = try file.bytes(at: record.offset, count: count)
            if let id = LineIdentity.find(in: bytes.span) { return Array(bytes[id]) }
        }
        return nil
    }
}

/// Some lines of the new snapshot: what is decided for each, and the states of those that were judged.
struct DeltaPart: Sendable {
    struct Line: Sendable {
        var type: Int
        var decision: DeltaPlan.Decision
        /// Where the line stands among those that were scanned; -1 for one that was not.
        var scanned: Int
    }

    var lines: [Line] = []
    var scan = ScanPart()
}

/// Judges windows of lines on one thread.
struct DeltaWindow: ~Copyable {
    private let setting: ScanSetting
    private let plan: DeltaPlan
    private let match: LineMatch
    private let file: FileSlice
    private var cursor: SnapshotIndexCursor
    private var scanner: PartScanner
    private var buffer: [UInt8] = []

    init(
        _ setting: ScanSetting, _ plan: DeltaPlan, _ match: LineMatch, _ file: FileSlice, _ index: SnapshotIndex,
        judge: LineJudge?, wantsIDs: Bool
    ) {
        self.setting = setting
        self.plan = plan
        self.match = match
        self.file = file
        cursor = index.cursor()
        scanner = PartScanner(setting, judge: judge, wants: wantsIDs ? .ids : [])
    }

    mutating func judge(_ number: Int) throws -> DeltaPart {
        let first = number * DeltaScan.windowLines
        let end = min(first + DeltaScan.windowLines, match.lines)
        var part = DeltaPart()
        part.lines.reserveCapacity(end - first)
        var masks: [[UInt64]?] = []
        var stretch: Range<Int>?
        buffer.removeAll(keepingCapacity: true)
        cursor.seek(to: first)
        var run = runIndex(of: first)
        for line in first..<end {
            while match.runs[run].line + match.runs[run].count <= line { run += 1 }
            guard let record = try cursor.next() else { throw BenchFailure("the new index ends at line \(line)") }
            let former = match.runs[run].previous < 0 ? nil : match.runs[run].previous + line - match.runs[run].line
            let decision = plan.decision(type: record.type, previous: former)
            var scanned = -1
            if record.type >= 0 {
                switch decision {
                case .keep: break
                case .partly:
                    scanned = masks.count
                    masks.append(plan.mappings[record.type].evaluatedMask)
                case .evaluate:
                    scanned = masks.count
                    masks.append(nil)
                }
            }
            part.lines.append(.init(type: record.type, decision: decision, scanned: scanned))
            guard scanned >= 0 else { continue }
            if let known = stretch, known.upperBound + 1 == record.offset {
                stretch = known.lowerBound..<record.offset + record.length
            } else {
                try read(stretch)
                stretch = record.offset..<record.offset + record.length
            }
        }
        try read(stretch)
        guard !masks.isEmpty else { return part }
        let count = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: BulkWorker.spare))
        part.scan = try scanner.scan(buffer, 0..<count, at: 0) { masks[$0] }
        guard part.scan.lines.count == masks.count else {
            throw BenchFailure("\(part.scan.lines.count) lines were read where the index has \(masks.count)")
        }
        return part
    }

    /// Adds lines that follow each other in the file to the buffer.
    private mutating func read(_ stretch: Range<Int>?) throws {
        guard let stretch else { return }
        buffer += try file.bytes(at: stretch.lowerBound, count: stretch.count)
        buffer.append(UInt8(ascii: "\n"))
    }

    /// The run that a line stands in.
    private func runIndex(of line: Int) -> Int {
        var low = 0
        var high = match.runs.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if match.runs[middle].line <= line { low = middle } else { high = middle - 1 }
        }
        return low
    }
}

/// Puts what was kept and what was judged together, and writes it.
struct DeltaSink: PartSink, ~Copyable {
    /// What the merge reports of the line that it was given last.
    private final class Reported {
        var transitions: [VerdictTransition] = []
    }

    private let setting: ScanSetting
    private var merge: DeltaMerge
    private let reported: Reported
    private var writer: TransitionWriter?
    private var counts = ScanCounts()

    init(
        _ setting: ScanSetting, _ plan: DeltaPlan, _ previous: VerdictVector, _ formerLines: FormerLines,
        to path: String,
        store: (path: String, scan: String)?
    ) throws {
        let stored = try store.map { try TransitionWriter(path: $0.path, scan: $0.scan, pairs: setting.pairs) }
        let writer = try VerdictVectorWriter(path: path, order: plan.order, environment: setting.environment)
        let reported = Reported()
        self.setting = setting
        self.reported = reported
        self.writer = stored
        merge = DeltaMerge(plan, previous: previous, formerLines: formerLines, writer: writer) {
            reported.transitions.append($0)
        }
    }

    mutating func take(_ part: DeltaPart) throws {
        counts.lines += part.lines.count
        counts.judged += part.scan.lines.count
        counts.handedOverLines += part.scan.handedOver.lines
        counts.handedOverPairs += part.scan.handedOver.pairs
        for line in part.lines {
            guard line.scanned >= 0 else {
                try merge.append(type: line.type, decision: line.decision, codes: [UInt8]().span)
                continue
            }
            let scanned = part.scan.lines[line.scanned]
            guard scanned.type == line.type else {
                throw BenchFailure("the new index names another type than the line")
            }
            let codes = part.scan.codes(of: scanned, width: setting.order.types[line.type].pairs.count)
            try merge.append(
                type: line.type, decision: line.decision, codes: part.scan.states.span.extracting(codes))
            guard !reported.transitions.isEmpty else { continue }
            try write(part.scan, scanned)
        }
    }

    private mutating func write(_ scan: ScanPart, _ line: ScanPart.Line) throws {
        counts.transitions += reported.transitions.count
        if writer != nil {
            guard !line.id.isEmpty else { throw BenchFailure("a changed line has no id") }
            writer?.begin(resource: scan.ids.span.extracting(line.id))
            for transition in reported.transitions {
                try writer?.append(
                    pair: setting.firstPairs[transition.type] + transition.pair, former: transition.former,
                    present: transition.present)
            }
        }
        reported.transitions.removeAll(keepingCapacity: true)
    }

    mutating func finish(_ snapshot: Digest) throws -> ScanCounts {
        try merge.finish(resources: snapshot, isSynced: false)
        try writer?.finish()
        return counts
    }
}
