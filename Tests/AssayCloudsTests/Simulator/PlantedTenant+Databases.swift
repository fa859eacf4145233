extension PlantedTenant {
    /// SQL servers in both subscriptions and a PostgreSQL server in production.
    mutating func addDatabases() throws {
        try addSQL(production, "sql-clinic", Self.health, databases: ["records", "billing"])
        try addSQL(development, "sql-trial", Self.trial, databases: ["trial"])
        try addPostgreSQL()
    }

    private mutating func addSQL(
        _ subscription: String, _ name: String, _ marks: [String: String], databases: [String]
    ) throws {
        let id = Self.id(subscription, "rg-data", "Microsoft.Sql/servers", name)
        let sink = workspace(subscription)
        let archive = logStorage(subscription)
        let link = connection(id)
        let auditing = """
            {"state": "Enabled", "storageEndpoint": "", "retentionDays": 0, "isStorageSecondaryKeyInUse": false,
             "isAzureMonitorTargetEnabled": true, "isManagedIdentityInUse": false, "auditActionsAndGroups": [
               "BATCH_COMPLETED_GROUP", "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
               "FAILED_DATABASE_AUTHENTICATION_GROUP"],
             "storageAccountSubscriptionId": "00000000-0000-0000-0000-000000000000"}
            """
        try edit { estate in
            try estate.add(
                "Microsoft.Sql/servers", name, in: subscription + "/resourceGroups/rg-data", tags: marks,
                extra: #"{"kind": "v12.0", "identity": {"type": "SystemAssigned"}}"#,
                """
                {"administratorLogin": "sqladmin", "version": "12.0", "state": "Ready", "minimalTlsVersion": "1.2",
                 "fullyQualifiedDomainName": "\(name).database.example.net", "publicNetworkAccess": "Disabled",
                 "privateEndpointConnections": [\(link)], "restrictOutboundNetworkAccess": "Disabled",
                 "administrators": {"administratorType": "ActiveDirectory", "azureADOnlyAuthentication": true}}
                """)
            for segment in ["auditingSettings", "extendedAuditingSettings"] {
                try estate.addChild(id, segment, "Default", auditing)
            }
            try estate.addChild(
                id, "securityAlertPolicies", "Default",
                """
                {"state": "Enabled", "disabledAlerts": [""], "emailAddresses": ["security@clinic.example.com"],
                 "emailAccountAdmins": true, "storageEndpoint": "", "storageAccountAccessKey": "", "retentionDays": 0}
                """)
            try estate.addChild(
                id, "vulnerabilityAssessments", "Default",
                #"{"recurringScans": {"isEnabled": true, "emailSubscriptionAdmins": true, "emails": []}}"#)
            try estate.addChild(
                id, "azureADOnlyAuthentications", "Default", #"{"azureADOnlyAuthentication": true}"#)
            try estate.addChild(
                id, "administrators", "ActiveDirectory",
                """
                {"administratorType": "ActiveDirectory", "login": "sql-admins", "sid": "\(Person.platformTeam)",
                 "tenantId": "\(Self.tenantId)", "azureADOnlyAuthentication": true}
                """)
            try estate.addChild(
                id, "encryptionProtector", "current", location: "westeurope", extra: #"{"kind": "azurekeyvault"}"#,
                """
                {"serverKeyName": "kv-clinic_cmk-sql_0123456789abcdef", "serverKeyType": "AzureKeyVault",
                 "uri": "https://kv.vault.example.net/keys/cmk-sql/0123456789abcdef", "autoRotationEnabled": true}
                """)
            try estate.addChild(
                id, "firewallRules", "office", #"{"startIpAddress": "203.0.113.16", "endIpAddress": "203.0.113.23"}"#)
            // Auditing to a workspace goes through a setting on the master database.
            _ = try estate.addDiagnostics(
                on: id + "/databases/master", categories: ["SQLSecurityAuditEvents"], workspace: sink, storage: archive)
            for database in databases {
                let path = try estate.addChild(
                    id, "databases", database, location: "westeurope", tags: marks,
                    extra: #"{"kind": "v12.0,user,vcore", "sku": {"name": "GP_Gen5", "tier": "GeneralPurpose"}}"#,
                    """
                    {"status": "Online", "collation": "SQL_Latin1_General_CP1_CI_AS", "zoneRedundant": true,
                     "currentBackupStorageRedundancy": "Geo", "requestedBackupStorageRedundancy": "Geo"}
                    """)
                try estate.addChild(
                    path, "backupLongTermRetentionPolicies", "default",
                    #"{"weeklyRetention": "P12W", "monthlyRetention": "P12M", "yearlyRetention": "P6Y", "weekOfYear": 1}"#
                )
                _ = try estate.addDiagnostics(
                    on: path, categories: ["Errors", "Timeouts", "Blocks", "Deadlocks", "SQLSecurityAuditEvents"],
                    workspace: sink, storage: archive)
            }
        }
    }

    private mutating func addPostgreSQL() throws {
        let id = Self.id(production, "rg-data", "Microsoft.DBforPostgreSQL/flexibleServers", "pg-clinic")
        let sink = workspace(production)
        let archive = logStorage(production)
        let subnet =
            Self.id(production, "rg-net", "Microsoft.Network/virtualNetworks", "vnet-prod") + "/subnets/snet-data"
        let scope = production + "/resourceGroups/rg-data"
        try edit { estate in
            try estate.add(
                "Microsoft.DBforPostgreSQL/flexibleServers", "pg-clinic", in: scope, tags: Self.health,
                extra: #"{"sku": {"name": "Standard_D4ds_v5", "tier": "GeneralPurpose"}}"#,
                """
                {"version": "16", "state": "Ready", "administratorLogin": "pgadmin",
                 "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled"},
                 "dataEncryption": {"type": "AzureKeyVault",
                   "primaryKeyURI": "https://kv.vault.example.net/keys/cmk-sql/0123456789abcdef"},
                 "network": {"publicNetworkAccess": "Disabled", "delegatedSubnetResourceId": "\(subnet)"},
                 "backup": {"backupRetentionDays": 35, "geoRedundantBackup": "Enabled"},
                 "highAvailability": {"mode": "ZoneRedundant", "state": "Healthy"}}
                """)
            let settings = [
                ("require_secure_transport", "on"), ("ssl_min_protocol_version", "TLSv1.2"), ("log_connections", "on"),
                ("log_disconnections", "on"), ("log_checkpoints", "on"), ("connection_throttle.enable", "on"),
            ]
            for (name, value) in settings {
                try estate.addChild(
                    id, "configurations", name,
                    """
                    {"value": "\(value)", "defaultValue": "off", "dataType": "Boolean", "source": "user-override",
                     "isReadOnly": false, "isDynamicConfig": true}
                    """)
            }
            _ = try estate.addDiagnostics(on: id, categories: ["PostgreSQLLogs"], workspace: sink, storage: archive)
        }
    }
}
