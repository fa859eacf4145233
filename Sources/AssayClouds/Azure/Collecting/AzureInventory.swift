import AssayCore
import AssayShapes

/// What Resource Graph and the list of all resources say there is: breadth in a few calls, and one held against the
/// other.
///
/// Resource Graph leaves out silently what an identity may not read. Its silence counts only in a subscription where a
/// permission for all reads was shown and both routes agree.
struct AzureInventory: Sendable {
    /// Resources by lower-cased type, by subscription's scope.
    private(set) var counts: [String: [String: Int]] = [:]
    /// Subscriptions where a type that was not found is not there.
    private(set) var trusted: Set<String> = []
    private(set) var coverage: [Coverage] = []

    static let graphCall = "POST /providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01"
    private static let columns =
        "id, name, type, kind, location, tags, sku, plan, identity, managedBy, zones, subscriptionId, resourceGroup"
    /// Resource Graph takes up to 1,000 subscriptions a query.
    private static let batch = 500
    /// Collection of the records that say how the two routes compare.
    private static let collection = "Microsoft.Resources/resources"

    /// Asks both routes, and gives types that no entry of the table collects to the sink.
    static func read(_ collection: AzureCollection, _ scopes: AzureScopes) async throws -> AzureInventory {
        var inventory = AzureInventory()
        let subscriptions = scopes.subscriptions
        guard !subscriptions.isEmpty else { return inventory }
        let known = Set(collection.table.entries.map { $0.type.lowercased() })
        var failure: AzureCallError?
        do {
            var others: Set<String> = []
            for start in stride(from: 0, to: subscriptions.count, by: batch) {
                let part = subscriptions[start..<min(start + batch, subscriptions.count)].map(\.id)
                try await pages(collection, "Resources | project id, type, subscriptionId | order by id asc", part) {
                    rows in
                    for row in rows {
                        guard let type = row["type"]?.stringValue?.lowercased(), let scope = Self.scope(of: row) else {
                            continue
                        }
                        inventory.counts[scope, default: [:]][type, default: 0] += 1
                        if !known.contains(type) { others.insert(type) }
                    }
                }
                if !others.isEmpty { try await emit(others.sorted(), part, collection, scopes) }
            }
        } catch let error as AzureCallError {
            if error.state == .interrupted { throw error }
            failure = error
        }
        let counts = inventory.counts
        let graphFailure = failure
        let results = try await inParallel(subscriptions, width: 8) { subscription in
            try await compare(
                collection, subscription, graphFailure == nil ? counts[subscription.scope] ?? [:] : nil, graphFailure)
        }
        for (subscription, result) in zip(subscriptions, results) {
            inventory.coverage.append(result.record)
            if result.isTrusted { inventory.trusted.insert(subscription.scope) }
        }
        return inventory
    }

    /// True when no resource of the type is in the subscription, shown by both routes to an identity that may read all.
    func isShownEmpty(_ type: String, in scope: String) -> Bool {
        trusted.contains(scope) && (counts[scope]?[type.lowercased()] ?? 0) == 0
    }

    private static func scope(of row: Tree) -> String? {
        let id =
            row["subscriptionId"]?.stringValue
            ?? row["id"]?.stringValue?.split(separator: "/").dropFirst().first.map(String.init)
        return id.map { "/subscriptions/\($0.lowercased())" }
    }

    // MARK: Resource Graph

    /// Hands over the rows of a query, as objects, page by page.
    private static func pages(
        _ collection: AzureCollection, _ query: String, _ subscriptions: [String], _ take: ([Tree]) async throws -> Void
    ) async throws {
        var skip: String?
        repeat {
            var options: [(String, Tree)] = [("$top", .int(1000)), ("resultFormat", .string("objectArray"))]
            if let skip { options.append(("$skipToken", .string(skip))) }
            var writer = JSONWriter()
            writer.value(
                Tree.object([
                    ("subscriptions", .array(subscriptions.map { .string($0) })), ("query", .string(query)),
                    ("options", .object(options)),
                ]))
            let answer = try await collection.client.answer(
                AzureClient.Call(
                    service: .arm, method: "POST", target: "/providers/Microsoft.ResourceGraph/resources",
                    apiVersion: "2022-10-01", body: writer.bytes))
            guard let page = objects(answer.document) else {
                throw AzureCallError(
                    state: .failed, status: 200, code: "answer-without-list", message: "the answer holds no rows")
            }
            try await take(page)
            let next = answer.document["$skipToken"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
            if next == nil, answer.document["resultTruncated"]?.stringValue == "true" {
                throw AzureCallError(
                    state: .failed, status: 200, code: "result-truncated", message: "rows were left out of the answer")
            }
            if next != nil, page.isEmpty || next == skip {
                throw AzureCallError(
                    state: .failed, status: 200, code: "pages-repeat", message: "the answer names a page that was read")
            }
            skip = next
        } while skip != nil
    }

    /// Rows as objects, or as the older table of columns.
    private static func objects(_ document: Tree) -> [Tree]? {
        guard let data = document["data"] else { return nil }
        if let elements = data.elements { return elements }
        guard let columns = data["columns"]?.elements, let rows = data["rows"]?.elements else { return nil }
        let names = columns.map { $0["name"]?.stringValue ?? "" }
        return rows.compactMap { row in
            row.elements.map { Tree(.object(zip(names, $0).map { Tree.Member($0, $1) }), at: row.position) }
        }
    }

    /// Resources that no list of ours reads: the rest of the inventory.
    private static func emit(
        _ types: [String], _ subscriptions: [String], _ collection: AzureCollection, _ scopes: AzureScopes
    ) async throws {
        let names = types.filter { $0.utf8.allSatisfy { $0 != 0x27 } }.map { "'\($0)'" }.joined(separator: ", ")
        let query = "Resources | where type in~ (\(names)) | project \(columns), properties | order by id asc"
        try await pages(collection, query, subscriptions) { try await emit($0, collection) }
    }

    private static func emit(_ rows: [Tree], _ collection: AzureCollection) async throws {
        var resources: [Resource] = []
        for row in rows {
            guard let type = row["type"]?.stringValue, let scope = scope(of: row) else { continue }
            var element = row
            for key in ["subscriptionId", "resourceGroup", "tenantId"] { element[key] = nil }
            element.content = .object(
                (element.members ?? []).filter { $0.value.content != .null && $0.value.stringValue != "" })
            let place = LiveShaper.Place(
                scope: ["/tenants/\(collection.request.tenant)", scope], call: graphCall, at: collection.clock.now(),
                apiVersion: nil, parent: scope)
            let outcome = collection.shaper.armResource(
                element, type: collection.shaper.spelling(type), form: .listed, at: place)
            await collection.notes.add(outcome.diagnostics, redactions: outcome.redactions.count, type: type)
            if let resource = outcome.resource { resources.append(resource) }
        }
        try await collection.sink.append(resources, unit: "inventory")
        await collection.notes.add(resources: resources.count)
    }

    // MARK: The two routes

    private struct Comparison: Sendable {
        let record: Coverage
        let isTrusted: Bool
    }

    private static func compare(
        _ collection: AzureCollection, _ subscription: AzureScopes.Subscription, _ graph: [String: Int]?,
        _ graphFailure: AzureCallError?
    ) async throws -> Comparison {
        let version = "2021-04-01"
        let path = "/subscriptions/\(subscription.id)/resources"
        var record = Coverage(
            collection: self.collection, scope: subscription.scope, state: .read,
            call: "GET \(path)?api-version=\(version)",
            at: collection.clock.now())
        var listed: [String: Int] = [:]
        do {
            var found: [String: Int] = [:]
            let read = try await collection.client.pages(
                AzureClient.Call(service: .arm, target: path, apiVersion: version)
            ) { page in
                for element in page.elements {
                    found[element["type"]?.stringValue?.lowercased() ?? "", default: 0] += 1
                }
            }
            listed = found
            record.count = read.count
            record.pages = read.pages
        } catch let error as AzureCallError {
            if error.state == .interrupted { throw error }
            record.state = error.state
            record.code = error.code
            record.message = error.message
            return Comparison(record: record, isTrusted: false)
        }
        guard let graph else {
            record.state = graphFailure?.state ?? .failed
            record.code = graphFailure?.code
            record.message =
                "\(record.count ?? 0) by the list of resources; Resource Graph could not be asked: \(graphFailure?.words ?? "")"
            return Comparison(record: record, isTrusted: false)
        }
        let differing = Set(graph.keys).union(listed.keys).filter { graph[$0, default: 0] != listed[$0, default: 0] }
            .sorted()
        let inGraph = graph.values.reduce(0, +)
        record.message = "\(record.count ?? 0) by the list of resources, \(inGraph) by Resource Graph"
        if !differing.isEmpty {
            let names = differing.prefix(5).map { "\($0) \(listed[$0, default: 0]) and \(graph[$0, default: 0])" }
            record.message = (record.message ?? "") + "; they differ in \(names.joined(separator: ", "))"
            await collection.notes.add(
                Diagnostic(
                    code: "azure-counts-differ", severity: .note,
                    message:
                        "`\(subscription.scope)`: the list of resources and Resource Graph differ in \(differing.count) types (\(names.joined(separator: ", "))); every type is listed by itself"
                ))
        }
        let mayReadAll = try await showsAllReads(collection, subscription)
        return Comparison(record: record, isTrusted: differing.isEmpty && mayReadAll)
    }

    /// True when the permissions that Resource Manager shows for the subscription hold every read.
    private static func showsAllReads(
        _ collection: AzureCollection, _ subscription: AzureScopes.Subscription
    ) async throws -> Bool {
        do {
            return try await AzurePermissions.read(collection.client, scope: "/subscriptions/\(subscription.id)")
                .allowsAllReads
        } catch let error as AzureCallError {
            if error.state == .interrupted { throw error }
            return false
        }
    }
}
