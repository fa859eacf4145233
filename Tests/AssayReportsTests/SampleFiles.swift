import AssayCore
import AssayProgram
import AssayReports
import Foundation
import Testing

/// Writes samples for the checks that run outside of this program; see `Tests/Browser` and `Tests/Schemas`.
@Suite struct SampleFiles {
    static let folder = ProcessInfo.processInfo.environment["ASSAY_REPORT_SAMPLES"]

    @Test("samples of every format are written where ASSAY_REPORT_SAMPLES says", .enabled(if: folder != nil))
    func samples() throws {
        let folder = URL(fileURLWithPath: try #require(SampleFiles.folder), isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let scans: [(String, ScanResult)] = [
            ("full", SampleScan.full()), ("small", SampleScan.small()), ("hostile", SampleScan.hostile()),
            ("empty", SampleScan.scan(rules: [], verdicts: [], findings: [])),
        ]
        for (name, scan) in scans {
            for format in ReportFormat.allCases {
                let file = folder.appendingPathComponent("\(name).\(format.rawValue)")
                try Data(format.render(scan)).write(to: file)
            }
        }
    }
}

/// Compares a report with a committed file; `ASSAY_UPDATE_GOLDENS=1` rewrites it instead.
func expectGolden(_ bytes: [UInt8], _ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let file = root.appendingPathComponent(path)
    if ProcessInfo.processInfo.environment["ASSAY_UPDATE_GOLDENS"] == "1" {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }
    let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(String(decoding: bytes, as: UTF8.self) == golden, sourceLocation: sourceLocation)
}
