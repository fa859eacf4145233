import AssayFormats
import AssayRules
import BenchEngine

/// `columns`: other rules asked of the slot values that an earlier scan recorded, against Y in interleaved rounds.
///
/// The record is made with the rules as they are. The changed set negates every seventh rule and moves a threshold of
/// every eleventh, over the same paths; its states must equal those of a full scan with it, pair by pair.
enum Columns {
    private static let chunkBytes = 1 << 20

    static func run(_ options: Options) throws {
        let (rules, snapshot) = (options[file: 0], options[file: 1])
        let place = try Workplace()
        let path = place["slots"]
        let recorded = try EngineRules.program(rules, layout: .bare)
        let changed = BulkProgram(
            try EngineRules.evaluator(rules) { Self.changed($0, $1) }, layout: .bare)
        let recording = try record(recorded, snapshot, to: path)
        let file = try FileSlice(path)
        let record = try SlotRecord(size: file.size) { try file.bytes(at: $0, count: $1) }
        let compared = try compare(changed, record, file, snapshot, before: recorded)

        let yardstick = try Yardstick(snapshot)
        guard yardstick.lines == record.lineCount else {
            throw BenchFailure("\(record.lineCount) lines are recorded of \(yardstick.lines)")
        }
        var yardsticks: [Double] = []
        var times: [Double] = []
        for _ in 0..<options.rounds {
            yardsticks.append(try yardstick.measure())
            let start = Clocks.thread
            let passes = try replay(changed, file)
            times.append(Clocks.thread - start)
            guard passes == compared.passes else {
                throw BenchFailure("a replay counts \(passes) passes, not \(compared.passes)")
            }
        }
        let (y, cost) = (Clocks.median(yardsticks), Clocks.median(times))
        var figure = Figure("ruleChange")
        figure.add("ratio", cost / y)
        figure.goal(must: 0.5, aim: 0.2)
        figure.add("resources", record.lineCount)
        figure.add("bytesPerResource", Double(file.size) / Double(record.lineCount))
        figure.add("evaluations", compared.states)
        figure.add("passes", compared.passes)
        figure.add("changedStates", compared.changed)
        figure.add("recordingCost", recording)
        figure.add("cpuSeconds", cost)
        figure.add("yardstickSeconds", y)
        figure.add("yardstick", Yardstick.name)
        figure.add("rounds", options.rounds)
        figure.print()
    }

    /// The condition of a rule in the changed set; rules are counted from 0.
    static func changed(_ index: Int, _ condition: String) -> String {
        if index % 7 == 6 { return "!(\(condition))" }
        guard index % 11 == 10 else { return condition }
        for sign in [">= ", "<= "] {
            guard let range = condition.firstRange(of: sign) else { continue }
            let digits = condition[range.upperBound...].prefix { $0.isNumber }
            guard let number = Int(digits), !digits.isEmpty else { continue }
            return condition[..<range.upperBound] + "\(number / 2 + 1)" + condition[digits.endIndex...]
        }
        return condition
    }

    /// Scans with and without recording; gives how much longer the scan that records takes.
    private static func record(_ program: BulkProgram, _ snapshot: String, to path: String) throws -> Double {
        let chunks = try LineChunks(snapshot, chunkBytes: chunkBytes)
        var worker = BulkWorker(program)
        var reader = LineChunks.Reader(chunks, spare: BulkWorker.spare)
        var block = BulkBlock()
        var buffer = SlotRecordBuffer(program)
        var writer = SlotRecordWriter(program, source: Array(snapshot.utf8))
        var sink = try FileSink(path)
        try sink.write(writer.head)
        var (plain, recording) = (0.0, 0.0)
        for index in 0..<chunks.count {
            let found = try reader.read(index)
            let start = Clocks.thread
            worker.scan(reader.buffer, found.lines, into: &block)
            let middle = Clocks.thread
            worker.scan(reader.buffer, found.lines, into: &block, recording: &buffer)
            recording += Clocks.thread - middle
            plain += middle - start
            try sink.write(writer.block(buffer, worker: 0, offset: found.offset))
        }
        try sink.write(writer.end([buffer]))
        try sink.finish(isSynced: false)
        return recording / plain
    }

    /// Opens the record and replays all of it, as a process would that was started for the changed rules.
    private static func replay(_ program: BulkProgram, _ file: FileSlice) throws -> Int {
        let record = try SlotRecord(size: file.size) { try file.bytes(at: $0, count: $1) }
        var replay = try BulkReplay(program, record)
        guard replay.needsSnapshot.isEmpty else {
            throw BenchFailure("the record lacks \(replay.needsSnapshot[0])")
        }
        var block = BulkBlock()
        var bytes: [UInt8] = []
        var passes = 0
        for (index, place) in record.blocks.enumerated() {
            try file.read(into: &bytes, at: place.position, count: place.count + BulkWorker.spare)
            try replay.replay(bytes, block: index, into: &block)
            passes += Self.passes(block)
        }
        return passes
    }

    private static func passes(_ block: BulkBlock) -> Int {
        var passes = 0
        for state in block.states { passes += state == BulkState.pass.rawValue ? 1 : 0 }
        return passes
    }

    /// Replays and scans side by side; lines, types and states must be the same.
    private static func compare(
        _ program: BulkProgram, _ record: SlotRecord, _ file: FileSlice, _ snapshot: String, before: BulkProgram
    ) throws -> (states: Int, passes: Int, changed: Int) {
        let chunks = try LineChunks(snapshot, chunkBytes: chunkBytes)
        var worker = BulkWorker(program)
        var oldWorker = BulkWorker(before)
        var replay = try BulkReplay(program, record)
        var reader = LineChunks.Reader(chunks, spare: BulkWorker.spare)
        var (scanned, replayed, old) = (BulkBlock(), BulkBlock(), BulkBlock())
        var bytes: [UInt8] = []
        var counts = (states: 0, passes: 0, changed: 0)
        guard record.blocks.count == chunks.count else { throw BenchFailure("the record has other blocks") }
        for (index, place) in record.blocks.enumerated() {
            let found = try reader.read(index)
            worker.scan(reader.buffer, found.lines, into: &scanned)
            try file.read(into: &bytes, at: place.position, count: place.count + BulkWorker.spare)
            try replay.replay(bytes, block: index, into: &replayed)
            let isSame = scanned.lines.elementsEqual(replayed.lines) { left, right in
                left.offset == right.offset && left.length == right.length && left.type == right.type
                    && left.firstState == right.firstState
            }
            guard isSame, place.sourceOffset == found.offset, scanned.states == replayed.states else {
                throw BenchFailure("a replay differs from a scan in the chunk at byte \(found.offset)")
            }
            oldWorker.scan(reader.buffer, found.lines, into: &old)
            for (new, old) in zip(scanned.states, old.states) where new != old { counts.changed += 1 }
            counts.states += scanned.states.count
            counts.passes += passes(scanned)
        }
        guard counts.changed > 0 else { throw BenchFailure("the changed rules change no state") }
        return counts
    }
}
