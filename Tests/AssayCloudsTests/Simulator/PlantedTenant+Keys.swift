extension PlantedTenant {
    /// Key vaults with keys and secrets.
    mutating func addKeys() throws {
        for subscription in [production, development] {
            let isClinic = isProduction(subscription)
            let id = vault(subscription)
            let sink = workspace(subscription)
            let archive = logStorage(subscription)
            let link = connection(id)
            let (created, expires) = (seconds(-60), seconds(300))
            let marks = isClinic ? Self.health : Self.trial
            let tenant = Self.tenantId
            try edit { estate in
                try estate.add(
                    "Microsoft.KeyVault/vaults", isClinic ? "kv-clinic" : "kv-dev",
                    in: subscription + "/resourceGroups/rg-keys", tags: marks,
                    """
                    {"tenantId": "\(tenant)", "sku": {"family": "A", "name": "premium"}, "accessPolicies": [],
                     "enabledForDeployment": false, "enabledForDiskEncryption": false,
                     "enabledForTemplateDeployment": false, "enableSoftDelete": true, "softDeleteRetentionInDays": 90,
                     "enableRbacAuthorization": true, "enablePurgeProtection": true,
                     "networkAcls": {"bypass": "AzureServices", "defaultAction": "Deny", "ipRules": [],
                       "virtualNetworkRules": []}, "publicNetworkAccess": "Disabled",
                     "privateEndpointConnections": [\(link)], "provisioningState": "Succeeded",
                     "vaultUri": "https://kv.vault.example.net/"}
                    """)
                _ = try estate.addDiagnostics(on: id, categories: ["AuditEvent"], workspace: sink, storage: archive)
                for name in ["cmk-storage", "cmk-sql", "cmk-disk"] {
                    try estate.addChild(
                        id, "keys", name, location: "westeurope", tags: marks,
                        """
                        {"attributes": {"enabled": true, "created": \(created), "updated": \(created), "exp": \(expires),
                          "recoveryLevel": "Recoverable", "exportable": false}, "kty": "RSA-HSM", "keySize": 3072,
                         "keyOps": ["wrapKey", "unwrapKey"], "keyUri": "https://kv.vault.example.net/keys/\(name)",
                         "keyUriWithVersion": "https://kv.vault.example.net/keys/\(name)/0123456789abcdef",
                         "rotationPolicy": {"attributes": {"created": \(created), "updated": \(created),
                           "expiryTime": "P1Y"}, "lifetimeActions": [
                           {"trigger": {"timeAfterCreate": "P180D"}, "action": {"type": "rotate"}},
                           {"trigger": {"timeBeforeExpiry": "P30D"}, "action": {"type": "notify"}}]}}
                        """)
                }
                for name in ["smtp-relay", "sftp-partner"] {
                    try estate.addChild(
                        id, "secrets", name, location: "westeurope", tags: marks,
                        """
                        {"attributes": {"enabled": true, "created": \(created), "updated": \(created), "exp": \(expires)},
                         "contentType": "text/plain", "secretUri": "https://kv.vault.example.net/secrets/\(name)",
                         "secretUriWithVersion": "https://kv.vault.example.net/secrets/\(name)/0123456789abcdef"}
                        """)
                }
            }
        }
    }
}
