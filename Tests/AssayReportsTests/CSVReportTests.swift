import AssayCore
import AssayProgram
import Testing

@testable import AssayReports

@Suite struct CSVReportTests {
    private func rows(_ scan: ScanResult) -> [String] {
        let text = String(decoding: CSVReport.render(scan), as: UTF8.self)
        return text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("a finding and an unknown verdict have a row each below the header")
    func table() {
        let rows = rows(SampleScan.small())
        #expect(rows.count == 4)
        #expect(rows[0] == CSVReport.columns.joined(separator: ","))
        #expect(
            rows[1]
                == "fail,high,open,azure-storage-min-tls,Storage accounts refuse connections below TLS 1.2,default,"
                + "Microsoft.Storage/storageAccounts,infra/storage main.tf#logs,logs,infra/storage main.tf:12,"
                + "The account accepts TLS versions below 1.2.,,,,soc2:CC6.7,2026-02-20T08:00:00Z,2026-03-02T08:00:00Z,"
                + "2026-03-20,0,,azure-storage-min-tls|infra/storage main.tf#logs|default")
        #expect(rows[2].hasPrefix("unknown,high,,azure-storage-min-tls,"))
        #expect(
            rows[2].contains(",denied,properties.minimumTlsVersion,GET Microsoft.Storage/storageAccounts/listKeys,"))
        #expect(rows[3].isEmpty)
    }

    @Test("every row has as many cells as the header, exempt findings and unknown verdicts included")
    func width() throws {
        for row in rows(SampleScan.full()).dropLast() {
            var cells = 1
            var isQuoted = false
            for byte in row.utf8 {
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                if byte == UInt8(ascii: ","), !isQuoted { cells += 1 }
            }
            #expect(cells == CSVReport.columns.count)
        }
    }

    @Test(
        "a cell that a spreadsheet would run is made text",
        arguments: ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1"])
    func formula(name: String) {
        let rule = SampleScan.rule("r", "t", .high)
        let verdict = SampleScan.verdict(rule, SampleScan.resource(name), .fail)
        let scan = SampleScan.scan(rules: [rule], verdicts: [verdict], findings: [SampleScan.finding(verdict, rule)])
        #expect(rows(scan)[1].contains(",'\(name),"))
    }

    @Test("quotes are doubled and commas and line feeds are quoted")
    func quoting() {
        let rule = SampleScan.rule("r", "t", .high)
        let verdict = SampleScan.verdict(rule, SampleScan.resource("a \"b\",\nc"), .fail)
        let scan = SampleScan.scan(rules: [rule], verdicts: [verdict], findings: [SampleScan.finding(verdict, rule)])
        #expect(String(decoding: CSVReport.render(scan), as: UTF8.self).contains(",\"a \"\"b\"\",\nc\","))
    }
}
