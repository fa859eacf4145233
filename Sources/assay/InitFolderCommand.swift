import ArgumentParser
import AssayWorkspace

/// What `assay init` does with a folder; it is reached without a name of its own.
struct InitFolderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace-folder",
        abstract: "Make a workspace: assay.yaml and the folder that keeps findings and evidence.",
        usage: "assay init [<folder>] [--show]", shouldDisplay: false)

    @Argument(help: "The workspace folder.") var folder = "."
    @Flag(name: .long, help: "Print settings and where they come from; change nothing.") var show = false

    func run() throws {
        if show {
            for setting in try WorkspaceSettings.list(folder) {
                Console.output("\(setting.name) = \(setting.value)   (\(setting.origin))")
            }
            return
        }
        let workspace = try Workspace.create(folder)
        Console.error("workspace: \(workspace.folder)/assay.yaml, state in \(workspace.folder)/.assay")
        Console.error("next: list your exports under `sources`, then run assay scan --workspace \(workspace.folder)")
    }
}
