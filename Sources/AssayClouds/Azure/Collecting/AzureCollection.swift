public import AssayCore
public import AssayShapes

/// Collects a tenant: subscriptions, then every collection of the table in each, then Graph.
///
/// Memory: the pages and elements that are under way, and a record of coverage a unit; resources go to the sink.
public struct AzureCollection: Sendable {
    /// What to collect.
    public struct Request: Sendable {
        /// The tenant's id.
        public var tenant: String
        /// Ids of subscriptions; empty takes all that the identity sees.
        public var subscriptions: [String]
        /// Names of management groups whose subscriptions are taken; empty takes all.
        public var managementGroups: [String]
        /// How many lists are read at once.
        public var parallel: Int
        /// From how many subscriptions on a list is left out where the inventory shows that it is empty; below it a call
        /// costs less than a doubt.
        public var inventoryFrom = 10
        /// False asks everything anew, whatever the activity log says.
        public var buildsOnEarlier = true
        /// Days after which an answer is asked for anew in any case.
        public var longestReuse = 7

        /// A request; without names everything is collected.
        public init(
            tenant: String, subscriptions: [String] = [], managementGroups: [String] = [], parallel: Int = 8
        ) {
            self.tenant = tenant.lowercased()
            self.subscriptions = subscriptions
            self.managementGroups = managementGroups
            self.parallel = parallel
        }
    }

    /// What a collection gives beside the resources that went to the sink.
    public struct Outcome: Sendable {
        /// Sorted.
        public let coverage: [Coverage]
        /// Sorted; without files.
        public let diagnostics: [Diagnostic]
        /// Resources that went to the sink, repeats included.
        public let resources: Int
        /// Subscriptions that were collected.
        public let subscriptions: Int
        /// Requests that were answered.
        public let requests: Int
        /// Lists that were not asked again, since nothing below an unchanged resource changed.
        public let reused: Int
        /// The most requests that were under way at once.
        public let highestInFlight: Int
        /// True when the user stopped it.
        public let isInterrupted: Bool
    }

    let client: AzureClient
    let table: CollectionTable
    let shaper: LiveShaper
    let sink: any CollectionSink
    let request: Request
    let clock: any WallClock
    let progress: @Sendable (_ stage: String, _ done: Int, _ total: Int) -> Void
    let ledger: CoverageLedger
    let notes = CollectionNotes()

    /// A collection.
    public init(
        _ request: Request, parts: AzureClient.Parts, table: CollectionTable, shaper: LiveShaper,
        sink: any CollectionSink, progress: @escaping @Sendable (String, Int, Int) -> Void = { _, _, _ in }
    ) {
        self.request = request
        self.table = table
        self.shaper = shaper
        self.sink = sink
        self.progress = progress
        clock = parts.clock
        let notes = notes
        client = AzureClient(parts) { call in
            await notes.countRequest()
            await sink.add(call)
        }
        ledger = CoverageLedger { shaper.isDirectOnly($0) }
    }

    /// Collects everything; stops at the next page when the task is cancelled.
    ///
    /// - Throws: what the sink throws; a call that fails is coverage and a diagnostic.
    public func run() async throws -> Outcome {
        let scopes: AzureScopes
        let inventory: AzureInventory
        var activity = AzureActivity()
        do {
            scopes = try await AzureScopes.read(self)
            inventory = try await AzureInventory.read(self, scopes)
            if request.buildsOnEarlier, let since = await sink.earlierStart() {
                activity = try await AzureActivity.read(self, scopes, since: since)
            }
        } catch let error as AzureCallError {
            return try await stopped(error)
        }
        let places = scopes.subscriptions.map(\.scope)
        let jobs = jobs(scopes, activity)
        let total = jobs.count
        let notes = notes
        _ = try await inParallel(jobs, width: request.parallel) { job in
            if job.entry.isTracked, places.count >= request.inventoryFrom,
                inventory.isShownEmpty(job.entry.type, in: job.owner.area)
            {
                await add(
                    job.entry, job.owner, .read, count: 0, pages: nil, call: AzureInventory.graphCall,
                    message: "none, by Resource Graph and by the list of resources; all reads are permitted",
                    at: clock.now())
            } else {
                try await collect(job.entry, on: job.owner)
            }
            progress("collecting", await notes.countJob(), total)
        }
        let tenant = "/tenants/\(request.tenant)"
        var coverage = await ledger.records(
            table: table, areas: places, tenant: tenant, isComplete: scopes.isWholeTenant)
        coverage += scopes.coverage + inventory.coverage
        let isInterrupted = Task.isCancelled
        await notes.describe(coverage, isInterrupted: isInterrupted)
        return Outcome(
            coverage: coverage.sorted {
                ($0.collection, $0.scope, $0.state.rawValue) < ($1.collection, $1.scope, $1.state.rawValue)
            },
            diagnostics: await notes.diagnostics, resources: await notes.resources,
            subscriptions: scopes.subscriptions.count, requests: await notes.requests, reused: await notes.reused,
            highestInFlight: await client.parts.limit.highest, isInterrupted: isInterrupted)
    }

    /// What is left of a run that was stopped before it knew what there is.
    private func stopped(_ error: AzureCallError) async throws -> Outcome {
        let coverage = [
            Coverage(
                collection: "*", scope: "/tenants/\(request.tenant)", state: error.state, code: error.code,
                message: error.message, at: clock.now())
        ]
        await notes.describe(coverage, isInterrupted: true)
        return Outcome(
            coverage: coverage, diagnostics: await notes.diagnostics, resources: await notes.resources,
            subscriptions: 0, requests: await notes.requests, reused: await notes.reused,
            highestInFlight: await client.parts.limit.highest, isInterrupted: true)
    }

    // MARK: What is asked where

    /// One entry on one owner.
    struct Job: Sendable {
        let entry: CollectionEntry
        let owner: Owner
    }

    /// What a collection hangs on.
    struct Owner: Sendable {
        /// As received: the id of a subscription, a management group, the tenant or a resource.
        let id: String
        /// The scopes that enclose what is found here, outer to inner.
        let scope: [String]
        /// Where coverage is summed up: `/subscriptions/…` or `/tenants/…`, lower-cased.
        let area: String
        var subscription: String?
        var managementGroup: String?
        /// The parent's type; nil for a scope.
        var type: String?
        /// The parent's body, for conditions.
        var body: Tree?
        /// True when the parent is as it was and the activity log names nothing at it or below it.
        var isQuiet = false
        var activity = AzureActivity()
    }

    private func jobs(_ scopes: AzureScopes, _ activity: AzureActivity) -> [Job] {
        let tenant = "/tenants/\(request.tenant)"
        let root = Owner(id: tenant, scope: [tenant], area: tenant)
        var jobs = table.entries(of: .tenant, .graph).map { Job(entry: $0, owner: root) }
        jobs += table.entries(of: .tenant, .arm).map { Job(entry: $0, owner: root) }
        for group in scopes.managementGroups {
            let owner = Owner(
                id: group.id, scope: group.subscriptions + [tenant, group.id.lowercased()], area: group.id.lowercased(),
                managementGroup: group.name)
            jobs += table.entries(of: .managementGroup, .arm).map { Job(entry: $0, owner: owner) }
        }
        for subscription in scopes.subscriptions {
            let owner = Owner(
                id: subscription.scope, scope: [tenant, subscription.scope], area: subscription.scope,
                subscription: subscription.id, activity: activity)
            for entry in table.entries(of: .subscription, .arm) {
                jobs.append(Job(entry: entry, owner: owner))
            }
        }
        // Subscriptions take turns, since each has a bucket of its own.
        return jobs.enumerated().sorted {
            (scopes.turn(of: $0.element.owner.area, $0.offset), $0.offset) < (
                scopes.turn(of: $1.element.owner.area, $1.offset), $1.offset
            )
        }.map(\.element)
    }

    // MARK: One unit

    /// Reads one entry on one owner, and what hangs on what it finds.
    func collect(_ entry: CollectionEntry, on owner: Owner) async throws {
        let path = expanded(entry.path, owner)
        let key = "\(entry.type)|\(path.lowercased())"
        if let unit = try await sink.finished(key) {
            await add(entry, owner, .read, count: unit.count, pages: unit.pages, call: unit.call, at: unit.at)
            let children = table.children(of: entry.type)
            try await sink.resources(of: unit) { resources in
                await notes.add(resources: resources.count)
                if !children.isEmpty { try await collectChildren(children, of: resources, owner) }
            }
            return
        }
        if owner.isQuiet, entry.followsActivityLog, try await reuse(entry, owner, key) { return }
        do {
            try await read(entry, on: owner, path: path, key: key, unknown: [])
        } catch let error as AzureCallError {
            if error.status == 404, entry.absentCodes.contains(error.code) || entry.absentCodes.contains("*") {
                try await finish(entry, owner, key, count: 0, pages: 1, call: callText(entry, path))
            } else if error.state == .notLicensed || error.state == .denied, let fallback = entry.fallback {
                try await readWithout(fallback, entry, owner, key)
            } else {
                await fail(entry, owner, path, error)
            }
        }
    }

    /// Takes over what an earlier collection read of a unit that did not change since.
    private func reuse(_ entry: CollectionEntry, _ owner: Owner, _ key: String) async throws -> Bool {
        guard let earlier = try await sink.earlier(key), let then = CalendarText.seconds(earlier.unit.at),
            let now = CalendarText.seconds(clock.now()), now - then <= Int64(request.longestReuse) * 86_400
        else { return false }
        try await sink.append(earlier.resources, unit: key)
        await notes.add(resources: earlier.resources.count)
        await notes.countReuse()
        try await sink.finish(earlier.unit)
        await add(
            entry, owner, .read, count: earlier.unit.count, pages: earlier.unit.pages, call: earlier.unit.call,
            message: "the answer of then: the activity log names no change since", at: earlier.unit.at)
        let children = table.children(of: entry.type)
        if !children.isEmpty { try await collectChildren(children, of: earlier.resources, owner) }
        return true
    }

    /// Asks for less where a licence is missing.
    private func readWithout(
        _ fallback: CollectionEntry.Fallback, _ entry: CollectionEntry, _ owner: Owner, _ key: String
    ) async throws {
        let path = expanded(fallback.path, owner)
        do {
            try await read(entry, on: owner, path: path, key: key, unknown: fallback.unknown)
        } catch let error as AzureCallError {
            await fail(entry, owner, path, error)
        }
    }

    private func fail(_ entry: CollectionEntry, _ owner: Owner, _ path: String, _ error: AzureCallError) async {
        // A provider that is not registered can have made nothing.
        let isNone = error.state == .notLicensed && entry.isAbsentWithoutLicence || error.state == .notRegistered
        await add(
            entry, owner, error.state, count: isNone ? 0 : nil, pages: nil, call: callText(entry, path),
            code: error.code,
            message: error.state == .notLicensed
                ? "needs \(entry.licence ?? "a licence"): \(error.message)" : error.message,
            at: clock.now())
    }

    private func finish(
        _ entry: CollectionEntry, _ owner: Owner, _ key: String, count: Int, pages: Int, call: String
    ) async throws {
        let unit = CollectionUnit(key: key, count: count, pages: pages, call: call, at: clock.now())
        try await sink.finish(unit)
        await add(entry, owner, .read, count: count, pages: pages, call: call, at: unit.at)
    }

    private func read(
        _ entry: CollectionEntry, on owner: Owner, path: String, key: String, unknown: [String]
    ) async throws {
        if Task.isCancelled { throw AzureCallError.cancelled }
        var call = AzureClient.Call(
            service: entry.service, method: entry.form == .post ? "POST" : "GET", target: path,
            apiVersion: entry.apiVersion.isEmpty ? nil : entry.apiVersion, licenceCodes: entry.licenceCodes)
        if entry.form == .post {
            var writer = JSONWriter()
            writer.value(entry.body ?? .object([]))
            call.body = writer.bytes
        }
        if path.contains("$count=true") || path.contains("$search") {
            call.headers.append(("ConsistencyLevel", "eventual"))
        }
        guard entry.form != .get else {
            let answer = try await client.answer(call)
            let count = try await take([answer.document], answer, entry, owner, key, isSingle: true, unknown)
            try await finish(entry, owner, key, count: count, pages: 1, call: answer.call)
            return
        }
        var text = callText(entry, path)
        let read = try await client.pages(call, limit: entry.maxPages) { page in
            if page.number == 1 { text = page.answer.call }
            _ = try await take(page.elements, page.answer, entry, owner, key, isSingle: false, unknown)
        }
        try await checkCount(entry, owner, read.count)
        try await finish(entry, owner, key, count: read.count, pages: read.pages, call: text)
    }

    /// Compares a list of Graph with its own count.
    private func checkCount(_ entry: CollectionEntry, _ owner: Owner, _ count: Int) async throws {
        guard let path = entry.countPath else { return }
        let call = AzureClient.Call(
            service: entry.service, target: expanded(path, owner), headers: [("ConsistencyLevel", "eventual")])
        do throws(AzureCallError) {
            let answer = try await client.answer(call)
            let text = answer.document.stringValue ?? answer.document.numberText ?? ""
            guard let expected = Int(text), expected > count else { return }
            throw AzureCallError(
                state: .failed, status: 200, code: "count-mismatch",
                message: "the list gave \(count) of \(expected) that \(path) counts")
        } catch {
            if error.code == "count-mismatch" || error.state == .interrupted { throw error }
            await notes.add(
                Diagnostic(
                    code: "azure-count-unknown", severity: .note,
                    message:
                        "`\(entry.type)`: \(count) were listed; how many there are could not be asked (\(error.words))")
            )
        }
    }

    // MARK: Elements

    /// Shapes the elements of one answer, hands them to the sink and collects what hangs on them.
    private func take(
        _ elements: [Tree], _ answer: AzureClient.Answer, _ entry: CollectionEntry, _ owner: Owner, _ key: String,
        isSingle: Bool, _ unknown: [String]
    ) async throws -> Int {
        let shaped = try await inParallel(elements, width: 32) { element -> [Resource] in
            let resource = try await shape(element, answer, entry, owner, isSingle: isSingle, unknown)
            return resource.map { [$0] } ?? []
        }
        let resources = shaped.flatMap(\.self)
        try await sink.append(resources, unit: key)
        await notes.add(resources: resources.count)
        let children = table.children(of: entry.type)
        if !children.isEmpty, !resources.isEmpty { try await collectChildren(children, of: resources, owner) }
        return resources.count
    }

    private func shape(
        _ listed: Tree, _ answer: AzureClient.Answer, _ entry: CollectionEntry, _ owner: Owner, isSingle: Bool,
        _ unknown: [String]
    ) async throws -> Resource? {
        var element = listed
        var isWhole = isSingle
        var place = LiveShaper.Place(
            scope: owner.scope, call: answer.call, at: answer.at, apiVersion: answer.apiVersion, parent: owner.id)
        var omitted = UnknownReason.notCollected
        if entry.needsDetail, let id = listed["id"]?.stringValue {
            do throws(AzureCallError) {
                let path = entry.service == .arm ? id : listPath(entry, owner) + "/" + id
                let detail = try await client.answer(
                    AzureClient.Call(service: entry.service, target: path, apiVersion: answer.apiVersion))
                element = detail.document
                isWhole = true
                place.call = detail.call
                place.at = detail.at
            } catch {
                if error.state == .interrupted { throw error }
                omitted = Coverage(collection: "", scope: "", state: error.state).unknownReason ?? .failed
                await notes.count("azure-detail-\(error.state.rawValue)", entry.type, "GET \(id)", error.words)
            }
        }
        for fold in entry.folds { element[fold.member] = try await folded(fold, of: element, entry, owner) }
        let outcome: LiveShaper.Outcome
        if entry.service == .graph {
            outcome = shaper.graphResource(
                element, type: entry.type, tenant: request.tenant, identifier: entry.identifier, unknown: unknown,
                at: place)
        } else {
            outcome = shaper.armResource(
                element, type: entry.type, form: isWhole ? .single : .listed, identifier: entry.identifier,
                secrets: entry.secrets, omitted: omitted, at: place)
        }
        await notes.add(outcome.diagnostics, redactions: outcome.redactions.count, type: entry.type)
        return outcome.resource
    }

    /// A list of its own that belongs into the element; unknown where it could not be read.
    private func folded(
        _ fold: (member: String, path: String), of element: Tree, _ entry: CollectionEntry, _ owner: Owner
    ) async throws -> Tree {
        guard let id = element["id"]?.stringValue else { return .unknown(.notCollected) }
        let path = fold.path.replacing("{id}", with: id)
        let call = AzureClient.Call(
            service: entry.service, target: path, apiVersion: entry.apiVersion.isEmpty ? nil : entry.apiVersion)
        var elements: [Tree] = []
        do {
            _ = try await client.pages(call) { page in elements += page.elements }
            return .array(elements)
        } catch let error as AzureCallError {
            if error.state == .interrupted { throw error }
            await notes.count(
                "azure-part-\(error.state.rawValue)", entry.type, "GET \(fold.path)", error.words)
            return .unknown(Coverage(collection: "", scope: "", state: error.state).unknownReason ?? .failed)
        }
    }

    private func collectChildren(_ children: [CollectionEntry], of resources: [Resource], _ owner: Owner) async throws {
        let mayReuse = children.contains { $0.followsActivityLog }
        let items = try await resources.asyncFlatMap { resource -> [(Resource, CollectionEntry, Bool)] in
            var isQuiet = false
            if mayReuse, owner.activity.isQuiet(resource.id, in: owner.area) {
                isQuiet = try await sink.isUnchanged(resource)
            }
            return children.map { (resource, $0, isQuiet) }
        }
        _ = try await inParallel(items, width: 32) { item in
            let (resource, entry, isQuiet) = item
            let body = Tree(resource.body)
            var parent = Owner(
                id: resource.body["id"]?.string ?? resource.id, scope: resource.scope, area: owner.area,
                subscription: owner.subscription, managementGroup: owner.managementGroup)
            parent.type = resource.type
            parent.body = body
            parent.isQuiet = isQuiet
            parent.activity = owner.activity
            if entry.applies(to: body) {
                try await collect(entry, on: parent)
            } else {
                await add(
                    entry, parent, .read, count: 0, pages: nil, call: callText(entry, expanded(entry.path, parent)),
                    message: "does not exist for a resource of this kind", at: clock.now())
            }
        }
    }

    // MARK: Words

    private func listPath(_ entry: CollectionEntry, _ owner: Owner) -> String {
        String(expanded(entry.path, owner).prefix { $0 != "?" })
    }

    /// The path with its placeholders filled in.
    func expanded(_ path: String, _ owner: Owner) -> String {
        guard path.contains("{") else { return path }
        let now = CalendarText.seconds(clock.now()) ?? client.parts.pacing.seconds()
        return
            path.replacing("{id}", with: owner.id)
            .replacing("{above}", with: Self.extended(owner.id))
            .replacing("{subscription}", with: owner.subscription ?? "")
            .replacing("{group}", with: owner.managementGroup ?? "")
            .replacing("{tenant}", with: request.tenant)
            .replacing("{until}", with: CalendarText.rfc3339(now))
            .replacing("{since}", with: CalendarText.rfc3339(now - 86_400 * Int64(windowDays(of: path))))
    }

    /// What an extension resource hangs on: its id without the last provider's part.
    private static func extended(_ id: String) -> String {
        let segments = id.split(separator: "/", omittingEmptySubsequences: false)
        guard let last = segments.lastIndex(where: { $0.lowercased() == "providers" }) else { return id }
        return segments[..<last].joined(separator: "/")
    }

    private func windowDays(of path: String) -> Int {
        table.entries.first { $0.path == path }?.windowDays ?? 1
    }

    private func callText(_ entry: CollectionEntry, _ path: String) -> String {
        let version =
            entry.apiVersion.isEmpty ? "" : (path.contains("?") ? "&" : "?") + "api-version=\(entry.apiVersion)"
        return "\(entry.form == .post ? "POST" : "GET") \(path)\(version)"
    }

    func add(
        _ entry: CollectionEntry, _ owner: Owner, _ state: Coverage.State, count: Int?, pages: Int?, call: String,
        code: String? = nil, message: String? = nil, at: String
    ) async {
        await ledger.add(
            CoverageLedger.Unit(
                type: entry.type, parentType: owner.type, place: owner.type == nil ? owner.area : owner.id,
                area: owner.area, state: state, count: count, pages: pages, call: call, code: code, message: message,
                at: at))
    }
}
