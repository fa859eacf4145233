import AssayCore

/// Reads what workspaces and storage accounts of a snapshot do with the logs that they are sent.
struct SinkReader {
    static let workspaces = "Microsoft.OperationalInsights/workspaces"
    static let tables = "Microsoft.OperationalInsights/workspaces/tables"
    static let accounts = "Microsoft.Storage/storageAccounts"
    static let lifecycles = "Microsoft.Storage/storageAccounts/managementPolicies"
    static let containers = "Microsoft.Storage/storageAccounts/blobServices/containers"
    static let policies = "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies"

    let inputs: FactInputs
    /// Tables by the id of their workspace and their name in lower case.
    private var tables: [String: Resource] = [:]
    private var lifecycles: [String: Resource] = [:]

    init(_ inputs: FactInputs) {
        self.inputs = inputs
        for table in inputs.all(Self.tables) { tables[table.id.lowercased()] = table }
        for policy in inputs.all(Self.lifecycles) {
            let account = policy.id.lowercased().split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
            lifecycles[account] = policy
        }
    }

    // MARK: Workspaces

    /// A workspace as the sink of one table; a table that is not known leaves the retention unknown.
    func workspace(_ reference: Reading, of setting: Resource, table: String?) -> LogSink {
        let workspace: Resource
        switch inputs.follow(reference, from: setting, to: Self.workspaces) {
        case .none: return LogSink(kind: "workspace", id: Tree(.null), hidden: .missingPath)
        case .missing(let id, let reason): return LogSink(kind: "workspace", id: .string(id), hidden: reason)
        case .unknown(let reason): return LogSink(kind: "workspace", id: .unknown(reason), hidden: reason)
        case .found(let found): workspace = found
        }
        var sink = LogSink(kind: "workspace", id: .string(workspace.id), hidden: .missingPath)
        switch retention(in: workspace, table: table) {
        case .known(let days): sink.keep(.known(days))
        case .unknown(let reason): sink.keep(.unknown(reason))
        }
        // Whoever may purge a workspace can take rows out of it.
        sink.lock(.known(0))
        let access = workspace.body.read("properties", "publicNetworkAccessForQuery")
        switch access {
        case .absent: sink.isRestricted = .bool(false)
        case .hidden(let reason, _): sink.isRestricted = .unknown(reason)
        case .found(let node): sink.isRestricted = .bool(node.string?.lowercased() == "disabled")
        }
        return sink
    }

    private func retention(in workspace: Resource, table: String?) -> Certain<Int> {
        guard let table else { return .unknown(.unmapped) }
        let own = days(workspace.body.read("properties", "retentionInDays"))
        guard let found = tables[workspace.id.lowercased() + "/tables/" + table.lowercased()] else {
            // A table that no log has reached yet will keep what the workspace keeps.
            return inputs.gap(Self.tables, around: workspace).map { .unknown($0) } ?? own
        }
        for key in ["totalRetentionInDays", "retentionInDays"] {
            switch days(found.body.read("properties", key)) {
            // -1 stands for the workspace's own.
            case .known(let days) where days > 0: return .known(days)
            case .known: return own
            case .unknown(.missingPath): continue
            case .unknown(let reason): return .unknown(reason)
            }
        }
        return own
    }

    private func days(_ reading: Reading) -> Certain<Int> {
        switch reading {
        case .absent: .unknown(.missingPath)
        case .hidden(let reason, _): .unknown(reason)
        case .found(let node): node.int.map { .known(Int(clamping: $0)) } ?? .unknown(.unmapped)
        }
    }

    // MARK: Storage accounts

    /// A storage account as the sink of one container; logs are append blobs.
    func account(_ reference: Reading, of setting: Resource, container: String, legacyDays: Int?) -> LogSink {
        switch inputs.follow(reference, from: setting, to: Self.accounts) {
        case .none: return LogSink(kind: "storageAccount", id: Tree(.null), hidden: .missingPath)
        case .missing(let id, let reason): return LogSink(kind: "storageAccount", id: .string(id), hidden: reason)
        case .unknown(let reason): return LogSink(kind: "storageAccount", id: .unknown(reason), hidden: reason)
        case .found(let account): return self.account(account, container: container, legacyDays: legacyDays)
        }
    }

    /// - Parameter legacyDays: days after which the sender itself deletes; nil for never.
    func account(_ account: Resource, container: String, legacyDays: Int?) -> LogSink {
        var sink = LogSink(kind: "storageAccount", id: .string(account.id), hidden: .missingPath)
        switch deletion(in: account, container: container) {
        case .unknown(let reason): sink.keep(.unknown(reason))
        case .known(let days):
            sink.keep(.known([days, legacyDays].compactMap(\.self).min()))
        }
        sink.lock(immutability(of: account, container: container))
        sink.isRestricted = restriction(of: account).tree
        return sink
    }

    /// Days after which the lifecycle policy deletes what lies in a container; nil when it does not.
    private func deletion(in account: Resource, container: String) -> Certain<Int?> {
        guard let policy = lifecycles[account.id.lowercased()] else {
            return inputs.gap(Self.lifecycles, around: account).map { .unknown($0) } ?? .known(nil)
        }
        let rules = policy.body.read("properties", "policy", "rules")
        if let reason = rules.hiddenReason { return .unknown(reason) }
        var shortest: Int?
        for rule in rules.elements {
            if let reason = rule.unknownReason { return .unknown(reason) }
            guard rule.read("enabled").certainty(whenAbsent: true) != .no else { continue }
            let filters = rule.read("definition", "filters")
            let kinds = filters.node?.read("blobTypes").elements.compactMap { $0.string?.lowercased() } ?? []
            if let reason = filters.hiddenReason { return .unknown(reason) }
            guard kinds.isEmpty || kinds.contains("appendblob") else { continue }
            let prefixes = filters.node?.read("prefixMatch").elements.compactMap(\.string) ?? []
            // Part of a container may be meant, so what lies below it counts too.
            let isMeant =
                prefixes.isEmpty
                || prefixes.contains { container.hasPrefix($0.lowercased()) || $0.lowercased().hasPrefix(container) }
            guard isMeant else { continue }
            let delete = rule.read("definition", "actions", "baseBlob", "delete")
            if let reason = delete.hiddenReason { return .unknown(reason) }
            guard let members = delete.node?.members else { continue }
            for member in members where member.key.lowercased().hasPrefix("daysafter") {
                guard let text = Int(member.value.numberText.split(separator: ".").first ?? "") else {
                    return .unknown(member.value.unknownReason ?? .unmapped)
                }
                shortest = min(shortest ?? text, text)
            }
        }
        return .known(shortest)
    }

    /// Days of the locked policy that holds for a container: its own, or the account's for new versions.
    private func immutability(of account: Resource, container: String) -> Certain<Int> {
        var longest = 0
        var doubt: UnknownReason?
        func take(_ state: Reading, _ days: Reading) {
            if let reason = state.hiddenReason ?? days.hiddenReason {
                doubt = doubt ?? reason
            } else if state.string?.lowercased() == "locked" {
                longest = max(longest, days.node?.int.map { Int(clamping: $0) } ?? 0)
            }
        }
        let version = account.body.read("properties", "immutableStorageWithVersioning")
        if let reason = version.hiddenReason { doubt = reason }
        if let version = version.node, version.read("enabled").certainty(whenAbsent: false) != .no {
            take(
                version.read("immutabilityPolicy", "state"),
                version.read("immutabilityPolicy", "immutabilityPeriodSinceCreationInDays"))
        }
        let id = account.id.lowercased() + "/blobservices/default/containers/" + container
        if let found = inputs.resource(id) {
            let policy = found.body.read("properties", "immutabilityPolicy", "properties")
            if let reason = policy.hiddenReason { doubt = doubt ?? reason }
            if let policy = policy.node {
                take(policy.read("state"), policy.read("immutabilityPeriodSinceCreationInDays"))
            } else if let own = inputs.resource(id + "/immutabilitypolicies/default") {
                take(
                    own.body.read("properties", "state"),
                    own.body.read("properties", "immutabilityPeriodSinceCreationInDays"))
            } else if found.body.read("properties", "hasImmutabilityPolicy").certainty(whenAbsent: false) != .no,
                let gap = inputs.gap(Self.policies, around: found)
            {
                doubt = doubt ?? gap
            }
        } else if let gap = inputs.gap(Self.containers, around: account) {
            doubt = doubt ?? gap
        }
        if longest == 0, let doubt { return .unknown(doubt) }
        return .known(longest)
    }

    /// Whether the account is closed to other networks and to readers without a name.
    private func restriction(of account: Resource) -> Certainty {
        let access = account.body.read("properties", "publicNetworkAccess")
        let rules = account.body.read("properties", "networkAcls", "defaultAction")
        func says(_ reading: Reading, _ word: String) -> Certainty {
            reading.hiddenReason.map { .unknown($0) } ?? Certainty(reading.string?.lowercased() == word)
        }
        // What an old account does not say is open.
        let isPublic = account.body.read("properties", "allowBlobPublicAccess").certainty(whenAbsent: true)
        return (says(access, "disabled") || says(access, "securedbyperimeter") || says(rules, "deny")) && !isPublic
    }
}
