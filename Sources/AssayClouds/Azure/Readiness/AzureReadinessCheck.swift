import AssayCore
public import AssayShapes

/// Asks what an identity may read, before anything is collected.
///
/// In subscriptions Resource Manager shows the identity's permissions. Management groups, the directory's log settings
/// and what the token for Graph does not name are asked for by the calls of the tables themselves, one page each: a role
/// of the directory grants what no token says.
public struct AzureReadinessCheck: Sendable {
    private let collection: AzureCollection
    private let sink = AnchorSink()
    /// The permissions that the token for Graph names; nil when it names none.
    private let claimed: Set<String>?

    /// A check.
    ///
    /// - Parameter claims: what the token for Graph says; nil when it cannot be read.
    public init(
        _ request: AzureCollection.Request, parts: AzureClient.Parts, table: CollectionTable, shaper: LiveShaper,
        claims: TokenClaims?
    ) {
        collection = AzureCollection(request, parts: parts, table: table, shaper: shaper, sink: sink)
        claimed = claims.map { Set($0.permissions) }
    }

    private typealias Gap = AzureReadiness.Gap

    private var client: AzureClient { collection.client }
    private var table: CollectionTable { collection.table }
    private var tenant: String { "/tenants/\(collection.request.tenant)" }
    private var root: String {
        "/providers/Microsoft.Management/managementGroups/\(collection.request.tenant)"
    }

    /// Asks for everything.
    ///
    /// - Throws: `CancellationError` when the task was cancelled; a call that fails is a gap.
    public func run() async throws -> AzureReadiness {
        do {
            return try await checked()
        } catch let error as AzureCallError {
            guard error.state == .interrupted else { throw error }
            throw CancellationError()
        }
    }

    private func checked() async throws -> AzureReadiness {
        let scopes = try await AzureScopes.read(collection)
        var gaps = unseen(scopes)
        let subscriptions = try await inParallel(scopes.subscriptions, width: 8) { try await check($0) }
        gaps += subscriptions.flatMap(\.gaps)
        let rootReason = try await rootFailure()
        gaps += try await rootGaps(rootReason)
        gaps += try await directoryLogGaps()
        let graph = try await GraphCheck(collection: collection, claimed: claimed).run()
        gaps += graph.gaps
        return AzureReadiness(
            subscriptions: subscriptions.map(\.subscription).sorted { $0.id < $1.id },
            rootReason: rootReason?.words, graph: graph.permissions,
            gaps: gaps.sorted {
                ($0.place.rawValue, $0.permission, $0.scope) < ($1.place.rawValue, $1.permission, $1.scope)
            }, diagnostics: graph.diagnostics)
    }

    // MARK: Subscriptions

    /// Subscriptions that are there or were asked for, and cannot be read at all.
    private func unseen(_ scopes: AzureScopes) -> [Gap] {
        let all = collected { $0.isOfSubscription }
        var gaps: [Gap] = []
        for record in scopes.coverage where record.state == .denied || record.state == .failed {
            let isWhole = record.collection == "*"
            // The tree below the root is asked for by itself.
            let isTree = record.call?.contains("/descendants?") == true
            if !isWhole, isTree || record.code == "SubscriptionNotVisible" { continue }
            gaps.append(
                Gap(
                    place: .resourceManager, permission: "Microsoft.Resources/subscriptions/read", scope: record.scope,
                    state: record.state == .denied ? .lacking : .unknown,
                    reason: record.message ?? record.code ?? "it could not be read", collections: all))
        }
        for record in scopes.coverage where record.scope.hasPrefix("/providers/microsoft.management/") {
            gaps.append(
                Gap(
                    place: .resourceManager, permission: Self.descendants, scope: record.scope,
                    state: record.state == .denied ? .lacking : .unknown,
                    reason: record.message ?? record.code ?? "it could not be read", collections: all))
        }
        if scopes.subscriptions.isEmpty, gaps.isEmpty {
            gaps.append(
                Gap(
                    place: .resourceManager, permission: "Microsoft.Resources/subscriptions/read", scope: tenant,
                    state: .lacking, reason: "the identity sees no subscription", collections: all))
        }
        return gaps
    }

    private func check(
        _ subscription: AzureScopes.Subscription
    ) async throws -> (subscription: AzureReadiness.Subscription, gaps: [Gap]) {
        var types: [String: Set<String>] = [AzureNeeds.inventoryAction: [AzureNeeds.inventory]]
        for entry in table.entries where entry.isOfSubscription {
            types[entry.permission, default: []].insert(entry.type)
        }
        func found(_ lacking: [String], _ reason: String?) -> AzureReadiness.Subscription {
            AzureReadiness.Subscription(
                id: subscription.id, name: sink.name(of: subscription.scope) ?? subscription.id, needed: types.count,
                lacking: lacking, reason: reason)
        }
        do {
            let permissions = try await AzurePermissions.read(client, scope: subscription.scope)
            let lacking = types.keys.filter { !permissions.allows($0) }.sorted()
            let gaps = lacking.map { action in
                Gap(
                    place: .resourceManager, permission: action, scope: subscription.scope, state: .lacking,
                    reason: "no role of the identity holds it in this subscription",
                    collections: withDependents(types[action] ?? []))
            }
            return (found(lacking, nil), gaps)
        } catch let error as AzureCallError {
            if error.state == .interrupted { throw error }
            let gap = Gap(
                place: .resourceManager, permission: "Microsoft.Authorization/permissions/read",
                scope: subscription.scope, state: error.state == .denied ? .lacking : .unknown,
                reason: "what the identity may do could not be asked: \(error.words)",
                collections: collected { $0.isOfSubscription })
            return (found([], error.words), [gap])
        }
    }

    // MARK: Management groups

    private static let descendants = "Microsoft.Management/managementGroups/descendants/read"

    private func rootFailure() async throws -> AzureCallError? {
        do throws(AzureCallError) {
            _ = try await client.answer(
                AzureClient.Call(service: .arm, target: root + "/descendants", apiVersion: "2020-05-01"))
            return nil
        } catch {
            if error.state == .interrupted { throw error }
            return error
        }
    }

    private func rootGaps(_ failure: AzureCallError?) async throws -> [Gap] {
        let entries = table.entries(of: .managementGroup, .arm)
        if let failure {
            return [
                Gap(
                    place: .resourceManager, permission: Self.descendants, scope: root,
                    state: failure.state == .denied ? .lacking : .unknown, reason: failure.words,
                    collections: withDependents(Set(entries.map(\.type))))
            ]
        }
        let owner = AzureCollection.Owner(
            id: root, scope: [tenant], area: root.lowercased(), managementGroup: collection.request.tenant)
        return try await asked(entries, owner, .resourceManager, scope: root)
    }

    private func directoryLogGaps() async throws -> [Gap] {
        let owner = AzureCollection.Owner(id: tenant, scope: [tenant], area: tenant)
        return try await asked(
            table.entries(of: .tenant, .arm), owner, .directoryLogs, scope: "/providers/microsoft.aadiam")
    }

    /// Makes the call of each entry once; a refusal is a gap.
    private func asked(
        _ entries: [CollectionEntry], _ owner: AzureCollection.Owner, _ place: AzureNeeds.Need.Place, scope: String
    ) async throws -> [Gap] {
        let gaps = try await inParallel(entries, width: 8) { entry -> [Gap] in
            guard let error = try await collection.refusal(of: entry, on: owner) else { return [] }
            return [
                Gap(
                    place: place, permission: entry.permission, scope: scope,
                    state: error.state == .denied ? .lacking : .unknown, reason: error.words,
                    collections: withDependents([entry.type]))
            ]
        }
        // Several calls may stand on one action.
        var merged: [String: Gap] = [:]
        for gap in gaps.flatMap(\.self) {
            let other = merged[gap.permission]
            merged[gap.permission] = Gap(
                place: place, permission: gap.permission, scope: scope,
                state: other?.state == .lacking ? .lacking : gap.state,
                reason: other?.state == .lacking ? other?.reason ?? gap.reason : gap.reason,
                collections: Set(gap.collections + (other?.collections ?? [])).sorted())
        }
        return Array(merged.values)
    }

    // MARK: What is lost

    private func collected(_ isWanted: (CollectionEntry) -> Bool) -> [String] {
        Set(table.entries.filter(isWanted).map(\.type)).sorted()
    }

    /// The types, and those that are found through them alone.
    private func withDependents(_ types: Set<String>) -> [String] {
        var found = types
        var next = Array(types)
        while let type = next.popLast() {
            for child in table.children(of: type) where found.insert(child.type).inserted { next.append(child.type) }
        }
        return found.sorted()
    }
}

extension CollectionEntry {
    /// True for what is listed in a subscription, or hangs on what is.
    fileprivate var isOfSubscription: Bool {
        guard service == .arm else { return false }
        return switch owner {
        case .subscription, .resources: true
        case .tenant, .managementGroup: false
        }
    }
}

extension AzureCollection {
    /// Makes the call of an entry once, one page; nil when it is answered or fails for another reason than permission:
    /// there is none, the provider is not registered.
    func refusal(of entry: CollectionEntry, on owner: Owner) async throws -> AzureCallError? {
        var call = AzureClient.Call(
            service: entry.service, method: entry.form == .post ? "POST" : "GET", target: expanded(entry.path, owner),
            apiVersion: entry.apiVersion.isEmpty ? nil : entry.apiVersion, licenceCodes: entry.licenceCodes)
        if entry.form == .post {
            var writer = JSONWriter()
            writer.value(entry.body ?? .object([]))
            call.body = writer.bytes
        }
        do throws(AzureCallError) {
            _ = try await client.answer(call)
            return nil
        } catch {
            if error.state == .interrupted { throw error }
            if error.state == .notRegistered { return nil }
            let isNone = entry.absentCodes.contains(error.code) || entry.absentCodes.contains("*")
            return error.status == 404 && isNone ? nil : error
        }
    }
}
