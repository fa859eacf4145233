import AssayCore
import AssayProgram
import AssayReports
import Testing

@Suite struct ReportFormatTests {
    @Test("every format is the same bytes each time and ends with a line feed", arguments: ReportFormat.allCases)
    func deterministic(format: ReportFormat) {
        for scan in [SampleScan.full(), SampleScan.scan(rules: [], verdicts: [], findings: [])] {
            let bytes = format.render(scan)
            #expect(bytes == format.render(scan))
            #expect(bytes.last == UInt8(ascii: "\n"))
        }
    }

    @Test(
        "every format names the unknown verdict and its reason, not only the failing one",
        arguments: ReportFormat.allCases.filter { $0 != .summary })
    func unknown(format: ReportFormat) {
        let text = String(decoding: format.render(SampleScan.small()), as: UTF8.self)
        #expect(text.contains("archive"))
        #expect(text.contains("denied"))
    }

    @Test("the order of the scan's lists does not matter", arguments: ReportFormat.allCases)
    func order(format: ReportFormat) {
        var scan = SampleScan.full()
        let bytes = format.render(scan)
        scan.verdicts.reverse()
        scan.findings.reverse()
        scan.looks.reverse()
        scan.coverage.reverse()
        scan.diagnostics.reverse()
        scan.unownedPHI.reverse()
        #expect(format.render(scan) == bytes)
    }
}
