import ArgumentParser

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a workspace, or say what collecting a live source needs.",
        usage: """
            assay init [<folder>] [--show]
            assay init azure [--print] [<azure options>]
            """,
        discussion: """
            A workspace is a folder with assay.yaml and .assay, which keeps findings and evidence. The word `azure` is \
            the live source; a folder of that name is `./azure`.

            EXAMPLES
              assay init .
              assay init . --show     print every setting and where it comes from
              assay init azure        which roles and permissions are needed, and which are missing
            """,
        subcommands: [InitAzureCommand.self, InitFolderCommand.self], defaultSubcommand: InitFolderCommand.self)
}
