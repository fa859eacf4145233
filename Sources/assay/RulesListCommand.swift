import ArgumentParser
import AssayWorkspace

struct RulesListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List rules.", discussion: "EXAMPLE\n  assay rules list --framework soc2")

    @Argument(help: "Folders of rules instead of the embedded catalogue.") var paths: [String] = []
    @Option(name: .long, help: "Only rules mapped to this framework.") var framework: String?
    @Option(name: .long, help: "Only rules of this severity or over.") var severity: String?
    @Option(name: .long, help: "Format of the output: table or json.") var format = "table"

    @Flag(name: .long, help: "Count instead how many of them are read from values alone.") var compiled = false

    func run() throws {
        if compiled {
            Console.output(try RuleTexts.compiledTotals(paths: paths, framework: framework))
            return
        }
        Console.output(
            try RuleTexts.list(
                paths: paths, framework: framework, severity: SeverityNames.severity(severity),
                isJSON: format == "json"))
    }
}
