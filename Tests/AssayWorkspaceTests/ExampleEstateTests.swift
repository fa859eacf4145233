import AssayCore
import AssayFormats
import AssayProgram
import AssayWorkspace
import Testing

@Suite("example estates")
struct ExampleEstateTests {
    private struct Planted {
        let rule: String
        let resource: String
        let profile: String

        func matches(_ verdict: Verdict) -> Bool {
            verdict.rule == rule && verdict.profile == profile
                && (verdict.resource.id == resource
                    || verdict.resource.id.lowercased().hasSuffix(resource.lowercased()))
        }
    }

    private func planted(_ estate: String, _ list: String) throws -> [Planted] {
        let tree = try YAMLReader.read(try FileText.read("\(Scenario.root)/Examples/\(estate)/planted.yaml"))
        return (tree[list]?.elements ?? []).map { entry in
            Planted(
                rule: entry["rule"]?.stringValue ?? "", resource: entry["resource"]?.stringValue ?? "",
                profile: entry["profile"]?.stringValue ?? "default")
        }
    }

    @Test(
        "an estate yields exactly what was planted in it, both ways",
        arguments: [("telehealth", 150), ("fintech", 75), ("telehealth-clean", 0), ("fintech-clean", 0)])
    func yieldsPlanted(_ estate: String, atLeast: Int) async throws {
        let result = try await Scenario.scan(["\(Scenario.root)/Examples/\(estate)"])
        for (list, state) in [("planted", VerdictState.fail), ("unknown", .unknown)] {
            let planted = try planted(estate, list)
            let verdicts = result.verdicts.filter { $0.state == state }
            for verdict in verdicts {
                #expect(
                    planted.contains { $0.matches(verdict) },
                    "\(estate): not planted: \(state) \(verdict.rule) \(verdict.resource.id) \(verdict.profile) \(verdict.reason?.code ?? "")"
                )
            }
            for entry in planted {
                let found = verdicts.count { entry.matches($0) }
                #expect(found == 1, "\(estate): planted \(list) \(entry.rule) \(entry.resource) found \(found) times")
            }
            if state == .fail { #expect(planted.count >= atLeast) }
        }
        #expect(result.verdicts.count { $0.state == .pass } > 50)
    }

    @Test("no planted secret or health identifier reaches any output", arguments: ["telehealth", "fintech"])
    func hidesSecrets(_ estate: String) async throws {
        try await Scenario.inFolder { folder in
            let result = try await Scenario.scan(["\(Scenario.root)/Examples/\(estate)"]) {
                $0.snapshotPath = folder + "/snapshot.jsonl"
                $0.listsAllVerdicts = true
            }
            let snapshot = String(decoding: try FileText.read(folder + "/snapshot.jsonl"), as: UTF8.self)
            #expect(snapshot.contains("$redacted"))
            let tree = try YAMLReader.read(try FileText.read("\(Scenario.root)/Examples/\(estate)/planted.yaml"))
            let secrets = (tree["secrets"]?.elements ?? []).compactMap(\.stringValue)
            #expect(!secrets.isEmpty, "planted.yaml lists no secrets")
            for format in ScanFormats.all {
                let text = String(decoding: try ScanFormats.render(result, format), as: UTF8.self)
                for secret in secrets {
                    #expect(!text.contains(secret), "\(format) shows a secret")
                    #expect(!snapshot.contains(secret), "the snapshot holds a secret")
                }
            }
        }
    }

    @Test("two scans of one estate give the same bytes")
    func isDeterministic() async throws {
        let path = "\(Scenario.root)/Examples/telehealth"
        let first = try await Scenario.scan([path])
        let second = try await Scenario.scan([path])
        for format in ScanFormats.all where format != "junit" {
            #expect(try ScanFormats.render(first, format) == ScanFormats.render(second, format), "\(format) differs")
        }
    }

    @Test("a scan of the sealed snapshot gives the verdicts of the files", arguments: ["telehealth", "fintech"])
    func survivesSealing(_ estate: String) async throws {
        try await Scenario.inFolder { folder in
            let path = "\(Scenario.root)/Examples/\(estate)"
            let files = try await Scenario.scan([path]) { $0.snapshotPath = folder + "/snapshot.jsonl" }
            try Scenario.write(try FileText.read(path + "/assay.yaml"), folder + "/original.yaml")
            var lines = String(decoding: try FileText.read(folder + "/original.yaml"), as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("sources:") }
            lines.append("sources: [snapshot.jsonl]")
            try Scenario.write(lines.joined(separator: "\n"), folder + "/assay.yaml")
            let sealed = try await Scenario.scan([folder])
            func vector(_ result: ScanResult) -> [String] {
                result.verdicts.map {
                    "\($0.rule) \($0.profile) \($0.resource.id) \($0.state) \($0.reason?.code ?? "")"
                }
            }
            #expect(vector(files) == vector(sealed))
        }
    }
}
