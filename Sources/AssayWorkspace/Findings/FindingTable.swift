import AssayCore
import AssayProgram

/// The kept findings as a table or JSON.
public enum FindingTable {
    /// The states a user may ask for.
    public static var states: [String] { Finding.State.allCases.map(\.rawValue) }

    /// The findings of a workspace.
    public static func render(workspace: String, states: [String], isJSON: Bool, width: Int) throws -> [UInt8] {
        let wanted = Set(states.compactMap { Finding.State(rawValue: $0) })
        let records = try FindingQueries.list(workspace: workspace, states: wanted)
        return isJSON ? json(records) : table(records)
    }

    private static func json(_ records: [FindingRecord]) -> [UInt8] {
        JSONEnvelope("assay.findings").document("findings", records) { record, writer in
            writer.beginObject()
            writer.member("key", record.key.description)
            writer.member("rule", record.key.rule)
            writer.member("resource", record.key.resource)
            writer.member("resourceType", record.resourceType)
            writer.member("profile", record.key.profile)
            writer.member("state", record.state.rawValue)
            writer.member("firstSeen", record.firstSeen)
            writer.member("lastSeen", record.lastSeen)
            writer.member("resolvedAt", record.resolvedAt)
            writer.member("resolution", record.resolution)
            writer.member("reopened", record.reopened)
            writer.endObject()
        }
    }

    private static func table(_ records: [FindingRecord]) -> [UInt8] {
        guard !records.isEmpty else { return Array("no findings\n".utf8) }
        var lines = ["state     first seen            rule                                      resource"]
        for record in records {
            func pad(_ text: String, _ width: Int) -> String {
                text + String(repeating: " ", count: max(1, width - text.count))
            }
            lines.append(
                pad(record.state.rawValue, 10) + pad(record.firstSeen, 22) + pad(record.key.rule, 42)
                    + record.key.resource)
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }
}
