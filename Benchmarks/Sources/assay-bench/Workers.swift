import AssayFormats
import AssayRules
import BenchEngine

/// `workers`: two threads against one over the same file, wall clock, in interleaved rounds.
enum Workers {
    private struct Time {
        var wall: [Double] = []
        var processor: [Double] = []
    }

    static func run(_ options: Options) throws {
        let scan = EngineScan(try EngineRules.program(options[file: 0], layout: .bare))
        let chunks = try LineChunks(options[file: 1])
        var times = [Time(), Time()]
        // The first pass brings the file into the system's cache, where every measured one finds it.
        let counts = scan.run(chunks, threads: 2)
        for round in 0..<options.rounds {
            for threads in round % 2 == 0 ? [1, 2] : [2, 1] {
                let (wall, processor) = (Clocks.wall, Clocks.process)
                let found = scan.run(chunks, threads: threads)
                times[threads - 1].wall.append(Clocks.wall - wall)
                times[threads - 1].processor.append(Clocks.process - processor)
                guard found == counts else { throw BenchFailure("\(threads) threads counted \(found), not \(counts)") }
            }
        }
        let walls = times.map { Clocks.median($0.wall) }
        let processors = times.map { Clocks.median($0.processor) }
        var figure = Figure("workers")
        figure.add("ratio", walls[0] / walls[1])
        figure.goal(must: 1.7, aim: 1.9)
        figure.add(counts)
        figure.add("oneWallSeconds", walls[0])
        figure.add("twoWallSeconds", walls[1])
        figure.add("oneCPUSeconds", processors[0])
        figure.add("twoCPUSeconds", processors[1])
        figure.add("rounds", options.rounds)
        figure.print()
    }
}
