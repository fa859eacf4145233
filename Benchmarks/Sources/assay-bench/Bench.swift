import AssayFormats
import AssayRules
import CYardstick
import Glibc

/// Figures of the evaluation engine as ratios to a yardstick of the same run.
@main
struct Bench {
    static func main() {
        do {
            try run()
        } catch {
            print("assay-bench: \(error)")
            exit(1)
        }
    }

    static func run() throws {
        var arguments = CommandLine.arguments.dropFirst()
        let command = arguments.popFirst() ?? ""
        let list = Array(arguments)
        switch command {
        case "evaluate": try evaluate(list)
        case "count": try count(list)
        case "compile": try compile(list)
        case "catalogue": try catalogue()
        default:
            print("usage: assay-bench evaluate|count|compile RULES SNAPSHOT …")
            exit(2)
        }
    }

    /// `count RULES SNAPSHOT [THREADS]`: what the reference evaluator prints.
    static func count(_ arguments: [String]) throws {
        let scan = EngineScan(try EngineRules.program(arguments[0], layout: .bare))
        let counts = scan.run(try LineChunks(arguments[1]), threads: arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1)
        print(counts)
        if counts.undecided > 0 { print("undecided: \(counts.undecided)") }
    }

    static func catalogue() throws {
        let start = Clocks.wall
        let catalogue = try EngineCatalogue.catalogue()
        let read = Clocks.wall
        let evaluator = try RuleEvaluator(catalogue: catalogue, frameworks: [], asOf: "2026-06-30T00:00:00Z")
        let checked = Clocks.wall
        let program = BulkProgram(evaluator, layout: .sealed)
        let end = Clocks.wall
        print("read \((read - start) * 1000) ms, checked \((checked - read) * 1000) ms, lowered \((end - checked) * 1000) ms")
        let pairs = program.types.flatMap(\.pairs)
        for pair in pairs where !pair.leftOver.isEmpty { print(pair.rule, pair.isRelational ? "R" : "", pair.leftOver) }
        print("\(pairs.count) pairs, \(pairs.filter { $0.leftOver.isEmpty }.count) from values alone")
    }

    static func compile(_ arguments: [String]) throws {
        let start = Clocks.wall
        let program = try EngineRules.program(arguments[0], layout: .bare)
        print("\(program.types.count) types in \((Clocks.wall - start) * 1000) ms")
        for type in program.types { for pair in type.pairs where !pair.leftOver.isEmpty { print(pair.rule, pair.leftOver) } }
    }

    /// `evaluate RULES SNAPSHOT [ROUNDS]`: interleaved rounds against the yardstick.
    static func evaluate(_ arguments: [String]) throws {
        let rounds = arguments.count > 2 ? Int(arguments[2]) ?? 7 : 7
        let program = try EngineRules.program(arguments[0], layout: .bare)
        let scan = EngineScan(program)
        let chunks = try LineChunks(arguments[1])
        let (bytes, size) = try Files.padded(arguments[1])
        var yardstick: [Double] = []
        var one: [Double] = []
        var counts = EngineScan.Counts()
        for _ in 0..<rounds {
            var start = Clocks.thread
            let lines = unsafe bytes.withUnsafeBytes { bytes in
                unsafe yardstick_simdjson_parse_lines(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), size)
            }
            yardstick.append(Clocks.thread - start)
            precondition(lines > 0)
            start = Clocks.thread
            counts = scan.run(chunks, threads: 1)
            one.append(Clocks.thread - start)
        }
        let (y, o) = (Clocks.median(yardstick), Clocks.median(one))
        print("Y \(y * 1e9 / Double(counts.resources)) ns/resource, evaluate \(o * 1e9 / Double(counts.resources)) ns/resource, ratio \(o / y), undecided \(counts.undecided)")
        print(counts)
    }
}
