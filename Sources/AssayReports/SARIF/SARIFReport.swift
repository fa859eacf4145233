import AssayCore
public import AssayProgram
import AssayRules

/// The scan as a SARIF 2.1.0 log (OASIS, errata 01), for code hosts and editors.
///
/// A failing verdict is `fail` with a level by severity; an unknown one is `open`, so that no reader takes it for a
/// pass; the others are written only when all verdicts are wanted. What could not be looked at is a notification of
/// the invocation.
public enum SARIFReport {
    /// The log's bytes.
    public static func render(_ result: ScanResult) -> [UInt8] {
        let rules = BytewiseOrder.sorted(result.rules) { [$0.id] }
        var places: [String: Int] = [:]
        for (index, rule) in rules.enumerated() { places[rule.id] = index }
        var writer = JSONWriter(indent: 2)
        writer.beginObject()
        writer.member("version", "2.1.0")
        writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        writer.key("runs")
        writer.beginArray()
        writer.beginObject()
        writer.key("tool")
        writer.beginObject()
        writer.key("driver")
        writer.beginObject()
        writer.member("name", "Assay")
        writer.member("version", result.toolVersion)
        writer.list("rules", rules) { rule, writer in SARIFRule.write(rule, to: &writer) }
        writer.endObject()
        writer.endObject()
        SARIFInvocation.write(result, to: &writer)
        // Columns count UTF-8 bytes; of the two units that SARIF knows this is the nearer one.
        writer.member("columnKind", "unicodeCodePoints")
        writer.key("results")
        writer.beginArray()
        for finding in result.sortedFindings where finding.isLive {
            SARIFResult(verdict: finding.verdict, finding: finding, rules: rules, places: places).write(to: &writer)
        }
        for verdict in result.listedVerdicts where verdict.state != .fail {
            SARIFResult(verdict: verdict, finding: nil, rules: rules, places: places).write(to: &writer)
        }
        writer.endArray()
        writer.key("properties")
        writer.beginObject()
        writer.member("asOf", result.asOf)
        writer.member("sources", result.sources)
        writer.member("complete", result.summary.isComplete)
        writer.member("headline", Words.headline(result.summary))
        writer.endObject()
        writer.endObject()
        writer.endArray()
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// SARIF's level for a severity (§3.27.10).
    static func level(_ severity: Severity) -> String {
        switch severity {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low, .info: "note"
        }
    }
}
