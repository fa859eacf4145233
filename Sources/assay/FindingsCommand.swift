import ArgumentParser
import AssayWorkspace

struct FindingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings",
        abstract: "List the findings that a workspace keeps, with their history.",
        discussion: """
            EXAMPLES
              assay findings --workspace .
              assay findings --workspace . --state resolved --format json
            """)

    @Option(name: .long, help: "Workspace folder.") var workspace: String?
    @Option(name: .long, help: "State: open, acknowledged, exempt, resolved or closed; repeat for several.")
    var state: [String] = []
    @Option(name: .long, help: "Format of the output: table or json.") var format = "table"

    func validate() throws {
        guard ["table", "json"].contains(format) else {
            throw ValidationError("--format is table or json, not `\(format)`")
        }
        for name in state where !FindingTable.states.contains(name) {
            throw ValidationError("--state is one of \(FindingTable.states.joined(separator: ", ")), not `\(name)`")
        }
    }

    func run() throws {
        let folder = workspace ?? Console.environment("ASSAY_WORKSPACE") ?? "."
        Console.output(
            try FindingTable.render(workspace: folder, states: state, isJSON: format == "json", width: Console.width))
    }
}
