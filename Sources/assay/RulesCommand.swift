import ArgumentParser

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "List, show, test and lint rules; list frameworks and controls.",
        discussion: """
            EXAMPLES
              assay rules list --framework hipaa
              assay rules show azure-storage-min-tls
              assay rules test ./rules
            """,
        subcommands: [
            RulesListCommand.self, RulesShowCommand.self, RulesTestCommand.self, RulesLintCommand.self,
            RulesFrameworksCommand.self, RulesControlsCommand.self,
        ])
}
