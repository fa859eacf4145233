import AssayCore
import AssayShapes

/// The tenant's management groups and subscriptions, with what says how many there are.
struct AzureScopes: Sendable {
    struct Subscription: Sendable {
        /// The GUID as received.
        let id: String
        /// `/subscriptions/<guid>` in lower case.
        let scope: String
    }

    struct ManagementGroup: Sendable {
        let id: String
        let name: String
        /// Scopes of the subscriptions below it.
        var subscriptions: [String]
    }

    var subscriptions: [Subscription] = []
    var managementGroups: [ManagementGroup] = []
    /// True when these are all subscriptions of the tenant, by the tree of management groups.
    var isWholeTenant = false
    var coverage: [Coverage] = []

    /// The place of a job among those of its area, so that areas take turns.
    func turn(of area: String, _ index: Int) -> Int {
        guard subscriptions.count > 1, let place = subscriptions.firstIndex(where: { $0.scope == area }) else {
            return 0
        }
        return index / max(1, subscriptions.count) * subscriptions.count + place
    }

    private static let subscriptionsVersion = "2022-12-01"
    private static let groupsVersion = "2020-05-01"

    /// Asks for both, and emits the anchors.
    static func read(_ collection: AzureCollection) async throws -> AzureScopes {
        var scopes = AzureScopes()
        let request = collection.request
        let tenantScope = "/tenants/\(request.tenant)"
        var resources: [Resource] = []
        let tree = try await scopes.readGroups(collection)
        var seen: [String: Tree] = [:]
        var listCall = "GET /subscriptions?api-version=\(subscriptionsVersion)"
        var listFailure: AzureCallError?
        var place = LiveShaper.Place(
            scope: [], call: listCall, at: collection.clock.now(), apiVersion: subscriptionsVersion, parent: "")
        do {
            var found: [String: Tree] = [:]
            let read = try await collection.client.pages(
                AzureClient.Call(service: .arm, target: "/subscriptions", apiVersion: subscriptionsVersion)
            ) { page in
                listCall = page.answer.call
                for element in page.elements {
                    guard
                        let id = element["subscriptionId"]?.stringValue ?? Self.lastSegment(element["id"]?.stringValue)
                    else { continue }
                    // Subscriptions of other tenants that are delegated to this one belong to those.
                    if let tenant = element["tenantId"]?.stringValue, tenant.lowercased() != request.tenant { continue }
                    found[id.lowercased()] = element
                }
            }
            _ = read
            seen = found
        } catch let error as AzureCallError {
            listFailure = error
        }
        place.call = listCall
        let asked = Set(request.subscriptions.map { $0.lowercased() })
        let below = tree.below(request.managementGroups)
        var names = Set(seen.keys)
        if !request.managementGroups.isEmpty { names = below }
        if !asked.isEmpty { names = request.managementGroups.isEmpty ? asked : names.union(asked) }
        for name in names.sorted() {
            let scope = "/subscriptions/\(name)"
            var element = seen[name]
            if element == nil {
                // Named or known from the tree, but not listed: asked for by itself, so that a refusal is on record.
                do throws(AzureCallError) {
                    element = try await collection.client.answer(
                        AzureClient.Call(service: .arm, target: scope, apiVersion: subscriptionsVersion)
                    ).document
                } catch {
                    if error.state == .interrupted { throw error }
                    scopes.coverage.append(
                        Coverage(
                            collection: "*", scope: scope, state: error.state == .failed ? .failed : .denied,
                            call: "GET \(scope)?api-version=\(subscriptionsVersion)", code: error.code,
                            message: error.message, at: collection.clock.now()))
                    continue
                }
            }
            guard let element else { continue }
            if element["state"]?.stringValue == "Deleted" { continue }
            scopes.subscriptions.append(
                Subscription(id: element["subscriptionId"]?.stringValue ?? name, scope: scope))
            resources.append(
                collection.shaper.anchor(
                    type: "Assay::Azure::Subscription", id: scope, name: element["displayName"]?.stringValue ?? name,
                    body: element, scope: [tenantScope, scope], at: place))
        }
        scopes.describe(
            collection, tree: tree, seen: Set(seen.keys), asked: names,
            isFiltered: !asked.isEmpty || !request.managementGroups.isEmpty,
            call: listCall, failure: listFailure)
        scopes.managementGroups = tree.groups.map { group in
            let own = tree.below([group.name])
            return ManagementGroup(
                id: group.id, name: group.name,
                subscriptions: scopes.subscriptions.map(\.scope).filter {
                    own.contains(String($0.dropFirst("/subscriptions/".count)))
                })
        }
        if !request.managementGroups.isEmpty || !asked.isEmpty {
            scopes.managementGroups = scopes.managementGroups.filter { !$0.subscriptions.isEmpty }
        }
        place.call = "sign-in"
        place.apiVersion = nil
        resources.append(
            collection.shaper.anchor(
                type: "Assay::Azure::Tenant", id: tenantScope, name: request.tenant,
                body: .object([("tenantId", .string(request.tenant))]), scope: [tenantScope], at: place))
        try await collection.sink.append(resources, unit: "scopes")
        try await collection.sink.finish(
            CollectionUnit(
                key: "scopes", count: resources.count, pages: 1, call: listCall, at: collection.clock.now()))
        await collection.notes.add(resources: resources.count)
        return scopes
    }

    private static func lastSegment(_ id: String?) -> String? { id?.split(separator: "/").last.map(String.init) }

    // MARK: The tree of management groups

    /// What is below the root management group.
    struct GroupTree {
        var groups: [(id: String, name: String)] = []
        /// Parent's name by child's name, lower-cased; subscriptions by their GUID.
        var parents: [String: String] = [:]
        var subscriptions: Set<String> = []
        var failure: AzureCallError?
        var call = ""

        /// The subscriptions below any of these groups.
        func below(_ names: [String]) -> Set<String> {
            let wanted = Set(names.map { $0.lowercased() })
            return subscriptions.filter { subscription in
                var name = subscription
                var steps = 0
                while let parent = parents[name], steps < 32 {
                    if wanted.contains(parent) { return true }
                    name = parent
                    steps += 1
                }
                return false
            }
        }
    }

    private mutating func readGroups(_ collection: AzureCollection) async throws -> GroupTree {
        var tree = GroupTree()
        let root = collection.request.tenant
        let base = "/providers/Microsoft.Management/managementGroups"
        tree.call = "GET \(base)/\(root)/descendants?api-version=\(Self.groupsVersion)"
        do {
            var found = GroupTree()
            found.call = tree.call
            found.groups = [("\(base)/\(root)", root)]
            _ = try await collection.client.pages(
                AzureClient.Call(service: .arm, target: "\(base)/\(root)/descendants", apiVersion: Self.groupsVersion)
            ) { page in
                for element in page.elements {
                    guard let name = element["name"]?.stringValue else { continue }
                    let parent = Self.lastSegment(element["properties"]?["parent"]?["id"]?.stringValue) ?? root
                    found.parents[name.lowercased()] = parent.lowercased()
                    if element["type"]?.stringValue?.lowercased().hasSuffix("/subscriptions") == true {
                        found.subscriptions.insert(name.lowercased())
                    } else {
                        found.groups.append((element["id"]?.stringValue ?? "\(base)/\(name)", name))
                    }
                }
            }
            return found
        } catch let error as AzureCallError {
            if error.state == .interrupted { throw error }
            tree.failure = error
        }
        // Without the tree, a group that was named can still be asked for what is below it.
        for name in collection.request.managementGroups {
            tree.groups.append(("\(base)/\(name)", name))
            do {
                var found: [(String, String, Bool)] = []
                _ = try await collection.client.pages(
                    AzureClient.Call(
                        service: .arm, target: "\(base)/\(name)/descendants", apiVersion: Self.groupsVersion)
                ) { page in
                    for element in page.elements {
                        guard let child = element["name"]?.stringValue else { continue }
                        let parent = Self.lastSegment(element["properties"]?["parent"]?["id"]?.stringValue) ?? name
                        let isSubscription =
                            element["type"]?.stringValue?.lowercased().hasSuffix("/subscriptions") == true
                        found.append((child.lowercased(), parent.lowercased(), isSubscription))
                    }
                }
                for (child, parent, isSubscription) in found {
                    tree.parents[child] = parent
                    if isSubscription { tree.subscriptions.insert(child) }
                }
            } catch let error as AzureCallError {
                if error.state == .interrupted { throw error }
                coverage.append(
                    Coverage(
                        collection: "Microsoft.Resources/subscriptions", scope: "\(base)/\(name)".lowercased(),
                        state: error.state, call: "GET \(base)/\(name)/descendants?api-version=\(Self.groupsVersion)",
                        code: error.code, message: error.message, at: collection.clock.now()))
            }
        }
        return tree
    }

    // MARK: How many of how many

    /// The list of subscriptions leaves out silently what the identity cannot read, so it is held against the tree.
    private mutating func describe(
        _ collection: AzureCollection, tree: GroupTree, seen: Set<String>, asked: Set<String>, isFiltered: Bool,
        call: String,
        failure: AzureCallError?
    ) {
        let at = collection.clock.now()
        let scope = "/tenants/\(collection.request.tenant)"
        let type = "Microsoft.Resources/subscriptions"
        if let failure {
            coverage.append(
                Coverage(
                    collection: type, scope: scope, state: failure.state, call: call, code: failure.code,
                    message: failure.message, at: at))
            return
        }
        if let failure = tree.failure {
            coverage.append(
                Coverage(
                    collection: type, scope: scope, state: failure.state, count: subscriptions.count, call: tree.call,
                    code: failure.code,
                    message:
                        "\(subscriptions.count) of those that this identity can see; how many the tenant has could not be asked: \(failure.words)",
                    at: at))
            return
        }
        let unseen = tree.subscriptions.subtracting(seen)
        if isFiltered {
            coverage.append(
                Coverage(
                    collection: type, scope: scope, state: .notAsked, count: subscriptions.count, call: tree.call,
                    message:
                        "\(subscriptions.count) of \(tree.subscriptions.count) below the root management group were asked for",
                    at: at))
            return
        }
        for name in unseen.sorted() {
            coverage.append(
                Coverage(
                    collection: "*", scope: "/subscriptions/\(name)", state: .denied, call: call,
                    code: "SubscriptionNotVisible",
                    message: "it is below the root management group and this identity cannot read it", at: at))
        }
        isWholeTenant = unseen.isEmpty
        coverage.append(
            Coverage(
                collection: type, scope: scope, state: unseen.isEmpty ? .read : .denied, count: subscriptions.count,
                call: tree.call, code: unseen.isEmpty ? nil : "SubscriptionNotVisible",
                message:
                    "\(subscriptions.count) of \(tree.subscriptions.union(seen).count) (descendants of the root management group)",
                at: at))
    }
}
