import AssayFormats
import BenchEngine
import Glibc

/// What instruction counts are taken of: one pass of the engine, without store, network or yardstick.
///
/// usage: `assay-bench-count RULES SNAPSHOT` prints what the reference evaluator prints.
@main
struct Count {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 2, let rules = arguments.first, let snapshot = arguments.last else {
            fputs("usage: assay-bench-count RULES SNAPSHOT\n", stderr)
            exit(2)
        }
        do {
            let scan = EngineScan(try EngineRules.program(rules, layout: .bare))
            print(scan.run(try LineChunks(snapshot), threads: 1))
        } catch {
            fputs("assay-bench-count: \(error)\n", stderr)
            exit(1)
        }
    }
}
