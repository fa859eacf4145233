import AssayCore

extension PlantedTenant {
    /// Networks with groups, routes, flow logs and private names.
    mutating func addNetwork() throws {
        for subscription in [production, development] {
            try addVirtualNetwork(subscription)
            try addWatcher(subscription)
        }
        try addPrivateNames()
    }

    func network(_ subscription: String) -> String {
        Self.id(subscription, "rg-net", "Microsoft.Network/virtualNetworks", "vnet-" + word(subscription))
    }

    func securityGroup(_ subscription: String, _ name: String) -> String {
        Self.id(subscription, "rg-net", "Microsoft.Network/networkSecurityGroups", "nsg-" + name)
    }

    private mutating func addVirtualNetwork(_ subscription: String) throws {
        let scope = subscription + "/resourceGroups/rg-net"
        let marks = tags(subscription)
        let sink = workspace(subscription)
        let table = Self.id(subscription, "rg-net", "Microsoft.Network/routeTables", "rt-egress")
        let names = ["app", "data", "ops"]
        let network = network(subscription)
        let number = isProduction(subscription) ? 10 : 20
        let subnets = names.enumerated().map { index, name in
            """
            {"id": "\(network)/subnets/snet-\(name)", "name": "snet-\(name)",
             "type": "Microsoft.Network/virtualNetworks/subnets", "properties": {"addressPrefix": "10.\(number).\(index).0/24",
               "networkSecurityGroup": {"id": "\(securityGroup(subscription, name))"},
               "routeTable": {"id": "\(table)"}, "provisioningState": "Succeeded", "serviceEndpoints": [],
               "privateEndpointNetworkPolicies": "Enabled", "privateLinkServiceNetworkPolicies": "Enabled"}}
            """
        }
        let groups = names.map { securityGroup(subscription, $0) }
        let plan = Self.id(production, "rg-net", "Microsoft.Network/ddosProtectionPlans", "ddos-clinic")
        try edit { estate in
            for (name, id) in zip(names, groups) {
                try estate.add(
                    "Microsoft.Network/networkSecurityGroups", "nsg-" + name, in: scope, tags: marks,
                    #"{"provisioningState": "Succeeded", "securityRules": [\#(Self.rules(id))], "defaultSecurityRules": []}"#
                )
                _ = try estate.addDiagnostics(on: id, groups: ["allLogs"], workspace: sink)
            }
            try estate.add(
                "Microsoft.Network/routeTables", "rt-egress", in: scope, tags: marks,
                """
                {"provisioningState": "Succeeded", "disableBgpRoutePropagation": true, "routes": [{"name": "to-firewall",
                  "id": "\(table)/routes/to-firewall", "properties": {"addressPrefix": "0.0.0.0/0",
                    "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.0.4", "provisioningState": "Succeeded"}}]}
                """)
            try estate.add(
                "Microsoft.Network/virtualNetworks", network.split(separator: "/").last.map(String.init) ?? "",
                in: scope,
                tags: marks,
                """
                {"provisioningState": "Succeeded", "addressSpace": {"addressPrefixes": ["10.\(number).0.0/16"]},
                 "subnets": [\(subnets.joined(separator: ", "))], "virtualNetworkPeerings": [],
                 "enableDdosProtection": true, "ddosProtectionPlan": {"id": "\(plan)"}}
                """)
            for (name, text) in zip(names, subnets) {
                guard let properties = try JSONText.tree(text)["properties"] else { continue }
                let json = String(decoding: JSONText.bytes(properties), as: UTF8.self)
                try estate.addChild(network, "subnets", "snet-" + name, json)
            }
        }
    }

    /// Rules that let nothing in from the Internet.
    private static func rules(_ group: String) -> String {
        func rule(_ name: String, _ priority: Int, _ access: String, _ source: String, _ ports: String) -> String {
            """
            {"name": "\(name)", "id": "\(group)/securityRules/\(name)", "properties": {"priority": \(priority),
              "direction": "Inbound", "access": "\(access)", "protocol": "Tcp", "sourceAddressPrefix": "\(source)",
              "sourceAddressPrefixes": [], "sourcePortRange": "*", "destinationAddressPrefix": "*",
              "destinationAddressPrefixes": [], \(ports), "provisioningState": "Succeeded",
              "description": "CHG-0042, owner platform-owner: \(name)"}}
            """
        }
        return [
            rule(
                "web-from-gateway", 100, "Allow", "10.0.1.0/24",
                #""destinationPortRange": "443", "destinationPortRanges": []"#),
            rule("ops-from-bastion", 110, "Allow", "10.0.2.0/24", #""destinationPortRanges": ["22", "3389"]"#),
        ].joined(separator: ", ")
    }

    private mutating func addWatcher(_ subscription: String) throws {
        let scope = subscription + "/resourceGroups/rg-net"
        let network = network(subscription)
        let storage = logStorage(subscription)
        let space = workspace(subscription)
        try edit { estate in
            let watcher = try estate.add(
                "Microsoft.Network/networkWatchers", "nw-westeurope", in: scope, #"{"provisioningState": "Succeeded"}"#)
            try estate.addChild(
                watcher, "flowLogs", "fl-vnet", location: "westeurope",
                """
                {"targetResourceId": "\(network)", "storageId": "\(storage)", "enabled": true,
                 "retentionPolicy": {"enabled": true, "days": 120}, "format": {"type": "JSON", "version": 2},
                 "flowAnalyticsConfiguration": {"networkWatcherFlowAnalyticsConfiguration": {"enabled": true,
                   "workspaceResourceId": "\(space)", "trafficAnalyticsInterval": 10}},
                 "provisioningState": "Succeeded"}
                """)
        }
    }

    private mutating func addPrivateNames() throws {
        let scope = production + "/resourceGroups/rg-net"
        let network = network(production)
        let target = Self.id(production, "rg-data", "Microsoft.Storage/storageAccounts", "stclinic")
        try edit { estate in
            try estate.add(
                "Microsoft.Network/ddosProtectionPlans", "ddos-clinic", in: scope,
                #"{"provisioningState": "Succeeded"}"#)
            let zone = try estate.add(
                "Microsoft.Network/privateDnsZones", "privatelink.blob.core.windows.net", in: scope, location: "global",
                #"{"numberOfRecordSets": 2, "provisioningState": "Succeeded"}"#)
            try estate.addChild(
                zone, "virtualNetworkLinks", "to-vnet", location: "global",
                """
                {"virtualNetwork": {"id": "\(network)"}, "registrationEnabled": false,
                 "virtualNetworkLinkState": "Completed", "provisioningState": "Succeeded"}
                """)
            try estate.add(
                "Microsoft.Network/privateEndpoints", "pe-1", in: scope,
                """
                {"provisioningState": "Succeeded", "subnet": {"id": "\(network)/subnets/snet-data"},
                 "manualPrivateLinkServiceConnections": [], "privateLinkServiceConnections": [{"name": "pe-1",
                   "properties": {"privateLinkServiceId": "\(target)", "groupIds": ["blob"],
                     "privateLinkServiceConnectionState": {"status": "Approved", "description": ""}}}]}
                """)
            try estate.add(
                "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies", "wafportal", in: scope, location: "Global",
                extra: #"{"sku": {"name": "Premium_AzureFrontDoor"}}"#,
                """
                {"policySettings": {"enabledState": "Enabled", "mode": "Prevention", "requestBodyCheck": "Enabled"},
                 "customRules": {"rules": []}, "managedRules": {"managedRuleSets": [
                   {"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1", "ruleSetAction": "Block",
                    "exclusions": [], "ruleGroupOverrides": []},
                   {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1", "exclusions": [],
                    "ruleGroupOverrides": []}]}, "resourceState": "Enabled", "provisioningState": "Succeeded"}
                """)
        }
    }
}
