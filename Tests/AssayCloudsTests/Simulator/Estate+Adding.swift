import AssayCore

/// Short ways to put typed resources into the tenant; each gives the id.
extension Estate {
    @discardableResult
    mutating func addSubscription(_ id: String, _ name: String, in group: String? = nil) -> String {
        let subscription = SimulatedSubscription(id: id, name: name, group: group ?? tenantId)
        subscriptions.append(subscription)
        return subscription.path
    }

    /// Adds a resource group; `subscription` is a path.
    @discardableResult
    mutating func addGroup(_ name: String, in subscription: String, tags: [String: String] = [:]) -> String {
        let id = subscription + "/resourceGroups/" + name
        put(
            .object([
                ("id", .string(id)), ("name", .string(name)), ("type", .string("Microsoft.Resources/resourceGroups")),
                ("location", .string("westeurope")), ("tags", Self.tags(tags)),
                ("properties", .object([("provisioningState", .string("Succeeded"))])),
            ]), id: id, type: "Microsoft.Resources/resourceGroups")
        return id
    }

    /// Adds a resource of a group (or of any other scope), with a body in JSON.
    ///
    /// - Parameter extra: members beside `properties`, such as `sku`, `kind` and `identity`, in JSON.
    @discardableResult
    mutating func add(
        _ type: String, _ name: String, in scope: String, location: String? = "westeurope",
        tags: [String: String]? = nil, extra: String = "{}", _ properties: String = "{}"
    ) throws -> String {
        let id = scope + "/providers/" + type + "/" + name
        try putTyped(id, type, name, location: location, tags: tags, extra: extra, properties)
        for child in try ServiceDefaults.children(of: type) where resource(id + "/" + child.suffix) == nil {
            try addChild(id, child.segment, child.name, child.properties)
        }
        return id
    }

    /// Adds a resource below another.
    @discardableResult
    mutating func addChild(
        _ parent: String, _ segment: String, _ name: String, location: String? = nil, tags: [String: String]? = nil,
        extra: String = "{}", _ properties: String = "{}"
    ) throws -> String {
        let id = parent + "/" + segment + "/" + name
        let type = (resource(parent)?.type ?? "") + "/" + segment
        try putTyped(id, type, name, location: location, tags: tags, extra: extra, properties)
        for child in try ServiceDefaults.children(of: type) where resource(id + "/" + child.suffix) == nil {
            try addChild(id, child.segment, child.name, child.properties)
        }
        return id
    }

    private mutating func putTyped(
        _ id: String, _ type: String, _ name: String, location: String?, tags: [String: String]?, extra: String,
        _ properties: String
    ) throws {
        var members: [(String, Tree)] = [("id", .string(id)), ("name", .string(name)), ("type", .string(type))]
        if let location { members.append(("location", .string(location))) }
        if let tags { members.append(("tags", Self.tags(tags))) }
        for member in try JSONText.tree(extra).members ?? [] { members.append((member.key, member.value)) }
        members.append(("properties", try JSONText.tree(properties)))
        put(.object(members), id: id, type: type)
    }

    /// Adds a diagnostic setting to a resource or a subscription.
    @discardableResult
    mutating func addDiagnostics(
        on scope: String, categories: [String] = [], groups: [String] = [], workspace: String?, storage: String? = nil
    ) throws -> String {
        let logs =
            categories.map { #"{"category": "\#($0)", "categoryGroup": null, "enabled": true}"# }
            + groups.map { #"{"category": null, "categoryGroup": "\#($0)", "enabled": true}"# }
        let sinks = [("workspaceId", workspace), ("storageAccountId", storage)]
            .map { #""\#($0.0)": \#($0.1.map { "\"" + $0 + "\"" } ?? "null")"# }.joined(separator: ", ")
        return try add(
            "Microsoft.Insights/diagnosticSettings", "to-logs", in: scope, location: nil,
            #"{\#(sinks), "eventHubName": null, "metrics": [], "logs": [\#(logs.joined(separator: ", "))]}"#)
    }

    /// Adds a role assignment at a scope.
    @discardableResult
    mutating func addRole(
        _ role: String, to principal: String, kind: String, at scope: String, name: String
    ) throws -> String {
        try add(
            "Microsoft.Authorization/roleAssignments", name, in: scope, location: nil,
            """
            {"roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/\(role)",
             "principalId": "\(principal)", "principalType": "\(kind)", "scope": "\(scope.isEmpty ? "/" : scope)",
             "condition": null, "conditionVersion": null, "description": null,
             "createdOn": "2026-01-05T08:00:00.0000000Z", "updatedOn": "2026-01-05T08:00:00.0000000Z"}
            """)
    }

    /// Adds a protected item, which lies deep below its vault and is listed right under it.
    mutating func addProtectedItem(
        _ vault: String, container: String, name: String, _ properties: String
    ) throws {
        let id = vault + "/backupFabrics/Azure/protectionContainers/" + container + "/protectedItems/" + name
        let type = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems"
        try putTyped(id, type, name, location: nil, tags: nil, extra: "{}", properties)
    }

    static func tags(_ tags: [String: String]) -> Tree {
        .object(tags.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }
}
