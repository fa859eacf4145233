import AssayCore
import AssayFormats
import AssayProgram
import AssayRules
import AssayStore
import BenchEngine

/// `rescan`: the first scan of an estate and the second one of the next day's, with all that a workspace keeps of both,
/// wall clock on some threads; against Y of the second snapshot on one.
///
/// Both snapshots are sealed, so the index of the second is there before its scan begins. Relations are not looked up:
/// pairs that read them are judged again for every resource and come out unknown unless values decide them.
enum Rescan {
    static func run(_ options: Options) throws {
        let threads = options.threads ?? 2
        let evaluator = try EngineCatalogue.evaluator()
        let program = BulkProgram(evaluator, layout: .sealed)
        let setting = try ScanSetting(program)
        let judge: @Sendable () throws -> LineJudge? = {
            LineJudge(try EngineCatalogue.evaluator(), program: setting.program)
        }
        let place = try Workplace()
        let old = DeltaScan.Files(snapshot: options[file: 0], index: place["old.index"], vector: place["old.vector"])
        let new = DeltaScan.Files(snapshot: options[file: 1], index: place["new.index"], vector: place["new.vector"])
        let (oldDigest, newDigest) = (try Workplace.digest(old.snapshot), try Workplace.digest(new.snapshot))
        let store = place["store.sqlite"]
        _ = try FindingStore(path: store)

        let start = Clocks.wall
        let first = try FullScan.run(
            old.snapshot, setting, judge: judge, wants: [.hashes, .ids], threads: threads,
            into: try FirstScanSink(setting, vector: old.vector, index: old.index, store: store, scan: "first")
        ) { try $0.finish(oldDigest) }
        let firstWall = Clocks.wall - start
        try FullScan.run(
            new.snapshot, setting, judge: { nil }, wants: [.hashes, .undecided], threads: threads,
            into: try IndexSink(new.index, setting)
        ) { try $0.finish(newDigest) }

        let yardstick = try Yardstick(new.snapshot)
        let scan = DeltaScan(setting: setting, judge: judge)
        var yardsticks: [Double] = []
        var walls: [Double] = []
        var processor: [Double] = []
        var second = ScanCounts()
        for round in 0..<options.rounds {
            yardsticks.append(try yardstick.measure())
            let (wall, cpu) = (Clocks.wall, Clocks.process)
            second = try scan.run(previous: old, new: new, threads: threads, store: (store, "second \(round)"))
            walls.append(Clocks.wall - wall)
            processor.append(Clocks.process - cpu)
        }
        try check(new, setting, judge, newDigest, threads: threads, against: place["full.vector"])
        let y = Clocks.median(yardsticks)
        var figure = Figure("secondScan")
        figure.add("ratio", Clocks.median(walls) / y)
        figure.goal(must: 2.5)
        figure.add(second)
        figure.add("threads", threads)
        figure.add("wallSeconds", Clocks.median(walls))
        figure.add("cpuSeconds", Clocks.median(processor))
        figure.add("yardstickSeconds", y)
        figure.add("yardstick", Yardstick.name)
        figure.add("rounds", options.rounds)
        figure.print()
        var firstFigure = Figure("firstScan")
        firstFigure.add("value", Double(first.transitions) / firstWall)
        firstFigure.add("unit", "rows/s")
        firstFigure.add(first)
        firstFigure.add("threads", threads)
        firstFigure.add("resourcesPerSecond", Double(first.lines) / firstWall)
        firstFigure.add("wallSeconds", firstWall)
        firstFigure.print()
    }

    /// A full scan of the second snapshot must leave the same bytes.
    private static func check(
        _ new: DeltaScan.Files, _ setting: ScanSetting, _ judge: @escaping @Sendable () throws -> LineJudge?,
        _ digest: Digest, threads: Int, against path: String
    ) throws {
        let summary = try FullScan.run(
            new.snapshot, setting, judge: judge, wants: [], threads: threads, into: try VectorSink(path, setting)
        ) { try $0.finish(digest) }
        guard try Workplace.digest(new.vector) == summary.digest else {
            throw BenchFailure("the second scan's verdicts are not those of a full one")
        }
    }
}

extension Figure {
    /// What a scan counted while it was written.
    fileprivate mutating func add(_ counts: ScanCounts) {
        add("resources", counts.lines)
        add("judged", counts.judged)
        add("handedOverLines", counts.handedOverLines)
        add("handedOverPairs", counts.handedOverPairs)
        add("transitions", counts.transitions)
    }
}
