import ArgumentParser
import AssayWorkspace

struct RulesControlsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "controls", abstract: "List the default set of controls and what tests them.",
        discussion: "EXAMPLE\n  assay rules controls --format json")

    @Option(name: .long, help: "Format of the output: table or json.") var format = "table"

    func run() throws { Console.output(try RuleTexts.controls(isJSON: format == "json")) }
}
