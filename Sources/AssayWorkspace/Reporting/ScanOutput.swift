public import AssayCore
import AssayFormats
import AssayHashing
public import AssayProgram
import AssayReports

/// Renders a result, and writes reports where the user wants them.
public enum ScanOutput {
    /// The names that `--format` takes.
    public static var formats: [String] { ReportFormat.allCases.map(\.rawValue) }

    /// The exit code that the result asks for.
    public static func exitCode(of result: ScanResult) -> Int32 { Int32(result.summary.exitCode) }

    /// The result in a format.
    ///
    /// - Throws: `ConfigurationError` for a format that does not exist.
    public static func render(_ result: ScanResult, format: String, width: Int, colour: Bool) throws -> [UInt8] {
        guard let format = ReportFormat(rawValue: format) else {
            throw ConfigurationError(
                "format `\(format)` is not known", hint: "use one of \(formats.joined(separator: ", "))")
        }
        return format.render(result, width: width, colour: colour)
    }

    /// The format that a report file's name asks for.
    public static func format(ofFile path: String) throws -> String {
        let suffixes = [
            ("html", "html"), ("htm", "html"), ("json", "json"), ("csv", "csv"), ("sarif", "sarif"), ("xml", "junit"),
            ("txt", "table"),
        ]
        let name = path.lowercased()
        guard let found = suffixes.first(where: { name.hasSuffix("." + $0.0) }) else {
            throw ConfigurationError(
                "cannot tell the format of `\(path)` by its name",
                hint: "end it in .html, .json, .csv, .sarif, .xml (JUnit) or .txt")
        }
        return found.1
    }

    /// Writes a report file and records that it was made.
    public static func write(
        _ result: ScanResult, to path: String, format: String, workspace: String?, clock: any WallClock
    ) throws {
        let bytes = try render(result, format: format, width: 100, colour: false)
        try FileText.write(bytes, to: path)
        guard let workspace = workspace.flatMap({ Workspace(existing: $0) }) else { return }
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        try PendingEvidence(path: workspace.pendingEvidencePath).record(
            ScanEvents.reported(path: path, format: format, digest: Digest(of: bytes), at: clock.now()))
    }
}
