/// Members that the provider documents and that no published answer of the shared facts shows, mostly since those are
/// older; beside what an answer's own `documented` says.
enum DocumentedMembers {
    /// By type: the page or specification that describes them, and the paths; what lies below a path belongs to it.
    static let paths: [String: (source: String, paths: [String])] = [
        "Microsoft.Blueprint/blueprints": (
            "Azure/azure-rest-api-specs Microsoft.Blueprint 2018-11-01-preview, ResourceGroupDefinition",
            ["properties.resourceGroups.*.location", "properties.resourceGroups.*.name"]
        ),
        "Microsoft.Blueprint/blueprints/versions": (
            "Azure/azure-rest-api-specs Microsoft.Blueprint 2018-11-01-preview, ResourceGroupDefinition",
            ["properties.resourceGroups.*.location", "properties.resourceGroups.*.name"]
        ),
        "Microsoft.ContainerInstance/containerGroups": (
            "Azure/azure-rest-api-specs Microsoft.ContainerInstance, EnvironmentVariable and ContainerPort",
            [
                "properties.containers.properties.environmentVariables.name",
                "properties.containers.properties.environmentVariables.value",
                "properties.containers.properties.ports.port", "properties.containers.properties.ports.protocol",
            ]
        ),
        "Microsoft.ContainerService/managedClusters": (
            "Azure/azure-rest-api-specs Microsoft.ContainerService, ManagedClusterAgentPoolProfileProperties",
            [
                "properties.agentPoolProfiles.enableEncryptionAtHost", "properties.agentPoolProfiles.enableFIPS",
                "properties.agentPoolProfiles.enableNodePublicIP", "properties.agentPoolProfiles.mode",
                "properties.agentPoolProfiles.osSKU", "properties.agentPoolProfiles.vnetSubnetID",
            ]
        ),
        "Microsoft.RedHatOpenShift/openShiftClusters": (
            "Azure/azure-rest-api-specs Microsoft.RedHatOpenShift, WorkerProfile",
            ["properties.workerProfiles.diskEncryptionSetId"]
        ),
        "Microsoft.Security/pricings": (
            "learn.microsoft.com, malware scanning of Defender for Storage: the cap a storage account and month",
            ["properties.extensions.additionalExtensionProperties.CapGBPerMonthPerStorageAccount"]
        ),
        "Microsoft.ServiceBus/namespaces/networkRuleSets": (
            "Azure/azure-rest-api-specs Microsoft.ServiceBus, NWRuleSetIpRules",
            ["properties.ipRules.action", "properties.ipRules.ipMask"]
        ),
        "microsoft.graph/applications": (
            "learn.microsoft.com/graph/api/resources: application, keyCredential, passwordCredential, requiredResourceAccess",
            [
                "keyCredentials.customKeyIdentifier", "keyCredentials.displayName", "keyCredentials.endDateTime",
                "keyCredentials.key", "keyCredentials.keyId", "keyCredentials.startDateTime", "keyCredentials.type",
                "keyCredentials.usage", "passwordCredentials.customKeyIdentifier", "passwordCredentials.displayName",
                "passwordCredentials.endDateTime", "passwordCredentials.hint", "passwordCredentials.keyId",
                "passwordCredentials.secretText", "passwordCredentials.startDateTime",
                "requiredResourceAccess.resourceAccess", "requiredResourceAccess.resourceAppId", "spa",
            ]
        ),
        "microsoft.graph/authenticationMethodsPolicy": (
            "learn.microsoft.com/graph/api/resources: authenticationMethodsPolicy",
            ["authenticationMethodConfigurations", "policyMigrationState"]
        ),
        "microsoft.graph/authorizationPolicy": (
            "learn.microsoft.com/graph/api/resources: authorizationPolicy", ["guestUserRoleId"]
        ),
        "microsoft.graph/conditionalAccessPolicies": (
            "learn.microsoft.com/graph/api/resources: conditionalAccessConditionSet, -GrantControls, -SessionControls",
            [
                "conditions.applications.includeAuthenticationContextClassReferences", "conditions.clientApplications",
                "conditions.devices", "conditions.servicePrincipalRiskLevels",
                "conditions.users.excludeGuestsOrExternalUsers", "conditions.users.includeGuestsOrExternalUsers",
                "grantControls.authenticationStrength", "sessionControls.disableResilienceDefaults",
                "sessionControls.signInFrequency.authenticationType",
                "sessionControls.signInFrequency.frequencyInterval",
            ]
        ),
        "microsoft.graph/directoryAudits": (
            "learn.microsoft.com/graph/api/resources: directoryAudit, appIdentity, targetResource",
            [
                "initiatedBy.app.appId", "initiatedBy.app.displayName", "initiatedBy.app.servicePrincipalId",
                "initiatedBy.app.servicePrincipalName", "operationType", "targetResources.type",
            ]
        ),
        "microsoft.graph/domains": (
            "learn.microsoft.com/graph/api/resources: domain",
            ["isVerified", "passwordNotificationWindowInDays", "passwordValidityPeriodInDays"]
        ),
        "microsoft.graph/organization": (
            "learn.microsoft.com/graph/api/resources: organization, verifiedDomain",
            ["createdDateTime", "deletedDateTime", "id", "onPremisesSyncEnabled", "tenantType", "verifiedDomains"]
        ),
        "microsoft.graph/roleManagementPolicies": (
            "learn.microsoft.com/graph/api/resources: unifiedRoleManagementPolicy, unifiedRoleManagementPolicyRule",
            ["lastModifiedBy.displayName", "lastModifiedBy.id", "rules"]
        ),
        "microsoft.graph/servicePrincipals": (
            "learn.microsoft.com/graph/api/resources: servicePrincipal", ["deletedDateTime"]
        ),
        "microsoft.graph/users": (
            "learn.microsoft.com/graph/api/resources: user, signInActivity",
            [
                "accountEnabled", "createdDateTime", "externalUserState", "lastPasswordChangeDateTime",
                "onPremisesSyncEnabled", "passwordPolicies", "signInActivity", "userType",
            ]
        ),
    ]
}
