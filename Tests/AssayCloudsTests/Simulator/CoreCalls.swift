import AssayCore

/// What Azure Resource Manager answers by itself: subscriptions, groups, resources, providers, management groups.
struct CoreCalls: Sendable {
    let manager: ResourceManager

    private var estate: Estate { manager.estate }

    /// Paths without a provider.
    func answer(_ path: ArmPath, _ request: SimulatedRequest, _ version: String) -> SimulatedAnswer {
        let segments = path.scope.split(separator: "/").map(String.init)
        let isAboutScopes = segments.count <= 2 && segments.first != "providers"
        let versions = isAboutScopes ? ApiVersionTable.subscriptions : ApiVersionTable.resources
        guard versions.contains(version) else {
            let text =
                "The api-version '\(version)' is invalid. The supported versions are '\(versions.joined(separator: ","))'."
            return .error(400, "InvalidApiVersionParameter", text)
        }
        guard request.method == "GET" else {
            return manager.unauthorized("microsoft.resources", "write", at: path.scope)
        }
        if manager.faults.denies(type: Self.type(segments), path: path.scope) {
            return manager.unauthorized(Self.type(segments), "read", at: path.scope)
        }
        switch (segments.count, segments.first, segments.dropFirst(2).first) {
        case (1, "tenants", _):
            let tenant = Tree.object([
                ("id", .string("/tenants/" + estate.tenantId)), ("tenantId", .string(estate.tenantId)),
                ("displayName", .string(estate.displayName)), ("countryCode", .string("NL")),
                ("defaultDomain", .string("clinic.example.com")), ("tenantCategory", .string("Home")),
            ])
            return manager.page([tenant], path, request)
        case (1, "subscriptions", _):
            let visible = estate.subscriptions.filter {
                $0.isVisible && !manager.faults.denies(type: "microsoft.resources/subscriptions", path: $0.path)
            }
            return manager.page(visible.map(subscription), path, request)
        case (1, "providers", _): return manager.page(providers(nil), path, request)
        case (2, "subscriptions", _):
            guard let found = estate.subscription(segments[1]) else { break }
            return SimulatedAnswer(200, subscription(found))
        case (3, "subscriptions", "resourcegroups"):
            let groups = manager.elements(path).map(\.document)
            return manager.page(groups, path, request)
        case (4, "subscriptions", "resourcegroups"):
            guard let group = estate.resource(path.scope) else { break }
            return SimulatedAnswer(200, group.document)
        case (3, "subscriptions", "resources"), (5, "subscriptions", "resourcegroups"):
            let prefix = "/" + segments.dropLast().joined(separator: "/") + "/"
            return manager.page(resources(below: prefix, request.parameter("$filter")), path, request)
        case (3, "subscriptions", "providers"): return manager.page(providers(segments[1]), path, request)
        case (3, "subscriptions", "locations"):
            let place = Tree.object([("name", .string("westeurope")), ("displayName", .string("West Europe"))])
            return SimulatedAnswer(200, .object([("value", .array([place]))]))
        case (4, "subscriptions", "providers"):
            guard
                let found = providers(segments[1]).first(where: {
                    $0["namespace"]?.stringValue?.lowercased() == segments[3]
                })
            else { break }
            return SimulatedAnswer(200, found)
        default: break
        }
        return .error(404, "InvalidResourceType", "No route for '\(path.scope)'.")
    }

    private static func type(_ segments: [String]) -> String {
        guard segments.count > 2 else { return "microsoft.resources/subscriptions" }
        switch segments[2] {
        case "resourcegroups":
            return segments.count > 4 ? "microsoft.resources/resources" : "microsoft.resources/resourcegroups"
        default: return "microsoft.resources/" + segments[2]
        }
    }

    private func subscription(_ found: SimulatedSubscription) -> Tree {
        .object([
            ("id", .string(found.path)), ("authorizationSource", .string("RoleBased")),
            ("managedByTenants", .array([])), ("subscriptionId", .string(found.id)),
            ("tenantId", .string(estate.tenantId)), ("displayName", .string(found.name)),
            ("state", .string(found.state)),
            (
                "subscriptionPolicies",
                .object([
                    ("locationPlacementId", .string("Public_2014-09-01")),
                    ("quotaId", .string("EnterpriseAgreement_2014-09-01")),
                    ("spendingLimit", .string("Off")),
                ])
            ),
        ])
    }

    /// The list of resources: without their properties.
    private func resources(below prefix: String, _ filter: String?) -> [Tree] {
        let wanted = filter.flatMap { ODataFilter($0) }
        return estate.resources.keys.filter { $0.hasPrefix(prefix) }.sorted().compactMap { key in
            guard let resource = estate.resources[key], resource.isTracked else { return nil }
            let kept: Set = ["id", "name", "type", "kind", "location", "sku", "identity", "tags", "managedBy", "plan"]
            let members = (resource.document.members ?? []).filter { kept.contains($0.key) }
            let lean = Tree.object(members.map { ($0.key, $0.value) })
            let named = lean.with("resourceType", .string(resource.type))
            guard wanted?.matches(named) ?? true else { return nil }
            return lean
        }
    }

    private func providers(_ subscription: String?) -> [Tree] {
        let namespaces = Set(estate.resources.values.map { String($0.type.prefix { $0 != "/" }) })
        let missing = subscription.flatMap { estate.unregistered[$0.lowercased()] } ?? []
        let all = namespaces.union(missing.filter { name in !namespaces.contains { $0.lowercased() == name } })
        return all.sorted().map { name in
            let isMissing = missing.contains(name.lowercased())
            return .object([
                ("id", .string("/subscriptions/\(subscription ?? "")/providers/\(name)")), ("namespace", .string(name)),
                ("registrationState", .string(isMissing ? "NotRegistered" : "Registered")),
                ("resourceTypes", .array([])),
            ])
        }
    }

    // MARK: Management groups

    /// Paths of `Microsoft.Management`.
    func managementGroups(_ path: ArmPath, _ request: SimulatedRequest) -> SimulatedAnswer {
        switch (request.method, path.type, path.names.count) {
        case ("GET", "microsoft.management/managementgroups", 0):
            return manager.page(estate.managementGroups.map { group($0) }, path, request)
        case ("GET", "microsoft.management/managementgroups", 1):
            guard let found = estate.managementGroups.first(where: { $0.name.lowercased() == path.names[0] }) else {
                break
            }
            let isDeep = request.parameter("$recurse")?.lowercased() == "true"
            let isExpanded = request.parameter("$expand")?.lowercased() == "children"
            return SimulatedAnswer(200, group(found, children: isExpanded, deep: isDeep))
        case ("GET", "microsoft.management/managementgroups/descendants", 1):
            guard estate.managementGroups.contains(where: { $0.name.lowercased() == path.names[0] }) else { break }
            return manager.page(descendants(of: path.names[0]), path, request)
        case ("POST", "microsoft.management/getentities", 0):
            return manager.page(descendants(of: estate.tenantId), path, request)
        case ("GET", "microsoft.management/managementgroups/settings", _),
            (_, "microsoft.management/managementgroups/subscriptions", _):
            return SimulatedAnswer(200, .object([("value", .array([]))]))
        default: break
        }
        let name = path.names.first ?? ""
        return manager.unauthorized("Microsoft.Management/managementGroups", "read", at: path.scope + "/" + name)
    }

    private func group(_ group: ManagementGroup, children: Bool = false, deep: Bool = false) -> Tree {
        var details: [(String, Tree)] = [("version", .int(1)), ("updatedTime", .string("2026-01-05T08:00:00Z"))]
        if let parent = estate.managementGroups.first(where: { $0.name == group.parent }) {
            details.append(
                (
                    "parent",
                    .object([
                        ("id", .string(parent.id)), ("name", .string(parent.name)),
                        ("displayName", .string(parent.displayName)),
                    ])
                ))
        }
        var properties: [(String, Tree)] = [
            ("tenantId", .string(estate.tenantId)), ("displayName", .string(group.displayName)),
            ("details", .object(details)),
        ]
        if children { properties.append(("children", .array(self.children(of: group, deep: deep)))) }
        return .object([
            ("id", .string(group.id)), ("type", .string("Microsoft.Management/managementGroups")),
            ("name", .string(group.name)), ("properties", .object(properties)),
        ])
    }

    private func children(of group: ManagementGroup, deep: Bool) -> [Tree] {
        let groups = estate.managementGroups.filter { $0.parent?.lowercased() == group.name.lowercased() }.map {
            child in
            Tree.object([
                ("id", .string(child.id)), ("type", .string("Microsoft.Management/managementGroups")),
                ("name", .string(child.name)), ("displayName", .string(child.displayName)),
                ("children", deep ? .array(children(of: child, deep: true)) : Tree(.null)),
            ])
        }
        let subscriptions = estate.subscriptions.filter { $0.group.lowercased() == group.name.lowercased() }.map {
            child in
            Tree.object([
                ("id", .string(child.path)), ("type", .string("/subscriptions")), ("name", .string(child.id)),
                ("displayName", .string(child.name)),
            ])
        }
        return groups + subscriptions
    }

    private func descendants(of name: String) -> [Tree] {
        func entry(_ id: String, _ type: String, _ name: String, _ display: String, _ parent: String) -> Tree {
            let above = "/providers/Microsoft.Management/managementGroups/" + parent
            return .object([
                ("id", .string(id)), ("type", .string(type)), ("name", .string(name)),
                (
                    "properties",
                    .object([
                        ("displayName", .string(display)), ("parent", .object([("id", .string(above))])),
                    ])
                ),
            ])
        }
        func isBelow(_ group: String) -> Bool {
            estate.ancestors(ofGroup: group).contains { $0.name.lowercased() == name.lowercased() }
        }
        let groups = estate.managementGroups.compactMap { group -> Tree? in
            guard group.name.lowercased() != name.lowercased(), let parent = group.parent, isBelow(group.name) else {
                return nil
            }
            return entry(group.id, "Microsoft.Management/managementGroups", group.name, group.displayName, parent)
        }
        let subscriptions = estate.subscriptions.compactMap { found -> Tree? in
            guard isBelow(found.group) else { return nil }
            return entry(found.path, "/subscriptions", found.id, found.name, found.group)
        }
        return groups + subscriptions
    }

    // MARK: Permissions

    /// What the identity may do at a scope: the built-in Reader, less what is denied.
    func permissions(_ path: ArmPath) -> SimulatedAnswer {
        let denied = manager.faults.denied.compactMap { denial -> Tree? in
            switch denial {
            case .type(let type): .string(type + "/read")
            case .path: nil
            }
        }
        let reader = Tree.object([
            ("actions", .array([.string("*/read")])), ("notActions", .array(denied)), ("dataActions", .array([])),
            ("notDataActions", .array([])),
        ])
        return SimulatedAnswer(200, .object([("value", .array([reader]))]))
    }
}
