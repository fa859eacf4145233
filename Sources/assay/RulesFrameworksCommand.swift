import ArgumentParser
import AssayWorkspace

struct RulesFrameworksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frameworks", abstract: "List frameworks and their requirements.",
        discussion: "EXAMPLE\n  assay rules frameworks hipaa")

    @Argument(help: "A framework's id; without one, a line each.") var id: String?
    @Option(name: .long, help: "Format of the output: table or json.") var format = "table"

    func run() throws { Console.output(try RuleTexts.frameworks(id, isJSON: format == "json")) }
}
