import AssayCore
import AssayFormats
import AssayRules
import Synchronization

/// One input through a number of threads: chunks are handed out in order and their verdicts handed on in order.
final class EvaluateRun: Sendable {
    /// What the threads have found so far.
    private struct Progress {
        var totals = EvaluateTotals()
        var end: SnapshotEnd?
        var hasLinesBehindEnd = false
        var bytes = 0
        var failure: (any Error)?
    }

    private let plan: ChunkEvaluator.Plan
    private let header: SnapshotHeader?
    private let name: String
    private let observer: EvaluateObserver
    private let progress = Mutex(Progress())
    private let isStopped = Atomic(false)
    private let next = Atomic(0)
    private let turns = Turns()

    /// How many faults are told one by one.
    private static let toldFaults = 20

    init(plan: ChunkEvaluator.Plan, input: EvaluateInput, observer: EvaluateObserver) {
        self.plan = plan
        self.observer = observer
        header = input.header
        name = input.name
    }

    /// Reads the input to its end and gives the counts.
    ///
    /// - Throws: when a file cannot be read; verdicts of what came before were handed on.
    func run(_ lines: EvaluateInput.Lines, threads: Int) throws -> EvaluateTotals {
        switch lines {
        case .chunks(let chunks): WorkerThreads.run(min(threads, max(chunks.count, 1))) { _ in self.work(chunks) }
        case .stream(let stream): WorkerThreads.run(threads) { _ in self.work(stream) }
        }
        let found = progress.withLock { $0 }
        if let failure = found.failure { throw failure }
        var totals = found.totals
        if let fault = incompleteness(found) {
            observer.notice("\(name): \(fault)")
            totals.unreadable += 1
        }
        if totals.unreadable > Self.toldFaults {
            observer.notice(
                "\(name): \(totals.unreadable) lines could not be read, the first \(Self.toldFaults) are told")
        }
        return totals
    }

    /// Why a snapshot is not whole; nil when it is, or when nothing says how much there should be.
    private func incompleteness(_ found: Progress) -> String? {
        guard header != nil, !observer.isCancelled() else { return nil }
        guard let end = found.end else {
            return "the snapshot has no last line, so it proves no absence; collect again"
        }
        if found.hasLinesBehindEnd { return "lines follow the end of the snapshot; split the file" }
        guard end.resources == found.totals.resources, end.coverage == found.totals.coverage else {
            return "the end counts \(end.resources) resources and \(end.coverage) coverage records, "
                + "\(found.totals.resources) and \(found.totals.coverage) were read"
        }
        return nil
    }

    // MARK: - Threads

    private func work(_ chunks: LineChunks) {
        var evaluator = ChunkEvaluator(plan)
        var reader = LineChunks.Reader(chunks, spare: BulkWorker.spare)
        while !isStopped.load(ordering: .relaxed), !observer.isCancelled() {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < chunks.count else { return }
            var outcome = ChunkEvaluator.Outcome()
            var failure: FileError?
            do throws(LineChunks.Reader.Failure) {
                let found = try reader.read(index)
                outcome = evaluator.evaluate(reader.buffer, found.lines, offset: found.offset)
            } catch {
                switch error {
                case .file(let error): failure = error
                case .longLine(_, let limit):
                    let found = chunks.linesBeforeLongLine(index, in: reader.buffer)
                    outcome = evaluator.evaluate(reader.buffer, found.lines, offset: found.offset)
                    Self.addLongLine(found.longLine, limit, &outcome)
                }
            }
            // Every number that was handed out has its turn, or those behind it would wait for ever.
            finish(index, outcome, bytes: chunks.chunkBytes, of: chunks.size, failure)
        }
    }

    private func work(_ stream: LineStream) {
        var evaluator = ChunkEvaluator(plan)
        while !isStopped.load(ordering: .relaxed), !observer.isCancelled() {
            do throws(LineReader.Failure) {
                guard let chunk = try stream.next() else { return }
                let text = chunk.bytes + [UInt8](repeating: 0, count: BulkWorker.spare)
                var outcome = evaluator.evaluate(text, 0..<chunk.bytes.count, offset: chunk.offset)
                for line in chunk.longLines { Self.addLongLine(line, DocumentLimits().lineBytes, &outcome) }
                finish(chunk.number, outcome, bytes: chunk.bytes.count, of: 0, nil)
            } catch {
                // What was read before the fault is still handed out.
                let name = name
                progress.withLock { $0.failure = $0.failure ?? EvaluateInput.failure(error, name: name) }
            }
        }
    }

    private static func addLongLine(_ offset: Int, _ limit: Int, _ outcome: inout ChunkEvaluator.Outcome) {
        outcome.totals.unreadable += 1
        outcome.faults.append((offset, "line is longer than the limit of \(limit) bytes; it is left out"))
    }

    private func finish(
        _ number: Int, _ outcome: ChunkEvaluator.Outcome, bytes: Int, of size: Int, _ failure: FileError?
    ) {
        turns.take(number) {
            let (told, done) = progress.withLock { progress in
                let told = progress.totals.unreadable
                let hasLines = outcome.totals.resources > 0 || outcome.totals.coverage > 0
                progress.hasLinesBehindEnd =
                    progress.hasLinesBehindEnd || outcome.hasLinesBehindEnd || progress.end != nil && hasLines
                progress.totals.add(outcome.totals)
                progress.end = outcome.end ?? progress.end
                progress.bytes += bytes
                if let failure { progress.failure = progress.failure ?? failure }
                return (told, progress.bytes)
            }
            if failure != nil { isStopped.store(true, ordering: .relaxed) }
            for fault in outcome.faults.prefix(max(0, Self.toldFaults - told)) {
                observer.notice("\(name): line at byte \(fault.offset): \(fault.message)")
            }
            if !outcome.output.isEmpty { observer.output(outcome.output) }
            observer.progress(size > 0 ? min(done, size) : done, size)
        }
    }
}
