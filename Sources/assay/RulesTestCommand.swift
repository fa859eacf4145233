import ArgumentParser
import AssayWorkspace

struct RulesTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the cases that rules carry.",
        discussion: "EXAMPLE\n  assay rules test ./rules\n\nExits 1 when a case gives another verdict than it expects.")

    @Argument(help: "Rule files and folders.") var paths: [String]
    @Option(name: .long, help: "Format of the output: table or json.") var format = "table"

    func run() throws {
        let (text, isPassed) = try RuleTexts.test(paths, isJSON: format == "json")
        Console.output(text)
        if !isPassed { throw ExitCode(1) }
    }
}
