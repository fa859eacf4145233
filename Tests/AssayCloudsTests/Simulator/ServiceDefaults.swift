/// Resources that Azure makes by itself below another one, with the values of a service that nobody configured.
enum ServiceDefaults {
    struct Child {
        let segment: String
        let name: String
        /// In JSON.
        let properties: String

        var suffix: String { segment + "/" + name }
    }

    /// What comes with a resource of a type.
    static func children(of type: String) throws -> [Child] {
        switch type.lowercased() {
        case "microsoft.storage/storageaccounts":
            [
                Child(
                    segment: "blobServices", name: "default",
                    properties: #"{"cors": {"corsRules": []}, "deleteRetentionPolicy": {"enabled": false}}"#),
                Child(segment: "fileServices", name: "default", properties: #"{"cors": {"corsRules": []}}"#),
                Child(segment: "queueServices", name: "default", properties: #"{"cors": {"corsRules": []}}"#),
                Child(segment: "tableServices", name: "default", properties: #"{"cors": {"corsRules": []}}"#),
            ]
        case "microsoft.storage/storageaccounts/blobservices/containers":
            [
                Child(
                    segment: "immutabilityPolicies", name: "default",
                    properties: #"{"immutabilityPeriodSinceCreationInDays": 0, "state": "Unlocked"}"#)
            ]
        case "microsoft.sql/servers":
            sqlServer
        case "microsoft.sql/servers/databases":
            sqlDatabase
        case "microsoft.web/sites":
            [
                Child(
                    segment: "config", name: "web",
                    properties: """
                        {"minTlsVersion": "1.2", "scmMinTlsVersion": "1.2", "ftpsState": "FtpsOnly", "http20Enabled": true,
                         "remoteDebuggingEnabled": false, "httpLoggingEnabled": false,
                         "detailedErrorLoggingEnabled": false, "requestTracingEnabled": false, "alwaysOn": true,
                         "ipSecurityRestrictions": []}
                        """),
                Child(
                    segment: "config", name: "authsettingsV2",
                    properties: """
                        {"platform": {"enabled": false, "runtimeVersion": "~1"},
                         "globalValidation": {"unauthenticatedClientAction": "RedirectToLoginPage"}}
                        """),
                Child(
                    segment: "config", name: "logs", properties: #"{"httpLogs": {"fileSystem": {"enabled": false}}}"#),
                Child(segment: "basicPublishingCredentialsPolicies", name: "ftp", properties: #"{"allow": false}"#),
                Child(segment: "basicPublishingCredentialsPolicies", name: "scm", properties: #"{"allow": false}"#),
            ]
        case "microsoft.recoveryservices/vaults":
            [
                Child(
                    segment: "backupconfig", name: "vaultconfig",
                    properties: """
                        {"enhancedSecurityState": "Enabled", "softDeleteFeatureState": "AlwaysON",
                         "storageModelType": "GeoRedundant", "storageType": "GeoRedundant",
                         "storageTypeState": "Locked", "isSoftDeleteFeatureStateEditable": true}
                        """),
                Child(
                    segment: "backupstorageconfig", name: "vaultstorageconfig",
                    properties: """
                        {"storageModelType": "GeoRedundant", "storageType": "GeoRedundant",
                         "storageTypeState": "Locked", "crossRegionRestoreFlag": true}
                        """),
            ]
        default: []
        }
    }

    private static let alerts = """
        {"state": "Disabled", "disabledAlerts": [""], "emailAddresses": [""], "emailAccountAdmins": false,
         "storageEndpoint": "", "storageAccountAccessKey": "", "retentionDays": 0}
        """
    private static let auditing = """
        {"state": "Disabled", "storageEndpoint": "", "retentionDays": 0, "auditActionsAndGroups": [],
         "isStorageSecondaryKeyInUse": false, "isAzureMonitorTargetEnabled": false,
         "storageAccountSubscriptionId": "00000000-0000-0000-0000-000000000000"}
        """
    private static let assessment = #"{"recurringScans": {"isEnabled": false, "emailSubscriptionAdmins": true}}"#

    private static let sqlServer = [
        Child(segment: "auditingSettings", name: "Default", properties: auditing),
        Child(segment: "extendedAuditingSettings", name: "Default", properties: auditing),
        Child(segment: "devOpsAuditingSettings", name: "Default", properties: #"{"state": "Disabled"}"#),
        Child(segment: "securityAlertPolicies", name: "Default", properties: alerts),
        Child(segment: "advancedThreatProtectionSettings", name: "Default", properties: #"{"state": "Disabled"}"#),
        Child(segment: "vulnerabilityAssessments", name: "Default", properties: assessment),
        Child(segment: "connectionPolicies", name: "default", properties: #"{"connectionType": "Default"}"#),
        Child(
            segment: "encryptionProtector", name: "current",
            properties: """
                {"serverKeyName": "ServiceManaged", "serverKeyType": "ServiceManaged", "autoRotationEnabled": false}
                """),
        Child(segment: "keys", name: "ServiceManaged", properties: #"{"serverKeyType": "ServiceManaged"}"#),
        Child(
            segment: "azureADOnlyAuthentications", name: "Default", properties: #"{"azureADOnlyAuthentication": false}"#
        ),
        Child(
            segment: "databases", name: "master",
            properties: #"{"status": "Online", "collation": "SQL_Latin1_General_CP1_CI_AS", "zoneRedundant": false}"#),
    ]

    private static let sqlDatabase = [
        Child(segment: "transparentDataEncryption", name: "current", properties: #"{"state": "Enabled"}"#),
        Child(segment: "auditingSettings", name: "Default", properties: auditing),
        Child(segment: "extendedAuditingSettings", name: "Default", properties: auditing),
        Child(segment: "securityAlertPolicies", name: "Default", properties: alerts),
        Child(segment: "advancedThreatProtectionSettings", name: "Default", properties: #"{"state": "Disabled"}"#),
        Child(segment: "vulnerabilityAssessments", name: "Default", properties: assessment),
        Child(
            segment: "backupShortTermRetentionPolicies", name: "default",
            properties: #"{"retentionDays": 7, "diffBackupIntervalInHours": 12}"#),
        Child(
            segment: "backupLongTermRetentionPolicies", name: "default",
            properties: #"{"weeklyRetention": "PT0S", "monthlyRetention": "PT0S", "yearlyRetention": "PT0S"}"#),
        Child(segment: "dataMaskingPolicies", name: "Default", properties: #"{"dataMaskingState": "Disabled"}"#),
    ]
}
