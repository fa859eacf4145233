extension PlantedTenant {
    /// Machines with disks and addresses, web applications and a backup vault.
    mutating func addCompute() throws {
        for subscription in [production, development] {
            try addEncryptionSet(subscription)
            for number in 1...(isProduction(subscription) ? 3 : 2) { try addMachine(subscription, number) }
            try addSite(subscription)
        }
        try addBackup()
    }

    private func encryptionSet(_ subscription: String) -> String {
        Self.id(subscription, "rg-app", "Microsoft.Compute/diskEncryptionSets", "des-clinic")
    }

    private mutating func addEncryptionSet(_ subscription: String) throws {
        let vault = vault(subscription)
        let marks = tags(subscription)
        try edit {
            try $0.add(
                "Microsoft.Compute/diskEncryptionSets", "des-clinic", in: subscription + "/resourceGroups/rg-app",
                tags: marks,
                extra: #"{"identity": {"type": "SystemAssigned"}}"#,
                """
                {"activeKey": {"keyUrl": "https://kv.vault.example.net/keys/cmk-disk/0123456789abcdef",
                   "sourceVault": {"id": "\(vault)"}}, "encryptionType": "EncryptionAtRestWithCustomerKey",
                 "rotationToLatestKeyVersionEnabled": true, "provisioningState": "Succeeded"}
                """)
        }
    }

    private mutating func addMachine(_ subscription: String, _ number: Int) throws {
        let name = "vm-" + word(subscription) + "-\(number)"
        let scope = subscription + "/resourceGroups/rg-app"
        let marks = isProduction(subscription) ? Self.health : Self.trial
        let machine = Self.id(subscription, "rg-app", "Microsoft.Compute/virtualMachines", name)
        let interface = Self.id(subscription, "rg-app", "Microsoft.Network/networkInterfaces", "nic-" + name)
        let subnet = network(subscription) + "/subnets/snet-app"
        let set = encryptionSet(subscription)
        let disk = Self.id(subscription, "rg-app", "Microsoft.Compute/disks", "disk-os-" + name)
        try edit { estate in
            for kind in ["os", "data"] {
                try estate.add(
                    "Microsoft.Compute/disks", "disk-\(kind)-\(name)", in: scope, tags: marks,
                    extra: #"{"sku": {"name": "Premium_ZRS", "tier": "Premium"}, "managedBy": "\#(machine)"}"#,
                    """
                    {"diskSizeGB": 128, "diskState": "Attached", "creationData": {"createOption": "FromImage"},
                     "encryption": {"type": "EncryptionAtRestWithCustomerKey", "diskEncryptionSetId": "\(set)"},
                     "networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled",
                     "provisioningState": "Succeeded"}
                    """)
            }
            try estate.add(
                "Microsoft.Network/networkInterfaces", "nic-" + name, in: scope, tags: marks,
                """
                {"provisioningState": "Succeeded", "enableIPForwarding": false, "primary": true,
                 "virtualMachine": {"id": "\(machine)"}, "ipConfigurations": [{"name": "ipconfig1",
                   "id": "\(interface)/ipConfigurations/ipconfig1", "properties": {"privateIPAddress": "10.0.3.\(number)",
                     "privateIPAllocationMethod": "Dynamic", "subnet": {"id": "\(subnet)"}, "primary": true}}]}
                """)
            try estate.add(
                "Microsoft.Compute/virtualMachines", name, in: scope, tags: marks,
                extra: #"{"identity": {"type": "SystemAssigned"}, "zones": ["1"]}"#,
                """
                {"vmId": "00000000-0000-0000-0000-00000000dd0\(number)", "provisioningState": "Succeeded",
                 "hardwareProfile": {"vmSize": "Standard_D4s_v5"},
                 "securityProfile": {"encryptionAtHost": true, "securityType": "TrustedLaunch",
                   "uefiSettings": {"secureBootEnabled": true, "vTpmEnabled": true}},
                 "storageProfile": {"osDisk": {"osType": "Linux", "name": "disk-os-\(name)", "createOption": "FromImage",
                   "managedDisk": {"id": "\(disk)", "storageAccountType": "Premium_ZRS"}}, "dataDisks": []},
                 "osProfile": {"computerName": "\(name)", "adminUsername": "opsadmin", "linuxConfiguration":
                   {"disablePasswordAuthentication": true, "patchSettings": {"patchMode": "AutomaticByPlatform",
                     "assessmentMode": "AutomaticByPlatform"}}},
                 "networkProfile": {"networkInterfaces": [{"id": "\(interface)"}]}}
                """)
            try estate.addChild(
                machine, "extensions", "AzureMonitorLinuxAgent", location: "westeurope",
                """
                {"publisher": "Microsoft.Azure.Monitor", "type": "AzureMonitorLinuxAgent", "typeHandlerVersion": "1.30",
                 "autoUpgradeMinorVersion": true, "enableAutomaticUpgrade": true, "provisioningState": "Succeeded"}
                """)
        }
    }

    private mutating func addSite(_ subscription: String) throws {
        let name = isProduction(subscription) ? "app-portal" : "app-trial"
        let scope = subscription + "/resourceGroups/rg-app"
        let marks = tags(subscription)
        let sink = workspace(subscription)
        let id = Self.id(subscription, "rg-app", "Microsoft.Web/sites", name)
        let farm = Self.id(subscription, "rg-app", "Microsoft.Web/serverfarms", "plan-1")
        try edit { estate in
            try estate.add(
                "Microsoft.Web/serverfarms", "plan-1", in: scope, tags: marks,
                extra: #"{"kind": "linux", "sku": {"name": "P1v3", "tier": "PremiumV3", "capacity": 2}}"#,
                #"{"provisioningState": "Succeeded", "zoneRedundant": true}"#)
            try estate.add(
                "Microsoft.Web/sites", name, in: scope, tags: marks,
                extra: #"{"kind": "app,linux", "identity": {"type": "SystemAssigned"}}"#,
                """
                {"state": "Running", "enabled": true, "httpsOnly": true, "serverFarmId": "\(farm)",
                 "clientCertEnabled": false, "publicNetworkAccess": "Disabled", "redundancyMode": "None",
                 "siteConfig": {"minTlsVersion": "1.2", "ftpsState": "FtpsOnly", "linuxFxVersion": "DOTNETCORE|9.0"}}
                """)
            _ = try estate.addDiagnostics(
                on: id, categories: ["AppServiceHTTPLogs", "AppServiceAuditLogs", "AppServiceConsoleLogs"],
                workspace: sink)
        }
    }

    private mutating func addBackup() throws {
        let scope = production + "/resourceGroups/rg-data"
        let sink = workspace(production)
        let machines = (1...3).map {
            Self.id(production, "rg-app", "Microsoft.Compute/virtualMachines", "vm-prod-\($0)")
        }
        let last = date(-1)
        let restored = date(-20)
        try edit { estate in
            let vault = try estate.add(
                "Microsoft.RecoveryServices/vaults", "rsv-clinic", in: scope, tags: Self.health,
                extra: #"{"sku": {"name": "RS0", "tier": "Standard"}, "identity": {"type": "SystemAssigned"}}"#,
                """
                {"provisioningState": "Succeeded", "publicNetworkAccess": "Disabled",
                 "redundancySettings": {"standardTierStorageRedundancy": "GeoRedundant", "crossRegionRestore": "Enabled"},
                 "encryption": {"keyVaultProperties": {"keyUri": "https://kv.vault.example.net/keys/cmk-storage"},
                   "kekIdentity": {"useSystemAssignedIdentity": true}, "infrastructureEncryption": "Enabled"},
                 "securitySettings": {"softDeleteSettings": {"softDeleteState": "AlwaysON",
                   "softDeleteRetentionPeriodInDays": 30}, "immutabilitySettings": {"state": "Locked"}}}
                """)
            _ = try estate.addDiagnostics(
                on: vault, categories: ["CoreAzureBackup", "AddonAzureBackupJobs", "AddonAzureBackupPolicy"],
                workspace: sink)
            try estate.addChild(
                vault, "backupPolicies", "daily",
                """
                {"backupManagementType": "AzureIaasVM", "policyType": "V2", "timeZone": "UTC", "protectedItemsCount": 3,
                 "instantRpRetentionRangeInDays": 5, "schedulePolicy": {"schedulePolicyType": "SimpleSchedulePolicyV2",
                   "scheduleRunFrequency": "Daily"}, "retentionPolicy": {"retentionPolicyType": "LongTermRetentionPolicy",
                   "dailySchedule": {"retentionTimes": ["2026-01-05T02:00:00Z"],
                     "retentionDuration": {"count": 90, "durationType": "Days"}}}}
                """)
            for (number, machine) in machines.enumerated() {
                let name = "iaasvmcontainerv2;rg-app;vm-prod-\(number + 1)"
                try estate.addProtectedItem(
                    vault, container: "IaasVMContainer;" + name, name: "VM;" + name,
                    """
                    {"protectedItemType": "Microsoft.Compute/virtualMachines", "backupManagementType": "AzureIaasVM",
                     "workloadType": "VM", "friendlyName": "vm-prod-\(number + 1)", "virtualMachineId": "\(machine)",
                     "sourceResourceId": "\(machine)", "policyId": "\(vault)/backupPolicies/daily",
                     "containerName": "\(name)", "protectionStatus": "Healthy", "protectionState": "Protected",
                     "healthStatus": "Passed", "lastBackupStatus": "Completed", "lastBackupTime": "\(last)",
                     "lastRecoveryPoint": "\(last)"}
                    """)
            }
            try estate.addChild(
                vault, "backupJobs", "88888888-0000-4000-8000-00000000abcd",
                """
                {"jobType": "AzureIaaSVMJob", "backupManagementType": "AzureIaasVM", "operation": "Restore",
                 "status": "Completed", "entityFriendlyName": "vm-prod-1", "duration": "PT40M",
                 "startTime": "\(restored)", "endTime": "\(restored)", "activityId": "00000000-0000-0000-0000-00000000f008"}
                """)
        }
    }
}
