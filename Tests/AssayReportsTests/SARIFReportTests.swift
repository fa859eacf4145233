import AssayCore
import AssayHashing
import AssayProgram
import Testing

@testable import AssayReports

@Suite struct SARIFReportTests {
    private func run(_ scan: ScanResult) throws -> DocumentNode {
        try #require(try JSONReader.read(SARIFReport.render(scan)).root["runs"]?[0])
    }

    @Test("a failing verdict has the level of its severity and an unknown one is open without a level")
    func kinds() throws {
        let results = try #require(try run(SampleScan.small())["results"])
        #expect(results.count == 2)
        #expect(results[0]?["kind"]?.stringValue == "fail")
        #expect(results[0]?["level"]?.stringValue == "error")
        #expect(results[1]?["kind"]?.stringValue == "open")
        #expect(results[1]?["level"]?.stringValue == "none")
        #expect(results[1]?["message"]?["text"]?.stringValue.contains("denied at properties.minimumTlsVersion") == true)
    }

    @Test("passes are written only when all verdicts are wanted")
    func passes() throws {
        var scan = SampleScan.small()
        scan.listsAllVerdicts = true
        let kinds = try #require(try run(scan)["results"]?.elements.map { $0["kind"]?.stringValue ?? "" })
        #expect(kinds.sorted() == ["fail", "open", "pass"])
    }

    @Test("a file's place is a percent-encoded relative URI with line and column")
    func location() throws {
        let place = try #require(try run(SampleScan.small())["results"]?[0]?["locations"]?[0])
        let physical = place["physicalLocation"]
        #expect(physical?["artifactLocation"]?["uri"]?.stringValue == "infra/storage%20main.tf")
        #expect(physical?["region"]?["startLine"]?.int == 12)
        #expect(physical?["region"]?["startColumn"]?.int == 3)
        #expect(place["logicalLocations"]?[0]?["fullyQualifiedName"]?.stringValue == "infra/storage main.tf#logs")
    }

    @Test("an exempt finding is suppressed and still there; its fingerprint is that of its key")
    func suppression() throws {
        let rule = SampleScan.rule("r", "t", .low)
        let verdict = SampleScan.verdict(rule, SampleScan.resource("a"), .fail)
        let finding = SampleScan.finding(verdict, rule, state: .exempt)
        let results = try run(SampleScan.scan(rules: [rule], verdicts: [verdict], findings: [finding]))["results"]
        #expect(results?.count == 1)
        #expect(results?[0]?["suppressions"]?[0]?["status"]?.stringValue == "accepted")
        let fingerprint = results?[0]?["partialFingerprints"]?["assayFinding/v1"]?.stringValue
        #expect(fingerprint == Digest(of: finding.key.utf8).hexadecimal)
    }

    @Test("an incomplete look and every diagnostic are notifications of the invocation")
    func notifications() throws {
        let invocation = try #require(try run(SampleScan.full())["invocations"]?[0])
        let notes = try #require(invocation["toolExecutionNotifications"])
        #expect(invocation["executionSuccessful"]?.bool == true)
        #expect(notes[0]?["descriptor"]?["id"]?.stringValue == "scan-incomplete")
        #expect(notes[0]?["level"]?.stringValue == "error")
        let codes = notes.elements.map { $0["descriptor"]?["id"]?.stringValue ?? "" }
        #expect(codes.contains("template-syntax"))
        #expect(codes.count { $0 == "scan-unseen" } == 2)
    }

    @Test(
        "paths become URI references",
        arguments: [
            ("a/b.tf", "a/b.tf"), ("/srv/x y", "file:///srv/x%20y"), ("c:d#e?f", "c%3Ad%23e%3Ff"), ("é%", "%C3%A9%25"),
        ])
    func uri(path: String, reference: String) {
        #expect(URIReference.encode(path: path) == reference)
    }
}
