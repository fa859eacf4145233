import AssayCore

/// Azure Resource Graph over an estate: rows of tracked resources and of containers, for a part of its query language.
struct ResourceGraph: Sendable {
    let estate: Estate
    let faults: Faults

    func answer(_ request: SimulatedRequest) -> SimulatedAnswer {
        let body: Tree
        do {
            body = try JSONText.tree(request.body)
        } catch {
            return .error(400, "BadRequest", "The request body is not JSON.")
        }
        guard let text = body["query"]?.stringValue else { return Self.invalid("Query is required.") }
        let query: ResourceQuery
        do {
            query = try ResourceQuery(text)
        } catch {
            return Self.invalid(error.message)
        }
        let options = body["options"]
        let top = options?["$top"]?.numberText.flatMap { Int($0) } ?? 100
        guard (1...1000).contains(top) else { return Self.invalid("$top must be between 1 and 1000.") }
        let format = options?["resultFormat"]?.stringValue ?? "objectArray"
        guard ["table", "objectArray"].contains(format) else { return Self.invalid("resultFormat is not known.") }
        let rows = query.result(of: source(query.table, body))
        let subject = text + JSONText.bytes(body["subscriptions"] ?? Tree(.null)).map { String($0) }.joined()
        var offset = options?["$skip"]?.numberText.flatMap { Int($0) } ?? 0
        if let token = options?["$skipToken"]?.stringValue {
            guard let place = PageLink.offset(token, in: subject) else {
                return Self.invalid("The skip token is not valid.")
            }
            offset = place
        }
        let size = min(top, faults.pageSize)
        let start = min(offset, rows.count)
        let end = min(rows.count, start + size)
        let page = Array(rows[start..<end])
        let hasMore = end < rows.count
        let showsId = query.showsId
        var members: [(String, Tree)] = [
            ("totalRecords", .int(rows.count)), ("count", .int(page.count)),
            // Without the id in the answer there is no way to the next page, and the rest is lost.
            ("resultTruncated", .string(hasMore && !showsId ? "true" : "false")), ("facets", .array([])),
            ("data", format == "table" ? Self.table(page) : .array(page)),
        ]
        if hasMore, showsId { members.append(("$skipToken", .string(PageLink.token(end, in: subject)))) }
        return SimulatedAnswer(200, .object(members))
    }

    /// The rows of a table that the identity may read.
    private func source(_ table: String, _ body: Tree) -> [Tree] {
        let asked = Set((body["subscriptions"]?.elements ?? []).compactMap { $0.stringValue?.lowercased() })
        let groups = (body["managementGroups"]?.elements ?? []).compactMap { $0.stringValue?.lowercased() }
        let subscriptions = estate.subscriptions.filter { subscription in
            guard subscription.isVisible else { return false }
            if !asked.isEmpty { return asked.contains(subscription.id.lowercased()) }
            if groups.isEmpty { return true }
            return estate.ancestors(ofGroup: subscription.group).contains { groups.contains($0.name.lowercased()) }
        }
        let ids = Set(subscriptions.map { $0.id.lowercased() })
        switch table {
        case "resources":
            return estate.resources.keys.sorted().compactMap { key in
                guard let resource = estate.resources[key], resource.isTracked, ids.contains(resource.subscription),
                    !faults.denies(type: resource.type, path: key)
                else { return nil }
                return row(resource)
            }
        case "resourcecontainers":
            let containers = subscriptions.map { subscription in
                Tree.object([
                    ("id", .string(subscription.path)), ("name", .string(subscription.name)),
                    ("type", .string("microsoft.resources/subscriptions")), ("tenantId", .string(estate.tenantId)),
                    ("subscriptionId", .string(subscription.id)),
                    ("properties", .object([("state", .string(subscription.state))])),
                ])
            }
            let resourceGroups = estate.resources.keys.sorted().compactMap { key -> Tree? in
                guard let resource = estate.resources[key], ids.contains(resource.subscription),
                    resource.type == "Microsoft.Resources/resourceGroups",
                    !faults.denies(type: resource.type, path: key)
                else { return nil }
                return row(resource).with("type", .string("microsoft.resources/subscriptions/resourcegroups"))
            }
            return containers + resourceGroups
        default: return []
        }
    }

    private func row(_ resource: ArmResource) -> Tree {
        let document = resource.document
        let path = ArmPath(resource.id)
        let empty = Tree(.null)
        return .object([
            ("id", .string(resource.id)), ("name", document["name"] ?? empty),
            ("type", .string(resource.type.lowercased())), ("tenantId", .string(estate.tenantId)),
            ("kind", document["kind"] ?? .string("")), ("location", document["location"] ?? .string("")),
            ("resourceGroup", .string(path.group ?? "")), ("subscriptionId", .string(path.subscription ?? "")),
            ("managedBy", document["managedBy"] ?? .string("")), ("sku", document["sku"] ?? empty),
            ("plan", document["plan"] ?? empty), ("properties", document["properties"] ?? empty),
            ("tags", document["tags"] ?? empty), ("identity", document["identity"] ?? empty),
            ("zones", document["zones"] ?? empty),
        ])
    }

    private static func table(_ rows: [Tree]) -> Tree {
        let names = (rows.first?.members ?? []).map(\.key)
        let columns = names.map { name -> Tree in
            let isObject = ["sku", "plan", "properties", "tags", "identity", "zones"].contains(name)
            let type = isObject ? "object" : (name.hasPrefix("count") ? "integer" : "string")
            return .object([("name", .string(name)), ("type", .string(type))])
        }
        let cells = rows.map { row in Tree.array((row.members ?? []).map(\.value)) }
        return .object([("columns", .array(columns)), ("rows", .array(cells))])
    }

    private static func invalid(_ reason: String) -> SimulatedAnswer {
        func detail(_ code: String, _ message: String) -> Tree {
            .object([("code", .string(code)), ("message", .string(message))])
        }
        return .error(
            400, "BadRequest",
            "Please provide below info when asking for support: timestamp = 2026-11-01T08:00:00Z, correlationId = "
                + "00000000-0000-0000-0000-00000000f004.",
            details: [
                detail(
                    "InvalidQuery",
                    "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix "
                        + "the error before retrying."), detail("ParserFailure", reason),
            ])
    }
}
