import AssayCore
import AssayProgram
import Testing

@testable import AssayReports

@Suite struct JSONReportTests {
    @Test("the report of a small scan is the golden file")
    func golden() throws {
        try expectGolden(JSONReport.render(SampleScan.small()), "Schemas/golden/assay.scan-1/small.json")
    }

    @Test("every list is present even when it is empty")
    func emptyLists() throws {
        let report = JSONReport.render(SampleScan.scan(rules: [], verdicts: [], findings: []))
        let root = try JSONReader.read(report).root
        for name in [
            "findings", "verdicts", "coverage", "diagnostics", "requirements", "looks", "changes", "unseen",
            "unownedPHI", "rules", "frameworks", "sources",
        ] {
            #expect(root[name]?.kind == .array, "\(name)")
        }
        #expect(report.last == UInt8(ascii: "\n"))
    }

    @Test("passing verdicts are listed only when all are wanted")
    func selection() throws {
        var scan = SampleScan.small()
        func states() throws -> [String] {
            let root = try JSONReader.read(JSONReport.render(scan)).root
            return (root["verdicts"]?.elements.map { $0["verdict"]?.stringValue ?? "" } ?? []).sorted()
        }
        #expect(try states() == ["fail", "unknown"])
        scan.listsAllVerdicts = true
        #expect(try states() == ["fail", "pass", "unknown"])
    }

    @Test("verdicts are sorted by the bytes of type, id and rule, whatever order they came in")
    func order() throws {
        let rule = SampleScan.rule("r", "t", .high)
        // U+FF5E sorts after U+1F600 by UTF-16, before it by bytes; é may be one scalar or two.
        let names = ["\u{FF5E}", "\u{1F600}", "é", "e\u{301}", "Z", "a"]
        let verdicts = names.map { SampleScan.verdict(rule, SampleScan.resource($0), .fail) }
        func render(_ verdicts: [Verdict]) -> [UInt8] {
            JSONReport.render(SampleScan.scan(rules: [rule], verdicts: verdicts, findings: []))
        }
        let root = try JSONReader.read(render(verdicts)).root
        let listed = root["verdicts"]?.elements.map { $0["resource"]?["name"]?.stringValue ?? "" } ?? []
        #expect(
            listed.map { Array($0.utf8) } == names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(render(verdicts) == render(verdicts.reversed()))
    }

    @Test("hostile text is carried unchanged inside strings")
    func hostile() throws {
        let root = try JSONReader.read(JSONReport.render(SampleScan.hostile())).root
        #expect(root["unseen"]?[0]?["what"]?.stringValue == SampleScan.attack)
    }
}
