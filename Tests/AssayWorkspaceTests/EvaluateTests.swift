import AssayCore
import AssayFormats
import AssayProgram
import Foundation
import Synchronization
import Testing

@testable import AssayWorkspace

@Suite("evaluate: JSON lines in, verdict lines out")
final class EvaluateTests {
    /// What a run wrote and said.
    private final class Recorded: Sendable {
        let output = Mutex<[UInt8]>([])
        let notices = Mutex<[String]>([])

        var text: String { output.withLock { String(decoding: $0, as: UTF8.self) } }
        var lines: [Substring] { text.split(separator: "\n") }
        var said: [String] { notices.withLock { $0 } }
    }

    private static func run(
        _ request: EvaluateRequest
    ) throws -> (totals: EvaluateTotals, recorded: Recorded) {
        let recorded = Recorded()
        let observer = EvaluateObserver(
            output: { bytes in recorded.output.withLock { $0 += bytes } },
            notice: { text in recorded.notices.withLock { $0.append(text) } })
        return (try Evaluate(request, observer: observer).run(), recorded)
    }

    private let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)").path
    private static let example = Scenario.root + "/Examples/telehealth"

    init() throws { try FileText.makeFolder(folder) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A sealed snapshot of an example estate, and the scan's own verdicts on it.
    private func snapshot(_ name: String) async throws -> (path: String, verdicts: [Verdict]) {
        let path = "\(folder)/\(name).jsonl"
        let request = ScanRequest(paths: [Self.example], listsAllVerdicts: true, snapshotPath: path)
        let result = try await Scan(request, clock: FixedClock("2026-11-02T06:00:00Z")).run()
        return (path, result.verdicts)
    }

    /// rule, profile, resource, verdict and reason of a verdict line.
    private static func entries(_ lines: [Substring]) throws -> Set<String> {
        Set(
            try lines.map { line in
                let root = try JSONReader.read(Array(line.utf8)).root
                return [
                    root["rule"]?.string, root["profile"]?.string, root["resource"]?["id"]?.string,
                    root["verdict"]?.string, root["reason"]?["code"]?.string,
                ].map { $0 ?? "" }.joined(separator: " ")
            })
    }

    @Test("with the snapshot as context it gives the scan's verdicts, whatever threads and chunks")
    func agreesWithScan() async throws {
        let (path, verdicts) = try await snapshot("agrees")
        let expected = Set(
            verdicts.map {
                [$0.rule, $0.profile, $0.resource.id, $0.state.rawValue, $0.reason?.code ?? ""].joined(separator: " ")
            })
        var first: String?
        for (threads, chunkBytes) in [(1, 256 << 10), (3, 500), (2, 5000)] {
            var request = EvaluateRequest(paths: [path])
            request.context = path
            request.workspace = Self.example
            request.verifies = true
            (request.threads, request.chunkBytes) = (threads, chunkBytes)
            let (totals, recorded) = try Self.run(request)
            #expect(totals.unreadable == 0 && recorded.said.isEmpty)
            #expect(try Self.entries(recorded.lines) == expected)
            #expect(recorded.lines.count == verdicts.count)
            if first == nil { first = recorded.text }
            #expect(recorded.text == first, "\(threads) threads, chunks of \(chunkBytes)")
        }
    }

    @Test("without context relations are unknown, never empty, and nothing else changes")
    func leavesRelationsUnknown() async throws {
        let (path, _) = try await snapshot("alone")
        var request = EvaluateRequest(paths: [path])
        request.workspace = Self.example
        let alone = try Self.entries(try Self.run(request).recorded.lines)
        request.context = path
        let whole = try Self.entries(try Self.run(request).recorded.lines)
        let changed = alone.subtracting(whole)
        #expect(!changed.isEmpty && alone.count == whole.count)
        for entry in changed { #expect(entry.hasSuffix(" unknown relationsUnavailable"), "\(entry)") }
    }

    @Test("lines with spaces and other key orders are sealed first and give the same verdicts")
    func sealsForeignLines() async throws {
        let (path, _) = try await snapshot("foreign")
        var request = EvaluateRequest(paths: [path])
        let sealed = try Self.run(request).recorded
        var loose: [UInt8] = []
        for line in try FileText.read(path).split(separator: 0x0A) where line.starts(with: Array("{\"resource\"".utf8))
        {
            var writer = JSONWriter(indent: 1)
            var tree = Tree(try JSONReader.read(Array(line)).root)
            if let resource = tree["resource"]?.members {
                tree["resource"] = Tree(.object(resource.reversed()))
            }
            writer.value(tree)
            loose += writer.bytes.map { $0 == 0x0A ? 0x20 : $0 } + [0x0A]
        }
        let other = path + ".loose"
        try FileText.write(loose, to: other)
        request.paths = [other]
        #expect(throws: ConfigurationError.self, "nothing says when they were collected") { try Self.run(request) }
        request.asOf = "2026-11-02T06:00:00Z"
        let (totals, recorded) = try Self.run(request)
        #expect(recorded.text == sealed.text && totals.unreadable == 0)
        #expect(recorded.said.count == 1 && recorded.said[0].contains("sealed first"))
    }

    @Test("a truncated, altered or overlong snapshot is incomplete, and good lines keep their verdicts")
    func saysWhatIsNotWhole() async throws {
        let (path, _) = try await snapshot("broken")
        let bytes = try FileText.read(path)
        let lines = bytes.split(separator: 0x0A).map { Array($0) + [0x0A] }
        let start = Array(#"{"resource":{"type":"Microsoft.Storage/storageAccounts","#.utf8)
        let account = try #require(lines.firstIndex { $0.starts(with: start) })
        let whole = try Self.run(EvaluateRequest(paths: [path])).recorded.lines
        let broken: [(name: String, lines: [[UInt8]], word: String)] = [
            ("cut", Array(lines.dropLast()), "no last line"),
            ("gone", lines.enumerated().filter { $0.offset != 3 }.map(\.element), "the end counts"),
            ("more", lines + [lines[1]], "lines follow the end"),
            (
                "damaged", lines[..<account] + [lines[account].prefix(64) + [0x0A]] + lines[(account + 1)...],
                "line at byte"
            ),
        ]
        for (name, lines, word) in broken {
            let file = "\(path).\(name)"
            try FileText.write(lines.flatMap(\.self), to: file)
            let (totals, recorded) = try Self.run(EvaluateRequest(paths: [file]))
            #expect(recorded.said.contains { $0.contains(word) }, "\(name): \(recorded.said)")
            #expect(totals.unreadable > 0 && totals.exitCode(isStrict: true) == 3, "\(name)")
            #expect(Set(recorded.lines).isSubset(of: Set(whole)) && recorded.lines.count > whole.count / 2, "\(name)")
        }
        // A value changed in place: only the digest can tell.
        var altered = bytes
        let place = try #require(altered.lastIndex(of: UInt8(ascii: "T")))
        altered[place] = UInt8(ascii: "t")
        let file = path + ".altered"
        try FileText.write(altered, to: file)
        var request = EvaluateRequest(paths: [file])
        request.verifies = true
        let (totals, recorded) = try Self.run(request)
        #expect(totals.unreadable == 1 && recorded.said.contains { $0.contains("do not match the digest") })
    }

    @Test("bare documents of a provider are judged by their values, and one without a name is told")
    func readsBareDocuments() async throws {
        let path = folder + "/bare.jsonl"
        let text = """
            {"type": "Microsoft.Storage/storageAccounts", "id": "/subscriptions/S/x", "properties": {"minimumTlsVersion": "TLS1_2"}}
            {"properties": {"minimumTlsVersion": "TLS1_0"}, "id": "/subscriptions/S/y", "type": "Microsoft.Storage/storageAccounts"}
            {"type":"Microsoft.Storage/storageAccounts"}
            not json

            """
        try FileText.write(Array(text.utf8), to: path)
        var request = EvaluateRequest(paths: [path])
        request.asOf = "2026-06-30T00:00:00Z"
        let (totals, recorded) = try Self.run(request)
        let found = try Self.entries(recorded.lines)
        #expect(found.contains("azure-storage-min-tls default /subscriptions/s/x pass "))
        #expect(found.contains("azure-storage-min-tls default /subscriptions/s/y fail "))
        #expect(totals.resources == 2 && totals.unreadable == 2)
    }

    @Test("failing verdicts alone, and their trace, when asked")
    func writesFindings() async throws {
        let (path, verdicts) = try await snapshot("findings")
        var request = EvaluateRequest(paths: [path])
        request.workspace = Self.example
        request.context = path
        request.selection = .findings
        request.includesTrace = true
        let (totals, recorded) = try Self.run(request)
        #expect(recorded.lines.count == verdicts.count { $0.state == .fail })
        #expect(recorded.lines.allSatisfy { $0.contains(#""trace":[{"#) && $0.contains(#""messages":["#) })
        #expect(totals.exitCode(isStrict: false) == 1)
        let failed = try #require(verdicts.first { $0.state == .fail })
        let observer = EvaluateObserver(output: { _ in })
        let trace = try Evaluate(request, observer: observer).explain(rule: failed.rule, resource: failed.resource.id)
        let explained = try JSONReader.read(trace).root[0]
        #expect(explained?["verdict"]?.string == "fail")
        #expect(explained?["trace"]?.count == failed.trace.count)
    }
}
