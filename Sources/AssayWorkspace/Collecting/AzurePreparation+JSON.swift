import AssayClouds
import AssayCore

extension AzurePreparation {
    /// For programs: `assay.init/1`.
    public var json: [UInt8] {
        JSONEnvelope("assay.init").document { writer in
            writer.key("summary")
            writer.beginObject()
            writer.member("source", "azure")
            writer.member("checked", outcome == .checked)
            writer.member("identity", identity)
            writer.member("tenant", tenant)
            if let cloud { write(cloud, &writer) }
            if outcome == .checked {
                writer.key("rootManagementGroup")
                writer.beginObject()
                writer.member("id", rootScope)
                writer.member("readable", rootReason == nil)
                writer.member("reason", rootReason)
                writer.endObject()
            }
            writer.member("complete", outcome == .checked && missing.isEmpty)
            writer.member("exitCode", Int(exitCode))
            writer.endObject()
            writer.list("needs", needs.needs, Self.write)
            writer.list("missing", missing, Self.write)
            writer.list("subscriptions", subscriptions, Self.write)
            writer.list("graph", graph, Self.write)
            writer.list("commands", commands) { command, writer in
                writer.beginObject()
                writer.member("purpose", command.purpose)
                writer.member("command", command.command)
                writer.endObject()
            }
            writer.key("customRole")
            writer.value(customRole)
            writer.list("diagnostics", diagnostics) { $0.write(to: &$1) }
        }
    }

    private func write(_ cloud: AzureCloud, _ writer: inout JSONWriter) {
        writer.key("cloud")
        writer.beginObject()
        writer.member("name", cloud.name)
        writer.member("authority", cloud.authority.url)
        writer.member("resourceManager", cloud.resourceManager.url)
        writer.member("graph", cloud.graph.url)
        writer.endObject()
    }

    private static func write(_ need: AzureNeeds.Need, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("place", need.place.rawValue)
        writer.member("permission", need.permission)
        writer.member("purpose", need.purpose)
        writer.member("role", need.role)
        writer.member("collections", need.collections)
        writer.endObject()
    }

    private static func write(_ missing: Missing, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("place", missing.gap.place.rawValue)
        writer.member("permission", missing.gap.permission)
        writer.member("scope", missing.gap.scope)
        writer.member("state", missing.gap.state.rawValue)
        writer.member("reason", missing.gap.reason)
        writer.member("collections", missing.gap.collections)
        writer.member("rules", missing.rules)
        writer.endObject()
    }

    private static func write(_ subscription: AzureReadiness.Subscription, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", subscription.id)
        writer.member("name", subscription.name)
        writer.member("shown", subscription.reason == nil)
        writer.member("needed", subscription.needed)
        writer.member("lacking", subscription.lacking)
        writer.member("reason", subscription.reason)
        writer.endObject()
    }

    private static func write(_ permission: AzureReadiness.Graph, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("permission", permission.permission)
        writer.member("by", permission.by)
        writer.member("answered", permission.answered)
        writer.member("open", permission.open)
        writer.member("unlicensed", permission.unlicensed)
        writer.endObject()
    }
}
