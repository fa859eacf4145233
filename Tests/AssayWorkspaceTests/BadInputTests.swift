import AssayCore
import AssayFormats
import AssayHashing
import AssayProgram
import AssayWorkspace
import Foundation
import Testing

@Suite("bad input")
struct BadInputTests {
    /// Scans a good account beside a bad file: the good one is judged whatever the bad one is.
    private func scanBeside(_ name: String, _ bytes: [UInt8]) async throws -> ScanResult {
        try await Scenario.inFolder { folder in
            try Scenario.write(Scenario.account("good"), folder + "/good.json")
            try Scenario.write(bytes, folder + "/" + name)
            return try await Scenario.scan([folder])
        }
    }

    @Test(
        "a file that cannot be read costs itself: it is named, the rest is judged, the run is incomplete",
        arguments: [
            ("a.json", "{\"a\":", "document-truncated"), ("b.json", "", "document-empty"),
            ("c.json", "{\"a\":1,\"a\":2}", "document-duplicate-key"), ("d.yaml", "a: [", "document-syntax"),
            ("e.yaml", "a: 1\na: 2\n", "document-duplicate-key"),
            ("f.jsonl", "{\"x\":1}\n{broken\n", "document-syntax"),
            ("g.json", "{\"hello\":\"world\"}", "shape-not-understood"), ("h.tf", "resource {}", "file-unsupported"),
            ("i.bicep", "param x string", "file-unsupported"), ("j.json.gz", "not gzip", "document-syntax"),
            ("k.csv", "a,b\n1,2\n", "shape-not-understood"),
            (
                "l.json",
                "{\"$schema\":\"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\"resources\":[]}",
                "file-unsupported"
            ),
            (
                "m.jsonl", "{\"snapshot\":{\"version\":1,\"collectedAt\":\"2026-01-01T00:00:00Z\"}}\n",
                "snapshot-truncated"
            ),
            ("n.jsonl", "{\"snapshot\":{\"version\":9,\"collectedAt\":\"2026-01-01T00:00:00Z\"}}\n", "snapshot-line"),
            (
                "o.yaml",
                "Resources:\n  A: {Type: {a: 1}}\n  B: {Type: 'AWS::S3::Bucket', Properties: 7}\nAWSTemplateFormatVersion: '2010-09-09'\n",
                ""
            ),
        ])
    func isolates(_ name: String, _ text: String, _ code: String) async throws {
        let result = try await scanBeside(name, Array(text.utf8))
        let named = result.diagnostics.filter { $0.location?.path.hasSuffix("/" + name) == true }
        #expect(!named.isEmpty, "\(name) is not named")
        if !code.isEmpty { #expect(named.contains { $0.code == code }, "\(named.map(\.code))") }
        #expect(named.allSatisfy { $0.hint?.isEmpty == false })
        #expect(result.verdicts.contains { $0.rule == "azure-storage-min-tls" && $0.state == .fail })
        #expect(!result.summary.isComplete)
    }

    @Test(
        "ten thousand levels, invalid UTF-8 and a truncated gzip are named",
        arguments: ["deep.json", "deep.yaml", "utf8.json", "cut.json.gz"])
    func survivesHostile(_ name: String) async throws {
        let bytes: [UInt8] =
            switch name {
            case "utf8.json": [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]
            case "cut.json.gz": [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48]
            default: [UInt8](repeating: 0x5B, count: 10_000)
            }
        let result = try await scanBeside(name, bytes)
        #expect(result.diagnostics.contains { $0.severity == .error && $0.location?.path.hasSuffix(name) == true })
        #expect(result.verdicts.contains { $0.rule == "azure-storage-min-tls" })
    }

    @Test("a scan that finds nothing to look at is incomplete, not clean")
    func refusesEmptiness() async throws {
        try await Scenario.inFolder { folder in
            try Scenario.write("notes", folder + "/readme.md")
            let result = try await Scenario.scan([folder])
            #expect(result.diagnostics.contains { $0.code == "scan-empty" })
            #expect(result.summary.exitCode == 3)
        }
    }

    @Test("two different contents under one id are named, and only one is judged")
    func namesDuplicates() async throws {
        try await Scenario.inFolder { folder in
            let header = #"{"snapshot":{"version":1,"collectedAt":"2026-01-01T00:00:00Z","sources":[],"tool":"t"}}"#
            func resource(_ tls: String) -> String {
                #"{"resource":{"type":"Microsoft.Storage/storageAccounts","id":"/subscriptions/s/a","provider":"azure","scope":[],"name":"a","tags":{},"origin":{"kind":"api","call":"GET"},"unknown":[],"body":{"properties":{"minimumTlsVersion":""#
                    + tls + #""}}}}"#
            }
            for (name, tls) in [("1.jsonl", "TLS1_2"), ("2.jsonl", "TLS1_0")] {
                let body = header + "\n" + resource(tls) + "\n"
                let end =
                    #"{"end":{"resources":1,"coverage":0,"sha256":""# + Digest(of: body.utf8).hexadecimal + "\"}}\n"
                try Scenario.write(body + end, folder + "/" + name)
            }
            let result = try await Scenario.scan([folder])
            #expect(result.diagnostics.contains { $0.code == "resource-duplicate" && $0.severity == .error })
            #expect(result.verdicts.count { $0.rule == "azure-storage-min-tls" } == 1)
        }
    }

    @Test("a snapshot that was changed after it was sealed is named, and proves no absence")
    func findsTampering() async throws {
        try await Scenario.inFolder { folder in
            try Scenario.write(Scenario.account("a", tls: "TLS1_2"), folder + "/in/a.json")
            _ = try await Scenario.scan([folder + "/in"]) { $0.snapshotPath = folder + "/s.jsonl" }
            let text = String(decoding: try FileText.read(folder + "/s.jsonl"), as: UTF8.self)
            try Scenario.write(text.replacing("TLS1_2", with: "TLS1_0"), folder + "/out/s.jsonl")
            let result = try await Scenario.scan([folder + "/out"])
            #expect(result.diagnostics.contains { $0.code == "snapshot-altered" })
            #expect(result.summary.exitCode != 0)
        }
    }

    @Test("a rule whose condition errs gives unknown with the reason, not a crash and not a pass")
    func survivesThrowingRules() async throws {
        try await Scenario.inFolder { folder in
            try Scenario.write(Scenario.account("a"), folder + "/in/a.json")
            try Scenario.write(
                """
                rule: assay.rule/1
                id: own-broken
                title: t
                rationale: r
                severity: high
                severityReason: s
                applies_to: {type: Microsoft.Storage/storageAccounts}
                assert: [{that: "1 / (size(resource.name) - size(resource.name)) == 1", message: m}]
                requirements: [{id: "soc2:CC6.1", strength: partial, reason: r}]
                fix: {portal: p}
                """, folder + "/rules/own.yaml")
            let result = try await Scenario.scan([folder + "/in"]) { $0.rules = [folder + "/rules"] }
            let verdict = try #require(result.verdicts.first { $0.rule == "own-broken" })
            #expect(verdict.state == .unknown)
            #expect(verdict.reason?.code == "ruleError")
        }
    }

    @Test("a link is not followed, a folder with a file's name is a folder, a missing path is the user's to mend")
    func walksSafely() async throws {
        try await Scenario.inFolder { folder in
            try Scenario.write(Scenario.account("a"), folder + "/in/a.json/inner.json")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/in/link.json", withDestinationPath: "/etc/passwd")
            let result = try await Scenario.scan([folder + "/in"])
            #expect(result.diagnostics.contains { $0.code == "file-link" })
            #expect(result.verdicts.contains { $0.rule == "azure-storage-min-tls" })
            await #expect(throws: ConfigurationError.self) { _ = try await Scenario.scan([folder + "/nowhere"]) }
            await #expect(throws: ConfigurationError.self) { _ = try await Scenario.scan(["aws"]) }
            await #expect(throws: ConfigurationError.self) {
                _ = try await Scenario.scan([folder]) { $0.frameworks = ["sox"] }
            }
        }
    }
}
