import AssayCore

/// Which permissions of Graph an identity holds: those that its token names, those that include them, and those that an
/// answer shows.
struct GraphCheck: Sendable {
    let collection: AzureCollection
    /// The permissions that the token names; nil when it cannot be read.
    let claimed: Set<String>?

    struct Outcome: Sendable {
        let permissions: [AzureReadiness.Graph]
        let gaps: [AzureReadiness.Gap]
        let diagnostics: [Diagnostic]
    }

    /// What is known of one collection.
    private struct Finding: Sendable {
        let type: String
        let needed: [String]
        /// By needed permission, the one of the token that does.
        let held: [String: String]
        /// Why the call was refused; nil when it was answered or not made.
        let failure: AzureCallError?
    }

    /// Reads the token, and makes the calls that it does not vouch for.
    func run() async throws -> Outcome {
        let tenant = "/tenants/\(collection.request.tenant)"
        let owner = AzureCollection.Owner(id: tenant, scope: [tenant], area: tenant)
        let findings = try await inParallel(collection.table.entries(of: .tenant, .graph), width: 8) { entry in
            let needed = GraphPermissions.needed(by: entry)
            var held: [String: String] = [:]
            for permission in needed {
                held[permission] = GraphPermissions.held(permission, for: entry.type, among: claimed ?? [])
            }
            let failure = held.count == needed.count ? nil : try await collection.refusal(of: entry, on: owner)
            return Finding(type: entry.type, needed: needed, held: held, failure: failure)
        }
        var permissions: [AzureReadiness.Graph] = []
        var gaps: [AzureReadiness.Gap] = []
        for name in Set(findings.flatMap(\.needed)).sorted() {
            let open = findings.filter { $0.needed.contains(name) && $0.held[name] == nil }
            let refused = open.filter { $0.failure != nil && !saysNothing($0) }
            permissions.append(
                AzureReadiness.Graph(
                    permission: name, by: Set(findings.compactMap { $0.held[name] }).sorted(),
                    answered: open.filter { $0.failure == nil }.map(\.type).sorted(),
                    open: refused.map(\.type).sorted(),
                    unlicensed: open.filter(saysNothing).map(\.type).sorted()))
            guard let first = refused.first(where: { $0.failure?.state == .denied }) ?? refused.first else { continue }
            gaps.append(
                AzureReadiness.Gap(
                    place: .graph, permission: name, scope: tenant, state: state(refused, name),
                    reason: reason(first), collections: refused.map(\.type).sorted()))
        }
        return Outcome(permissions: permissions, gaps: gaps, diagnostics: diagnostics(findings))
    }

    /// True where the licence is missing and no token could name the permission: nothing is lost by its absence.
    ///
    /// A token that can be read and does not name it leaves the permission open all the same.
    private func saysNothing(_ finding: Finding) -> Bool {
        finding.failure?.state == .notLicensed && claimed == nil
    }

    private func state(_ refused: [Finding], _ permission: String) -> AzureReadiness.Gap.State {
        // With an opaque token a refusal does not say which of two permissions is lacking, but that one is.
        refused.contains { $0.failure?.state == .denied } ? .lacking : .unknown
    }

    private func reason(_ finding: Finding) -> String {
        let words = finding.failure?.words ?? "nothing shows it"
        return claimed == nil
            ? "\(finding.type): \(words)" : "the token does not name it; \(finding.type): \(words)"
    }

    private func diagnostics(_ findings: [Finding]) -> [Diagnostic] {
        let unlicensed = findings.filter(saysNothing).map(\.type).sorted()
        guard !unlicensed.isEmpty else { return [] }
        return [
            Diagnostic(
                code: "azure-not-licensed", severity: .note,
                message:
                    "without a licence nothing can be said of the permission for \(unlicensed.joined(separator: ", "))")
        ]
    }
}
