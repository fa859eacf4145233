import ArgumentParser
import AssayWorkspace

struct RulesLintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint", abstract: "Find faults in rules before they run.",
        discussion: """
            Finds unknown types, misspelt paths, requirements that do not exist, conditions that do not compile, and \
            rules without a failing case. Exits 1 when there is an error.

            EXAMPLE
              assay rules lint ./rules
            """)

    @Argument(help: "Rule files and folders.") var paths: [String]
    @Option(name: .long, help: "Format of the output: table or json.") var format = "table"

    func run() throws {
        let (text, isClean) = try RuleTexts.lint(paths, isJSON: format == "json")
        Console.output(text)
        if !isClean { throw ExitCode(1) }
    }
}
