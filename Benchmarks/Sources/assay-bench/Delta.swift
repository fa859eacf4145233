import AssayCore
import AssayFormats
import AssayProgram
import AssayRules
import BenchEngine

/// `delta`: the step from one snapshot to the next against a full scan of the new one, on one thread.
///
/// Both leave a verdict vector. The sidecar index of the new snapshot is made when it is sealed, so the delta finds it;
/// `fromBytes` has none and hashes every line first.
enum Delta {
    private struct Times {
        var processor: [Double] = []
        var wall: [Double] = []

        mutating func measure(_ body: () throws -> Void) rethrows {
            let (wall, processor) = (Clocks.wall, Clocks.process)
            try body()
            self.processor.append(Clocks.process - processor)
            self.wall.append(Clocks.wall - wall)
        }
    }

    static func run(_ options: Options) throws {
        let setting = try ScanSetting(try EngineRules.program(options[file: 0], layout: .bare))
        let place = try Workplace()
        let old = DeltaScan.Files(snapshot: options[file: 1], index: place["old.index"], vector: place["old.vector"])
        let new = DeltaScan.Files(snapshot: options[file: 2], index: place["new.index"], vector: place["new.vector"])
        let (oldDigest, newDigest) = (try Workplace.digest(old.snapshot), try Workplace.digest(new.snapshot))
        try index(old.snapshot, setting, oldDigest, to: old.index)
        try index(new.snapshot, setting, newDigest, to: new.index)
        _ = try scan(old.snapshot, setting, oldDigest, to: old.vector)
        var (full, delta, fromBytes) = (Times(), Times(), Times())
        var counts = ScanCounts()
        let deltaScan = DeltaScan(setting: setting, judge: { nil })
        let unaided = DeltaScan.Files(
            snapshot: new.snapshot, index: place["hashed.index"], vector: place["hashed.vector"])
        for _ in 0..<options.rounds {
            try full.measure { _ = try scan(new.snapshot, setting, newDigest, to: place["full.vector"]) }
            try delta.measure { counts = try deltaScan.run(previous: old, new: new, threads: 1) }
            try fromBytes.measure {
                try LineHashing.index(new.snapshot, setting, previous: old.index, newDigest, to: unaided.index)
                _ = try deltaScan.run(previous: old, new: unaided, threads: 1)
            }
        }
        let expected = try FileText.read(place["full.vector"])
        for path in [new.vector, unaided.vector] {
            guard try FileText.read(path) == expected else {
                throw BenchFailure("the delta's verdicts are not those of the full scan")
            }
        }
        let medians = [full, delta, fromBytes].map { Clocks.median($0.processor) }
        let walls = [full, delta, fromBytes].map { Clocks.median($0.wall) }
        var figure = Figure("delta")
        figure.add("ratio", medians[0] / medians[1])
        figure.goal(must: 4, aim: 7)
        figure.add("resources", counts.lines)
        figure.add("judged", counts.judged)
        figure.add("transitions", counts.transitions)
        figure.add("wallRatio", walls[0] / walls[1])
        figure.add("deltaFromBytes", medians[0] / medians[2])
        figure.add("fullSeconds", medians[0])
        figure.add("cpuSeconds", medians[1])
        figure.add("fromBytesSeconds", medians[2])
        figure.add("fullWallSeconds", walls[0])
        figure.add("wallSeconds", walls[1])
        figure.add("rounds", options.rounds)
        figure.print()
    }

    /// A full scan that leaves a vector.
    private static func scan(
        _ path: String, _ setting: ScanSetting, _ digest: Digest, to vector: String
    ) throws -> VerdictVectorSummary {
        try FullScan.run(
            path, setting, judge: { nil }, wants: [], threads: 1, into: try VectorSink(vector, setting)
        ) { try $0.finish(digest) }
    }

    /// What sealing leaves beside a snapshot.
    private static func index(_ path: String, _ setting: ScanSetting, _ digest: Digest, to index: String) throws {
        try FullScan.run(
            path, setting, judge: { nil }, wants: [.hashes, .undecided], threads: 1, into: try IndexSink(index, setting)
        ) { try $0.finish(digest) }
    }
}
