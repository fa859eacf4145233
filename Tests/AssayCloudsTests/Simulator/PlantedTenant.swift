import AssayCore

/// A tenant of a clinic with two subscriptions that breaks no rule, and the faults that are planted in it.
struct PlantedTenant: Sendable {
    static let tenantId = "77777777-0000-4000-8000-000000000001"
    static let productionId = "11111111-0000-4000-8000-000000000001"
    static let developmentId = "22222222-0000-4000-8000-000000000002"

    private(set) var estate: Estate
    /// What a scan must find; nothing else may fail.
    private(set) var expected: Set<PlantedFinding> = []
    let production = "/subscriptions/" + productionId
    let development = "/subscriptions/" + developmentId
    /// Seconds since 1970; dates are made from it, as rules ask for ages.
    let now: Int64

    /// Resources, objects of the directory and the two subscriptions.
    var size: Int {
        estate.resources.count + estate.directory.lists.values.map(\.count).reduce(0, +)
            + estate.directory.objects.count + estate.subscriptions.count
    }

    /// Builds the tenant.
    ///
    /// - Parameter isFaulty: without, the tenant is clean and only what no tenant can help is expected.
    init(now: Int64, isFaulty: Bool = true) throws {
        self.now = now
        estate = Estate(tenantId: Self.tenantId)
        estate.managementGroups.append(
            ManagementGroup(name: "mg-clinic", displayName: "Clinic", parent: Self.tenantId))
        estate.addSubscription(Self.productionId, "clinic-production", in: "mg-clinic")
        estate.addSubscription(Self.developmentId, "clinic-development", in: "mg-clinic")
        for subscription in [production, development] {
            for group in ["rg-data", "rg-app", "rg-net", "rg-logs", "rg-keys"] {
                estate.addGroup(group, in: subscription)
            }
        }
        try addMonitoring()
        try addGovernance()
        try addKeys()
        try addStorage()
        try addDatabases()
        try addNetwork()
        try addCompute()
        try addDirectory()
        expectUnavoidable()
        if isFaulty { try plant() }
    }

    // MARK: Shared

    /// A moment so many days from now, RFC 3339.
    func date(_ days: Int64) -> String { SimulatorDate.text(now + days * 86_400) }

    /// A moment so many days from now, in seconds since 1970.
    func seconds(_ days: Int64) -> Int64 { now + days * 86_400 }

    static let health = ["data-classification": "phi", "environment": "production", "owner": "clinical-data-owner"]
    static let operations = ["data-classification": "internal", "environment": "production", "owner": "platform-owner"]
    static let trial = ["data-classification": "internal", "environment": "development", "owner": "platform-owner"]

    func isProduction(_ subscription: String) -> Bool { subscription == production }
    func word(_ subscription: String) -> String { isProduction(subscription) ? "prod" : "dev" }
    func tags(_ subscription: String) -> [String: String] { isProduction(subscription) ? Self.operations : Self.trial }

    /// The id of a resource of a group.
    static func id(_ subscription: String, _ group: String, _ type: String, _ name: String) -> String {
        subscription + "/resourceGroups/" + group + "/providers/" + type + "/" + name
    }

    func workspace(_ subscription: String) -> String {
        Self.id(
            subscription, "rg-logs", "Microsoft.OperationalInsights/workspaces",
            isProduction(subscription) ? "log-clinic" : "log-dev")
    }

    func logStorage(_ subscription: String) -> String {
        Self.id(subscription, "rg-logs", "Microsoft.Storage/storageAccounts", "stlogs" + word(subscription))
    }

    func vault(_ subscription: String) -> String {
        Self.id(
            subscription, "rg-keys", "Microsoft.KeyVault/vaults", isProduction(subscription) ? "kv-clinic" : "kv-dev")
    }

    /// A private endpoint connection that was approved, as services show it, in JSON.
    func connection(_ target: String) -> String {
        """
        {"id": "\(target)/privateEndpointConnections/pe-1", "name": "pe-1", "properties":
          {"provisioningState": "Succeeded",
           "privateEndpoint": {"id": "\(Self.id(production, "rg-net", "Microsoft.Network/privateEndpoints", "pe-1"))"},
           "privateLinkServiceConnectionState": {"status": "Approved", "description": "", "actionsRequired": "None"}}}
        """
    }

    // MARK: Building

    /// Changes the tenant.
    mutating func edit(_ body: (inout Estate) throws -> Void) rethrows {
        try body(&estate)
    }

    /// Adds to what a scan must find.
    mutating func expect(_ rule: String, _ resource: String) {
        expected.insert(PlantedFinding(rule, resource))
    }

    /// What fails with the rules' own parameters in every tenant.
    private mutating func expectUnavoidable() {
        // Emergency accounts are named in a parameter, which is empty unless the user fills it.
        expect("entra-emergency-accounts-named", "/tenants/" + Self.tenantId)
    }
}
