import AssayCore

/// Puts the diagnostic settings and audit policies of a snapshot together with the resources that they are about.
struct FlowReader {
    private static let serverAudits = [
        "Microsoft.Sql/servers/auditingSettings", "Microsoft.Sql/servers/extendedAuditingSettings",
    ]
    private static let databaseAudits = [
        "Microsoft.Sql/servers/databases/auditingSettings", "Microsoft.Sql/servers/databases/extendedAuditingSettings",
    ]

    /// A log that is sent to a sink.
    private struct Flow {
        let setting: String
        let category: String?
        let group: String?
        let isEnabled: Certainty
        let setup: Resource
        let legacyDays: Int?
    }

    private let inputs: FactInputs
    private let sinks: SinkReader
    private var settings: [String: [Resource]] = [:]
    private var accountsByName: [String: Resource] = [:]

    init(_ inputs: FactInputs) {
        self.inputs = inputs
        sinks = SinkReader(inputs)
        for setting in inputs.all(LogFlows.settings) {
            guard let owner = Self.owner(of: setting.id.lowercased()) else { continue }
            settings[owner, default: []].append(setting)
        }
        for setting in inputs.all(LogFlows.tenantSettings) {
            // They hang on the tenant, whose id theirs does not show.
            let owner =
                setting.scope.first { $0.hasPrefix("/tenants/") } ?? inputs.all("Assay::Azure::Tenant").first?.id ?? ""
            settings[owner.lowercased(), default: []].append(setting)
        }
        for account in inputs.all(SinkReader.accounts) {
            if let name = account.id.lowercased().split(separator: "/").last { accountsByName[String(name)] = account }
        }
    }

    /// Resources of other types that have settings all the same.
    var ownersOfSettings: [Resource] { settings.keys.sorted().compactMap { inputs.resource($0) } }

    /// What stands before the last `/providers/microsoft.insights/diagnosticsettings/`.
    private static func owner(of id: String) -> String? {
        let parts = id.split(separator: "/", omittingEmptySubsequences: true)
        guard let place = parts.lastIndex(of: "diagnosticsettings"), place >= 2,
            parts[place - 1] == "microsoft.insights"
        else { return nil }
        return "/" + parts[..<(place - 2)].joined(separator: "/")
    }

    /// The fact about a resource.
    func fact(of resource: Resource) -> Resource {
        let isTenant = resource.type == "Assay::Azure::Tenant"
        let own = settings[resource.id.lowercased()] ?? []
        var gap = inputs.gap(isTenant ? LogFlows.tenantSettings : LogFlows.settings, around: resource)
        var flows: [Flow] = []
        for setting in own { flows += read(setting, gap: &gap) }
        var listed = flows.flatMap { flow in sinks(of: flow, resource, category: flow.category) }
        let categories = LogTypes.accessCategories(of: resource.type)
        let isDatabase = resource.type.lowercased() == "microsoft.sql/servers/databases"
        let audit = isDatabase ? Audit(of: resource, inputs, Self.serverAudits, Self.databaseAudits) : nil
        var accessGap = gap
        var access: [Tree] = []
        for category in categories {
            var found: [Tree] = []
            var open: UnknownReason?
            for flow in flows + (isDatabase ? serverFlows(of: resource, gap: &accessGap) : []) {
                switch carries(flow, category, resource.type) && (audit?.goesToMonitor ?? .yes) {
                case .no: continue
                case .unknown(let reason): open = open ?? reason
                case .yes: found += sinks(of: flow, resource, category: category)
                }
            }
            if let audit {
                let stored = auditSinks(audit, of: resource)
                found += stored.sinks
                listed += stored.sinks
                open = open ?? stored.gap
            }
            // Where nothing goes to Monitor, settings that were not read can add nothing.
            if audit?.goesToMonitor != .no { open = open ?? accessGap }
            access.append(
                .object([("category", .string(category)), ("sinks", .list(found, openBecause: open))]))
        }
        let body = Tree.object([
            ("resourceId", .string(resource.id)), ("resourceType", .string(resource.type)),
            ("flows", .list(listed, openBecause: gap)), ("access", .array(access)),
        ])
        return inputs.fact(LogFlows.type, about: resource, "logflow", name: resource.name, body: body)
    }

    // MARK: Settings

    private func read(_ setting: Resource, gap: inout UnknownReason?) -> [Flow] {
        let logs = setting.body.read("properties", "logs")
        if let reason = logs.hiddenReason { gap = gap ?? reason }
        var flows: [Flow] = []
        for log in logs.elements {
            if let reason = log.unknownReason {
                gap = gap ?? reason
                continue
            }
            let isEnabled = log.read("enabled").certainty(whenAbsent: false)
            guard !isEnabled.isNo else { continue }
            // Days after which the sender deletes from storage, as settings of old had them.
            let isLimited = log.read("retentionPolicy", "enabled").certainty(whenAbsent: false) != .no
            let days = log.read("retentionPolicy", "days").node?.int ?? 0
            flows.append(
                Flow(
                    setting: setting.id, category: log.read("category").string,
                    group: log.read("categoryGroup").string, isEnabled: isEnabled, setup: setting,
                    legacyDays: isLimited && days > 0 ? Int(clamping: days) : nil))
        }
        return flows
    }

    private func carries(_ flow: Flow, _ category: String, _ type: String) -> Certainty {
        if let named = flow.category?.lowercased(), !named.isEmpty {
            guard named == category.lowercased() || LogTypes.wider(than: category).contains(named) else { return .no }
            return flow.isEnabled
        }
        guard let group = flow.group?.lowercased() else { return .unknown(.missingPath) }
        return LogTypes.groups(of: category, type: type).contains(group) ? flow.isEnabled : .no
    }

    /// The sinks of one log of a setting, each as an element of a fact.
    private func sinks(of flow: Flow, _ resource: Resource, category: String?) -> [Tree] {
        let properties = flow.setup.body
        var found: [LogSink] = []
        let destination = properties.read("properties", "logAnalyticsDestinationType").string?.lowercased()
        let workspace = properties.read("properties", "workspaceId")
        if workspace.isStated {
            let table = category.flatMap {
                LogTypes.table(of: $0, type: resource.type, isDedicated: destination == "dedicated")
            }
            found.append(sinks.workspace(workspace, of: flow.setup, table: table))
        }
        let account = properties.read("properties", "storageAccountId")
        if account.isStated {
            // Without a category the log goes to a container of each; none of them can be looked at here.
            if let category {
                let container = LogTypes.container(of: category, type: resource.type)
                found.append(
                    sinks.account(account, of: flow.setup, container: container, legacyDays: flow.legacyDays))
            } else {
                found.append(LogSink(kind: "storageAccount", id: account.lowercasedTree, hidden: .unsupported))
            }
        }
        let hub = properties.read("properties", "eventHubAuthorizationRuleId")
        // What is passed on is kept elsewhere, where the snapshot does not look.
        if hub.isStated { found.append(LogSink(kind: "eventHub", id: hub.lowercasedTree, hidden: .outsideThisSource)) }
        let partner = properties.read("properties", "marketplacePartnerId")
        if partner.isStated {
            found.append(LogSink(kind: "partner", id: partner.lowercasedTree, hidden: .outsideThisSource))
        }
        return found.map { sink in
            .object(
                [
                    ("setting", .string(flow.setting)),
                    ("category", (category ?? flow.category).map { .string($0) } ?? Tree(.null)),
                    ("categoryGroup", flow.group.map { .string($0) } ?? Tree(.null)),
                    ("enabled", flow.isEnabled.tree),
                ] + sink.members)
        }
    }

    // MARK: SQL auditing

    /// Settings on `master`, through which a server sends the audit of all its databases.
    private func serverFlows(of database: Resource, gap: inout UnknownReason?) -> [Flow] {
        let server = database.id.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
        let master = server + "/databases/master"
        guard database.id.lowercased() != master else { return [] }
        var flows: [Flow] = []
        for setting in settings[master] ?? [] { flows += read(setting, gap: &gap) }
        if gap == nil { gap = inputs.coverage.gap(LogFlows.settings, around: master, scopes: database.scope)?.reason }
        return flows
    }

    /// What the audit policies of a database and its server say.
    private struct Audit {
        var goesToMonitor = Certainty.no
        var endpoints: [(policy: Resource, endpoint: String, days: Int?)] = []
        var gap: UnknownReason?

        init(of database: Resource, _ inputs: FactInputs, _ serverTypes: [String], _ databaseTypes: [String]) {
            let server = database.id.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
            for (owner, types) in [(server, serverTypes), (database.id, databaseTypes)] {
                for (place, type) in types.enumerated() {
                    let name = type.split(separator: "/").last?.lowercased() ?? ""
                    if let policy = inputs.resource("\(owner)/\(name)/default") {
                        take(policy)
                    } else if place == 0,
                        let missing = inputs.coverage.gap(type, around: owner, scopes: database.scope)
                    {
                        // The extended policies show the same; without the plain ones nothing is certain.
                        gap = gap ?? missing.reason
                    }
                }
            }
            if let gap { goesToMonitor = goesToMonitor || .unknown(gap) }
        }

        private mutating func take(_ policy: Resource) {
            switch policy.body.read("properties", "state") {
            case .absent: return
            case .hidden(let reason, _):
                gap = gap ?? reason
                return
            case .found(let node): guard node.string?.lowercased() == "enabled" else { return }
            }
            let monitor = policy.body.read("properties", "isAzureMonitorTargetEnabled").certainty(whenAbsent: false)
            goesToMonitor = goesToMonitor || monitor
            let endpoint = policy.body.read("properties", "storageEndpoint")
            if let reason = endpoint.hiddenReason { gap = gap ?? reason }
            guard let text = endpoint.string, !text.isEmpty else { return }
            let days = policy.body.read("properties", "retentionDays").node?.int ?? 0
            // 0 stands for no end.
            endpoints.append((policy, text.lowercased(), days > 0 ? Int(clamping: days) : nil))
        }
    }

    /// The storage accounts that an audit is written to.
    private func auditSinks(_ audit: Audit, of database: Resource) -> (sinks: [Tree], gap: UnknownReason?) {
        let found = audit.endpoints.map { entry -> Tree in
            // https://name.blob.core.windows.net/
            let host = entry.endpoint.split(separator: "/").dropFirst().first ?? ""
            let name = host.split(separator: ".").first.map(String.init) ?? ""
            let sink: LogSink
            if let account = accountsByName[name] {
                sink = sinks.account(account, container: "sqldbauditlogs", legacyDays: entry.days)
            } else {
                let gap = inputs.coverage.gap(SinkReader.accounts, around: database.id, scopes: database.scope)
                sink = LogSink(
                    kind: "storageAccount", id: .string(entry.endpoint), hidden: gap?.reason ?? .outsideThisSource)
            }
            return .object(
                [
                    ("setting", .string(entry.policy.id)), ("category", .string("SQLSecurityAuditEvents")),
                    ("categoryGroup", Tree(.null)), ("enabled", .bool(true)),
                ] + sink.members)
        }
        return (found, audit.gap)
    }
}

extension Reading {
    /// Whether something is named, if only out of sight; an empty text names nothing.
    fileprivate var isStated: Bool {
        switch self {
        case .absent: false
        case .hidden: true
        case .found(let node): node.string != ""
        }
    }

    fileprivate var lowercasedTree: Tree { string.map { .string($0.lowercased()) } ?? tree }
}
