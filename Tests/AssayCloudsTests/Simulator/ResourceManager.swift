import AssayCore

/// Azure Resource Manager over an estate: which answer a request gets, once it is signed in and not throttled.
struct ResourceManager: Sendable {
    let estate: Estate
    let faults: Faults
    let table = ApiVersionTable.azure

    func answer(_ request: SimulatedRequest) -> SimulatedAnswer {
        let path = ArmPath(request.path)
        guard let version = request.parameter("api-version"), !version.isEmpty else {
            let text = "The api-version query parameter (?api-version=) is required for all requests."
            return .error(400, "MissingApiVersionParameter", text)
        }
        if let refusal = refusedScope(path, request) { return refusal }
        if path.namespace.isEmpty || path.text.hasSuffix("/providers") {
            return CoreCalls(manager: self).answer(path, request, version)
        }
        if let refusal = refusedVersion(path, version) { return refusal }
        if let subscription = path.subscription,
            estate.unregistered[subscription]?.contains(path.namespace) == true
        {
            let text =
                "The subscription is not registered to use namespace '\(Self.spelled(request.path, path.namespace))'. "
                + "See https://aka.ms/rps-not-found for how to register subscriptions."
            return .error(409, "MissingSubscriptionRegistration", text)
        }
        if let refusal = refusedRead(path, request) { return refusal }
        switch (request.method, path.type) {
        case ("POST", "microsoft.resourcegraph/resources"):
            return ResourceGraph(estate: estate, faults: faults).answer(request)
        case ("POST", "microsoft.policyinsights/policystates/queryresults"):
            return policyStates(path, request)
        case (_, let type) where type.hasPrefix("microsoft.management/"):
            return CoreCalls(manager: self).managementGroups(path, request)
        case ("GET", "microsoft.authorization/permissions"):
            return CoreCalls(manager: self).permissions(path)
        case ("GET", "microsoft.insights/eventtypes/values"):
            guard request.parameter("$filter")?.contains("eventTimestamp") == true else {
                return .bareError(400, "BadRequest", "The $filter must hold eventTimestamp.")
            }
            return SimulatedAnswer(
                200, .object([("value", .array(estate.activity[path.subscription ?? ""] ?? []))]))
        case ("GET", _): return path.isCollection ? list(path, request) : single(path, request)
        default: return unauthorized(path.type, "write", at: path.text)
        }
    }

    // MARK: Refusals

    /// A subscription or a group that is not there or not visible.
    private func refusedScope(_ path: ArmPath, _ request: SimulatedRequest) -> SimulatedAnswer? {
        if path.isManagementGroup, !path.namespace.isEmpty {
            let name = path.scope.split(separator: "/").last.map(String.init) ?? ""
            let isThere = estate.managementGroups.contains { $0.name.lowercased() == name }
            return isThere ? nil : unauthorized(path.type, "read", at: path.scope)
        }
        guard let id = path.subscription else { return nil }
        guard let subscription = estate.subscription(id) else {
            return .error(404, "SubscriptionNotFound", "The subscription '\(id)' could not be found.")
        }
        guard subscription.isVisible else {
            return unauthorized("microsoft.resources/subscriptions", "read", at: "/subscriptions/" + id)
        }
        if let group = path.group, estate.resource(subscription.path + "/resourcegroups/" + group) == nil {
            return .error(404, "ResourceGroupNotFound", "Resource group '\(group)' could not be found.")
        }
        return nil
    }

    private func refusedVersion(_ path: ArmPath, _ version: String) -> SimulatedAnswer? {
        guard table.knows(namespace: path.namespace) else {
            return .error(404, "InvalidResourceNamespace", "The resource namespace '\(path.namespace)' is invalid.")
        }
        guard let versions = table.versions(of: path.type) else {
            let text =
                "The resource type '\(path.types.joined(separator: "/"))' could not be found in the namespace "
                + "'\(path.namespace)' for api version '\(version)'."
            return .error(404, "InvalidResourceType", text)
        }
        guard versions.contains(version) else {
            let text =
                "No registered resource provider found for location '' and API version '\(version)' for type "
                + "'\(path.types.joined(separator: "/"))'. The supported api-versions are "
                + "'\(versions.joined(separator: ", "))'. The supported locations are ', westeurope, northeurope'."
            return .error(400, "NoRegisteredProviderFound", text)
        }
        return nil
    }

    private func refusedRead(_ path: ArmPath, _ request: SimulatedRequest) -> SimulatedAnswer? {
        faults.denies(type: path.type, path: path.text) ? unauthorized(path.type, "read", at: path.text) : nil
    }

    /// The answer to an identity without the right role.
    func unauthorized(_ type: String, _ verb: String, at scope: String) -> SimulatedAnswer {
        let identity = estate.identity
        return .error(
            403, "AuthorizationFailed",
            "The client '\(identity.clientId)' with object id '\(identity.objectId)' does not have authorization to "
                + "perform action '\(type)/\(verb)' over scope '\(scope)' or the scope is invalid. If access was "
                + "recently granted, please refresh your credentials.")
    }

    /// The namespace as the request wrote it.
    private static func spelled(_ path: String, _ namespace: String) -> String {
        path.split(separator: "/").last { $0.lowercased() == namespace }.map(String.init) ?? namespace
    }

    // MARK: Resources

    private func single(_ path: ArmPath, _ request: SimulatedRequest) -> SimulatedAnswer {
        guard let resource = estate.resource(path.text) ?? inheritedDefinition(path) else { return missing(path) }
        var document = LeanAnswers.whole(resource)
        if path.type == "microsoft.sql/servers", request.parameter("$expand") == nil {
            document["properties"] = document["properties"]?.without("administrators")
        }
        return SimulatedAnswer(200, shouted(document, resource.type))
    }

    /// Built-in definitions can be asked for at every scope.
    private func inheritedDefinition(_ path: ArmPath) -> ArmResource? {
        guard !path.isChild, path.type.hasSuffix("definitions"), Estate.inherited.contains(path.type) else {
            return nil
        }
        let tail = "/providers/" + path.namespace + "/" + path.types[0] + "/" + (path.names.first ?? "")
        return estate.resource(tail)
    }

    private func list(_ path: ArmPath, _ request: SimulatedRequest) -> SimulatedAnswer {
        if path.isChild, estate.resource(path.parent) == nil, !Self.hasVirtualParent(path) {
            let text =
                "Failed to perform 'read' on resource(s) of type '\(path.types.joined(separator: "/"))', because the "
                + "parent resource '\(path.parent)' could not be found."
            return .error(404, "ParentResourceNotFound", text)
        }
        if path.isExtension, !path.isChild, estate.resource(path.scope) == nil { return missing(ArmPath(path.scope)) }
        var found = elements(path)
        if let filter = request.parameter("$filter"), !filter.isEmpty {
            guard let kept = ArmFilter.apply(filter, to: found, path: path) else {
                return .error(
                    400, "InvalidFilterInQueryString", "Invalid $filter '\(filter)' specified in the query string.")
            }
            found = kept
        }
        let lean = found.map { resource in
            var document = LeanAnswers.listed(resource)
            if path.type == "microsoft.sql/servers" {
                document["properties"] = document["properties"]?.without("administrators")
            }
            return shouted(document, resource.type)
        }
        return page(lean, path, request)
    }

    /// What a list shows: its own elements, and of inherited types those from above.
    func elements(_ path: ArmPath) -> [ArmResource] {
        var ids = estate.lists[path.text] ?? []
        if !path.isChild, Estate.inherited.contains(path.type) {
            let tail = "/providers/" + path.namespace + "/" + path.types[0]
            for scope in scopesAbove(path) { ids += estate.lists[scope + tail] ?? [] }
        }
        return ids.compactMap { estate.resources[$0] }.map { definition($0, seenFrom: path) }
    }

    /// The scopes that hold for a scope, from near to far, itself left out.
    private func scopesAbove(_ path: ArmPath) -> [String] {
        var scopes: [String] = []
        var group: String?
        if let id = path.subscription, let subscription = estate.subscription(id) {
            let whole = "/subscriptions/" + id
            // The list of a subscription holds what is set below it; the lists below hold what is set above them.
            if path.isExtension, let name = path.group { scopes.append(whole + "/resourcegroups/" + name) }
            if path.scope != whole { scopes.append(whole) }
            group = subscription.group
        } else if path.isManagementGroup {
            let name = path.scope.split(separator: "/").last.map(String.init)
            group = estate.managementGroups.first { $0.name.lowercased() == name }?.parent
        }
        if let group { scopes += estate.ancestors(ofGroup: group).map { $0.id.lowercased() } }
        if !path.scope.isEmpty { scopes.append("") }
        return scopes
    }

    /// Built-in role definitions carry the id of the subscription through which they are seen.
    private func definition(_ resource: ArmResource, seenFrom path: ArmPath) -> ArmResource {
        guard path.type == "microsoft.authorization/roledefinitions", let subscription = path.subscription,
            ArmPath(resource.id).scope.isEmpty
        else { return resource }
        var copy = resource
        copy.document["id"] = .string("/subscriptions/" + subscription + resource.id)
        return copy
    }

    /// Parents that are no resources of their own.
    private static func hasVirtualParent(_ path: ArmPath) -> Bool {
        ["locations", "eventtypes", "policystates"].contains(path.types[0]) || path.types.contains("backupfabrics")
    }

    private func shouted(_ document: Tree, _ type: String) -> Tree {
        guard faults.capitalIds.contains(where: { $0.lowercased() == type.lowercased() }),
            let id = document["id"]?.stringValue
        else { return document }
        return document.with("id", .string(id.uppercased()))
    }

    private func missing(_ path: ArmPath) -> SimulatedAnswer {
        let type = path.types.joined(separator: "/")
        let name = path.names.joined(separator: "/")
        switch path.type {
        case "microsoft.storage/storageaccounts/managementpolicies":
            let account = path.names.first ?? ""
            return .error(404, "ManagementPolicyNotFound", "No ManagementPolicy found for account \(account)")
        case "microsoft.storage/storageaccounts/inventorypolicies":
            let account = path.names.first ?? ""
            return .error(404, "BlobInventoryPolicyNotFound", "No BlobInventoryPolicy found for account \(account)")
        case "microsoft.insights/diagnosticsettings":
            return .bareError(404, "ResourceNotFound", "The diagnostic setting '\(name)' does not exist.")
        case "microsoft.securityinsights/onboardingstates":
            return .error(404, "NotFound", "Resource not found")
        default:
            if path.isChild, estate.resource(path.parent) == nil, !Self.hasVirtualParent(path) {
                let text =
                    "Can not perform requested operation on nested resource. Parent resource "
                    + "'\(path.names.first ?? "")' not found."
                return .error(404, "ParentResourceNotFound", text)
            }
            let place = path.group.map { " under resource group '\($0)'" } ?? ""
            let text = "The Resource '\(path.namespace)/\(type)/\(name)'\(place) was not found."
            return .error(404, "ResourceNotFound", text)
        }
    }

    private func policyStates(_ path: ArmPath, _ request: SimulatedRequest) -> SimulatedAnswer {
        guard let subscription = path.subscription else {
            return .error(400, "InvalidScope", "Only subscriptions are played.")
        }
        var states = estate.policyStates[subscription] ?? []
        if let filter = request.parameter("$filter"), !filter.isEmpty {
            guard let parsed = ODataFilter(filter) else {
                return .error(400, "InvalidFilterInQueryString", "Invalid $filter '\(filter)'.")
            }
            states = states.filter { parsed.matches($0) }
        }
        let context = request.base + path.scope + "/providers/Microsoft.PolicyInsights/policyStates/$metadata#latest"
        return page(states, path, request, policy: context)
    }

    // MARK: Pages

    /// Types whose lists come whole.
    private static let unpaged: Set<String> = [
        "microsoft.security/pricings", "microsoft.insights/diagnosticsettings", "microsoft.insights/activitylogalerts",
        "microsoft.aadiam/diagnosticsettings", "microsoft.authorization/permissions",
    ]

    /// A page of elements with the link to the next one.
    func page(
        _ elements: [Tree], _ path: ArmPath, _ request: SimulatedRequest, policy context: String? = nil
    ) -> SimulatedAnswer {
        var offset = 0
        if let token = request.parameter("$skiptoken") {
            guard let place = PageLink.offset(token, in: request.subject), place <= elements.count else {
                return .error(400, "InvalidSkipToken", "The skip token is not valid for this request.")
            }
            offset = place
        }
        let asked = request.parameter("$top").flatMap { Int($0) } ?? Int.max
        let size = Self.unpaged.contains(path.type) ? Int.max : max(1, min(asked, faults.pageSize))
        let end = size < elements.count - offset ? offset + size : elements.count
        // A list of vaults ends with an empty page.
        let hasMore = end < elements.count || (path.type == "microsoft.keyvault/vaults" && end > offset)
        var members: [(String, Tree)] = []
        if let context {
            members.append(("@odata.context", .string(context)))
            members.append(("@odata.count", .int(end - offset)))
        }
        members.append(("value", .array(Array(elements[offset..<end]))))
        if hasMore {
            let rest = request.query.filter { $0.name.lowercased() != "$skiptoken" }
                .map { PercentCoding.encoded($0.name) + "=" + PercentCoding.encoded($0.value) }
            let query = rest + ["%24skiptoken=" + PageLink.token(end, in: request.subject)]
            let link = request.base + Self.rawPath(request) + "?" + query.joined(separator: "&")
            members.append((context == nil ? "nextLink" : "@odata.nextLink", .string(link)))
        }
        return SimulatedAnswer(200, .object(members))
    }

    private static func rawPath(_ request: SimulatedRequest) -> String {
        String(request.target.prefix { $0 != "?" })
    }
}
