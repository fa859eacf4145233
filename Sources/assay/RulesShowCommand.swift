import ArgumentParser
import AssayWorkspace

struct RulesShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a rule: what it asks, why, for whom, and how to mend.",
        discussion: "EXAMPLE\n  assay rules show aws-s3-bucket-public-access-block")

    @Argument(help: "The rule's id.") var id: String
    @Option(name: .long, help: "Folder or file of your own rules; repeat for several.") var rules: [String] = []
    @Option(name: .long, help: "Format of the output: table or json.") var format = "table"

    @Flag(name: .long, help: "Show how it is read in bulk: what values decide, what is left over, the paths it reads.")
    var compiled = false

    func run() throws {
        let isJSON = format == "json"
        Console.output(
            compiled
                ? try RuleTexts.showCompiled(id, paths: rules, isJSON: isJSON)
                : try RuleTexts.show(id, paths: rules, isJSON: isJSON))
    }
}
