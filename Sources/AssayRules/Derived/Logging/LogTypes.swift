import AssayCore

/// What Azure Monitor's reference says of resource logs (2026-06): which types have them, which categories show access
/// to data, and in which table and container they end up.
enum LogTypes {
    /// Types that diagnostic settings can be put on.
    static let types: [String] = [
        "Microsoft.ApiManagement/service", "Microsoft.Automation/automationAccounts",
        "Microsoft.Batch/batchAccounts", "Microsoft.Cache/redis", "Microsoft.Cdn/profiles",
        "Microsoft.CognitiveServices/accounts", "Microsoft.ContainerRegistry/registries",
        "Microsoft.ContainerService/managedClusters", "Microsoft.DBforMySQL/flexibleServers",
        "Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.DataFactory/factories",
        "Microsoft.Devices/IotHubs", "Microsoft.DocumentDB/databaseAccounts", "Microsoft.EventHub/namespaces",
        "Microsoft.HealthcareApis/workspaces/fhirservices", "Microsoft.KeyVault/managedHSMs",
        "Microsoft.KeyVault/vaults", "Microsoft.Logic/workflows", "Microsoft.MachineLearningServices/workspaces",
        "Microsoft.Network/applicationGateways", "Microsoft.Network/azureFirewalls",
        "Microsoft.Network/frontDoors", "Microsoft.Network/networkSecurityGroups",
        "Microsoft.RecoveryServices/vaults", "Microsoft.Search/searchServices", "Microsoft.ServiceBus/namespaces",
        "Microsoft.Sql/managedInstances", "Microsoft.Sql/servers/databases",
        "Microsoft.Storage/storageAccounts/blobServices", "Microsoft.Storage/storageAccounts/fileServices",
        "Microsoft.Storage/storageAccounts/queueServices", "Microsoft.Storage/storageAccounts/tableServices",
        "Microsoft.StreamAnalytics/streamingjobs", "Microsoft.Synapse/workspaces", "Microsoft.Web/sites",
        "Assay::Azure::Subscription", "Assay::Azure::Tenant",
    ]

    private static let storage = ["StorageRead", "StorageWrite", "StorageDelete"]

    /// Categories that together show who reached the data or changed the resource; empty where none is named.
    static func accessCategories(of type: String) -> [String] { access[type.lowercased()] ?? [] }

    private static let access: [String: [String]] = [
        "microsoft.storage/storageaccounts/blobservices": storage,
        "microsoft.storage/storageaccounts/fileservices": storage,
        "microsoft.storage/storageaccounts/queueservices": storage,
        "microsoft.storage/storageaccounts/tableservices": storage,
        "microsoft.keyvault/vaults": ["AuditEvent"],
        "microsoft.keyvault/managedhsms": ["AuditEvent"],
        "microsoft.sql/servers/databases": ["SQLSecurityAuditEvents"],
        "microsoft.sql/managedinstances": ["SQLSecurityAuditEvents"],
        "microsoft.documentdb/databaseaccounts": ["DataPlaneRequests", "ControlPlaneRequests"],
        "microsoft.dbforpostgresql/flexibleservers": ["PostgreSQLLogs"],
        "microsoft.dbformysql/flexibleservers": ["MySqlAuditLogs"],
        "microsoft.containerservice/managedclusters": ["kube-audit-admin"],
        "microsoft.containerregistry/registries": [
            "ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents",
        ],
        "microsoft.web/sites": ["AppServiceHTTPLogs"],
        "microsoft.network/applicationgateways": ["ApplicationGatewayAccessLog"],
        "microsoft.healthcareapis/workspaces/fhirservices": ["AuditLogs"],
        "assay::azure::subscription": ["Administrative", "Security", "Policy"],
        "assay::azure::tenant": ["AuditLogs", "SignInLogs"],
    ]

    /// What else holds a category: the group of all, and the audit group for the categories of access.
    static func groups(of category: String, type: String) -> Set<String> {
        // In the audit group of a cluster or a web application not every category above is.
        let isAudit =
            accessCategories(of: type).contains(category)
            && ![
                "microsoft.web/sites",
                "microsoft.network/applicationgateways", "microsoft.dbforpostgresql/flexibleservers",
            ]
            .contains(type.lowercased())
        return isAudit ? ["alllogs", "audit"] : ["alllogs"]
    }

    /// The categories that hold more than a narrower one: the full audit of a cluster its administrative part.
    static func wider(than category: String) -> Set<String> {
        category.lowercased() == "kube-audit-admin" ? ["kube-audit"] : []
    }

    /// The table that a category goes to; nil where it is not known.
    ///
    /// - Parameter isDedicated: whether the setting asks for tables of the resource type.
    static func table(of category: String, type: String, isDedicated: Bool) -> String? {
        let lower = type.lowercased()
        switch lower {
        case "microsoft.storage/storageaccounts/blobservices": return "StorageBlobLogs"
        case "microsoft.storage/storageaccounts/fileservices": return "StorageFileLogs"
        case "microsoft.storage/storageaccounts/queueservices": return "StorageQueueLogs"
        case "microsoft.storage/storageaccounts/tableservices": return "StorageTableLogs"
        case "microsoft.web/sites": return category
        case "assay::azure::subscription": return "AzureActivity"
        case "assay::azure::tenant": return category == "SignInLogs" ? "SigninLogs" : category
        default: break
        }
        guard isDedicated else { return "AzureDiagnostics" }
        switch (lower, category) {
        case ("microsoft.keyvault/vaults", "AuditEvent"), ("microsoft.keyvault/managedhsms", "AuditEvent"):
            return "AZKVAuditLogs"
        case ("microsoft.documentdb/databaseaccounts", "DataPlaneRequests"): return "CDBDataPlaneRequests"
        case ("microsoft.documentdb/databaseaccounts", "ControlPlaneRequests"): return "CDBControlPlaneRequests"
        case ("microsoft.dbforpostgresql/flexibleservers", "PostgreSQLLogs"): return "PGSQLServerLogs"
        case ("microsoft.containerservice/managedclusters", "kube-audit-admin"): return "AKSAuditAdmin"
        case ("microsoft.containerservice/managedclusters", "kube-audit"): return "AKSAudit"
        case ("microsoft.network/applicationgateways", "ApplicationGatewayAccessLog"): return "AGWAccessLogs"
        default: return nil
        }
    }

    /// The container of a storage account that a category goes to.
    static func container(of category: String, type: String) -> String {
        if type == "Assay::Azure::Subscription" { return "insights-activity-logs" }
        return "insights-logs-" + category.lowercased()
    }
}
