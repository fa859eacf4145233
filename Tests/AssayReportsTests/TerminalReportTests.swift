import AssayCore
import AssayProgram
import Testing

@testable import AssayReports

@Suite struct TerminalReportTests {
    private func text(_ scan: ScanResult, width: Int = 100, colour: Bool = false) -> String {
        String(decoding: TerminalReport.render(scan, width: width, colour: colour), as: UTF8.self)
    }

    @Test("the headline counts unknown verdicts beside failing ones and says that the look is incomplete")
    func headline() {
        let text = text(SampleScan.small())
        #expect(text.contains("1 failing, 1 unknown, 1 passing verdicts on 3 resources — the look is incomplete"))
    }

    @Test("a failing and an unknown resource are both listed with their origin and reason")
    func findings() {
        let text = text(SampleScan.small())
        #expect(text.contains("- logs (infra/storage main.tf:12)"))
        #expect(text.contains("- archive (GET Microsoft.Storage/storageAccounts?api-version=2024-01-01)"))
        #expect(text.contains("unknown: denied at properties.minimumTlsVersion"))
    }

    @Test("no line is wider than asked, but for words that are longer", arguments: [60, 80, 120])
    func width(columns: Int) {
        for line in text(SampleScan.full(), width: columns).split(separator: "\n") {
            let hasLongWord = line.split(separator: " ").contains { $0.count > columns - 20 }
            #expect(hasLongWord || TextColumns.width(String(line)) <= columns, "\(line)")
        }
    }

    @Test("colour is off by default, and values cannot switch it on")
    func control() {
        #expect(!text(SampleScan.full()).contains("\u{1B}"))
        #expect(!text(SampleScan.hostile()).contains("\u{1B}"))
        #expect(!text(SampleScan.hostile()).contains("\u{202E}"))
        #expect(text(SampleScan.hostile()).contains("⟨U+001B⟩[31m"))
        #expect(text(SampleScan.full(), colour: true).contains("\u{1B}[1;33m"))
    }

    @Test("a long list is cut with a word on where the rest is")
    func cut() {
        #expect(text(SampleScan.large()).contains("and 2492 more; --format json lists all"))
    }

    @Test("a look at nothing is not called complete")
    func nothing() {
        let scan = SampleScan.scan(rules: [], verdicts: [], findings: [], isComplete: true)
        #expect(text(scan).contains("nothing was looked at"))
        #expect(!text(scan).contains("complete"))
    }

    @Test("wide and combining characters are counted by the columns they take")
    func columns() {
        #expect(TextColumns.width("日本") == 4)
        #expect(TextColumns.width("e\u{301}") == 1)
        #expect(TextColumns.fit("日本語", 5) == "日本…")
        #expect(TextColumns.fit("ab", 4) == "ab  ")
    }
}
