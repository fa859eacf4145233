import AssayCore
import AssayProgram
import Testing

@testable import AssayReports

@Suite struct JUnitReportTests {
    private func text(_ scan: ScanResult) -> String { String(decoding: JUnitReport.render(scan), as: UTF8.self) }

    @Test("a failing verdict is a failure, an unknown one an error, a passing one a case")
    func golden() {
        let type = "Microsoft.Storage/storageAccounts"
        let trace =
            "properties.minimumTlsVersion in [&quot;TLS1_2&quot;, &quot;TLS1_3&quot;]; actual: "
        #expect(
            text(SampleScan.small()) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="assay" tests="3" failures="1" errors="1">
                <testsuite name="\(type)" tests="3" failures="1" errors="1" skipped="0" time="0" \
                timestamp="2026-03-02T08:00:00Z">
                <testcase classname="azure-storage-min-tls" name="infra/storage main.tf#archive" time="0">\
                <error message="unknown: denied at properties.minimumTlsVersion (GET \(type)/listKeys)" \
                type="unknown">origin: GET \(type)?api-version=2024-01-01
                \(trace)unknown(denied); result: unknown</error></testcase>
                <testcase classname="azure-storage-min-tls" name="infra/storage main.tf#logs" time="0">\
                <failure message="The account accepts TLS versions below 1.2." type="fail">\
                origin: infra/storage main.tf:12
                \(trace)&quot;TLS1_0&quot;; result: false</failure></testcase>
                <testcase classname="azure-storage-min-tls" name="infra/storage main.tf#web" time="0"></testcase>
                </testsuite>
                </testsuites>

                """)
    }

    @Test("markup is escaped and what XML cannot carry is dropped")
    func hostile() {
        let text = text(SampleScan.hostile())
        #expect(!text.contains("<script>"))
        #expect(!text.contains("]]>"))
        #expect(!text.contains("\u{1B}"))
        #expect(!text.contains("\u{7}"))
        #expect(text.contains("&lt;script&gt;alert(1)"))
        #expect(TagBalance.problem(in: text) == nil)
    }

    @Test("an exempt failure and what does not apply are skipped with the reason")
    func skipped() {
        let text = text(SampleScan.full())
        #expect(text.contains("<skipped message=\"fails under an approved exemption\"/>"))
        #expect(text.contains("<skipped message=\"the rule does not apply\"/>"))
        #expect(text.contains("<skipped message=\"evidence from people is needed\"/>"))
    }

    @Test("a file that cannot be parsed is an error of the build")
    func diagnostics() {
        let text = text(SampleScan.full())
        #expect(text.contains("<testcase classname=\"template-syntax\" name=\"infra/modules/network.tf:41\""))
    }
}
