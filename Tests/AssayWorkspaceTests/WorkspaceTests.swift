import AssayCore
import AssayFormats
import AssayHashing
import AssayProgram
import AssayWorkspace
import Foundation
import Testing

@Suite("workspace")
struct WorkspaceTests {
    private func inWorkspace(_ body: (String) async throws -> Void) async throws {
        try await Scenario.inFolder { folder in
            _ = try Workspace.create(folder)
            try Scenario.write("assay: 1\nsources: [exports]\nframeworks: [soc2]\n", folder + "/assay.yaml")
            try Scenario.write(Scenario.account("a"), folder + "/exports/a.json")
            try await body(folder)
        }
    }

    private func scan(_ folder: String) async throws -> ScanResult {
        try await Scenario.scan([]) { $0.workspace = folder }
    }

    private func states(_ folder: String) throws -> [String: String] {
        let records = try FindingQueries.list(workspace: folder, states: [])
        return Dictionary(records.map { ($0.key.rule, $0.state.rawValue) }) { first, _ in first }
    }

    private func events(_ folder: String) throws -> [DocumentNode] {
        try FileText.read(folder + "/.assay/evidence/pending/events.jsonl").split(separator: 0x0A).map {
            try JSONReader.read(Array($0)).root
        }
    }

    @Test("a finding lives from scan to scan: opened, kept, resolved, reopened")
    func carriesFindings() async throws {
        try await inWorkspace { folder in
            _ = try await scan(folder)
            #expect(try states(folder)["azure-storage-min-tls"] == "open")
            try Scenario.write(Scenario.account("a", tls: "TLS1_2"), folder + "/exports/a.json")
            _ = try await scan(folder)
            #expect(try states(folder)["azure-storage-min-tls"] == "resolved")
            try Scenario.write(Scenario.account("a"), folder + "/exports/a.json")
            let result = try await scan(folder)
            let finding = try #require(result.findings.first { $0.verdict.rule == "azure-storage-min-tls" })
            #expect(finding.reopened == 1)
        }
    }

    @Test("an export that vanishes closes nothing, since nobody said that the rest is all")
    func keepsFindingsOfUnseen() async throws {
        try await inWorkspace { folder in
            _ = try await scan(folder)
            try Scenario.write(Scenario.account("b", tls: "TLS1_2"), folder + "/exports/a.json")
            _ = try await scan(folder)
            #expect(try states(folder)["azure-storage-min-tls"] == "open")
            let declared =
                "assay: 1\nsources: [exports]\nframeworks: [soc2]\ncomplete: [{collection: Microsoft.Storage/storageAccounts}]\n"
            try Scenario.write(declared, folder + "/assay.yaml")
            _ = try await scan(folder)
            #expect(try states(folder)["azure-storage-min-tls"] == "resolved")
        }
    }

    @Test("every scan leaves its events in order, as canonical JSON, without values")
    func recordsEvidence() async throws {
        try await inWorkspace { folder in
            _ = try await scan(folder)
            let events = try events(folder)
            let kinds = events.compactMap { $0["event"]?.string }
            #expect(kinds.prefix(2) == ["collected", "evaluated"])
            #expect(kinds.dropFirst(2).allSatisfy { $0 == "findingChanged" })
            #expect(kinds.count > 2)
            for line in try FileText.read(folder + "/.assay/evidence/pending/events.jsonl").split(separator: 0x0A) {
                #expect(try CanonicalJSON.encode(Tree(try JSONReader.read(Array(line)).root)) == Array(line))
            }
        }
    }

    @Test("an event that a kill cut short is dropped, all before it stay")
    func recoversEvidence() async throws {
        try await inWorkspace { folder in
            _ = try await scan(folder)
            let path = folder + "/.assay/evidence/pending/events.jsonl"
            let whole = try FileText.read(path)
            let before = try events(folder).count
            try Scenario.write(whole + Array("{\"at\":\"2026".utf8), path)
            _ = try await scan(folder)
            #expect(Array(try FileText.read(path).prefix(whole.count)) == whole)
            #expect(try events(folder).count == before + 2)
        }
    }

    @Test("the kept snapshot has the digest that the evidence names")
    func keepsSnapshot() async throws {
        try await inWorkspace { folder in
            _ = try await scan(folder)
            let digest = try #require(try events(folder).first?["details"]?["snapshot"]?.string)
            let kept = try FileText.names(in: folder + "/.assay/snapshots")
            #expect(kept.map { "sha256:" + $0 } == [digest + ".jsonl", digest + ".sha256"])
            let received = String(
                decoding: try FileText.read(folder + "/.assay/snapshots/" + kept[1]), as: UTF8.self)
            let file = folder + "/exports/a.json"
            #expect(received == "\(try FileText.digest(file).hexadecimal)  \(file)\n")
        }
    }

    @Test("a file that cannot be read stays in the list of received files, marked, and is named")
    func listsUnreadable() async throws {
        try await inWorkspace { folder in
            // Reading the first bytes of a process's own memory fails, for every user.
            for name in ["closed.json", "closed\n.md"] {
                try FileManager.default.createSymbolicLink(
                    atPath: folder + "/" + name, withDestinationPath: "/proc/self/mem")
            }
            let good = folder + "/exports/a.json"
            let result = try await Scenario.scan([good, folder + "/closed.json", folder + "/closed\n.md"]) {
                $0.workspace = folder
            }
            let named = result.diagnostics.filter { $0.code == "file-unreadable" }
            #expect(named.map { $0.location?.path } == [folder + "/closed\n.md", folder + "/closed.json"])
            #expect(named.map(\.severity) == [.warning, .error])
            #expect(!result.summary.isComplete)
            let list = try #require(
                try FileText.names(in: folder + "/.assay/snapshots").first { $0.hasSuffix(".sha256") })
            let received = String(
                decoding: try FileText.read(folder + "/.assay/snapshots/" + list), as: UTF8.self)
            #expect(
                received == """
                    # unreadable  \(folder)/closed\\n.md  (Input/output error)
                    # unreadable  \(folder)/closed.json  (Input/output error)
                    \(try FileText.digest(good).hexadecimal)  \(good)

                    """)
        }
    }

    @Test(
        "a configuration with a fault is refused with its place",
        arguments: [
            "sources: [x]", "assay: 2", "assay: 1\nsource: [x]", "assay: 1\nfailOn: awful",
            "assay: 1\nclassification: [{phy: true}]", "assay: 1\ncomplete: [{scope: x}]", "assay: [",
        ])
    func refusesConfiguration(_ text: String) async throws {
        try await inWorkspace { folder in
            try Scenario.write(text + "\n", folder + "/assay.yaml")
            await #expect(throws: ConfigurationError.self) { _ = try await scan(folder) }
        }
    }
}
