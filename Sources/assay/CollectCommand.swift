import ArgumentParser
import AssayWorkspace

struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Collect a live source into a sealed snapshot, without evaluating it.",
        discussion: """
            SOURCE is `azure`. Memory does not grow with the size of answers: resources go to disk as they come. An \
            interrupted collection in a workspace goes on from what was read.

            EXAMPLES
              assay collect azure --output tenant.jsonl
              assay scan tenant.jsonl --framework soc2
            """)

    @Argument(help: "The source: azure.") var source: String
    @Option(name: .shortAndLong, help: "The snapshot file to write.") var output: String
    @Option(name: .long, help: "Workspace folder that keeps an interrupted collection.") var workspace: String?
    @Option(name: .long, help: "Format of the summary: table or json.") var format = "table"
    @OptionGroup(title: "AZURE OPTIONS") var azure: AzureOptions

    func validate() throws {
        guard source == "azure" else { throw ValidationError("the source is `azure`, not `\(source)`") }
        guard ["table", "json"].contains(format) else {
            throw ValidationError("--format is table or json, not `\(format)`")
        }
    }

    func run() async throws {
        Interruption.listen()
        let progress = Progress()
        let observer = ScanObserver(
            progress: { progress.update($0, $1, $2) }, isCancelled: { Interruption.isRequested })
        let summary = try await Collect(
            azure.request, output: output, workspace: workspace ?? Console.environment("ASSAY_WORKSPACE"),
            clock: SystemClock(), observer: observer
        ).run()
        progress.finish()
        if format == "json" {
            Console.output(summary.json)
        } else {
            Console.error(summary.table)
        }
        throw ExitCode(summary.exitCode)
    }
}
