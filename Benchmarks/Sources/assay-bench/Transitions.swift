import AssayCore
import AssayProgram
import AssayStore
import BenchEngine

/// `transitions`: rows of changed verdicts into the store's SQLite file, five a resource, wall clock.
///
/// The first scan names every resource for the first time, the second knows them all; the slower one counts.
enum Transitions {
    private static let rowsAResource = 5
    private static let pairs = (0..<358).map { (rule: "rule-\($0)", profile: "default") }
    private static let states: [VerdictState] = [.pass, .fail, .unknown, .manual, .notApplicable]

    static func run(_ options: Options) throws {
        let rows = options.rows ?? 1_000_000
        let place = try Workplace()
        let store = place["store.sqlite"]
        _ = try FindingStore(path: store)
        var rates: [Double] = []
        var processor: [Double] = []
        for scan in 0..<2 {
            let (wall, start) = (Clocks.wall, Clocks.process)
            try write(rows, to: store, scan: "scan \(scan)")
            rates.append(Double(rows) / (Clocks.wall - wall))
            processor.append(Clocks.process - start)
        }
        var figure = Figure("transitions")
        figure.add("value", min(rates[0], rates[1]))
        figure.goal(must: 300_000, aim: 800_000)
        figure.add("unit", "rows/s")
        figure.add("rows", rows)
        figure.add("rowsPerResource", rowsAResource)
        figure.add("newResourcesRowsPerSecond", rates[0])
        figure.add("knownResourcesRowsPerSecond", rates[1])
        figure.add("cpuSeconds", max(processor[0], processor[1]))
        figure.print()
    }

    private static func write(_ rows: Int, to store: String, scan: String) throws {
        var writer = try TransitionWriter(path: store, scan: scan, pairs: pairs)
        var id = Array(
            ("/subscriptions/00000000-0000-4000-8000-000000000001/resourcegroups/prod-group-07/providers"
                + "/microsoft.storage/storageaccounts/account0000000000").utf8)
        for row in 0..<rows {
            if row % rowsAResource == 0 {
                // Consecutive resources have distant names, so that the index is not filled in its order.
                var value = (row / rowsAResource) &* 2_654_435_761 % 4_000_000_007
                for place in (id.count - 10..<id.count).reversed() {
                    id[place] = UInt8(ascii: "0") + UInt8(value % 10)
                    value /= 10
                }
                writer.begin(resource: id.span)
            }
            try writer.append(
                pair: row % pairs.count, former: states[row % 5], present: states[(row + 1 + row / 7 % 3) % 5])
        }
        try writer.finish()
    }
}
