import ArgumentParser
import AssayWorkspace

@main struct Assay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "From a failed audit to evidence that an auditor can verify.",
        discussion: """
            Reads configuration of Azure live and of Azure and AWS from files, evaluates rules mapped to SOC 2, ISO 27001 and HIPAA, and \
            says what fails, what could not be seen, and how to mend it.

            EXAMPLE
              assay scan ~/exports --framework soc2 --framework hipaa --report report.html

            EXIT CODES
              0 clean   1 findings at or over the threshold   2 usage or configuration   3 incomplete   4 internal
            """,
        version: "assay \(AssayVersion.current)",
        subcommands: [
            ScanCommand.self, CollectCommand.self, EvaluateCommand.self, FindingsCommand.self, RulesCommand.self,
            InitCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            Exit.leave(error)
        }
    }
}
