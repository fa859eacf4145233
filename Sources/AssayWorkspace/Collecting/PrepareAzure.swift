import AssayClouds
public import AssayCore
import AssayRules
import AssayShapes

/// Says what collecting Azure needs, and asks what of it the identity has; changes nothing.
public struct PrepareAzure {
    private let request: AzureRequest
    private let printsOnly: Bool
    private let clock: any WallClock
    private let catalogue: EmbeddedCatalogue

    /// A preparation; with `printsOnly` nothing is sent anywhere.
    public init(_ request: AzureRequest, printsOnly: Bool, clock: any WallClock) throws {
        self.request = request
        self.printsOnly = printsOnly
        self.clock = clock
        catalogue = try EmbeddedCatalogue()
    }

    /// Signs in and asks; where there is no way to sign in the needs are given all the same, with the reason.
    public func run() async throws -> AzurePreparation {
        let needs = AzureNeeds(catalogue.collections)
        var preparation = AzurePreparation(
            needs: needs,
            tenant: request.tenant ?? request.environment["AZURE_TENANT_ID"].flatMap { $0.isEmpty ? nil : $0 })
        if printsOnly { return preparation }
        let session: AzureSession
        do {
            session = try await AzureSession.open(request)
        } catch let error as ConfigurationError {
            preparation.outcome = .notSignedIn
            preparation.diagnostics = [
                Diagnostic(code: "azure-sign-in", severity: .error, message: error.message, hint: error.hint)
            ]
            return preparation
        }
        do {
            try await check(session, &preparation)
            await session.close()
            return preparation
        } catch {
            await session.close()
            throw error
        }
    }

    private func check(_ session: AzureSession, _ preparation: inout AzurePreparation) async throws {
        let parts = AzureClient.Parts(
            transport: session.transport, tokens: session.tokens, cloud: session.cloud, pacing: session.pacing,
            limit: InFlightLimit(request.concurrency), clock: clock)
        let readiness = try await AzureReadinessCheck(
            AzureCollection.Request(
                tenant: session.tenant, subscriptions: request.subscriptions,
                managementGroups: request.managementGroups),
            parts: parts, table: catalogue.collections,
            // Nothing that is read here is kept.
            shaper: LiveShaper(tables: catalogue.tables, redactor: Redactor(key: Workspace.randomKey())),
            claims: session.graphClaims
        ).run()
        preparation.tenant = session.tenant
        preparation.identity = session.identity
        preparation.claims = session.graphClaims
        preparation.cloud = session.cloud
        preparation.subscriptions = readiness.subscriptions
        preparation.rootReason = readiness.rootReason
        preparation.graph = readiness.graph
        preparation.missing = readiness.gaps.map { gap in
            AzurePreparation.Missing(gap: gap, rules: rules(without: gap))
        }
        preparation.outcome = .checked
        preparation.diagnostics = readiness.diagnostics
        if session.graphClaims?.isDelegated == true {
            preparation.diagnostics.append(
                Diagnostic(
                    code: "azure-identity-delegated", severity: .note,
                    message: "a user signed in: of what the token names, Graph answers what the user's own roles allow",
                    hint:
                        "collect with an application or a managed identity, whose permissions do not change with a person"
                ))
        }
        if session.graphClaims == nil {
            preparation.diagnostics.append(
                Diagnostic(
                    code: "azure-graph-token", severity: .note,
                    message: "there is no token for Graph that can be read; its calls were asked one by one"))
        }
        preparation.diagnostics.sort()
    }

    // MARK: What a gap costs

    /// The ids of the rules that read what is not collected: as what they judge, by a relation, or through facts that
    /// follow from it.
    private func rules(without gap: AzureReadiness.Gap) -> [String] {
        let records = gap.collections.map { Coverage(collection: $0, scope: gap.scope, state: .denied) }
        let derived = DerivedFacts.facts(of: [], coverage: records).coverage.filter { !$0.isKnown }.map(\.collection)
        let lost = Set((gap.collections + derived).map { $0.lowercased() })
        return catalogue.rules.rules.filter { rule in
            (rule.id.hasPrefix("azure-") || rule.id.hasPrefix("entra-"))
                && ([rule.appliesTo.type] + rule.relations.map(\.type)).contains { lost.contains($0.lowercased()) }
        }.map(\.id).sorted()
    }
}
