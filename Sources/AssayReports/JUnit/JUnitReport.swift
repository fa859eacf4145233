import AssayCore
public import AssayProgram
import AssayRules

/// The scan as JUnit XML, for build servers: a suite for each type, a case for each verdict.
///
/// A failing verdict is a failure, an unknown one an error; notApplicable, manual and exempt ones are skipped with the
/// reason. All verdicts are written, because a suite without what holds would hide its denominator.
public enum JUnitReport {
    private struct Case {
        let verdict: Verdict
        let outcome: Outcome
    }

    private enum Outcome: Equatable {
        case passed
        case failed
        case error
        case skipped(String)
    }

    /// The document's bytes.
    public static func render(_ result: ScanResult) -> [UInt8] {
        var exempt: Set<[String]> = []
        for finding in result.findings where finding.state == .exempt { exempt.insert(finding.verdict.orderKeys) }
        var suites: [(type: String, cases: [Case])] = []
        for verdict in BytewiseOrder.sorted(result.verdicts, by: \.orderKeys) {
            let outcome: Outcome =
                switch verdict.state {
                case .pass: .passed
                case .fail:
                    exempt.contains(verdict.orderKeys) ? .skipped("fails under an approved exemption") : .failed
                case .unknown: .error
                case .manual: .skipped("evidence from people is needed")
                case .notApplicable: .skipped("the rule does not apply")
                }
            if suites.last?.type != verdict.resource.type { suites.append((verdict.resource.type, [])) }
            suites[suites.count - 1].cases.append(Case(verdict: verdict, outcome: outcome))
        }
        var titles: [String: String] = [:]
        for rule in result.rules { titles[rule.id] = rule.title }
        let problems = result.diagnostics.sorted().filter { $0.severity == .error }
        let cases = suites.flatMap(\.cases)
        var writer = MarkupWriter(.xml)
        writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        writer.element(
            "testsuites",
            [
                "name": "assay", "tests": String(cases.count + problems.count),
                "failures": String(cases.count { $0.outcome == .failed }),
                "errors": String(cases.count { $0.outcome == .error } + problems.count),
            ]
        ) { writer in
            writer.newLine()
            for suite in suites { write(suite.type, suite.cases, titles, at: result.asOf, to: &writer) }
            if !problems.isEmpty { write(problems, at: result.asOf, to: &writer) }
        }
        writer.newLine()
        return writer.bytes
    }

    private static func write(
        _ type: String, _ cases: [Case], _ titles: [String: String], at time: String, to writer: inout MarkupWriter
    ) {
        let skipped = cases.count { if case .skipped = $0.outcome { true } else { false } }
        writer.element(
            "testsuite",
            [
                "name": type, "tests": String(cases.count),
                "failures": String(cases.count { $0.outcome == .failed }),
                "errors": String(cases.count { $0.outcome == .error }), "skipped": String(skipped), "time": "0",
                "timestamp": time,
            ]
        ) { writer in
            writer.newLine()
            for entry in cases {
                write(entry, title: titles[entry.verdict.rule] ?? entry.verdict.rule, to: &writer)
                writer.newLine()
            }
        }
        writer.newLine()
    }

    private static func write(_ entry: Case, title: String, to writer: inout MarkupWriter) {
        let verdict = entry.verdict
        let profile = verdict.profile == "default" ? "" : " [\(verdict.profile)]"
        writer.element(
            "testcase",
            ["classname": verdict.rule, "name": "\(verdict.resource.id)\(profile)", "time": "0"]
        ) { writer in
            switch entry.outcome {
            case .passed: break
            case .failed:
                let message = Words.complaint(verdict, title: title)
                writer.element("failure", ["message": message, "type": "fail"], text: details(verdict))
            case .error:
                let message = "unknown: \(Words.reason(verdict))"
                writer.element("error", ["message": message, "type": "unknown"], text: details(verdict))
            case .skipped(let reason): writer.empty("skipped", ["message": reason])
            }
        }
    }

    private static func details(_ verdict: Verdict) -> String {
        var lines = ["origin: \(verdict.resource.origin.display)"]
        for entry in verdict.trace {
            lines.append(
                "\(entry.path) \(entry.operation) \(entry.expected); actual: \(entry.actual); result: \(entry.result)")
        }
        return lines.joined(separator: "\n")
    }

    /// What could not be looked at is an error of the build too.
    private static func write(_ problems: [Diagnostic], at time: String, to writer: inout MarkupWriter) {
        let count = String(problems.count)
        writer.element(
            "testsuite",
            [
                "name": "diagnostics", "tests": count, "failures": "0", "errors": count, "skipped": "0", "time": "0",
                "timestamp": time,
            ]
        ) { writer in
            writer.newLine()
            for problem in problems {
                let line = problem.location?.line.map { ":\($0)" } ?? ""
                let place = problem.location.map { $0.path + line } ?? "scan"
                writer.element("testcase", ["classname": problem.code, "name": place, "time": "0"]) { writer in
                    writer.element(
                        "error", ["message": problem.message, "type": problem.code], text: problem.hint ?? "")
                }
                writer.newLine()
            }
        }
        writer.newLine()
    }
}
