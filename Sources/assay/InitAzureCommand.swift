import ArgumentParser
import AssayWorkspace

struct InitAzureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "azure",
        abstract: "Say which roles and permissions collecting Azure and Entra needs, and which are missing.",
        discussion: """
            Signs in as `assay scan azure` does, asks what the identity may read, and says what each missing permission \
            costs. Changes nothing. Without a way to sign in the list of what is needed is printed all the same.

            EXAMPLES
              assay init azure --tenant 00000000-0000-0000-0000-000000000000
              assay init azure --print                what is needed, without asking anyone
              assay init azure --format json | jq .customRole > assay-role.json

            EXIT CODES
              0 everything is there, or --print   2 no way to sign in   3 something is missing or unknown
            """)

    @Flag(name: .long, help: "Print what is needed; sign in nowhere.") var print = false
    @Option(name: .long, help: "Format: table or json.") var format = "table"
    @OptionGroup(title: "AZURE OPTIONS") var azure: AzureOptions

    func validate() throws {
        guard ["table", "json"].contains(format) else {
            throw ValidationError("--format is table or json, not `\(format)`")
        }
    }

    func run() async throws {
        let preparation = try await PrepareAzure(azure.request, printsOnly: print, clock: SystemClock()).run()
        if format == "json" {
            Console.output(preparation.json)
        } else {
            Console.output(preparation.table)
        }
        throw ExitCode(preparation.exitCode)
    }
}
