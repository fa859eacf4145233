import Glibc

/// Figures of the evaluation engine as ratios to a yardstick of the same run.
///
/// Every subcommand prints one JSON object a line, which `scripts/bench` gathers; errors go to standard error.
@main
struct Bench {
    /// By name: what it measures and its arguments.
    static let subcommands: [(name: String, usage: String, run: @Sendable (Options) throws -> Void)] = [
        ("count", "RULES SNAPSHOT [--threads N]", Count.run),
        ("evaluate", "RULES SNAPSHOT [--rounds N]", Evaluate.run),
        ("workers", "RULES SNAPSHOT [--rounds N]", Workers.run),
        ("stream", "RULES SNAPSHOT [--threads N]", Stream.run),
        ("compile", "[RULES] [--rounds N]", Compile.run),
        ("catalogue", "ESTATE [--rounds N]", CatalogueScan.run),
        ("agree", "ESTATE", Agree.run),
        ("transitions", "[--rows N]", Transitions.run),
        ("delta", "RULES OLD NEW [--rounds N]", Delta.run),
        ("rescan", "OLD NEW [--threads N] [--rounds N]", Rescan.run),
        ("seal", "SNAPSHOT [--rounds N]", Seal.run),
        ("columns", "RULES SNAPSHOT [--rounds N]", Columns.run),
    ]

    static func main() {
        let name = CommandLine.arguments.dropFirst().first ?? ""
        guard let command = subcommands.first(where: { $0.name == name }) else {
            let usage = subcommands.map { "  assay-bench \($0.name) \($0.usage)\n" }.joined()
            fail("usage:\n\(usage)assay-bench: `\(name)` is no subcommand\n", code: 2)
        }
        do {
            try command.run(try Options(Array(CommandLine.arguments.dropFirst(2)), usage: command.usage))
        } catch let error as Options.Misuse {
            fail("assay-bench \(name): \(error)\nusage: assay-bench \(name) \(command.usage)\n", code: 2)
        } catch {
            fail("assay-bench \(name): \(error)\n", code: 1)
        }
    }

    private static func fail(_ message: String, code: Int32) -> Never {
        let bytes = Array(message.utf8)
        _ = unsafe write(2, bytes, bytes.count)
        exit(code)
    }
}

/// Why a figure cannot be given.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
