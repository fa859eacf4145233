"""Bodies of what runs and connects: machines, disks, networks, gateways, web sites."""

from estate_base import guid, mix, usually
from estate_azure_places import arm


def disk(estate, kind, place, r):
    encryption = {"type": "EncryptionAtRestWithPlatformKey"}
    if r.random() < 0.55:
        encryption = {
            "type": usually(r, 0.8, "EncryptionAtRestWithCustomerKey", "EncryptionAtRestWithPlatformAndCustomerKeys"),
            "diskEncryptionSetId": estate.azure_peer(r, "Microsoft.Compute/diskEncryptionSets", place).spelled,
        }
    properties = {
        "osType": usually(r, 0.7, "Linux", "Windows"),
        "diskSizeGB": r.choice((32, 64, 128, 512, 1024)),
        "diskState": usually(r, 0.85, "Attached", "Unattached"),
        "encryption": encryption,
    }
    if r.random() < 0.9:
        properties["networkAccessPolicy"] = usually(r, 0.65, "DenyAll", "AllowAll", "AllowPrivate")
        properties["publicNetworkAccess"] = usually(r, 0.6, "Disabled", "Enabled")
    return arm(
        place,
        kind,
        properties,
        managedBy=estate.azure_peer(r, "Microsoft.Compute/virtualMachines", place).spelled,
        sku={"name": "Premium_LRS", "tier": "Premium"},
    )


def disk_encryption_set(estate, kind, place, r):
    properties = {
        "activeKey": {"keyUrl": "https://kv.vault.azure.net/keys/disk/%08x" % mix(place.id)},
        "encryptionType": "EncryptionAtRestWithCustomerKey",
    }
    if r.random() < 0.9:
        properties["rotationToLatestKeyVersionEnabled"] = r.random() < 0.7
    if r.random() < 0.05:
        properties["autoKeyRotationError"] = {"code": "KeyVaultAccessForbidden", "message": "the key is out of reach"}
    return arm(place, kind, properties)


def virtual_machine(estate, kind, place, r):
    properties = {
        "hardwareProfile": {"vmSize": usually(r, 0.5, "Standard_D4s_v5", "Standard_B2ms", "Standard_E8s_v5")},
        "storageProfile": {
            "osDisk": {
                "osType": "Linux",
                "createOption": "FromImage",
                "managedDisk": {"id": estate.azure_peer(r, "Microsoft.Compute/disks", place).spelled},
            },
            "dataDisks": [],
        },
        "osProfile": {
            "computerName": place.name,
            "linuxConfiguration": {"disablePasswordAuthentication": r.random() < 0.9},
        },
    }
    if r.random() < 0.85:
        profile = {"securityType": "TrustedLaunch", "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True}}
        if r.random() < 0.8:
            profile["encryptionAtHost"] = r.random() < 0.75
        properties["securityProfile"] = profile
    return arm(place, kind, properties, zones=["1"], identity={"type": "SystemAssigned"})


def extension(estate, kind, place, r):
    return arm(
        place,
        kind,
        {
            "publisher": "Microsoft.Azure",
            "autoUpgradeMinorVersion": True,
            "typeHandlerVersion": "1.%d" % r.randint(0, 40),
            "type": usually(
                r, 0.6, "AzureMonitorLinuxAgent", "AzureDiskEncryptionForLinux", "MDE.Linux", "CustomScript"
            ),
        },
    )


def network_security_group(estate, kind, place, r):
    rules = []
    for k in range(int(r.random() * 8)):
        many = r.random() < 0.15
        rule = {
            "protocol": usually(r, 0.7, "Tcp", "*", "Udp"),
            "sourcePortRange": "*",
            "access": usually(r, 0.7, "Allow", "Deny"),
            "priority": 100 + 10 * k + r.randint(0, 9),
            "direction": usually(r, 0.8, "Inbound", "Outbound"),
            "destinationAddressPrefix": "*",
        }
        if many:
            rule.update(
                sourceAddressPrefixes=["10.1.0.0/16", usually(r, 0.9, "10.2.0.0/16", "0.0.0.0/0")],
                destinationPortRanges=["443", usually(r, 0.8, "8443", "22", "1433-1434")],
            )
        else:
            rule.update(
                sourceAddressPrefix=usually(r, 0.85, "VirtualNetwork", "*", "Internet", "203.0.113.0/24"),
                destinationPortRange=usually(r, 0.6, "443", "22", "3389", "1433", "*", "8000-8100"),
            )
        if r.random() < 0.8:
            rule["description"] = usually(r, 0.8, "traffic of the application tier", "todo", "")
        rule["provisioningState"] = "Succeeded"
        rules.append({"name": "rule-%d" % k, "id": place.spelled + "/securityRules/rule-%d" % k, "properties": rule})
    return arm(
        place, kind, {"resourceGuid": guid(mix(place.id), 5), "securityRules": rules, "defaultSecurityRules": []}
    )


def virtual_network(estate, kind, place, r):
    subnets = []
    for k in range(r.randint(1, 5)):
        properties = {
            "addressPrefix": "10.%d.%d.0/24" % (place.ordinal % 256, k),
            "privateEndpointNetworkPolicies": "Disabled",
        }
        if r.random() < 0.85:
            properties["networkSecurityGroup"] = {
                "id": estate.azure_peer(r, "Microsoft.Network/networkSecurityGroups", place).spelled
            }
        if r.random() < 0.6:
            properties["routeTable"] = {"id": estate.azure_peer(r, "Microsoft.Network/routeTables", place).spelled}
        subnets.append(
            {"name": usually(r, 0.85, "snet-%d" % k, "GatewaySubnet", "AzureBastionSubnet"), "properties": properties}
        )
    return arm(
        place,
        kind,
        {"addressSpace": {"addressPrefixes": ["10.0.0.0/8"]}, "subnets": subnets, "enableDdosProtection": False},
    )


def route_table(estate, kind, place, r):
    routes = [
        {
            "name": "default",
            "properties": {
                "addressPrefix": "0.0.0.0/0",
                "nextHopType": usually(r, 0.7, "VirtualAppliance", "Internet", "None"),
                "nextHopIpAddress": "10.0.0.4",
            },
        }
    ]
    return arm(place, kind, {"routes": routes if r.random() < 0.9 else [], "disableBgpRoutePropagation": True})


def flow_log(estate, kind, place, r):
    target = estate.azure_peer(r, "Microsoft.Network/virtualNetworks", place)
    return arm(
        place,
        kind,
        {
            "targetResourceId": target.spelled,
            "enabled": r.random() < 0.9,
            "storageId": estate.azure_peer(r, "Microsoft.Storage/storageAccounts", place).spelled,
            "retentionPolicy": {"enabled": r.random() < 0.7, "days": usually(r, 0.6, 90, 30, 0, 365)},
        },
    )


def application_gateway(estate, kind, place, r):
    listeners = [
        {
            "name": "listener-%d" % k,
            "properties": {"protocol": usually(r, 0.75, "Https", "Http"), "requireServerNameIndication": False},
        }
        for k in range(r.randint(1, 4))
    ]
    rules = []
    for k, listener in enumerate(listeners):
        properties = {"ruleType": "Basic", "httpListener": {"id": f"{place.spelled}/httpListeners/{listener['name']}"}}
        if listener["properties"]["protocol"] == "Http" and r.random() < 0.7:
            properties["redirectConfiguration"] = {"id": place.spelled + "/redirectConfigurations/https"}
        rules.append({"name": "rule-%d" % k, "properties": properties})
    policy = (
        {"policyType": "Predefined", "policyName": usually(r, 0.7, "AppGwSslPolicy20220101", "AppGwSslPolicy20150501")}
        if r.random() < 0.7
        else {"policyType": "Custom", "minProtocolVersion": usually(r, 0.8, "TLSv1_2", "TLSv1_0")}
    )
    return arm(
        place,
        kind,
        {
            "sku": {"name": "WAF_v2", "tier": "WAF_v2"},
            "sslPolicy": policy,
            "httpListeners": listeners,
            "requestRoutingRules": rules,
        },
    )


def firewall_policy(estate, kind, place, r):
    state = "enabledState" if "FrontDoor" in kind.type else "state"
    settings = {state: usually(r, 0.93, "Enabled", "Disabled"), "mode": usually(r, 0.75, "Prevention", "Detection")}
    if r.random() < 0.8:
        settings["requestBodyCheck"] = usually(
            r, 0.95, *(("Enabled", "Disabled") if state == "enabledState" else (True, False))
        )
    sets = [{"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"}] if r.random() < 0.92 else []
    return arm(place, kind, {"policySettings": settings, "managedRules": {"managedRuleSets": sets}, "customRules": []})


def web_site(estate, kind, place, r):
    properties = {
        "state": "Running",
        "hostNames": [place.name + ".azurewebsites.net"],
        "httpsOnly": r.random() < 0.88,
        "clientCertEnabled": False,
        "siteConfig": None,
    }
    if r.random() < 0.5:
        properties["siteConfig"] = {"minTlsVersion": usually(r, 0.85, "1.2", "1.0", "1.3"), "numberOfWorkers": 1}
    return arm(place, kind, properties, kind="app,linux")


def web_config(estate, kind, place, r):
    if place.name.startswith("appsettings"):
        return arm(
            place,
            kind,
            {
                "WEBSITE_RUN_FROM_PACKAGE": "1",
                "DB_PASSWORD": (
                    {"$redacted": {"kind": usually(r, 0.3, "secret/password", "text"), "mac": "%032x" % mix(place.id)}}
                    if r.random() < 0.15
                    else "@Microsoft.KeyVault(SecretUri=x)"
                ),
            },
        )
    return arm(
        place,
        kind,
        {
            "numberOfWorkers": 1,
            "linuxFxVersion": "NODE|20-lts",
            "remoteDebuggingEnabled": r.random() < 0.04,
            "http20Enabled": True,
            "minTlsVersion": usually(r, 0.88, "1.2", "1.0", "1.3"),
            "ftpsState": usually(r, 0.75, "FtpsOnly", "Disabled", "AllAllowed"),
        },
    )
