import AssayFormats
import AssayRules
import BenchEngine
import Glibc

/// `compile`: the packed catalogue read, checked and lowered, each time in a new process; the rules of a file as well
/// where one is given.
enum Compile {
    static func run(_ options: Options) throws {
        if let mark = unsafe getenv(childMark) {
            return unsafe strcmp(mark, "rules") == 0 ? try rules(options[file: 0]) : try catalogue()
        }
        try measure("catalogue", files: [], options.rounds)
        if let file = options.file(0) { try measure("rules", files: [file], options.rounds) }
    }

    private static func measure(_ what: String, files: [String], _ rounds: Int) throws {
        guard unsafe setenv(childMark, what, 1) == 0 else { throw BenchFailure("cannot set `\(childMark)`") }
        var steps: [[Double]] = []
        var walls: [Double] = []
        for _ in 0..<rounds {
            let start = Clocks.wall
            let text = try output(of: [CommandLine.arguments[0], "compile"] + files)
            walls.append((Clocks.wall - start) * 1000)
            let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            guard numbers.count == 4 else { throw BenchFailure("the new process said `\(text)`") }
            steps.append(numbers)
        }
        var figure = Figure(what == "catalogue" ? "compile" : "compileRules")
        figure.add("value", Clocks.median(steps.map { $0[0] + $0[1] + $0[2] }))
        if what == "catalogue" { figure.goal(must: 50, aim: 10) }
        figure.add("unit", "ms")
        figure.add("pairs", steps.first.map { Int($0[3]) } ?? 0)
        for (index, step) in ["read", "checked", "lowered"].enumerated() {
            figure.add("\(step)Milliseconds", Clocks.median(steps.map { $0[index] }))
        }
        figure.add("processMilliseconds", Clocks.median(walls))
        figure.add("rounds", rounds)
        figure.print()
    }

    /// Tells a new process that it is one, and what to compile.
    private static let childMark = "ASSAY_BENCH_COMPILE"

    private static func catalogue() throws {
        let start = Clocks.wall
        let catalogue = try EngineCatalogue.catalogue()
        let read = Clocks.wall
        let evaluator = try RuleEvaluator(catalogue: catalogue, frameworks: [], asOf: EngineCatalogue.asOf)
        let checked = Clocks.wall
        say(start, read, checked, BulkProgram(evaluator, layout: .sealed))
    }

    /// Reading and checking stand together: the front end of the bench rules does both.
    private static func rules(_ file: String) throws {
        let start = Clocks.wall
        let evaluator = try EngineRules.evaluator(file)
        let checked = Clocks.wall
        say(start, start, checked, BulkProgram(evaluator, layout: .bare))
    }

    private static func say(_ start: Double, _ read: Double, _ checked: Double, _ program: BulkProgram) {
        let end = Clocks.wall
        let pairs = program.types.reduce(0) { $0 + $1.pairs.count }
        print((read - start) * 1000, (checked - read) * 1000, (end - checked) * 1000, pairs)
    }

    /// What a program prints on standard output.
    private static func output(of words: [String]) throws -> String {
        let quoted = words.map { word in
            "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
        }
        guard let pipe = unsafe popen(quoted.joined(separator: " "), "r") else {
            throw BenchFailure("cannot start a new process")
        }
        var text = ""
        while let line = unsafe readLine(from: pipe) { text += line }
        let status = unsafe pclose(pipe)
        guard status == 0 else { throw BenchFailure("the new process ended with status \(status)") }
        return text
    }

    @unsafe private static func readLine(from pipe: UnsafeMutablePointer<FILE>) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        // SAFETY: the buffer is passed with its own length, and a line that was read ends in zero inside it.
        return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress, unsafe fgets(start, Int32(buffer.count), pipe) != nil else {
                return nil
            }
            return unsafe String(cString: start)
        }
    }
}
