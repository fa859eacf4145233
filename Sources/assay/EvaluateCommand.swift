import ArgumentParser
import AssayWorkspace

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Read resources as JSON lines, write verdicts as JSON lines.",
        discussion: """
            A filter for batch engines: files or standard input, plain or gzip; sealed snapshots (snapshot/1), or bare \
            provider documents with `type` and `id`, told by the first line. Verdicts come in the order of the input. \
            Rules that ask about related resources are unknown unless --context names the snapshot that holds them.

            EXAMPLES
              assay evaluate snapshot.jsonl --findings
              zcat part-*.jsonl.gz | assay evaluate --as-of 2026-06-30T00:00:00Z > verdicts.jsonl
              assay evaluate snapshot.jsonl --context snapshot.jsonl --explain azure-storage-min-tls RESOURCE-ID

            EXIT CODES
              0 clean   1 findings at or over the threshold   2 usage or configuration   3 incomplete   4 internal
            """)

    @Argument(help: "Files of JSON lines; `-` or nothing reads standard input.") var paths: [String] = []
    @Option(name: .long, help: "Framework whose rules are asked; repeat for several.") var framework: [String] = []
    @Option(name: .long, help: "Folder or file of your own rules; repeat for several.") var rules: [String] = []
    @Option(name: .long, help: "Lowest severity that fails the run: critical, high, medium, low or info.")
    var failOn: String?
    @Flag(name: .long, help: "Exit 3 for an incomplete look even when there are findings.") var strict = false
    @Option(name: .long, help: "Evaluate as of this time, RFC 3339, instead of when the snapshot was collected.")
    var asOf: String?
    @Option(name: .long, help: "Folder whose assay.yaml brings parameters, rules and classification.")
    var workspace: String?
    @Option(name: .long, help: "Snapshot whose resources and coverage answer what rules ask about relations.")
    var context: String?
    @Option(name: .long, help: "Threads; as many as processors when left out.") var threads: Int?
    @Flag(name: .long, help: "Write failing verdicts only.") var findings = false
    @Flag(name: .long, help: "Add messages and trace to failing and unknown verdicts.") var trace = false
    @Flag(name: .long, help: "Compare a sealed file with its digest before anything is read from it.") var verify =
        false
    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("Print the trace of one rule on one resource.", valueName: "rule> <resource"))
    var explain: [String] = []

    func validate() throws {
        if let failOn, !SeverityNames.all.contains(failOn) {
            throw ValidationError("--fail-on is one of \(SeverityNames.all.joined(separator: ", ")), not `\(failOn)`")
        }
        guard explain.isEmpty || explain.count == 2 else {
            throw ValidationError("--explain takes a rule and a resource's id; name files before it")
        }
    }

    func run() throws {
        Interruption.listen()
        let progress = Progress()
        var request = EvaluateRequest(paths: paths)
        request.frameworks = framework
        request.rules = rules
        request.failOn = SeverityNames.severity(failOn)
        request.isStrict = strict
        request.asOf = asOf
        request.workspace = workspace ?? Console.environment("ASSAY_WORKSPACE")
        request.context = context
        request.threads = threads
        request.selection = findings ? .findings : .all
        request.includesTrace = trace
        request.verifies = verify
        let observer = EvaluateObserver(
            output: { Console.output($0) }, notice: { Console.error($0) },
            progress: { done, total in if total > 0 { progress.update("evaluating", done, total) } },
            isCancelled: { Interruption.isRequested })
        let evaluate = try Evaluate(request, observer: observer)
        if explain.count == 2 {
            Console.output(try evaluate.explain(rule: explain[0], resource: explain[1]))
            return
        }
        let totals = try evaluate.run()
        progress.finish()
        Console.error(totals.summary)
        throw ExitCode(totals.exitCode(isStrict: strict))
    }
}
