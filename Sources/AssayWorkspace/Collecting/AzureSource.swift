import AssayClouds
import AssayCore
import AssayFormats
import AssayHashing
import AssayShapes
import Glibc

/// Azure and Entra as a source: signs in, collects through a spool on disk, and gives what was read.
struct AzureSource {
    let request: AzureRequest
    let catalogue: EmbeddedCatalogue
    let redactor: Redactor
    let clock: any WallClock
    let observer: ScanObserver
    /// Where the spool stands; nil takes a temporary folder that is removed.
    let folder: String?

    /// What a collection gave; its resources are in the spool.
    struct Collected {
        let spool: CollectionSpool
        let outcome: AzureCollection.Outcome
        let tenant: String
        /// Who signed in, in words.
        let identity: String
        let temporary: String?

        /// What evidence says of the calls: how many lines the file of their records has, and its digest.
        func calls() async throws -> LiveCalls {
            let path = try await spool.callRecords()
            var count = 0
            try LineReader.lines(of: path, limits: DocumentLimits()) { _, _, _ in
                count += 1
                return true
            }
            return LiveCalls(identity: identity, count: count, digest: try FileText.digest(path), path: path)
        }

        /// Ends with the spool, all of which is in a snapshot now: an interrupted one stays, a whole one is kept for the
        /// next collection to build on, and without a workspace nothing is.
        func close() async throws {
            if let temporary {
                await spool.remove()
                unsafe rmdir(temporary)
            } else if !outcome.isInterrupted {
                try await spool.keep()
            }
        }
    }

    /// Signs in and collects everything.
    ///
    /// - Throws: `ConfigurationError` when there is no way to sign in or an address is wrong.
    func collect() async throws -> Collected {
        let session = try await AzureSession.open(request)
        do {
            let collected = try await collect(session)
            await session.close()
            return collected
        } catch {
            await session.close()
            throw error
        }
    }

    private func collect(_ session: AzureSession) async throws -> Collected {
        let tenant = session.tenant
        var temporary: String?
        let place: String
        if let folder {
            place = folder + "/azure-" + tenant
        } else {
            let made = try Self.temporaryFolder()
            temporary = made
            place = made + "/azure"
        }
        let purpose = [
            "assay \(AssayVersion.current)", tenant, request.subscriptions.sorted().joined(separator: ","),
            request.managementGroups.sorted().joined(separator: ","), session.cloud.resourceManager.url,
            session.cloud.graph.url, session.identity,
        ].joined(separator: "|")
        let spool = try CollectionSpool(folder: place, purpose: purpose, started: clock.now())
        let limit = InFlightLimit(request.concurrency)
        let parts = AzureClient.Parts(
            transport: session.transport, tokens: session.tokens, cloud: session.cloud, pacing: session.pacing,
            limit: limit, clock: clock)
        let observer = observer
        var asked = AzureCollection.Request(
            tenant: tenant, subscriptions: request.subscriptions, managementGroups: request.managementGroups)
        asked.buildsOnEarlier = !request.isFresh
        let collection = AzureCollection(
            asked,
            parts: parts, table: catalogue.collections,
            shaper: LiveShaper(tables: catalogue.tables, redactor: redactor), sink: spool,
            progress: { observer.progress($0, $1, $2) })
        let work = Task { try await collection.run() }
        let watch = Task {
            while !observer.isCancelled() { try await Task.sleep(for: .milliseconds(100)) }
            work.cancel()
        }
        defer { watch.cancel() }
        let outcome = try await work.value
        return Collected(
            spool: spool, outcome: outcome, tenant: tenant, identity: session.identity, temporary: temporary)
    }

    private static func temporaryFolder() throws -> String {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/assay-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw FileError(path: base, reason: "holds no temporary folder") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension CollectedEstate {
    /// Adds what a live collection read.
    mutating func add(_ collected: AzureSource.Collected) async throws {
        var found: [Resource] = []
        try await collected.spool.reading().forEach { found.append($0) }
        let known = Set(resources.map(\.id))
        resources += found.filter { !known.contains($0.id) }
        coverage += collected.outcome.coverage
        diagnostics += collected.outcome.diagnostics
        placeSqlColumns()
        diagnostics.sort()
    }
}

extension AzureRequest {
    /// The request with what it leaves open taken from `assay.yaml`.
    func filled(from configuration: AzureScope) -> AzureRequest {
        var request = self
        if request.tenant == nil { request.tenant = configuration.tenant }
        if request.cloud == nil { request.cloud = configuration.cloud }
        if request.subscriptions.isEmpty { request.subscriptions = configuration.subscriptions }
        if request.managementGroups.isEmpty { request.managementGroups = configuration.managementGroups }
        return request
    }
}
