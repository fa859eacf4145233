import Testing

@testable import AssayExpressions

@Suite struct ConformanceTests {
    @Test(
        "every test of the suite that needs no protocol buffers gives the value it states",
        .enabled(if: ConformanceSuite.found != nil, "no cel-conformance folder: set ASSAY_SHARED"))
    func suite() throws {
        let suite = try #require(ConformanceSuite.found)
        let rows = try ConformanceSuite.rows(suite.folder + "/no-proto.tsv")
        let leftOut = Set(try ConformanceSuite.rows(Self.leftOutPath))
        let cases = try suite.cases(of: Set(rows.map(\.file)))
        var failures: [String] = []
        var skipped = 0
        for row in rows {
            guard !leftOut.contains(row) else {
                skipped += 1
                continue
            }
            guard let found = cases[row] else {
                failures.append("\(row.key): no such test in the textproto")
                continue
            }
            if let failure = found.failure() { failures.append("\(row.key): \(failure)") }
        }
        print(
            "cel conformance: \(rows.count - failures.count - skipped) of \(rows.count) passed, "
                + "\(failures.count) failed, \(skipped) left out")
        for failure in failures.prefix(100) { print("  \(failure)") }
        #expect(!rows.isEmpty)
        #expect(failures.isEmpty, "\(failures.count) conformance tests failed; the first: \(failures.first ?? "")")
    }

    static var leftOutPath: String {
        ConformanceSuite.above(#filePath, by: 2) + "/cel-left-out.tsv"
    }
}
