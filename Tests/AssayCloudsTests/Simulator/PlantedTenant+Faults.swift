import AssayCore

extension PlantedTenant {
    /// Plants the faults, each with the findings that it must lead to.
    mutating func plant() throws {
        try plantInStorage()
        try plantInKeys()
        try plantInDatabases()
        try plantInNetwork()
        try plantInCompute()
        try plantInGovernance()
        try plantInDirectory()
    }

    private mutating func plantInStorage() throws {
        let trial = Self.id(development, "rg-data", "Microsoft.Storage/storageAccounts", "sttrial")
        let clinic = Self.id(production, "rg-data", "Microsoft.Storage/storageAccounts", "stclinic")
        let logs = logStorage(production)
        edit { estate in
            estate.set(trial, "properties.minimumTlsVersion", .string("TLS1_0"))
            estate.set(trial, "properties.allowBlobPublicAccess", .bool(true))
            estate.set(trial + "/blobServices/default", "properties.deleteRetentionPolicy.days", .int(3))
            estate.set(clinic, "properties.supportsHttpsTrafficOnly", .bool(false))
            estate.set(clinic + "/blobServices/default/containers/images", "properties.publicAccess", .string("Blob"))
            estate.set(
                logs + "/blobServices/default/containers/insights-activity-logs/immutabilityPolicies/default",
                "properties.state", .string("Unlocked"))
        }
        expect("azure-storage-min-tls", trial)
        expect("azure-storage-blob-public-access", trial)
        expect("azure-storage-blob-soft-delete", trial)
        expect("azure-storage-https-only", clinic)
        expect("azure-storage-container-public-access", clinic + "/blobServices/default/containers/images")
        expect(
            "azure-storage-log-container-immutable", logs + "/blobServices/default/containers/insights-activity-logs")
    }

    private mutating func plantInKeys() throws {
        let trial = vault(development)
        let clinic = vault(production)
        edit { estate in
            estate.set(trial, "properties.enablePurgeProtection", .bool(false))
            estate.remove(trial + "/providers/Microsoft.Insights/diagnosticSettings/to-logs")
            estate.set(
                clinic + "/keys/cmk-disk", "properties.rotationPolicy",
                .object([("lifetimeActions", .array([])), ("attributes", .object([]))]))
            estate.resources[clinic.lowercased() + "/secrets/smtp-relay"].map { secret in
                let attributes = secret.document.at("properties", "attributes")?.without("exp") ?? .object([])
                estate.set(secret.id, "properties.attributes", attributes)
            }
        }
        expect("azure-keyvault-purge-protection", trial)
        expect("azure-keyvault-audit-logs", trial)
        expect("azure-keyvault-key-rotation", clinic + "/keys/cmk-disk")
        expect("azure-keyvault-secret-expiry", clinic + "/secrets/smtp-relay")
    }

    private mutating func plantInDatabases() throws {
        let clinic = Self.id(production, "rg-data", "Microsoft.Sql/servers", "sql-clinic")
        let trial = Self.id(development, "rg-data", "Microsoft.Sql/servers", "sql-trial")
        let postgres = Self.id(production, "rg-data", "Microsoft.DBforPostgreSQL/flexibleServers", "pg-clinic")
        try edit { estate in
            estate.set(
                trial + "/databases/trial/transparentDataEncryption/current", "properties.state", .string("Disabled"))
            try estate.addChild(
                trial, "firewallRules", "AllowAllWindowsAzureIps",
                #"{"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}"#)
            estate.set(trial, "properties.minimalTlsVersion", .string("1.0"))
            estate.set(trial + "/auditingSettings/Default", "properties.state", .string("Disabled"))
            estate.set(clinic + "/securityAlertPolicies/Default", "properties.state", .string("Disabled"))
            estate.set(postgres + "/configurations/require_secure_transport", "properties.value", .string("off"))
        }
        expect("azure-sql-tde-enabled", trial + "/databases/trial")
        expect("azure-sql-firewall-open", trial + "/firewallRules/AllowAllWindowsAzureIps")
        expect("azure-sql-min-tls", trial)
        expect("azure-sql-auditing", trial)
        expect("azure-sql-threat-detection", clinic)
        expect("azure-postgresql-tls", postgres)
    }

    private mutating func plantInNetwork() throws {
        let open = securityGroup(development, "ops")
        let log =
            Self.id(development, "rg-net", "Microsoft.Network/networkWatchers", "nw-westeurope") + "/flowLogs/fl-vnet"
        let firewall = Self.id(
            production, "rg-net", "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies", "wafportal")
        edit { estate in
            let rule = estate.resource(open)?.document.at("properties", "securityRules")?.elements?[0]
            if let rule, let properties = rule["properties"] {
                let changed = properties.with("sourceAddressPrefix", .string("*")).with(
                    "destinationPortRange", .string("22"))
                estate.set(open, "properties.securityRules[0]", rule.with("properties", changed))
            }
            estate.remove(log)
            estate.set(firewall, "properties.policySettings.mode", .string("Detection"))
        }
        expect("azure-nsg-ssh-from-internet", open)
        expect("azure-vnet-flow-logs", network(development))
        expect("azure-waf-frontdoor-prevention", firewall)
    }

    private mutating func plantInCompute() throws {
        let machine = Self.id(production, "rg-app", "Microsoft.Compute/virtualMachines", "vm-prod-2")
        let disk = Self.id(production, "rg-app", "Microsoft.Compute/disks", "disk-data-vm-prod-3")
        let site = Self.id(development, "rg-app", "Microsoft.Web/sites", "app-trial")
        let portal = Self.id(production, "rg-app", "Microsoft.Web/sites", "app-portal")
        edit { estate in
            estate.set(machine, "properties.securityProfile.encryptionAtHost", .bool(false))
            estate.set(
                disk, "properties.encryption", .object([("type", .string("EncryptionAtRestWithPlatformKey"))]))
            estate.set(site, "properties.httpsOnly", .bool(false))
            estate.set(portal + "/config/web", "properties.minTlsVersion", .string("1.0"))
        }
        expect("azure-vm-encryption-at-host", machine)
        expect("azure-disk-customer-managed-key", disk)
        expect("azure-appservice-https-only", site)
        expect("azure-appservice-min-tls", portal)
    }

    private mutating func plantInGovernance() throws {
        let plan = "/providers/Microsoft.Security/pricings/KeyVaults"
        let standing = "33333333-0000-4000-8000-000000000099"
        let scope = development
        let exemption = development + "/providers/Microsoft.Authorization/policyExemptions/legacy-scanner"
        let alert = Self.id(
            development, "rg-logs", "Microsoft.Insights/activityLogAlerts", "al-vaults-delete")
        let table = workspace(production) + "/tables/SigninLogs"
        try edit { estate in
            estate.set(scope + plan, "properties.pricingTier", .string("Free"))
            _ = try estate.addRole(
                Role.accessAdministrator, to: Person.careTeam, kind: "Group", at: scope, name: standing)
            estate.set(exemption, "properties.expiresOn", Tree(.null))
            estate.remove(alert)
            estate.set(table, "properties.totalRetentionInDays", .int(30))
        }
        expect("azure-defender-plans", scope)
        expect("azure-defender-plan-in-use", scope + plan)
        expect(
            "azure-rbac-no-standing-privilege", scope + "/providers/Microsoft.Authorization/roleAssignments/" + standing
        )
        // Everybody in the group holds the role.
        for member in [Person.nurse, Person.administrator2, Person.auditor, Person.engineer] {
            expect(
                "azure-privilege-standing-effective",
                scope + "/providers/Microsoft.Authorization/roleAssignments/\(standing)/assay/permission/\(member)")
        }
        expect("azure-policy-exemption-documented", exemption)
        expect("azure-activity-log-alerts", scope)
        expect("azure-loganalytics-table-retention", table)
    }

    private mutating func plantInDirectory() throws {
        let until = date(900)
        let from = date(-10)
        edit { estate in
            estate.directory.set(
                "ca-legacy-block", in: "identity/conditionalAccess/policies", "state",
                .string("enabledForReportingButNotEnforced"))
            estate.directory.set(
                "ca-legacy-block", in: "identity/conditionalAccess/policies", "modifiedDateTime", .string(from))
            estate.directory.set(
                Person.portalApplication, in: "applications", "keyCredentials[0].endDateTime", .string(until))
        }
        expect("entra-ca-block-legacy-auth", "/tenants/" + Self.tenantId)
        expect("entra-application-credential-lifetime", Person.portalApplication)
    }
}
