"""Bodies of what keeps data: storage, key vaults, databases, backup."""

from estate_base import TENANT, guid, mix, moment, usually
from estate_azure_places import arm


def storage_account(estate, kind, place, r):
    properties = {"creationTime": moment(r), "accessTier": "Hot", "isHnsEnabled": r.random() < 0.3}
    if r.random() < 0.95:
        properties["minimumTlsVersion"] = usually(r, 0.85, "TLS1_2", "TLS1_0", "TLS1_1", "TLS1_3")
    properties["allowBlobPublicAccess"] = r.random() < 0.1
    if r.random() < 0.9:
        properties["allowSharedKeyAccess"] = r.random() < 0.4
    properties["supportsHttpsTrafficOnly"] = r.random() < 0.96
    properties["publicNetworkAccess"] = usually(r, 0.6, "Disabled", "Enabled", "SecuredByPerimeter")
    properties["networkAcls"] = {
        "bypass": "AzureServices",
        "defaultAction": usually(r, 0.75, "Deny", "Allow"),
        "virtualNetworkRules": [
            {
                "id": estate.azure_peer(r, "Microsoft.Network/virtualNetworks", place).spelled + "/subnets/data",
                "action": "Allow",
                "state": "Succeeded",
            }
        ],
        "ipRules": [
            {"value": usually(r, 0.97, "203.0.113.%d" % k, "0.0.0.0/0"), "action": "Allow"}
            for k in range(int(r.random() * 5))
        ],
    }
    encryption = {
        "services": {"blob": {"enabled": True, "keyType": "Account"}, "file": {"enabled": True, "keyType": "Account"}},
        "requireInfrastructureEncryption": r.random() < 0.5,
        "keySource": "Microsoft.Storage",
    }
    if r.random() < 0.5:
        encryption["keySource"] = "Microsoft.Keyvault"
        encryption["keyvaultproperties"] = {
            "keyname": "data",
            "keyvaulturi": "https://kv%06x.vault.azure.net" % (mix(place.id) & 0xFFFFFF),
        }
    properties["encryption"] = encryption
    properties["privateEndpointConnections"] = [
        {
            "name": "pe%d" % k,
            "properties": {
                "privateLinkServiceConnectionState": {
                    "status": usually(r, 0.9, "Approved", "Pending", "Rejected"),
                    "actionRequired": "None",
                }
            },
        }
        for k in range(int(r.random() * 3))
    ]
    if r.random() < 0.08:
        properties["immutableStorageWithVersioning"] = {
            "enabled": True,
            "immutabilityPolicy": {
                "state": usually(r, 0.5, "Locked", "Unlocked"),
                "immutabilityPeriodSinceCreationInDays": r.randint(7, 800),
            },
        }
    properties["primaryEndpoints"] = {
        part: f"https://{place.name}.{part}.core.windows.net/"
        for part in ("blob", "file", "queue", "table", "web", "dfs")
    }
    return arm(
        place,
        kind,
        properties,
        kind=usually(r, 0.92, "StorageV2", "FileStorage", "BlobStorage"),
        sku={"name": usually(r, 0.6, "Standard_ZRS", "Standard_LRS", "Standard_GRS"), "tier": "Standard"},
    )


def blob_service(estate, kind, place, r):
    days = {"enabled": r.random() < 0.85}
    if days["enabled"]:
        days["days"] = usually(r, 0.8, 30, 7, 3, 365)
    return arm(
        place,
        kind,
        {
            "cors": {"corsRules": []},
            "deleteRetentionPolicy": days,
            "isVersioningEnabled": r.random() < 0.6,
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 7},
            "changeFeed": {"enabled": False},
        },
    )


def container(estate, kind, place, r):
    properties = {
        "leaseStatus": "Unlocked",
        "leaseState": "Available",
        "hasImmutabilityPolicy": False,
        "hasLegalHold": False,
    }
    if r.random() < 0.9:
        properties["publicAccess"] = usually(r, 0.95, "None", "Blob", "Container")
    scope = "$account-encryption-key"
    if r.random() < 0.2:
        scope = estate.azure_peer(r, "Microsoft.Storage/storageAccounts/encryptionScopes", place).name
    properties["defaultEncryptionScope"] = scope
    properties["denyEncryptionScopeOverride"] = r.random() < 0.4
    if r.random() < 0.15:
        properties["immutabilityPolicy"] = {
            "etag": "x",
            "properties": {
                "state": usually(r, 0.6, "Locked", "Unlocked"),
                "immutabilityPeriodSinceCreationInDays": r.randint(7, 800),
            },
        }
    return arm(place, kind, properties)


def immutability(estate, kind, place, r):
    return arm(
        place,
        kind,
        {
            "state": usually(r, 0.7, "Locked", "Unlocked"),
            "immutabilityPeriodSinceCreationInDays": usually(r, 0.6, 365, 30, 2192),
            "allowProtectedAppendWrites": True,
        },
    )


def encryption_scope(estate, kind, place, r):
    properties = {
        "source": "Microsoft.Storage",
        "state": usually(r, 0.9, "Enabled", "Disabled"),
        "requireInfrastructureEncryption": r.random() < 0.4,
    }
    if r.random() < 0.6:
        properties.update(
            source="Microsoft.KeyVault", keyVaultProperties={"keyUri": "https://kv.vault.azure.net/keys/scope"}
        )
    return arm(place, kind, properties)


def vault(estate, kind, place, r):
    properties = {
        "sku": {"family": "A", "name": usually(r, 0.6, "standard", "premium")},
        "tenantId": TENANT,
        "enableSoftDelete": True,
        "softDeleteRetentionInDays": 90,
        "enableRbacAuthorization": r.random() < 0.7,
        "vaultUri": f"https://{place.name}.vault.azure.net/",
    }
    permissions = ("get", "list", "unwrapKey", "wrapKey", "sign", "create", "delete", "purge", "all")
    properties["accessPolicies"] = [
        {
            "tenantId": TENANT,
            "objectId": guid(r.getrandbits(32), k),
            "permissions": {
                "keys": [p for p in permissions if r.random() < 0.25],
                "secrets": [p for p in ("get", "list", "set") if r.random() < 0.6],
                "certificates": [],
            },
        }
        for k in range(0 if properties["enableRbacAuthorization"] else r.randint(1, 4))
    ]
    if r.random() < 0.85:
        properties["enablePurgeProtection"] = True
    if r.random() < 0.9:
        properties["publicNetworkAccess"] = usually(r, 0.6, "Disabled", "Enabled")
        properties["networkAcls"] = {
            "bypass": "AzureServices",
            "defaultAction": usually(r, 0.7, "Deny", "Allow"),
            "ipRules": [
                {"value": usually(r, 0.97, "203.0.113.%d/32" % k, "0.0.0.0/0")} for k in range(int(r.random() * 3))
            ],
            "virtualNetworkRules": [],
        }
    return arm(place, kind, properties)


def vault_key(estate, kind, place, r):
    attributes = {"enabled": r.random() < 0.95, "created": 1700000000 + r.getrandbits(24), "updated": 1710000000}
    if r.random() < 0.75:
        attributes["exp"] = 1782799200 + r.randint(-200, 700) * 86400
    properties = {
        "attributes": attributes,
        "kty": usually(r, 0.5, "RSA-HSM", "RSA", "EC"),
        "keySize": 2048,
        "keyUri": f"https://kv.vault.azure.net/keys/{place.name}",
    }
    if r.random() < 0.8:
        action = {
            "trigger": {"timeAfterCreate": usually(r, 0.7, "P12M", "P90D", "P3Y", "P18M")},
            "action": {"type": usually(r, 0.85, "rotate", "notify")},
        }
        properties["rotationPolicy"] = {
            "attributes": {"expiryTime": "P2Y"},
            "lifetimeActions": [action, {"trigger": {"timeBeforeExpiry": "P30D"}, "action": {"type": "notify"}}],
        }
    return arm(place, kind, properties)


def recovery_vault(estate, kind, place, r):
    properties = {
        "securitySettings": {
            "softDeleteSettings": {
                "softDeleteState": usually(r, 0.8, "Enabled", "AlwaysON", "Disabled"),
                "softDeleteRetentionPeriodInDays": 14,
            },
            "immutabilitySettings": {"state": usually(r, 0.6, "Disabled", "Unlocked", "Locked")},
        }
    }
    if r.random() < 0.5:
        properties["encryption"] = {"keyVaultProperties": {"keyUri": "https://kv.vault.azure.net/keys/backup"}}
    return arm(place, kind, properties)


def sql_server(estate, kind, place, r):
    properties = {
        "administratorLogin": "sqladmin",
        "version": "12.0",
        "state": "Ready",
        "fullyQualifiedDomainName": place.name + ".database.windows.net",
        "minimalTlsVersion": usually(r, 0.9, "1.2", "1.0", "1.3", "None"),
        "publicNetworkAccess": usually(r, 0.65, "Disabled", "Enabled"),
    }
    if r.random() < 0.8:
        properties["administrators"] = {
            "administratorType": "ActiveDirectory",
            "login": "database administrators",
            "azureADOnlyAuthentication": r.random() < 0.7,
        }
    return arm(place, kind, properties, kind="v12.0")


def sql_auditing(estate, kind, place, r):
    properties = {
        "state": usually(r, 0.88, "Enabled", "Disabled"),
        "isAzureMonitorTargetEnabled": r.random() < 0.6,
        "retentionDays": usually(r, 0.5, 90, 0, 30, 365),
    }
    if r.random() < 0.5:
        properties["storageEndpoint"] = "https://audit.blob.core.windows.net/"
    return arm(place, kind, properties)


def entra_only(estate, kind, place, r):
    return arm(place, kind, {"azureADOnlyAuthentication": r.random() < 0.75})


def alert_policy(estate, kind, place, r):
    return arm(
        place,
        kind,
        {
            "state": usually(r, 0.85, "Enabled", "Disabled"),
            "disabledAlerts": usually(r, 0.9, [""], [], ["Sql_Injection"]),
            "emailAccountAdmins": True,
        },
    )


def sql_firewall(estate, kind, place, r):
    start = usually(r, 0.85, "203.0.113.%d" % r.randint(1, 200), "0.0.0.0", "10.0.0.1")
    return arm(
        place,
        kind,
        {
            "startIpAddress": start,
            "endIpAddress": start if r.random() < 0.8 else usually(r, 0.6, "203.0.113.250", "255.255.255.255"),
        },
    )


def protector(estate, kind, place, r):
    return arm(
        place,
        kind,
        {
            "serverKeyType": usually(r, 0.6, "AzureKeyVault", "ServiceManaged"),
            "serverKeyName": "ServiceManaged",
            "autoRotationEnabled": r.random() < 0.7,
        },
        kind="azurekeyvault",
    )


def sql_database(estate, kind, place, r):
    return arm(
        place,
        kind,
        {
            "collation": "SQL_Latin1_General_CP1_CI_AS",
            "maxSizeBytes": 34359738368,
            "status": "Online",
            "zoneRedundant": r.random() < 0.4,
        },
        kind=usually(r, 0.95, "v12.0,user", "v12.0,user,datawarehouse"),
        sku={"name": "GP_Gen5", "tier": "GeneralPurpose", "capacity": 2},
    )


def transparent_encryption(estate, kind, place, r):
    return arm(place, kind, {"state" if r.random() < 0.9 else "status": usually(r, 0.97, "Enabled", "Disabled")})


def postgres(estate, kind, place, r):
    network = {"publicNetworkAccess": usually(r, 0.7, "Disabled", "Enabled")}
    if r.random() < 0.5:
        network["delegatedSubnetResourceId"] = (
            estate.azure_peer(r, "Microsoft.Network/virtualNetworks", place).spelled + "/subnets/pg"
        )
    return arm(
        place,
        kind,
        {
            "version": usually(r, 0.6, "16", "14", "11"),
            "network": network,
            "backup": {"backupRetentionDays": 14, "geoRedundantBackup": "Enabled"},
        },
    )


def postgres_setting(estate, kind, place, r):
    value = (
        usually(r, 0.9, "on", "off")
        if place.name.startswith("require")
        else usually(r, 0.9, "TLSv1.2", "TLSv1", "TLSv1.3")
    )
    return arm(
        place, kind, {"value": value, "defaultValue": value, "dataType": "Enumeration", "source": "system-default"}
    )
