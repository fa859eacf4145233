import AssayFormats
import AssayRules
import BenchEngine

/// `count`: what the reference evaluator prints, as words.
enum Count {
    static func run(_ options: Options) throws {
        let scan = EngineScan(try EngineRules.program(options[file: 0], layout: .bare))
        let counts = scan.run(try LineChunks(options[file: 1]), threads: options.threads ?? 1)
        print(counts)
        if counts.undecided > 0 { print("undecided: \(counts.undecided)") }
    }
}
