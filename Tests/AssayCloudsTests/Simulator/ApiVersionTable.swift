/// Which api-versions Azure Resource Manager accepts for a type; anything else is refused.
///
/// A part of what Azure accepts: versions of recorded and published answers first, others from general knowledge of
/// Azure that nothing here confirms. A version that is missing may exist, and the list is then to be extended.
struct ApiVersionTable: Sendable {
    private let accepted: [String: [String]]
    private let namespaces: Set<String>

    /// The table below.
    static let azure = ApiVersionTable(ApiVersionTable.text)

    init(_ text: String) {
        var accepted: [String: [String]] = [:]
        var namespaces: Set<String> = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard let type = words.first?.lowercased() else { continue }
            accepted[type, default: []] += words.dropFirst()
            namespaces.insert(String(type.prefix { $0 != "/" }))
        }
        self.accepted = accepted
        self.namespaces = namespaces
    }

    /// The versions of a type in any letter case; nil for a type that the service does not know.
    func versions(of type: String) -> [String]? {
        accepted[type.lowercased()]
    }

    /// True for a namespace that the service knows.
    func knows(namespace: String) -> Bool {
        namespaces.contains(namespace.lowercased())
    }

    /// Versions of subscriptions and tenants.
    static let subscriptions = [
        "2016-06-01", "2018-06-01", "2019-06-01", "2019-11-01", "2020-01-01", "2021-01-01", "2021-10-01", "2022-12-01",
    ]

    /// Versions of resource groups, of the list of resources and of providers.
    static let resources = [
        "2015-11-01", "2018-05-01", "2019-05-01", "2019-08-01", "2019-10-01", "2020-06-01", "2020-10-01", "2021-01-01",
        "2021-04-01", "2022-09-01", "2023-07-01", "2024-03-01", "2024-07-01", "2024-11-01", "2025-03-01", "2025-04-01",
    ]

    private static let text = """
        microsoft.aadiam/diagnosticSettings 2017-04-01 2017-04-01-preview
        microsoft.aadiam/diagnosticSettingsCategories 2017-04-01 2017-04-01-preview
        Microsoft.Advisor/recommendations 2020-01-01 2023-01-01
        Microsoft.AlertsManagement/actionRules 2021-08-08
        Microsoft.AlertsManagement/alerts 2019-03-01
        Microsoft.AlertsManagement/smartDetectorAlertRules 2021-04-01
        Microsoft.ApiManagement/service 2019-01-01 2021-08-01 2022-08-01 2023-05-01-preview 2024-05-01
        Microsoft.ApiManagement/service/apis 2021-08-01 2022-08-01 2024-05-01
        Microsoft.ApiManagement/service/backends 2021-08-01 2022-08-01 2024-05-01
        Microsoft.ApiManagement/service/certificates 2021-08-01
        Microsoft.ApiManagement/service/diagnostics 2021-08-01 2022-08-01 2024-05-01
        Microsoft.ApiManagement/service/loggers 2021-08-01 2022-08-01 2024-05-01
        Microsoft.ApiManagement/service/namedValues 2021-08-01 2022-08-01 2024-05-01
        Microsoft.ApiManagement/service/portalsettings 2021-08-01 2022-08-01 2024-05-01
        Microsoft.ApiManagement/service/products 2021-08-01 2022-08-01 2024-05-01
        Microsoft.ApiManagement/service/subscriptions 2021-08-01 2022-08-01 2024-05-01
        Microsoft.ApiManagement/service/tenant 2021-08-01 2022-08-01 2024-05-01
        Microsoft.App/containerApps 2022-10-01 2023-05-01 2024-03-01
        Microsoft.App/jobs 2023-05-01 2024-03-01
        Microsoft.App/managedEnvironments 2022-10-01 2023-05-01 2024-03-01
        Microsoft.AppConfiguration/configurationStores 2021-03-01-preview 2022-05-01 2023-03-01 2024-05-01
        Microsoft.AppPlatform/Spring 2022-12-01 2023-12-01
        Microsoft.Attestation/attestationProviders 2020-10-01 2021-06-01
        Microsoft.Authorization/accessReviewScheduleDefinitions 2021-11-16-preview 2021-12-01-preview
        Microsoft.Authorization/accessReviewScheduleDefinitions/instances 2021-11-16-preview 2021-12-01-preview
        Microsoft.Authorization/accessReviewScheduleDefinitions/instances/decisions 2021-11-16-preview
        Microsoft.Authorization/accessReviewScheduleDefinitions/instances/decisions 2021-12-01-preview
        Microsoft.Authorization/classicAdministrators 2015-06-01 2015-07-01
        Microsoft.Authorization/denyAssignments 2018-07-01-preview 2022-04-01
        Microsoft.Authorization/locks 2016-09-01 2017-04-01 2020-05-01
        Microsoft.Authorization/permissions 2015-07-01 2018-01-01-preview 2018-07-01 2022-04-01
        Microsoft.Authorization/policyAssignments 2018-03-01 2021-06-01 2022-06-01 2023-04-01 2024-04-01
        Microsoft.Authorization/policyDefinitions 2020-09-01 2021-06-01 2023-04-01 2024-05-01
        Microsoft.Authorization/policyDefinitions/versions 2023-04-01 2024-05-01
        Microsoft.Authorization/policyExemptions 2020-07-01-preview 2022-07-01-preview
        Microsoft.Authorization/policySetDefinitions 2020-09-01 2021-06-01 2023-04-01 2024-05-01
        Microsoft.Authorization/policySetDefinitions/versions 2023-04-01 2024-05-01
        Microsoft.Authorization/roleAssignments 2015-07-01 2018-09-01-preview 2020-04-01-preview 2022-04-01
        Microsoft.Authorization/roleAssignmentScheduleInstances 2020-10-01
        Microsoft.Authorization/roleAssignmentScheduleRequests 2020-10-01
        Microsoft.Authorization/roleAssignmentSchedules 2020-10-01
        Microsoft.Authorization/roleDefinitions 2015-07-01 2018-01-01-preview 2022-04-01
        Microsoft.Authorization/roleEligibilityScheduleInstances 2020-10-01
        Microsoft.Authorization/roleEligibilityScheduleRequests 2020-10-01
        Microsoft.Authorization/roleEligibilitySchedules 2020-10-01
        Microsoft.Authorization/roleManagementPolicies 2020-10-01
        Microsoft.Authorization/roleManagementPolicyAssignments 2020-10-01
        Microsoft.Automation/automationAccounts 2015-10-31 2022-08-08 2023-11-01
        Microsoft.Automation/automationAccounts/credentials 2022-08-08 2023-11-01
        Microsoft.Automation/automationAccounts/jobs 2023-11-01
        Microsoft.Automation/automationAccounts/jobSchedules 2022-08-08 2023-11-01
        Microsoft.Automation/automationAccounts/runbooks 2022-08-08 2023-11-01
        Microsoft.Automation/automationAccounts/schedules 2022-08-08 2023-11-01
        Microsoft.Automation/automationAccounts/variables 2015-10-31 2022-08-08 2023-11-01
        Microsoft.AVS/privateClouds 2022-05-01 2023-03-01 2023-09-01
        Microsoft.AzureStackHCI/clusters 2024-01-01 2024-04-01
        Microsoft.Batch/batchAccounts 2022-10-01 2023-05-01 2023-11-01 2024-02-01 2024-07-01
        Microsoft.Batch/batchAccounts/pools 2023-05-01 2023-11-01 2024-02-01 2024-07-01
        Microsoft.Billing/billingAccounts 2020-05-01
        Microsoft.Blueprint/blueprintAssignments 2017-11-11-preview 2018-11-01-preview
        Microsoft.Blueprint/blueprints 2017-11-11-preview 2018-11-01-preview
        Microsoft.Blueprint/blueprints/artifacts 2017-11-11-preview 2018-11-01-preview
        Microsoft.Blueprint/blueprints/versions 2017-11-11-preview 2018-11-01-preview
        Microsoft.Blueprint/blueprints/versions/artifacts 2018-11-01-preview
        Microsoft.BotService/botServices 2022-09-15
        Microsoft.Cache/Redis 2019-07-01 2023-08-01 2024-03-01 2024-11-01
        Microsoft.Cache/Redis/firewallRules 2019-07-01 2023-08-01 2024-03-01 2024-11-01
        Microsoft.Cache/redisEnterprise 2023-11-01 2024-02-01 2024-10-01
        Microsoft.Cache/redisEnterprise/databases 2023-11-01 2024-02-01 2024-10-01
        Microsoft.Cdn/profiles 2017-10-12 2020-09-01 2021-06-01 2023-05-01 2024-02-01 2024-09-01
        Microsoft.Cdn/profiles/afdEndpoints 2020-09-01 2021-06-01 2023-05-01 2024-02-01 2024-09-01
        Microsoft.Cdn/profiles/afdEndpoints/routes 2021-06-01 2023-05-01 2024-02-01 2024-09-01
        Microsoft.Cdn/profiles/customDomains 2020-09-01 2021-06-01 2023-05-01 2024-02-01 2024-09-01
        Microsoft.Cdn/profiles/endpoints 2020-09-01 2021-06-01 2023-05-01 2024-02-01 2024-09-01
        Microsoft.Cdn/profiles/endpoints/customDomains 2020-09-01
        Microsoft.Cdn/profiles/originGroups 2021-06-01 2023-05-01 2024-02-01 2024-09-01
        Microsoft.Cdn/profiles/ruleSets 2021-06-01 2023-05-01 2024-02-01 2024-09-01
        Microsoft.Cdn/profiles/ruleSets/rules 2021-06-01 2023-05-01 2024-02-01 2024-09-01
        Microsoft.Cdn/profiles/securityPolicies 2020-09-01 2021-06-01 2023-05-01 2024-02-01 2024-09-01
        Microsoft.CognitiveServices/accounts 2022-12-01 2023-05-01 2024-10-01
        Microsoft.CognitiveServices/accounts/deployments 2023-05-01 2024-10-01
        Microsoft.Communication/communicationServices 2023-04-01
        Microsoft.Compute/availabilitySets 2023-09-01 2024-03-01 2024-07-01
        Microsoft.Compute/cloudServices 2022-09-04
        Microsoft.Compute/diskAccesses 2022-07-02 2023-01-02 2023-10-02 2024-03-02
        Microsoft.Compute/diskEncryptionSets 2022-07-02 2023-01-02 2023-04-02 2023-10-02 2024-03-02
        Microsoft.Compute/disks 2018-09-30 2020-09-30 2022-07-02 2023-01-02 2023-04-02 2023-10-02 2024-03-02
        Microsoft.Compute/galleries 2022-08-03 2023-07-03
        Microsoft.Compute/galleries/images 2022-08-03 2023-07-03
        Microsoft.Compute/galleries/images/versions 2022-08-03 2023-07-03
        Microsoft.Compute/images 2023-03-01 2023-07-01 2023-09-01 2024-03-01 2024-07-01
        Microsoft.Compute/snapshots 2020-09-30 2022-07-02 2023-01-02 2023-04-02 2023-10-02 2024-03-02
        Microsoft.Compute/virtualMachines 2019-03-01 2019-07-01 2020-12-01 2022-11-01 2023-03-01 2023-07-01 2023-09-01
        Microsoft.Compute/virtualMachines 2024-03-01 2024-07-01 2024-11-01
        Microsoft.Compute/virtualMachines/deallocate 2024-03-01
        Microsoft.Compute/virtualMachines/extensions 2020-12-01 2023-03-01 2023-07-01 2023-09-01 2024-03-01 2024-07-01
        Microsoft.Compute/virtualMachines/instanceView 2024-03-01
        Microsoft.Compute/virtualMachineScaleSets 2019-03-01 2023-03-01 2023-07-01 2023-09-01 2024-03-01 2024-07-01
        Microsoft.Compute/virtualMachineScaleSets/extensions 2023-03-01 2023-07-01 2023-09-01 2024-03-01 2024-07-01
        Microsoft.Compute/virtualMachineScaleSets/virtualMachines 2023-09-01 2024-03-01 2024-07-01
        Microsoft.ConfidentialLedger/ledgers 2022-05-13
        Microsoft.Consumption/budgets 2021-10-01 2023-05-01
        Microsoft.ContainerInstance/containerGroups 2018-10-01 2021-10-01 2023-05-01
        Microsoft.ContainerRegistry/registries 2017-10-01 2019-05-01 2022-12-01 2023-07-01
        Microsoft.ContainerRegistry/registries/replications 2022-12-01 2023-07-01
        Microsoft.ContainerRegistry/registries/tokens 2022-12-01 2023-07-01
        Microsoft.ContainerRegistry/registries/webhooks 2022-12-01 2023-07-01
        Microsoft.ContainerService/containerServices 2017-07-01
        Microsoft.ContainerService/managedClusters 2019-04-01 2023-11-01 2024-01-01 2024-02-01 2024-05-01 2024-07-01
        Microsoft.ContainerService/managedClusters 2024-08-01 2024-09-01
        Microsoft.ContainerService/managedClusters/agentPools 2023-11-01 2024-01-01 2024-02-01 2024-05-01 2024-09-01
        Microsoft.Dashboard/grafana 2022-08-01 2023-09-01
        Microsoft.DataBox/jobs 2022-12-01 2023-12-01
        Microsoft.DataBoxEdge/dataBoxEdgeDevices 2022-03-01 2023-07-01 2023-12-01
        Microsoft.Databricks/workspaces 2018-04-01 2023-02-01 2024-05-01
        Microsoft.DataFactory/factories 2018-06-01
        Microsoft.DataFactory/factories/integrationRuntimes 2018-06-01
        Microsoft.DataFactory/factories/linkedservices 2018-06-01
        Microsoft.DataFactory/factories/managedVirtualNetworks 2018-06-01
        Microsoft.DataLakeAnalytics/accounts 2016-11-01
        Microsoft.DataLakeStore/accounts 2016-11-01
        Microsoft.DataProtection/backupVaults 2023-05-01 2023-11-01 2024-04-01
        Microsoft.DataProtection/backupVaults/backupInstances 2023-05-01 2023-11-01 2024-04-01
        Microsoft.DataProtection/backupVaults/backupJobs 2023-05-01 2023-11-01 2024-04-01
        Microsoft.DataProtection/backupVaults/backupPolicies 2023-05-01 2023-11-01 2024-04-01
        Microsoft.DataProtection/resourceGuards 2023-05-01 2023-11-01 2024-04-01
        Microsoft.DBForMariaDB/servers 2018-06-01
        Microsoft.DBforMariaDB/servers/configurations 2018-06-01
        Microsoft.DBforMariaDB/servers/firewallRules 2018-06-01
        Microsoft.DBForMySql/flexibleServers 2020-07-01-preview 2021-05-01 2021-12-01-preview 2022-01-01 2023-06-30
        Microsoft.DBForMySql/flexibleServers 2023-12-30
        Microsoft.DBforMySQL/flexibleServers/administrators 2022-01-01 2023-06-30 2023-12-30
        Microsoft.DBforMySQL/flexibleServers/advancedThreatProtectionSettings 2023-06-01-preview 2023-06-30 2023-12-30
        Microsoft.DBForMySql/flexibleServers/configurations 2020-07-01-preview 2021-05-01 2022-01-01 2023-06-30
        Microsoft.DBForMySql/flexibleServers/configurations 2023-12-30
        Microsoft.DBforMySQL/flexibleServers/databases 2021-05-01 2022-01-01 2023-06-30 2023-12-30
        Microsoft.DBforMySQL/flexibleServers/firewallRules 2021-05-01 2022-01-01 2023-06-30 2023-12-30
        Microsoft.DBForMySQL/servers 2017-12-01 2018-06-01
        Microsoft.DBForMySQL/servers/configurations 2017-12-01
        Microsoft.DBforMySQL/servers/firewallRules 2017-12-01
        Microsoft.DBforMySQL/servers/keys 2020-01-01
        Microsoft.DBforMySQL/servers/securityAlertPolicies 2017-12-01
        Microsoft.DBforPostgreSQL/flexibleServers 2021-06-01 2022-12-01 2023-12-01-preview 2024-08-01
        Microsoft.DBforPostgreSQL/flexibleServers 2024-11-01-preview
        Microsoft.DBforPostgreSQL/flexibleServers/administrators 2022-12-01 2024-08-01
        Microsoft.DBforPostgreSQL/flexibleServers/advancedThreatProtectionSettings 2023-12-01-preview 2024-08-01
        Microsoft.DBforPostgreSQL/flexibleServers/backups 2022-12-01 2024-08-01
        Microsoft.DBforPostgreSQL/flexibleServers/configurations 2021-06-01 2022-12-01 2024-08-01
        Microsoft.DBforPostgreSQL/flexibleServers/databases 2021-06-01 2022-12-01 2024-08-01
        Microsoft.DBforPostgreSQL/flexibleServers/firewallRules 2021-06-01 2022-12-01 2024-08-01
        Microsoft.DBForPostgreSQL/servers 2017-12-01 2018-06-01
        Microsoft.DBForPostgreSQL/servers/configurations 2017-12-01
        Microsoft.DBforPostgreSQL/servers/databases 2017-12-01
        Microsoft.DBforPostgreSQL/servers/firewallRules 2017-12-01
        Microsoft.DBforPostgreSQL/servers/keys 2020-01-01
        Microsoft.DBforPostgreSQL/servers/securityAlertPolicies 2017-12-01
        Microsoft.DesktopVirtualization/applicationGroups 2022-09-09 2023-09-05 2024-04-03
        Microsoft.DesktopVirtualization/hostpools 2022-09-09 2023-09-05 2024-04-03
        Microsoft.DesktopVirtualization/workspaces 2022-09-09 2023-09-05 2024-04-03
        Microsoft.DevCenter/devcenters 2023-04-01 2024-02-01
        Microsoft.Devices/IotHubs 2021-07-02 2022-04-30-preview 2023-06-30
        Microsoft.Devices/provisioningServices 2021-10-15 2022-02-05 2022-12-12
        Microsoft.DeviceUpdate/accounts 2023-07-01
        Microsoft.DigitalTwins/digitalTwinsInstances 2022-10-31 2023-01-31
        Microsoft.DocumentDB/databaseAccounts 2015-04-08 2019-08-01 2020-09-01 2021-01-15 2022-08-15 2023-04-15
        Microsoft.DocumentDB/databaseAccounts 2023-11-15 2024-05-15 2024-08-15 2024-11-15 2025-10-15
        Microsoft.DocumentDB/databaseAccounts/privateEndpointConnections 2023-04-15 2023-11-15 2024-05-15 2024-08-15
        Microsoft.DocumentDB/databaseAccounts/sqlDatabases 2023-04-15 2023-11-15 2024-05-15 2024-08-15
        Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments 2023-04-15 2023-11-15 2024-05-15 2024-08-15
        Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions 2023-04-15 2023-11-15 2024-05-15 2024-08-15
        Microsoft.DocumentDB/locations/operationsStatus 2020-09-01
        Microsoft.DocumentDB/mongoClusters 2024-07-01
        Microsoft.ElasticSan/elasticSans 2023-01-01 2024-05-01
        Microsoft.ElasticSan/elasticSans/volumeGroups 2023-01-01 2024-05-01
        Microsoft.EventGrid/domains 2022-06-15 2025-02-15
        Microsoft.EventGrid/partnerNamespaces 2022-06-15 2025-02-15
        Microsoft.EventGrid/systemTopics 2022-06-15 2025-02-15
        Microsoft.EventGrid/topics 2022-06-15 2023-12-15-preview 2024-06-01-preview 2025-02-15
        Microsoft.EventHub/clusters 2021-11-01 2024-01-01
        Microsoft.EventHub/namespaces 2017-04-01 2021-11-01 2024-01-01
        Microsoft.EventHub/namespaces/authorizationRules 2021-11-01 2024-01-01
        Microsoft.EventHub/namespaces/eventhubs 2021-11-01 2024-01-01
        Microsoft.EventHub/namespaces/eventhubs/authorizationRules 2021-11-01 2024-01-01
        Microsoft.EventHub/namespaces/networkRuleSets 2017-04-01 2021-11-01 2024-01-01
        Microsoft.EventHub/namespaces/privateEndpointConnections 2021-11-01 2024-01-01
        Microsoft.GuestConfiguration/guestConfigurationAssignments 2022-01-25 2024-04-05
        Microsoft.HDInsight/clusters 2021-06-01 2023-04-15-preview
        Microsoft.HealthcareApis/services 2021-11-01 2022-06-01 2023-02-28 2023-11-01 2024-03-31
        Microsoft.HealthcareApis/workspaces 2021-11-01 2022-06-01 2023-02-28 2023-11-01 2024-03-31
        Microsoft.HealthcareApis/workspaces/dicomservices 2021-11-01 2022-06-01 2023-02-28 2023-11-01 2024-03-31
        Microsoft.HealthcareApis/workspaces/fhirservices 2021-11-01 2022-06-01 2023-02-28 2023-11-01 2024-03-31
        Microsoft.HybridCompute/machines 2022-12-27 2024-05-20-preview 2024-07-10
        Microsoft.HybridCompute/machines/extensions 2022-12-27 2024-07-10
        Microsoft.HybridCompute/privateLinkScopes 2022-12-27 2024-07-10
        Microsoft.Insights/actionGroups 2021-09-01 2022-06-01 2023-01-01
        Microsoft.Insights/activityLogAlerts 2017-04-01 2020-10-01 2023-01-01-preview
        microsoft.insights/autoscalesettings 2015-04-01 2022-10-01
        Microsoft.Insights/components 2015-05-01 2020-02-02
        Microsoft.Insights/dataCollectionEndpoints 2021-04-01 2022-06-01 2023-03-11
        Microsoft.Insights/dataCollectionRuleAssociations 2021-04-01 2022-06-01 2023-03-11
        Microsoft.Insights/dataCollectionRules 2021-04-01 2022-06-01 2023-03-11
        Microsoft.Insights/diagnosticSettings 2017-05-01-preview 2021-05-01-preview
        Microsoft.Insights/diagnosticSettingsCategories 2017-05-01-preview 2021-05-01-preview
        Microsoft.Insights/eventtypes/values 2015-04-01
        Microsoft.Insights/logprofiles 2016-03-01
        Microsoft.Insights/metricAlerts 2018-03-01
        Microsoft.Insights/privateLinkScopes 2019-10-17-preview 2021-07-01-preview
        Microsoft.Insights/scheduledQueryRules 2018-04-16 2021-08-01 2022-06-15 2023-03-15-preview 2023-12-01
        Microsoft.Insights/tenantActionGroups 2023-05-01-preview
        Microsoft.Insights/workbooks 2022-04-01 2023-06-01
        Microsoft.KeyVault/deletedVaults 2023-07-01
        Microsoft.KeyVault/managedHSMs 2022-07-01 2023-02-01 2023-07-01 2024-11-01
        Microsoft.KeyVault/managedHSMs/keys 2022-07-01 2023-02-01 2023-07-01 2024-11-01
        Microsoft.KeyVault/managedHSMs/privateEndpointConnections 2023-07-01
        Microsoft.KeyVault/vaults 2019-09-01 2022-07-01 2023-02-01 2023-07-01 2024-11-01
        Microsoft.KeyVault/vaults/accessPolicies 2019-09-01 2023-07-01
        Microsoft.KeyVault/vaults/keys 2022-07-01 2023-02-01 2023-07-01 2024-11-01
        Microsoft.KeyVault/vaults/privateEndpointConnections 2023-07-01
        Microsoft.KeyVault/vaults/secrets 2022-07-01 2023-02-01 2023-07-01 2024-11-01
        Microsoft.Kubernetes/connectedClusters 2021-10-01 2022-10-01-preview 2024-01-01
        Microsoft.KubernetesConfiguration/extensions 2022-11-01 2023-05-01
        Microsoft.Kusto/clusters 2022-12-29 2023-05-02 2023-08-15 2024-04-13
        Microsoft.LabServices/labPlans 2022-08-01
        Microsoft.LabServices/labs 2022-08-01
        Microsoft.LoadTestService/loadTests 2022-12-01
        Microsoft.Logic/integrationAccounts 2016-06-01 2019-05-01
        Microsoft.Logic/integrationServiceEnvironments 2019-05-01
        Microsoft.Logic/workflows 2016-06-01 2019-05-01
        Microsoft.MachineLearningServices/registries 2023-10-01 2024-04-01
        Microsoft.MachineLearningServices/workspaces 2023-04-01 2023-10-01 2024-04-01 2024-10-01
        Microsoft.MachineLearningServices/workspaces/computes 2023-04-01 2023-10-01 2024-04-01 2024-10-01
        Microsoft.Maintenance/configurationAssignments 2023-04-01
        Microsoft.Maintenance/maintenanceConfigurations 2023-04-01
        Microsoft.ManagedIdentity/userAssignedIdentities 2018-11-30 2023-01-31
        Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials 2023-01-31
        Microsoft.ManagedServices/registrationAssignments 2019-06-01 2019-09-01 2020-02-01-preview 2022-01-01-preview
        Microsoft.ManagedServices/registrationAssignments 2022-10-01
        Microsoft.ManagedServices/registrationDefinitions 2019-06-01 2019-09-01 2020-02-01-preview 2022-01-01-preview
        Microsoft.ManagedServices/registrationDefinitions 2022-10-01
        Microsoft.Management/getEntities 2018-03-01-preview 2020-05-01 2021-04-01 2023-04-01
        Microsoft.Management/managementGroups 2018-03-01-preview 2020-05-01 2021-04-01 2023-04-01
        Microsoft.Management/managementGroups/descendants 2018-03-01-preview 2020-05-01 2021-04-01 2023-04-01
        Microsoft.Management/managementGroups/settings 2020-05-01 2021-04-01 2023-04-01
        Microsoft.Management/managementGroups/subscriptions 2020-05-01 2021-04-01 2023-04-01
        Microsoft.Maps/accounts 2023-06-01
        Microsoft.Media/mediaservices 2021-11-01 2023-01-01
        Microsoft.Monitor/accounts 2023-04-03
        Microsoft.NetApp/netAppAccounts 2022-11-01 2023-07-01 2023-11-01 2024-03-01
        Microsoft.Network/applicationGateways 2020-08-01 2022-07-01 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies 2020-08-01 2022-07-01 2023-09-01 2023-11-01
        Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies 2024-01-01 2024-05-01
        Microsoft.Network/applicationSecurityGroups 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/azureFirewalls 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/bastionHosts 2020-08-01 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/connections 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/ddosProtectionPlans 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/dnsResolvers 2022-07-01
        Microsoft.Network/dnszones 2018-05-01 2023-07-01-preview
        Microsoft.Network/dnszones/A 2018-05-01
        Microsoft.Network/dnsZones/recordsets 2018-05-01
        Microsoft.Network/expressRouteCircuits 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/firewallPolicies 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/firewallPolicies/ruleCollectionGroups 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/frontDoors 2020-05-01 2021-06-01
        Microsoft.Network/frontDoors/frontendEndpoints 2021-06-01
        Microsoft.Network/FrontDoorWebApplicationFirewallManagedRuleSets 2024-02-01
        Microsoft.Network/FrontDoorWebApplicationFirewallPolicies 2020-11-01 2022-05-01 2024-02-01
        Microsoft.Network/ipGroups 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/loadBalancers 2018-12-01 2019-11-01 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/localNetworkGateways 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/natGateways 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/networkInterfaces 2018-12-01 2019-09-01 2021-02-01 2022-07-01 2023-09-01 2023-11-01
        Microsoft.Network/networkInterfaces 2024-01-01 2024-05-01
        Microsoft.Network/networkInterfaces/effectiveRouteTable 2019-09-01
        Microsoft.Network/networkManagers 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/networkSecurityGroups 2018-12-01 2020-08-01 2022-07-01 2023-04-01 2023-05-01 2023-09-01
        Microsoft.Network/networkSecurityGroups 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/networkSecurityGroups/securityRules 2020-08-01 2024-01-01
        Microsoft.Network/networkSecurityPerimeters 2023-08-01-preview
        Microsoft.Network/networkWatchers 2020-08-01 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/networkWatchers/configureFlowLog 2024-01-01
        Microsoft.Network/networkWatchers/flowLogs 2020-08-01 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/networkWatchers/queryFlowLogStatus 2024-01-01
        Microsoft.Network/p2sVpnGateways 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/privateDnsZones 2018-09-01 2020-06-01 2024-06-01
        Microsoft.Network/privateDnsZones/recordsets 2018-09-01 2020-06-01 2024-06-01
        Microsoft.Network/privateDnsZones/virtualNetworkLinks 2018-09-01 2020-06-01 2024-06-01
        Microsoft.Network/privateEndpoints 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/privateEndpoints/privateDnsZoneGroups 2024-01-01
        Microsoft.Network/privateLinkServices 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/publicIPAddresses 2018-12-01 2019-02-01 2019-11-01 2022-07-01 2023-09-01 2023-11-01
        Microsoft.Network/publicIPAddresses 2024-01-01 2024-05-01
        Microsoft.Network/publicIPPrefixes 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/routeTables 2018-12-01 2022-07-01 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/serviceEndpointPolicies 2023-09-01 2024-01-01 2024-05-01
        Microsoft.Network/trafficmanagerprofiles 2018-04-01 2018-08-01 2022-04-01
        Microsoft.Network/virtualHubs 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/virtualNetworkGateways 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/virtualNetworks 2022-07-01 2023-04-01 2023-05-01 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/virtualNetworks/subnets 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/virtualNetworks/virtualNetworkPeerings 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/virtualNetworkTaps 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/virtualWans 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.Network/vpnGateways 2023-09-01 2023-11-01 2024-01-01 2024-05-01
        Microsoft.OperationalInsights/clusters 2021-06-01 2022-10-01 2023-09-01
        Microsoft.OperationalInsights/workspaces 2020-08-01 2021-06-01 2022-10-01 2023-09-01
        Microsoft.OperationalInsights/workspaces/dataExports 2020-08-01 2023-09-01
        Microsoft.OperationalInsights/workspaces/linkedServices 2020-08-01
        Microsoft.OperationalInsights/workspaces/linkedStorageAccounts 2020-08-01
        Microsoft.OperationalInsights/workspaces/savedSearches 2020-08-01
        Microsoft.OperationalInsights/workspaces/tables 2021-12-01-preview 2022-10-01 2023-09-01
        Microsoft.OperationsManagement/solutions 2015-11-01-preview
        Microsoft.PolicyInsights/attestations 2021-01-01 2022-09-01 2024-10-01
        Microsoft.PolicyInsights/componentPolicyStates/queryResults 2022-04-01
        Microsoft.PolicyInsights/policyEvents/queryResults 2019-10-01
        Microsoft.PolicyInsights/policyMetadata 2019-10-01
        Microsoft.PolicyInsights/policyStates 2018-04-04 2018-07-01-preview 2019-10-01 2024-10-01
        Microsoft.PolicyInsights/policyStates/queryResults 2018-04-04 2018-07-01-preview 2019-10-01 2024-10-01
        Microsoft.PolicyInsights/policyStates/summarize 2018-04-04 2018-07-01-preview 2019-10-01 2024-10-01
        Microsoft.PolicyInsights/policyStates/triggerEvaluation 2019-10-01
        Microsoft.PolicyInsights/remediations 2019-07-01 2021-10-01 2024-10-01
        Microsoft.PolicyInsights/remediations/cancel 2021-10-01
        Microsoft.PolicyInsights/remediations/listDeployments 2021-10-01
        Microsoft.Purview/accounts 2021-07-01 2021-12-01
        Microsoft.RecoveryServices/locations/backupStatus 2023-04-01 2024-04-01
        Microsoft.RecoveryServices/vaults 2023-01-01 2023-04-01 2023-06-01 2024-04-01 2024-10-01
        Microsoft.RecoveryServices/vaults/backupconfig 2023-04-01 2023-06-01 2024-04-01
        Microsoft.RecoveryServices/vaults/backupEncryptionConfigs 2024-04-01
        Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems 2024-04-01
        Microsoft.RecoveryServices/vaults/backupJobs 2023-04-01 2023-06-01 2024-04-01 2024-10-01
        Microsoft.RecoveryServices/vaults/backupPolicies 2023-04-01 2023-06-01 2024-04-01 2024-10-01
        Microsoft.RecoveryServices/vaults/backupProtectedItems 2023-04-01 2023-06-01 2024-04-01 2024-10-01
        Microsoft.RecoveryServices/vaults/backupResourceGuardProxies 2023-04-01 2024-04-01
        Microsoft.RecoveryServices/vaults/backupstorageconfig 2016-12-01 2023-01-15 2024-04-01
        Microsoft.RecoveryServices/vaults/privateEndpointConnections 2023-04-01 2024-04-01
        Microsoft.RecoveryServices/vaults/privateLinkResources 2024-04-01
        Microsoft.RecoveryServices/vaults/replicationJobs 2023-06-01 2024-04-01 2024-10-01
        Microsoft.RecoveryServices/vaults/replicationProtectedItems 2023-06-01 2024-04-01 2024-10-01
        Microsoft.RedHatOpenShift/openShiftClusters 2022-09-04 2023-04-01 2023-11-22
        Microsoft.Relay/namespaces 2021-11-01 2024-01-01
        Microsoft.ResourceGraph/resources 2019-04-01 2020-04-01-preview 2021-03-01 2022-10-01 2024-04-01
        Microsoft.ResourceGraph/resourcesHistory 2021-06-01-preview
        Microsoft.ResourceHealth/availabilityStatuses 2020-05-01 2023-07-01-preview
        Microsoft.Resources/builtInTemplateSpecs 2022-02-01
        Microsoft.Resources/changes 2022-05-01 2023-07-01-preview
        Microsoft.Resources/deployments 2020-10-01 2021-04-01 2022-09-01 2024-03-01
        Microsoft.Resources/deployments/whatIf 2024-03-01
        Microsoft.Resources/deploymentStacks 2022-08-01-preview 2024-03-01
        Microsoft.Resources/links 2016-09-01
        Microsoft.Resources/operationresults 2019-08-01
        Microsoft.Resources/resourceGroups 2018-05-01 2019-08-01 2020-10-01
        Microsoft.Resources/resources 2015-11-01 2018-05-01 2025-03-01
        Microsoft.Resources/subscriptions 2016-06-01 2019-11-01 2022-12-01
        Microsoft.Resources/tags 2021-04-01 2022-09-01 2024-03-01 2024-11-01 2025-03-01
        Microsoft.Resources/templateSpecs 2021-05-01 2022-02-01
        Microsoft.Resources/templateSpecs/versions 2021-05-01 2022-02-01
        Microsoft.Search/searchServices 2015-08-19 2020-08-01 2022-09-01 2023-11-01
        Microsoft.Security/advancedThreatProtectionSettings 2019-01-01
        Microsoft.Security/alerts 2021-01-01 2022-01-01
        Microsoft.Security/assessmentMetadata 2021-06-01
        Microsoft.Security/assessments 2020-01-01 2021-06-01
        Microsoft.Security/assessments/subAssessments 2019-01-01-preview
        Microsoft.Security/automations 2019-01-01-preview 2023-12-01-preview
        Microsoft.Security/autoProvisioningSettings 2017-08-01-preview
        Microsoft.Security/defenderForStorageSettings 2022-12-01-preview
        Microsoft.Security/jitNetworkAccessPolicies 2020-01-01
        Microsoft.Security/locations 2015-06-01-preview
        Microsoft.Security/locations/alerts 2022-01-01
        Microsoft.Security/locations/jitNetworkAccessPolicies 2020-01-01
        Microsoft.Security/pricings 2018-06-01 2022-03-01 2023-01-01 2024-01-01
        Microsoft.Security/regulatoryComplianceStandards 2019-01-01-preview
        Microsoft.Security/regulatoryComplianceStandards/regulatoryComplianceControls 2019-01-01-preview
        Microsoft.Security/regulatoryComplianceStandards/regulatoryComplianceControls/regulatoryComplianceAssessments
        Microsoft.Security/regulatoryComplianceStandards/regulatoryComplianceControls/regulatoryComplianceAssessments 2019-01-01-preview
        Microsoft.Security/secureScoreControls 2020-01-01
        Microsoft.Security/secureScores 2020-01-01
        Microsoft.Security/secureScores/secureScoreControls 2020-01-01
        Microsoft.Security/securityConnectors 2022-08-01-preview 2023-10-01-preview
        Microsoft.Security/securityContacts 2020-01-01-preview 2023-12-01-preview
        Microsoft.Security/serverVulnerabilityAssessmentsSettings 2023-05-01
        Microsoft.Security/settings 2019-01-01 2021-06-01 2022-05-01
        Microsoft.Security/subAssessments 2019-01-01-preview
        Microsoft.Security/workspaceSettings 2017-08-01-preview
        Microsoft.SecurityInsights/alertRules 2023-02-01 2023-11-01 2024-03-01 2024-09-01
        Microsoft.SecurityInsights/automationRules 2023-02-01 2023-11-01 2024-03-01 2024-09-01
        Microsoft.SecurityInsights/dataConnectors 2023-02-01 2023-11-01 2024-03-01 2024-09-01
        Microsoft.SecurityInsights/incidents 2023-02-01 2023-11-01 2024-03-01 2024-09-01
        Microsoft.SecurityInsights/onboardingStates 2023-02-01 2023-11-01 2024-03-01 2024-09-01
        Microsoft.SecurityInsights/settings 2022-12-01-preview 2024-01-01-preview
        Microsoft.SecurityInsights/watchlists 2023-02-01 2023-11-01 2024-03-01 2024-09-01
        Microsoft.ServiceBus/namespaces 2021-11-01 2022-10-01-preview 2024-01-01
        Microsoft.ServiceBus/namespaces/AuthorizationRules 2021-11-01 2024-01-01
        Microsoft.ServiceBus/namespaces/networkRuleSets 2021-11-01 2024-01-01
        Microsoft.ServiceBus/namespaces/queues 2021-11-01 2024-01-01
        Microsoft.ServiceBus/namespaces/topics 2021-11-01 2024-01-01
        Microsoft.ServiceFabric/clusters 2021-06-01
        Microsoft.ServiceFabric/managedClusters 2020-01-01-preview 2022-01-01 2024-04-01
        Microsoft.SignalRService/signalR 2020-05-01 2022-02-01 2023-02-01 2024-03-01
        Microsoft.SignalRService/webPubSub 2022-02-01 2023-02-01 2024-03-01
        Microsoft.Solutions/applicationDefinitions 2019-07-01 2021-07-01
        Microsoft.Solutions/applications 2019-07-01 2021-07-01
        Microsoft.Sql/managedInstances 2021-11-01 2023-08-01
        Microsoft.Sql/managedInstances/administrators 2021-11-01 2023-08-01
        Microsoft.Sql/managedInstances/advancedThreatProtectionSettings 2021-11-01 2023-08-01
        Microsoft.Sql/managedInstances/azureADOnlyAuthentications 2021-11-01 2023-08-01
        Microsoft.Sql/managedInstances/databases 2021-11-01 2023-08-01
        Microsoft.Sql/managedInstances/databases/transparentDataEncryption 2021-11-01 2023-08-01
        Microsoft.Sql/managedInstances/encryptionProtector 2021-11-01 2023-08-01
        Microsoft.Sql/managedInstances/securityAlertPolicies 2021-11-01 2023-08-01
        Microsoft.Sql/managedInstances/vulnerabilityAssessments 2021-11-01 2023-08-01
        Microsoft.Sql/servers 2015-05-01-preview 2019-06-01-preview 2021-11-01 2022-05-01-preview 2023-08-01
        Microsoft.Sql/servers 2023-08-01-preview
        Microsoft.Sql/servers/administrators 2019-06-01-preview 2021-11-01 2023-08-01
        Microsoft.Sql/servers/advancedThreatProtectionSettings 2021-11-01 2023-08-01
        Microsoft.Sql/servers/auditingSettings 2017-03-01-preview 2021-11-01 2023-08-01
        Microsoft.Sql/servers/azureADOnlyAuthentications 2021-11-01 2023-08-01
        Microsoft.Sql/servers/connectionPolicies 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases 2017-10-01-preview 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/advancedThreatProtectionSettings 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/auditingSettings 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies 2017-03-01-preview 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies 2017-10-01-preview 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/columns 2021-11-01
        Microsoft.Sql/servers/databases/currentSensitivityLabels 2021-11-01
        Microsoft.Sql/servers/databases/dataMaskingPolicies 2014-04-01 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/dataMaskingPolicies/rules 2014-04-01 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/extendedAuditingSettings 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/ledgerDigestUploads 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/schemas/tables/columns 2021-11-01
        Microsoft.Sql/servers/databases/schemas/tables/columns/sensitivityLabels 2021-11-01
        Microsoft.Sql/servers/databases/securityAlertPolicies 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/transparentDataEncryption 2014-04-01 2021-11-01 2023-08-01
        Microsoft.Sql/servers/databases/vulnerabilityAssessments 2021-11-01 2023-08-01
        Microsoft.Sql/servers/devOpsAuditingSettings 2021-11-01 2023-08-01
        Microsoft.Sql/servers/elasticPools 2021-11-01 2023-08-01
        Microsoft.Sql/servers/encryptionProtector 2015-05-01-preview 2021-11-01 2023-08-01
        Microsoft.Sql/servers/extendedAuditingSettings 2021-11-01 2023-08-01
        Microsoft.Sql/servers/failoverGroups 2015-05-01-preview 2021-11-01 2023-08-01
        Microsoft.Sql/servers/firewallRules 2014-04-01 2021-11-01 2023-08-01
        Microsoft.Sql/servers/ipv6FirewallRules 2021-11-01 2023-08-01
        Microsoft.Sql/servers/keys 2021-11-01 2023-08-01
        Microsoft.Sql/servers/outboundFirewallRules 2021-11-01 2023-08-01
        Microsoft.Sql/servers/privateEndpointConnections 2021-11-01
        Microsoft.Sql/servers/securityAlertPolicies 2017-03-01-preview 2021-11-01 2023-08-01
        Microsoft.Sql/servers/sqlVulnerabilityAssessments 2022-05-01-preview 2023-08-01 2023-08-01-preview
        Microsoft.Sql/servers/virtualNetworkRules 2021-11-01 2023-08-01
        Microsoft.Sql/servers/vulnerabilityAssessments 2018-06-01-preview 2021-11-01 2023-08-01
        Microsoft.SqlVirtualMachine/sqlVirtualMachines 2022-02-01 2023-10-01
        Microsoft.Storage/locations/asyncoperations 2018-07-01 2019-04-01
        Microsoft.Storage/storageAccounts 2018-07-01 2019-04-01 2019-06-01 2021-02-01 2021-09-01 2022-09-01 2023-01-01
        Microsoft.Storage/storageAccounts 2023-04-01 2023-05-01 2024-01-01 2025-01-01
        Microsoft.Storage/storageAccounts/blobServices 2021-02-01 2021-09-01 2022-09-01 2023-01-01 2023-05-01
        Microsoft.Storage/storageAccounts/blobServices 2024-01-01
        Microsoft.Storage/storageAccounts/blobServices/containers 2019-04-01 2019-06-01 2022-09-01 2023-01-01
        Microsoft.Storage/storageAccounts/blobServices/containers 2023-05-01 2024-01-01
        Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies 2022-09-01 2023-01-01
        Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies 2023-05-01 2024-01-01
        Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies/lock 2023-05-01
        Microsoft.Storage/storageAccounts/blobServices/containers/migrate 2023-05-01
        Microsoft.Storage/storageAccounts/blobServices/containers/setLegalHold 2023-05-01
        Microsoft.Storage/storageAccounts/encryptionScopes 2022-09-01 2023-01-01 2023-05-01 2024-01-01
        Microsoft.Storage/storageAccounts/fileServices 2022-09-01 2023-01-01 2023-05-01 2024-01-01
        Microsoft.Storage/storageAccounts/fileServices/shares 2022-09-01 2023-01-01 2023-05-01 2024-01-01
        Microsoft.Storage/storageAccounts/inventoryPolicies 2023-05-01 2024-01-01
        Microsoft.Storage/storageAccounts/localUsers 2022-09-01 2023-01-01 2023-05-01 2024-01-01
        Microsoft.Storage/storageAccounts/managementPolicies 2022-09-01 2023-01-01 2023-05-01 2024-01-01
        Microsoft.Storage/storageAccounts/objectReplicationPolicies 2022-09-01 2023-01-01 2023-05-01 2024-01-01
        Microsoft.Storage/storageAccounts/privateEndpointConnections 2023-05-01
        Microsoft.Storage/storageAccounts/queueServices 2022-09-01 2023-01-01 2023-05-01 2024-01-01
        Microsoft.Storage/storageAccounts/tableServices 2022-09-01 2023-01-01 2023-05-01 2024-01-01
        Microsoft.StorageCache/caches 2023-05-01 2024-03-01
        Microsoft.StorageSync/storageSyncServices 2020-09-01 2022-06-01 2022-09-01
        Microsoft.StreamAnalytics/clusters 2020-03-01
        Microsoft.StreamAnalytics/streamingjobs 2020-03-01
        Microsoft.Support/supportTickets 2020-04-01
        Microsoft.Synapse/workspaces 2019-06-01-preview 2021-06-01
        Microsoft.Synapse/workspaces/auditingSettings 2021-06-01
        Microsoft.Synapse/workspaces/azureADOnlyAuthentications 2021-06-01
        Microsoft.Synapse/workspaces/dedicatedSQLminimalTlsSettings 2021-06-01
        Microsoft.Synapse/workspaces/extendedAuditingSettings 2021-06-01
        Microsoft.Synapse/workspaces/firewallRules 2021-06-01
        Microsoft.Synapse/workspaces/securityAlertPolicies 2021-06-01
        Microsoft.Synapse/workspaces/sqlPools 2021-06-01
        Microsoft.Synapse/workspaces/vulnerabilityAssessments 2021-06-01
        Microsoft.VirtualMachineImages/imageTemplates 2022-02-14 2022-07-01 2023-07-01 2024-02-01
        Microsoft.Web/certificates 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        Microsoft.Web/hostingEnvironments 2018-11-01 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        Microsoft.Web/serverfarms 2018-02-01 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        Microsoft.Web/serverfarms/sites 2018-02-01
        Microsoft.Web/sites 2018-11-01 2020-09-01 2022-03-01 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        Microsoft.Web/sites/basicPublishingCredentialsPolicies 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        Microsoft.Web/sites/config 2018-11-01 2022-03-01 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        Microsoft.Web/sites/config/list 2023-12-01
        Microsoft.Web/sites/functions 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        Microsoft.Web/sites/privateEndpointConnections 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        Microsoft.Web/sites/slots 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        Microsoft.Web/sites/slots/config 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        Microsoft.Web/staticSites 2022-09-01 2023-01-01 2023-12-01 2024-04-01
        """
}
