import AssayCore

extension PlantedTenant {
    /// Storage accounts: one with data of patients, one for trials, and one for logs in each subscription.
    mutating func addStorage() throws {
        for subscription in [production, development] {
            let isClinic = isProduction(subscription)
            try addAccount(
                subscription, "rg-data", isClinic ? "stclinic" : "sttrial", isClinic ? Self.health : Self.trial,
                containers: ["records", "images"])
            try addAccount(
                subscription, "rg-logs", "stlogs" + word(subscription), tags(subscription),
                containers: Self.logContainers)
            let logs = logStorage(subscription)
            try edit { estate in
                for container in Self.logContainers {
                    let id = logs + "/blobServices/default/containers/" + container
                    try estate.addChild(
                        id, "immutabilityPolicies", "default",
                        """
                        {"immutabilityPeriodSinceCreationInDays": 2556, "state": "Locked",
                         "allowProtectedAppendWrites": true}
                        """)
                    estate.set(id, "properties.hasImmutabilityPolicy", .bool(true))
                }
                try estate.addChild(
                    logs, "managementPolicies", "default",
                    """
                    {"lastModifiedTime": "2026-01-05T08:00:00Z", "policy": {"rules": [{"enabled": true, "name": "old",
                      "type": "Lifecycle", "definition": {"filters": {"blobTypes": ["appendBlob"]}, "actions":
                      {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 2600}}}}}]}}
                    """)
                // The id ends in `default`, the name does not.
                estate.set(logs + "/managementPolicies/default", "name", .string("DefaultManagementPolicy"))
            }
        }
        let clinic = Self.id(production, "rg-data", "Microsoft.Storage/storageAccounts", "stclinic")
        try edit { estate in
            try estate.addChild(
                clinic, "encryptionScopes", "phi",
                """
                {"source": "Microsoft.KeyVault", "state": "Enabled", "requireInfrastructureEncryption": true,
                 "keyVaultProperties": {"keyUri": "https://kv.vault.example.net/keys/cmk-storage"}}
                """)
        }
    }

    /// Containers that diagnostic settings make, one for each category.
    private static let logContainers = [
        "insights-activity-logs", "insights-logs-storageread", "insights-logs-storagewrite",
        "insights-logs-storagedelete", "insights-logs-auditevent", "insights-logs-sqlsecurityauditevents",
        "insights-logs-postgresqllogs",
    ]

    private mutating func addAccount(
        _ subscription: String, _ group: String, _ name: String, _ marks: [String: String], containers: [String]
    ) throws {
        let id = Self.id(subscription, group, "Microsoft.Storage/storageAccounts", name)
        let sink = workspace(subscription)
        let archive = logStorage(subscription)
        let link = connection(id)
        let created = date(-200)
        try edit { estate in
            try estate.add(
                "Microsoft.Storage/storageAccounts", name, in: subscription + "/resourceGroups/" + group, tags: marks,
                extra: """
                    {"sku": {"name": "Standard_GZRS", "tier": "Standard"}, "kind": "StorageV2",
                     "identity": {"type": "SystemAssigned", "principalId": "00000000-0000-0000-0000-00000000bbbb"}}
                    """,
                """
                {"provisioningState": "Succeeded", "creationTime": "\(created)", "accessTier": "Hot",
                 "minimumTlsVersion": "TLS1_2", "supportsHttpsTrafficOnly": true, "allowBlobPublicAccess": false,
                 "allowSharedKeyAccess": false, "defaultToOAuthAuthentication": true, "isSftpEnabled": false,
                 "isLocalUserEnabled": false, "isHnsEnabled": false, "allowCrossTenantReplication": false,
                 "publicNetworkAccess": "Disabled", "networkAcls": {"bypass": "AzureServices", "defaultAction": "Deny",
                   "ipRules": [], "virtualNetworkRules": []}, "privateEndpointConnections": [\(link)],
                 "keyCreationTime": {"key1": "\(created)", "key2": "\(created)"},
                 "encryption": {"keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": true,
                   "services": {"blob": {"enabled": true, "keyType": "Account"},
                     "file": {"enabled": true, "keyType": "Account"}},
                   "keyvaultproperties": {"keyname": "cmk-storage", "keyvaulturi": "https://kv.vault.example.net/",
                     "keyversion": ""}}}
                """)
            try estate.addChild(
                id, "blobServices", "default",
                """
                {"cors": {"corsRules": []}, "deleteRetentionPolicy": {"enabled": true, "days": 30,
                  "allowPermanentDelete": false}, "containerDeleteRetentionPolicy": {"enabled": true, "days": 30},
                 "isVersioningEnabled": true, "changeFeed": {"enabled": true}}
                """)
            try estate.addChild(
                id, "fileServices", "default",
                """
                {"cors": {"corsRules": []}, "shareDeleteRetentionPolicy": {"enabled": true, "days": 30},
                 "protocolSettings": {"smb": {"versions": "SMB3.1.1;", "authenticationMethods": "Kerberos;",
                   "kerberosTicketEncryption": "AES-256;", "channelEncryption": "AES-256-GCM;"}}}
                """)
            for service in ["blobServices", "fileServices", "queueServices", "tableServices"] {
                _ = try estate.addDiagnostics(
                    on: id + "/" + service + "/default", categories: ["StorageRead", "StorageWrite", "StorageDelete"],
                    workspace: sink, storage: archive)
            }
            for container in containers {
                try estate.addChild(
                    id + "/blobServices/default", "containers", container,
                    """
                    {"publicAccess": "None", "leaseState": "Available", "leaseStatus": "Unlocked",
                     "hasImmutabilityPolicy": false, "hasLegalHold": false, "deleted": false,
                     "defaultEncryptionScope": "$account-encryption-key", "denyEncryptionScopeOverride": false}
                    """)
            }
        }
    }
}
