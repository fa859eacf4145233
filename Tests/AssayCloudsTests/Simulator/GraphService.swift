import AssayCore

/// Microsoft Graph over a directory: which answer a request gets, once it is signed in and not throttled.
struct GraphService: Sendable {
    let directory: GraphDirectory
    let faults: Faults

    func answer(_ request: SimulatedRequest) -> SimulatedAnswer {
        let segments = request.path.split(separator: "/").dropFirst().map(String.init)
        let path = segments.joined(separator: "/").lowercased()
        guard request.path.lowercased().hasPrefix("/v1.0/") else {
            return .graphError(400, "BadRequest", "Only v1.0 is played.")
        }
        if faults.denies(type: "microsoft.graph/" + path, path: request.path) {
            return .graphError(
                403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
        }
        guard request.method == "GET" else {
            return .graphError(
                403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
        }
        if let refusal = refusedLicence(path, request) { return refusal }
        if path.hasSuffix("/$count") { return counted(String(path.dropLast(7)), request) }
        if let object = directory.objects[path] {
            let context = request.base + "/v1.0/$metadata#" + path + "/$entity"
            return SimulatedAnswer(200, Self.prefixed(selected(object, request, in: path), context))
        }
        if isList(path) { return list(path, request) }
        if let cut = path.lastIndex(of: "/") {
            let parent = String(path[..<cut])
            let id = String(path[path.index(after: cut)...])
            if isList(parent) {
                guard let object = (directory.lists[parent] ?? []).first(where: { Self.identity($0) == id }) else {
                    return Self.notFound(id)
                }
                let context = request.base + "/v1.0/$metadata#" + parent + "/$entity"
                return SimulatedAnswer(
                    200, Self.prefixed(selected(expanded(object, request, in: parent), request, in: parent), context))
            }
            if let missing = missingParent(path) { return missing }
        }
        return .graphError(400, "BadRequest", "Resource not found for the segment '\(segments.last ?? "")'.")
    }

    private static func identity(_ object: Tree) -> String? { object["id"]?.stringValue?.lowercased() }

    /// True for a list that there is, empty or not.
    private func isList(_ path: String) -> Bool {
        if directory.lists[path] != nil || GraphDirectory.known.contains(path) { return true }
        guard let (list, id, relation) = Self.relation(path), GraphDirectory.relations[list]?.contains(relation) == true
        else { return false }
        return (directory.lists[list] ?? []).contains { Self.identity($0) == id }
    }

    private func missingParent(_ path: String) -> SimulatedAnswer? {
        guard let (list, id, relation) = Self.relation(path), GraphDirectory.relations[list]?.contains(relation) == true
        else { return nil }
        return Self.notFound(id)
    }

    private static func relation(_ path: String) -> (list: String, id: String, relation: String)? {
        let segments = path.split(separator: "/").map(String.init)
        guard segments.count >= 3 else { return nil }
        return (segments.dropLast(2).joined(separator: "/"), segments[segments.count - 2], segments[segments.count - 1])
    }

    private static func notFound(_ id: String) -> SimulatedAnswer {
        .graphError(
            404, "Request_ResourceNotFound",
            "Resource '\(id)' does not exist or one of its queried reference-property objects are not present.")
    }

    // MARK: Licences

    private func refusedLicence(_ path: String, _ request: SimulatedRequest) -> SimulatedAnswer? {
        let asksActivity = request.query.contains {
            ["$select", "$filter"].contains($0.name.lowercased()) && $0.value.lowercased().contains("signinactivity")
        }
        let needsFirst =
            path.hasPrefix("auditlogs/signins") || path.hasPrefix("reports/authenticationmethods")
            || (path == "users" && asksActivity)
        if needsFirst, !directory.licences.contains(.premium1) {
            return .graphError(
                403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                "Neither tenant is B2C or tenant doesn't have premium license")
        }
        guard !directory.licences.contains(.premium2) else { return nil }
        if path.hasPrefix("identityprotection/risky") || path.hasPrefix("identitygovernance/") {
            return .graphError(403, "Forbidden", "Your tenant is not licensed for this feature.")
        }
        if path.contains("scheduleinstances") || path.hasPrefix("policies/rolemanagementpolic") {
            return .graphError(
                400, "AadPremiumLicenseRequired",
                "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.")
        }
        return nil
    }

    // MARK: Lists

    private func counted(_ path: String, _ request: SimulatedRequest) -> SimulatedAnswer {
        guard isList(path) else {
            return .graphError(400, "BadRequest", "Resource not found for the segment '\(path)'.")
        }
        let isEventual = request.header("consistencylevel")?.lowercased() == "eventual"
        guard isEventual,
            GraphDirectory.directoryObjects.contains(path.split(separator: "/").first.map(String.init) ?? "")
        else { return .graphError(400, "Request_BadRequest", "$count is not currently supported.") }
        switch filtered(path, request) {
        case .failure(let refusal): return refusal.answer
        case .success(let objects): return SimulatedAnswer(200, text: String(objects.count))
        }
    }

    private struct Refusal: Error {
        let answer: SimulatedAnswer
    }

    private func filtered(_ path: String, _ request: SimulatedRequest) -> Result<[Tree], Refusal> {
        let objects = directory.lists[path] ?? []
        guard let text = request.parameter("$filter"), !text.isEmpty else {
            if path == "policies/rolemanagementpolicyassignments" || path == "policies/rolemanagementpolicies" {
                let message = "The filter must name scopeId and scopeType."
                return .failure(Refusal(answer: .graphError(400, "BadRequest", message)))
            }
            return .success(objects)
        }
        guard let filter = ODataFilter(text) else {
            let message = "Unsupported or invalid query filter clause specified."
            return .failure(Refusal(answer: .graphError(400, "Request_UnsupportedQuery", message)))
        }
        let isEventual = request.header("consistencylevel")?.lowercased() == "eventual"
        if filter.isAdvanced, GraphDirectory.directoryObjects.contains(path),
            !isEventual || request.parameter("$count")?.lowercased() != "true"
        {
            let message = "Operator: 'NotEqualsMatch' is not supported. Add ConsistencyLevel:eventual and $count=true."
            return .failure(Refusal(answer: .graphError(400, "Request_UnsupportedQuery", message)))
        }
        return .success(objects.filter { filter.matches($0) })
    }

    private func list(_ path: String, _ request: SimulatedRequest) -> SimulatedAnswer {
        let objects: [Tree]
        switch filtered(path, request) {
        case .failure(let refusal): return refusal.answer
        case .success(let found): objects = found
        }
        var size = faults.graphPageSize
        if let text = request.parameter("$top") {
            guard let top = Int(text), (1...999).contains(top) else {
                let message = "Invalid page size specified: '\(text)'. Must be between 1 and 999 inclusive."
                return .graphError(400, "Request_UnsupportedQuery", message)
            }
            size = min(size, top)
        }
        var offset = 0
        if let token = request.parameter("$skiptoken") {
            guard let place = PageLink.offset(token, in: request.subject), place <= objects.count else {
                return .graphError(
                    400, "Directory_ExpiredPageToken",
                    "The specified page token value has expired and can no longer be included in your request.")
            }
            offset = place
        }
        let end = min(objects.count, offset + max(1, size))
        var members: [(String, Tree)] = [("@odata.context", .string(request.base + "/v1.0/$metadata#" + path))]
        if request.parameter("$count")?.lowercased() == "true" { members.append(("@odata.count", .int(objects.count))) }
        if end < objects.count {
            let rest = request.query.filter { $0.name.lowercased() != "$skiptoken" }
                .map { PercentCoding.encoded($0.name) + "=" + PercentCoding.encoded($0.value) }
            let query = rest + ["$skiptoken=" + PageLink.token(end, in: request.subject)]
            let link = request.base + request.target.prefix { $0 != "?" } + "?" + query.joined(separator: "&")
            members.append(("@odata.nextLink", .string(link)))
        }
        let page = objects[offset..<end].map { selected(expanded($0, request, in: path), request, in: path) }
        members.append(("value", .array(page)))
        return SimulatedAnswer(200, .object(members))
    }

    // MARK: Objects

    /// The members that `$select` names, or those that come without it.
    private func selected(_ object: Tree, _ request: SimulatedRequest, in list: String) -> Tree {
        let expanded = Set(Self.expansions(request).map { $0.name.lowercased() })
        guard let text = request.parameter("$select"), !text.isEmpty else {
            guard list == "users" else { return object }
            let kept = (object.members ?? []).filter { GraphDirectory.defaultUser.contains($0.key) }
            return .object(kept.map { ($0.key, $0.value) })
        }
        let names = Set(text.split(separator: ",").map { $0.lowercased().filter { $0 != " " } })
        let kept = (object.members ?? []).filter { member in
            let key = member.key.lowercased()
            return names.contains(key) || key == "@odata.type" || expanded.contains(key)
        }
        return .object(kept.map { ($0.key, $0.value) })
    }

    /// The object with the relations that `$expand` names.
    private func expanded(_ object: Tree, _ request: SimulatedRequest, in list: String) -> Tree {
        var object = object
        for expansion in Self.expansions(request) {
            object = related(object, expansion.name, expansion.inner, in: list)
        }
        return object
    }

    private func related(_ object: Tree, _ name: String, _ inner: String?, in list: String) -> Tree {
        let id = Self.identity(object) ?? ""
        if name.lowercased() == "policy", let policy = object["policyId"]?.stringValue?.lowercased(),
            let found = directory.lists["policies/rolemanagementpolicies"]?.first(where: { Self.identity($0) == policy }
            )
        {
            let whole = inner.map { related(found, $0, nil, in: "policies/rolemanagementpolicies") } ?? found
            return object.with("policy", whole)
        }
        let path = list + "/" + id + "/" + name.lowercased()
        let isKnown = GraphDirectory.relations[list]?.contains(name.lowercased()) == true
        guard isKnown || directory.lists[path] != nil else { return object }
        let elements = directory.lists[path] ?? []
        // Relations of directory objects show twenty at most, without a link to the rest.
        let isBounded = GraphDirectory.directoryObjects.contains(list) || list == "directoryroles"
        return object.with(name, .array(isBounded ? Array(elements.prefix(20)) : elements))
    }

    /// `members`, `policy($expand=rules)`: names with what is expanded within.
    private static func expansions(_ request: SimulatedRequest) -> [(name: String, inner: String?)] {
        guard let text = request.parameter("$expand") else { return [] }
        return text.split(separator: ",").map { part in
            let sides = part.split(separator: "(", maxSplits: 1)
            let name = sides[0].filter { $0 != " " }
            guard sides.count > 1 else { return (String(name), nil) }
            let inner = sides[1].split(separator: "=").last.map { String($0.filter { $0 != ")" && $0 != " " }) }
            return (String(name), sides[1].lowercased().contains("$expand") ? inner : nil)
        }
    }

    private static func prefixed(_ object: Tree, _ context: String) -> Tree {
        .object([("@odata.context", .string(context))] + (object.members ?? []).map { ($0.key, $0.value) })
    }
}
