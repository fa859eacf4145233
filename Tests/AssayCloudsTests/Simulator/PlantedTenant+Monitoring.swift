extension PlantedTenant {
    static let operationsWatched = [
        "microsoft.authorization/policyassignments/write", "microsoft.authorization/policyassignments/delete",
        "microsoft.authorization/roleassignments/write", "microsoft.network/networksecuritygroups/write",
        "microsoft.network/networksecuritygroups/delete", "microsoft.network/publicipaddresses/write",
        "microsoft.network/publicipaddresses/delete", "microsoft.security/securitysolutions/write",
        "microsoft.security/securitysolutions/delete", "microsoft.sql/servers/firewallrules/write",
        "microsoft.sql/servers/firewallrules/delete", "microsoft.keyvault/vaults/delete",
        "microsoft.insights/diagnosticsettings/delete",
    ]

    /// Workspaces, activity logs, alerts, Sentinel and Defender.
    mutating func addMonitoring() throws {
        for subscription in [production, development] {
            try addWorkspace(subscription)
            try addAlerts(subscription)
            try addDefender(subscription)
            let categories = [
                "Administrative", "Security", "ServiceHealth", "Alert", "Recommendation", "Policy", "Autoscale",
                "ResourceHealth",
            ]
            // All activity goes to one workspace, which Sentinel watches.
            let sink = workspace(production)
            let archive = logStorage(subscription)
            try edit {
                _ = try $0.addDiagnostics(on: subscription, categories: categories, workspace: sink, storage: archive)
            }
        }
        try addSentinel()
    }

    private mutating func addWorkspace(_ subscription: String) throws {
        let id = workspace(subscription)
        let name = isProduction(subscription) ? "log-clinic" : "log-dev"
        let marks = tags(subscription)
        try edit { estate in
            try estate.add(
                "Microsoft.OperationalInsights/workspaces", name, in: subscription + "/resourceGroups/rg-logs",
                tags: marks,
                """
                {"source": "Azure", "customerId": "00000000-0000-0000-0000-00000000aaaa", "provisioningState": "Succeeded",
                 "sku": {"name": "pergb2018"}, "retentionInDays": 365, "features": {"disableLocalAuth": true},
                 "workspaceCapping": {"dailyQuotaGb": -1.0, "dataIngestionStatus": "RespectQuota"},
                 "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled"}
                """)
            for table in ["AzureActivity", "SigninLogs", "AuditLogs", "StorageBlobLogs", "AzureDiagnostics"] {
                try estate.addChild(
                    id, "tables", table,
                    """
                    {"totalRetentionInDays": 2556, "archiveRetentionInDays": 2191, "retentionInDays": 365,
                     "plan": "Analytics", "provisioningState": "Succeeded", "retentionInDaysAsDefault": true,
                     "schema": {"name": "\(table)", "tableType": "Microsoft"}}
                    """)
            }
            _ = try estate.addDiagnostics(on: id, categories: ["Audit"], workspace: id)
        }
    }

    private mutating func addAlerts(_ subscription: String) throws {
        let group = subscription + "/resourceGroups/rg-logs"
        let space = workspace(subscription)
        try edit { estate in
            let receivers = try estate.add(
                "Microsoft.Insights/actionGroups", "ag-security", in: group, location: "Global",
                """
                {"groupShortName": "security", "enabled": true, "smsReceivers": [], "webhookReceivers": [],
                 "emailReceivers": [{"name": "security", "emailAddress": "security@clinic.example.com",
                   "useCommonAlertSchema": true, "status": "Enabled"}]}
                """)
            for operation in Self.operationsWatched {
                let name = "al-" + operation.split(separator: "/").dropFirst().joined(separator: "-")
                try estate.add(
                    "Microsoft.Insights/activityLogAlerts", name, in: group, location: "Global",
                    """
                    {"enabled": true, "scopes": ["\(subscription)"],
                     "condition": {"allOf": [{"field": "category", "equals": "Administrative"},
                       {"field": "operationName", "equals": "\(operation)"}]},
                     "actions": {"actionGroups": [{"actionGroupId": "\(receivers)", "webhookProperties": {}}]}}
                    """)
            }
            try estate.add(
                "Microsoft.Insights/scheduledQueryRules", "qr-data-access", in: group,
                """
                {"enabled": true, "severity": 1, "evaluationFrequency": "PT5M", "windowSize": "PT5M",
                 "scopes": ["\(space)"], "actions": {"actionGroups": ["\(receivers)"]},
                 "criteria": {"allOf": [{"query": "StorageBlobLogs | where StatusCode == 200 | count",
                   "operator": "GreaterThan", "threshold": 1000, "timeAggregation": "Count"}]}}
                """)
        }
    }

    /// Members of plans beside their tier; booleans are texts here.
    private static let planDetails = [
        "VirtualMachines": """
        , "subPlan": "P2", "extensions": [{"name": "AgentlessVmScanning", "isEnabled": "True",
          "additionalExtensionProperties": null}]
        """,
        "StorageAccounts": """
        , "subPlan": "DefenderForStorageV2", "extensions": [
          {"name": "OnUploadMalwareScanning", "isEnabled": "True"},
          {"name": "SensitiveDataDiscovery", "isEnabled": "True"}]
        """,
    ]

    private mutating func addDefender(_ subscription: String) throws {
        let space = workspace(production)
        try edit { estate in
            for plan in ["VirtualMachines", "SqlServers", "StorageAccounts", "KeyVaults", "Arm", "AppServices"] {
                try estate.add(
                    "Microsoft.Security/pricings", plan, in: subscription, location: nil,
                    """
                    {"pricingTier": "Standard", "freeTrialRemainingTime": "PT0S", "enforce": "False",
                     "resourcesCoverageStatus": "FullyCovered"\(Self.planDetails[plan] ?? "")}
                    """)
            }
            for standard in ["Microsoft-cloud-security-benchmark", "HITRUST-HIPAA", "SOC-2-Type-2", "ISO-27001-2013"] {
                try estate.add(
                    "Microsoft.Security/regulatoryComplianceStandards", standard, in: subscription, location: nil,
                    #"{"state": "Passed", "passedControls": 40, "failedControls": 0, "skippedControls": 0}"#)
            }
            try estate.add(
                "Microsoft.Security/automations", "to-workspace", in: subscription + "/resourceGroups/rg-logs",
                """
                {"isEnabled": true, "scopes": [{"scopePath": "\(subscription)"}], "sources": [
                   {"eventSource": "Alerts", "ruleSets": []}],
                 "actions": [{"actionType": "Workspace", "workspaceResourceId": "\(space)"}]}
                """)
            try estate.add(
                "Microsoft.Security/securityContacts", "default", in: subscription, location: nil,
                """
                {"isEnabled": true, "emails": "security@clinic.example.com",
                 "notificationsByRole": {"state": "On", "roles": ["Owner"]},
                 "notificationsSources": [{"sourceType": "Alert", "minimalSeverity": "Medium"}]}
                """)
        }
    }

    private mutating func addSentinel() throws {
        let space = workspace(production)
        try edit { estate in
            try estate.add("Microsoft.SecurityInsights/onboardingStates", "default", in: space, location: nil)
            try estate.add(
                "Microsoft.SecurityInsights/dataConnectors", "entra", in: space, location: nil,
                extra: #"{"kind": "AzureActiveDirectory"}"#,
                #"{"tenantId": "\#(Self.tenantId)", "dataTypes": {"alerts": {"state": "enabled"}}}"#)
            for number in 1...6 {
                try estate.add(
                    "Microsoft.SecurityInsights/alertRules", "rule-\(number)", in: space, location: nil,
                    extra: #"{"kind": "Scheduled"}"#,
                    """
                    {"enabled": true, "displayName": "Sign-in rule \(number)", "severity": "High", "query": "SigninLogs",
                     "queryFrequency": "PT1H", "queryPeriod": "PT1H", "triggerOperator": "GreaterThan",
                     "triggerThreshold": 0}
                    """)
            }
        }
    }
}
