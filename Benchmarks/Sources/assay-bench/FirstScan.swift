import AssayCore
import AssayProgram
import AssayStore

/// Writes all that a workspace keeps of its first scan: vector, index, and a transition for every failing pair.
struct FirstScanSink: PartSink, ~Copyable {
    private let setting: ScanSetting
    private var vector: VectorSink
    private var index: IndexSink
    private var transitions: TransitionWriter

    init(_ setting: ScanSetting, vector: String, index: String, store: String, scan: String) throws {
        let vectorSink = try VectorSink(vector, setting)
        let indexSink = try IndexSink(index, setting)
        transitions = try TransitionWriter(path: store, scan: scan, pairs: setting.pairs)
        self.vector = vectorSink
        self.index = indexSink
        self.setting = setting
    }

    mutating func take(_ part: ScanPart) throws {
        try vector.take(part)
        try index.take(part)
        for line in part.lines where line.type >= 0 {
            var isBegun = false
            for pair in setting.order.types[line.type].pairs.indices
            where part.states[line.firstState + pair] == VerdictState.fail.code {
                if !isBegun {
                    guard !line.id.isEmpty else { throw BenchFailure("the line at byte \(line.offset) has no id") }
                    transitions.begin(resource: part.ids.span.extracting(line.id))
                    isBegun = true
                }
                try transitions.append(pair: setting.firstPairs[line.type] + pair, former: nil, present: .fail)
            }
        }
    }

    mutating func finish(_ snapshot: Digest) throws -> ScanCounts {
        try transitions.finish()
        _ = try vector.finish(snapshot)
        _ = try index.finish(snapshot)
        var counts = vector.counts
        counts.transitions = transitions.count
        return counts
    }
}
