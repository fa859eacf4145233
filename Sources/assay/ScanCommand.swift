import ArgumentParser
import AssayWorkspace

struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Evaluate an estate and report what fails, what is unknown and what to do.",
        discussion: """
            PATHS are the word `azure` (the live tenant; `./azure` is a folder of that name), files and folders: snapshots (.jsonl), exports of az and aws, AWS Config items, Cloud Control \
            answers, CloudFormation templates. A folder with an assay.yaml brings its own scope. Without a workspace \
            nothing is kept.

            EXAMPLES
              assay scan ~/exports --framework soc2 --framework hipaa
              assay scan ~/exports --format json --output scan.json --report report.html
              assay scan azure --tenant 11111111-2222-3333-4444-555555555555 --report report.html
              assay scan --workspace .            scan the sources of ./assay.yaml and keep findings
            """)

    @Argument(help: "`azure`, or files and folders to scan.") var paths: [String] = []
    @Option(name: .long, help: "Framework to report on: soc2, iso27001 or hipaa; repeat for several.")
    var framework: [String] = []
    @Option(name: .long, help: "Lowest severity that fails the run: critical, high, medium, low or info.")
    var failOn: String?
    @Flag(name: .long, help: "Exit 3 for an incomplete look even when there are findings.") var strict = false
    @Option(name: .long, help: "Verdicts in the output: failing (with unknown) or all.") var verdicts = "failing"
    @Option(name: .long, help: "Evaluate as of this time, RFC 3339, instead of when the estate was collected.")
    var asOf: String?
    @Option(name: .long, help: "Workspace folder that keeps findings and evidence.") var workspace: String?
    @Option(name: .long, help: "Folder or file of your own rules; repeat for several.") var rules: [String] = []
    @Option(name: .long, help: "Format of the output: table, summary, json, csv, sarif, junit or html.") var format =
        "table"
    @Option(name: .shortAndLong, help: "File for the output instead of standard output.") var output: String?
    @Option(name: .long, help: "Also write a report; the name's ending gives its format. Repeat for several.")
    var report: [String] = []
    @Option(name: .long, help: "Also write the sealed snapshot (snapshot/1).") var snapshot: String?

    @OptionGroup(title: "AZURE OPTIONS") var azure: AzureOptions

    func validate() throws {
        if let failOn, !SeverityNames.all.contains(failOn) {
            throw ValidationError("--fail-on is one of \(SeverityNames.all.joined(separator: ", ")), not `\(failOn)`")
        }
        guard ["failing", "all"].contains(verdicts) else {
            throw ValidationError("--verdicts is failing or all, not `\(verdicts)`")
        }
        guard ScanOutput.formats.contains(format) else {
            throw ValidationError("--format is one of \(ScanOutput.formats.joined(separator: ", ")), not `\(format)`")
        }
        for path in report {
            do {
                _ = try ScanOutput.format(ofFile: path)
            } catch {
                throw ValidationError("\(error)")
            }
        }
    }

    func run() async throws {
        Interruption.listen()
        let progress = Progress()
        let clock = SystemClock()
        var request = ScanRequest(
            paths: paths, frameworks: framework, failOn: SeverityNames.severity(failOn), isStrict: strict,
            listsAllVerdicts: verdicts == "all", asOf: asOf,
            workspace: workspace ?? Console.environment("ASSAY_WORKSPACE") ?? (paths.isEmpty ? "." : nil), rules: rules,
            snapshotPath: snapshot)
        request.azure = azure.request
        let observer = ScanObserver(
            progress: { progress.update($0, $1, $2) }, isCancelled: { Interruption.isRequested })
        let result = try await Scan(request, clock: clock, observer: observer).run()
        progress.finish()
        if let output {
            try ScanOutput.write(result, to: output, format: format, workspace: request.workspace, clock: clock)
        } else {
            Console.output(
                try ScanOutput.render(result, format: format, width: Console.width, colour: Console.isColoured))
        }
        for path in report {
            try ScanOutput.write(
                result, to: path, format: try ScanOutput.format(ofFile: path), workspace: request.workspace,
                clock: clock)
            Console.error("report: \(path)")
        }
        throw ExitCode(ScanOutput.exitCode(of: result))
    }
}
