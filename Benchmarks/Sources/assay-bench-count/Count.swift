import AssayFormats
import AssayRules
import BenchEngine
import Glibc

/// What instruction counts are taken of: the bundled rules over one estate on one thread.
///
/// It links neither store nor network nor yardstick, and prints what the scan counted.
///
/// usage: `assay-bench-count ESTATE`
@main
struct Count {
    static func main() {
        guard CommandLine.arguments.count == 2 else { fail("usage: assay-bench-count ESTATE\n", code: 2) }
        do {
            let chunks = try LineChunks(CommandLine.arguments[1])
            let scan = EngineScan(BulkProgram(try EngineCatalogue.evaluator(), layout: .sealed))
            print(scan.run(chunks, threads: 1))
        } catch {
            fail("assay-bench-count: \(error)\n", code: 1)
        }
    }

    private static func fail(_ message: String, code: Int32) -> Never {
        let bytes = Array(message.utf8)
        _ = unsafe write(2, bytes, bytes.count)
        exit(code)
    }
}
