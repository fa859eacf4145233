import AssayFormats
import AssayRules
import BenchEngine

/// `catalogue`: the product's own rules over an estate of `snapshot/1`, one thread, against Y.
///
/// The scan is timed whole; the general reader, which takes what values alone do not decide, on a sample of its lines
/// spread over the file where there are many.
enum CatalogueScan {
    /// What the general reader was asked.
    private struct HandOver {
        var lines = 0
        var pairs = 0
        var judgedLines = 0
        var seconds = 0.0
        /// For all lines, from those that were judged.
        var total: Double { judgedLines == 0 ? 0 : seconds / Double(judgedLines) * Double(lines) }
    }

    private static let sample = 20_000

    static func run(_ options: Options) throws {
        let evaluator = try EngineCatalogue.evaluator()
        let program = BulkProgram(evaluator, layout: .sealed)
        let scan = EngineScan(program)
        let chunks = try LineChunks(options[file: 0])
        let yardstick = try Yardstick(options[file: 0])
        var yardsticks: [Double] = []
        var times: [Double] = []
        var counts = EngineScan.Counts()
        for _ in 0..<options.rounds {
            yardsticks.append(try yardstick.measure())
            let start = Clocks.thread
            counts = scan.run(chunks, threads: 1)
            times.append(Clocks.thread - start)
        }
        let judge = LineJudge(evaluator, program: program)
        let asked = try handOver(chunks, program, judge, every: .max)
        let handOver = try handOver(chunks, program, judge, every: max(1, asked.lines / sample))
        let (y, cost) = (Clocks.median(yardsticks), Clocks.median(times))
        var figure = Figure("catalogueEvaluate")
        figure.add("ratio", (cost + handOver.total) / y)
        figure.add("rules", Set(program.types.flatMap { $0.pairs.map(\.rule) }).count)
        figure.add(counts)
        figure.add("bytes", yardstick.byteCount)
        figure.add("scanRatio", cost / y)
        figure.add("handOverRatio", handOver.total / y)
        figure.add("fromValuesPercent", 100 * (1 - Double(counts.undecided) / Double(max(1, counts.evaluations))))
        figure.add("handedOverLines", handOver.lines)
        figure.add("handedOverPairs", handOver.pairs)
        figure.add("sampledLines", handOver.judgedLines)
        figure.add("handOverMicrosecondsALine", handOver.seconds * 1e6 / Double(max(1, handOver.judgedLines)))
        figure.add("cpuSeconds", cost + handOver.total)
        figure.add("scanSeconds", cost)
        figure.add("yardstickSeconds", y)
        figure.add("yardstick", Yardstick.name)
        figure.add("rounds", options.rounds)
        figure.print()
        printShares(program, counts, handOver)
    }

    private static func printShares(_ program: BulkProgram, _ counts: EngineScan.Counts, _ handOver: HandOver) {
        let pairs = program.types.flatMap(\.pairs)
        let rules = Set(pairs.map(\.rule))
        let slow = Set(pairs.filter { !$0.leftOver.isEmpty }.map(\.rule))
        var fast = Figure("catalogueFast")
        fast.add("value", 100 * Double(rules.count - slow.count) / Double(max(1, rules.count)))
        fast.goal(must: 90)
        fast.add("rules", rules.count)
        fast.add("relationalRules", Set(pairs.filter(\.isRelational).map(\.rule)).count)
        fast.add("pairs", pairs.count)
        fast.add("pairsFromValues", pairs.count { $0.leftOver.isEmpty })
        fast.print()
        var undecided = Figure("catalogueUndecided")
        undecided.add("value", 100 * Double(handOver.lines) / Double(max(1, counts.resources)))
        undecided.add("resources", counts.resources)
        undecided.print()
        var join = Figure("joinBytes")
        join.add("value", nil as Double?)
        join.add("must", 64)
        join.add("skipped", "the scan keeps nothing for joins yet: pairs with relations go to the general reader")
        join.print()
    }

    /// Counts what is undecided and judges every so many lines of it.
    private static func handOver(
        _ chunks: LineChunks, _ program: BulkProgram, _ judge: LineJudge, every step: Int
    ) throws -> HandOver {
        var worker = BulkWorker(program)
        var reader = LineChunks.Reader(chunks, spare: BulkWorker.spare)
        var block = BulkBlock()
        var found = HandOver()
        for chunk in 0..<chunks.count {
            let part = try reader.read(chunk).lines
            worker.scan(reader.buffer, part, into: &block)
            for line in block.lines where line.type >= 0 {
                let first = Int(line.firstState)
                let open = program.types[Int(line.type)].pairs.indices.filter { block.states[first + $0] == 0 }
                guard !open.isEmpty else { continue }
                found.lines += 1
                found.pairs += open.count
                guard step < .max, found.lines % step == 0 else { continue }
                let place = part.lowerBound + Int(line.offset)
                let start = Clocks.thread
                let bytes = Array(reader.buffer[place..<place + Int(line.length)])
                let verdicts = try judge.verdicts(ofLine: bytes, type: line.type, pairs: open)
                found.seconds += Clocks.thread - start
                found.judgedLines += 1
                guard verdicts.count == open.count else {
                    throw BenchFailure("the general reader gave \(verdicts.count) verdicts for \(open.count) pairs")
                }
            }
        }
        return found
    }
}
