import AssayFormats
import AssayRules
import BenchEngine

/// `evaluate`: full evaluation on one thread, reading included, against Y in interleaved rounds.
enum Evaluate {
    static func run(_ options: Options) throws {
        let program = try EngineRules.program(options[file: 0], layout: .bare)
        let scan = EngineScan(program)
        let chunks = try LineChunks(options[file: 1])
        let yardstick = try Yardstick(options[file: 1])
        var yardsticks: [Double] = []
        var times: [Double] = []
        var counts = EngineScan.Counts()
        for round in 0..<options.rounds {
            yardsticks.append(try yardstick.measure())
            let start = Clocks.thread
            let found = scan.run(chunks, threads: 1)
            times.append(Clocks.thread - start)
            guard round == 0 || found == counts else {
                throw BenchFailure("round \(round) counted \(found), not \(counts)")
            }
            counts = found
        }
        let (y, cost) = (Clocks.median(yardsticks), Clocks.median(times))
        var figure = Figure("evaluate")
        figure.add("ratio", cost / y)
        figure.goal(must: 1.6, aim: 0.8)
        figure.add("rules", Set(program.types.flatMap { $0.pairs.map(\.rule) }).count)
        figure.add(counts)
        figure.add("bytes", yardstick.byteCount)
        figure.add("cpuSeconds", cost)
        figure.add("yardstickSeconds", y)
        figure.add("yardstick", Yardstick.name)
        figure.add("rounds", options.rounds)
        figure.print()
    }
}

extension Figure {
    /// What the reference evaluator counts as well, and pairs that values alone did not decide.
    mutating func add(_ counts: EngineScan.Counts) {
        add("resources", counts.resources)
        add("evaluations", counts.evaluations)
        add("passes", counts.passes)
        add("checksum", exact: counts.checksum)
        add("undecided", counts.undecided)
    }
}
