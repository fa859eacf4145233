import AssayCore
import Testing

@testable import AssayRules

@Suite("log flow")
struct LogFlowTests {
    private static let vault = DerivedSnapshot.group + "microsoft.keyvault/vaults/v"
    private static let blobs = DerivedSnapshot.group + "microsoft.storage/storageaccounts/records/blobservices/default"
    private static let archive = DerivedSnapshot.group + "microsoft.storage/storageaccounts/archive"
    private static let workspace = DerivedSnapshot.group + "microsoft.operationalinsights/workspaces/w"

    /// A vault whose setting sends what is asked for to a workspace and an archive.
    private func snapshot(
        logs: String = #"[{"categoryGroup":"audit","enabled":true}]"#, on owner: String = vault,
        type: String = "Microsoft.KeyVault/vaults", dedicated: Bool = true
    ) throws -> DerivedSnapshot {
        var snapshot = DerivedSnapshot()
        snapshot.know(
            LogFlows.settings, SinkReader.workspaces, SinkReader.tables, SinkReader.accounts, SinkReader.lifecycles,
            SinkReader.containers, SinkReader.policies)
        try snapshot.add(type, owner, #"{"properties":{}}"#)
        let destination = dedicated ? #""Dedicated""# : "null"
        try snapshot.add(
            LogFlows.settings, owner + "/providers/microsoft.insights/diagnosticSettings/d",
            #"{"properties":{"workspaceId":"\#(Self.workspace.uppercased())","storageAccountId":"\#(Self.archive)","logAnalyticsDestinationType":\#(destination),"logs":\#(logs)}}"#
        )
        try snapshot.add(
            SinkReader.workspaces, Self.workspace,
            #"{"properties":{"retentionInDays":90,"publicNetworkAccessForQuery":"Disabled"}}"#)
        try snapshot.add(
            SinkReader.accounts, Self.archive, #"{"properties":{"networkAcls":{"defaultAction":"Allow"}}}"#)
        return snapshot
    }

    private func fact(_ snapshot: DerivedSnapshot, of id: String = vault) throws -> DocumentNode {
        try #require(snapshot.facts(LogFlows.type).first { $0.id == id + "/assay/logflow" }).body
    }

    /// `workspace 90`, `storageAccount unlimited locked 0` … for each sink of the first category of access.
    private func sinks(_ body: DocumentNode) -> [String] {
        (body["access"]?[0]?["sinks"].map { Array($0.elements) } ?? []).map { sink in
            if let reason = sink.unknownReason { return "?\(reason.rawValue)" }
            let days = sink.text("isUnlimited") == "true" ? "unlimited" : sink.text("retentionDays")
            return "\(sink.text("sink")) \(days) locked \(sink.text("immutableDays"))"
        }
    }

    @Test("a table's own retention counts before the workspace's")
    func tables() throws {
        var snapshot = try snapshot()
        #expect(sinks(try fact(snapshot)) == ["workspace 90 locked 0", "storageAccount unlimited locked 0"])
        try snapshot.add(
            SinkReader.tables, Self.workspace + "/tables/AZKVAuditLogs",
            #"{"properties":{"retentionInDays":90,"totalRetentionInDays":2556}}"#)
        let body = try fact(snapshot)
        #expect(sinks(body) == ["workspace 2556 locked 0", "storageAccount unlimited locked 0"])
        #expect(body.text("access[0].sinks[0].isRestricted") == "true")
        #expect(body.text("access[0].sinks[1].isRestricted") == "false")
    }

    @Test("tables that were not read leave the retention unknown")
    func tablesUnknown() throws {
        var snapshot = try snapshot()
        snapshot.coverage.removeAll { $0.collection == SinkReader.tables }
        snapshot.record(SinkReader.tables, .denied, scope: Self.workspace)
        #expect(sinks(try fact(snapshot)).first == "workspace ?denied locked 0")
    }

    @Test("a lifecycle rule on append blobs of the container ends the retention, others do not")
    func lifecycle() throws {
        func rule(_ kind: String, _ prefix: String, _ days: Int) -> String {
            #"{"enabled":true,"type":"Lifecycle","definition":{"filters":{"blobTypes":["\#(kind)"],"prefixMatch":["\#(prefix)"]},"actions":{"baseBlob":{"delete":{"daysAfterModificationGreaterThan":\#(days)}}}}}"#
        }
        var snapshot = try snapshot()
        let rules = [
            rule("blockBlob", "insights-logs-auditevent", 1), rule("appendBlob", "images", 2),
            rule("appendBlob", "insights-logs-", 400), rule("appendBlob", "insights-logs-auditevent/resourceId=", 365),
        ]
        try snapshot.add(
            SinkReader.lifecycles, Self.archive + "/managementPolicies/default",
            #"{"properties":{"policy":{"rules":[\#(rules.joined(separator: ","))]}}}"#)
        #expect(sinks(try fact(snapshot)).last == "storageAccount 365 locked 0")
    }

    @Test("only a locked policy makes a log immutable")
    func immutability() throws {
        for (state, days) in [("Locked", "2556"), ("Unlocked", "0")] {
            var snapshot = try snapshot()
            let container = Self.archive + "/blobservices/default/containers/insights-logs-auditevent"
            try snapshot.add(SinkReader.containers, container, #"{"properties":{"hasImmutabilityPolicy":true}}"#)
            try snapshot.add(
                SinkReader.policies, container + "/immutabilityPolicies/default",
                #"{"properties":{"state":"\#(state)","immutabilityPeriodSinceCreationInDays":2556}}"#)
            #expect(sinks(try fact(snapshot)).last == "storageAccount unlimited locked \(days)")
        }
    }

    @Test("denied policies of containers are no proof either way")
    func immutabilityUnknown() throws {
        var snapshot = try snapshot()
        snapshot.coverage.removeAll { $0.collection == SinkReader.containers }
        snapshot.record(SinkReader.containers, .denied, scope: "/subscriptions/s1")
        #expect(sinks(try fact(snapshot)).last == "storageAccount unlimited locked ?denied")
    }

    @Test("a category that is switched off, or another one, does not count")
    func categories() throws {
        let off = try snapshot(
            logs: #"[{"category":"AuditEvent","enabled":false},{"category":"Other","enabled":true}]"#)
        #expect(sinks(try fact(off)) == [])
        let on = try snapshot(logs: #"[{"category":"AuditEvent","enabled":true}]"#)
        #expect(sinks(try fact(on)).count == 2)
        let partial = try fact(
            snapshot(
                logs: #"[{"category":"StorageRead","enabled":true}]"#, on: Self.blobs,
                type: "Microsoft.Storage/storageAccounts/blobServices"), of: Self.blobs)
        #expect(partial.text("access[0].category") == "StorageRead")
        #expect(partial.text("access[1].sinks") == "[]")
    }

    @Test("denied settings leave the list of sinks open, and a setting of a deeper resource is not one of its parent")
    func settingsUnknown() throws {
        var snapshot = try snapshot()
        snapshot.resources.removeAll { $0.type == LogFlows.settings }
        #expect(sinks(try fact(snapshot)) == [])
        snapshot.record(LogFlows.settings, .denied, scope: Self.vault)
        #expect(sinks(try fact(snapshot)) == ["?denied"])
        let account = DerivedSnapshot.group + "microsoft.storage/storageaccounts/records"
        var deeper = try self.snapshot(on: Self.blobs, type: "Microsoft.Storage/storageAccounts/blobServices")
        try deeper.add("Microsoft.Storage/storageAccounts/fileServices", account + "/fileservices/default", "{}")
        #expect(try fact(deeper, of: account + "/fileservices/default").text("flows") == "[]")
    }

    @Test("a sink outside the snapshot keeps logs for nobody knows how long")
    func foreignSink() throws {
        var snapshot = try snapshot()
        snapshot.resources.removeAll { $0.type == SinkReader.workspaces }
        #expect(sinks(try fact(snapshot)).first == "workspace ?outsideThisSource locked ?outsideThisSource")
    }

    @Test("the audit of a database counts only where it is enabled, on the database or its server")
    func databases() throws {
        let server = DerivedSnapshot.group + "microsoft.sql/servers/s"
        let database = server + "/databases/d"
        var snapshot = try snapshot(
            logs: #"[{"category":"SQLSecurityAuditEvents","enabled":true}]"#, on: server + "/databases/master",
            type: "Microsoft.Sql/servers/databases", dedicated: false)
        snapshot.know("Microsoft.Sql/servers/auditingSettings", "Microsoft.Sql/servers/databases/auditingSettings")
        try snapshot.add("Microsoft.Sql/servers/databases", database, "{}")
        #expect(sinks(try fact(snapshot, of: database)) == [])
        try snapshot.add(
            "Microsoft.Sql/servers/auditingSettings", server + "/auditingSettings/default",
            #"{"properties":{"state":"Enabled","isAzureMonitorTargetEnabled":true}}"#)
        #expect(
            sinks(try fact(snapshot, of: database)) == ["workspace 90 locked 0", "storageAccount unlimited locked 0"])
        snapshot.resources.removeLast()
        try snapshot.add(
            "Microsoft.Sql/servers/auditingSettings", server + "/auditingSettings/default",
            #"{"properties":{"state":"Enabled","storageEndpoint":"https://archive.blob.core.windows.net/","retentionDays":180}}"#
        )
        #expect(sinks(try fact(snapshot, of: database)) == ["storageAccount 180 locked 0"])
        snapshot.resources.removeLast()
        snapshot.coverage.removeAll { $0.collection == "Microsoft.Sql/servers/auditingSettings" }
        snapshot.record("Microsoft.Sql/servers/auditingSettings", .denied, scope: server)
        #expect(sinks(try fact(snapshot, of: database)) == ["?denied"])
    }

    @Test("facts come sorted, and of facts among the input nothing is derived")
    func order() throws {
        let snapshot = try snapshot()
        let first = DerivedFacts.facts(of: snapshot.resources, coverage: snapshot.coverage)
        let again = DerivedFacts.facts(
            of: (snapshot.resources + first.resources).reversed(), coverage: snapshot.coverage.reversed())
        #expect(first.resources.map(\.id) == again.resources.map(\.id))
        #expect(first.resources.map(\.body.description) == again.resources.map(\.body.description))
        #expect(first.coverage == again.coverage)
        #expect(first.resources.map { "\($0.type) \($0.id)" } == first.resources.map { "\($0.type) \($0.id)" }.sorted())
    }
}
