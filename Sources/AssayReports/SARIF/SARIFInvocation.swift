import AssayCore
import AssayProgram

/// The run and what it could not look at, as an `invocation` (SARIF §3.20).
enum SARIFInvocation {
    static func write(_ result: ScanResult, to writer: inout JSONWriter) {
        let exitCode = result.summary.exitCode
        writer.key("invocations")
        writer.beginArray()
        writer.beginObject()
        // The program ran; that it saw too little is said by notifications of level `error` (§3.58.6).
        writer.member("executionSuccessful", exitCode != 2 && exitCode != 4)
        writer.member("exitCode", exitCode)
        writer.member("exitCodeDescription", description(exitCode))
        writer.key("toolExecutionNotifications")
        writer.beginArray()
        if !result.summary.isComplete {
            notification("scan-incomplete", "error", Words.headline(result.summary), at: nil, to: &writer)
        }
        for diagnostic in result.diagnostics.sorted() {
            let hint = diagnostic.hint.map { " (\($0))" } ?? ""
            notification(
                diagnostic.code, diagnostic.severity.rawValue, diagnostic.message + hint, at: diagnostic.location,
                to: &writer)
        }
        for unseen in result.unseen {
            let text = "\(unseen.what): \(unseen.reason); \(unseen.remedy)"
            notification("scan-unseen", "warning", text, at: nil, to: &writer)
        }
        writer.endArray()
        writer.endObject()
        writer.endArray()
    }

    private static func notification(
        _ code: String, _ level: String, _ text: String, at location: Diagnostic.Location?,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("descriptor")
        writer.beginObject()
        writer.member("id", code)
        writer.endObject()
        writer.member("level", level)
        SARIFRule.message("message", text, to: &writer)
        if let location {
            writer.key("locations")
            writer.beginArray()
            writer.beginObject()
            writer.key("physicalLocation")
            writer.beginObject()
            writer.key("artifactLocation")
            writer.beginObject()
            writer.member("uri", URIReference.encode(path: location.path))
            writer.endObject()
            if let line = location.line, line > 0 {
                writer.key("region")
                writer.beginObject()
                writer.member("startLine", line)
                writer.member("startColumn", location.column.flatMap { $0 > 0 ? $0 : nil })
                writer.endObject()
            }
            writer.endObject()
            writer.endObject()
            writer.endArray()
        }
        writer.endObject()
    }

    private static func description(_ exitCode: Int) -> String {
        switch exitCode {
        case 0: "no finding at or over the threshold"
        case 1: "a finding at or over the threshold"
        case 2: "usage or configuration"
        case 3: "the look is incomplete"
        default: "internal error"
        }
    }
}
