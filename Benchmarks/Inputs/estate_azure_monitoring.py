"""Bodies of logs, alerts and Defender plans."""

from estate_base import usually
from estate_azure_places import arm

OPERATIONS = (
    "Microsoft.Authorization/policyAssignments/write",
    "Microsoft.Authorization/policyAssignments/delete",
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Network/networkSecurityGroups/write",
    "Microsoft.Network/networkSecurityGroups/delete",
    "Microsoft.Network/publicIPAddresses/write",
    "Microsoft.Network/publicIPAddresses/delete",
    "Microsoft.Security/securitySolutions/write",
    "Microsoft.Security/securitySolutions/delete",
    "Microsoft.Sql/servers/firewallRules/write",
    "Microsoft.Sql/servers/firewallRules/delete",
    "Microsoft.KeyVault/vaults/delete",
    "Microsoft.Insights/diagnosticSettings/delete",
)


def log_settings(estate, kind, place, r, categories):
    properties = {
        "logs": (
            [
                {
                    "category": c,
                    "categoryGroup": None,
                    "enabled": r.random() < 0.85,
                    "retentionPolicy": {"enabled": False, "days": 0},
                }
                for c in categories
            ]
            if r.random() < 0.7
            else [
                {
                    "categoryGroup": usually(r, 0.6, "allLogs", "audit"),
                    "enabled": r.random() < 0.95,
                    "retentionPolicy": {"enabled": False, "days": 0},
                }
            ]
        ),
        "metrics": [],
        "logAnalyticsDestinationType": None,
    }
    for log in properties["logs"]:
        if log.get("categoryGroup", 0) is None:
            del log["categoryGroup"]
    if r.random() < 0.9:
        properties["workspaceId"] = estate.azure_peer(r, "Microsoft.OperationalInsights/workspaces", place).spelled
    elif r.random() < 0.5:
        properties["storageAccountId"] = estate.azure_peer(r, "Microsoft.Storage/storageAccounts", place).spelled
    return properties


def diagnostic(estate, kind, place, r):
    parent = place.parent.spelled
    categories = ("Administrative", "Security", "Alert", "Policy", "ServiceHealth")
    if "/vaults/" in parent:
        categories = ("AuditEvent", "AzurePolicyEvaluationDetails")
    elif "/blobServices/" in parent:
        categories = ("StorageRead", "StorageWrite", "StorageDelete")
    return arm(place, kind, log_settings(estate, kind, place, r, categories))


def directory_diagnostic(estate, kind, place, r):
    return arm(
        place,
        kind,
        log_settings(
            estate,
            kind,
            place,
            r,
            (
                "AuditLogs",
                "SignInLogs",
                "NonInteractiveUserSignInLogs",
                "ServicePrincipalSignInLogs",
                "ManagedIdentitySignInLogs",
            ),
        ),
    )


def alert(estate, kind, place, r):
    conditions = [{"field": "category", "equals": "Administrative"}]
    conditions.append(
        {"field": "operationName", "equals": OPERATIONS[place.ordinal // estate.subscriptions % len(OPERATIONS)]}
        if r.random() < 0.9
        else {"field": "resourceType", "equals": "Microsoft.Network/networkSecurityGroups"}
    )
    return arm(
        place,
        kind,
        {
            "enabled": r.random() < 0.95,
            "scopes": [place.scope[0]],
            "condition": {"allOf": conditions},
            "actions": {
                "actionGroups": (
                    [{"actionGroupId": place.scope[1] + "/providers/microsoft.insights/actionGroups/security"}]
                    if r.random() < 0.95
                    else []
                )
            },
        },
    )


def query_rule(estate, kind, place, r):
    query = usually(
        r,
        0.5,
        'StorageBlobLogs | where OperationName == "GetBlob" | summarize count()',
        "Heartbeat | summarize count() by Computer",
        "AzureDiagnostics | where Category == 'AuditEvent'",
    )
    return arm(
        place,
        kind,
        {
            "enabled": r.random() < 0.9,
            "severity": 2,
            "scopes": [place.scope[0]],
            "criteria": {"allOf": [{"query": query, "operator": "GreaterThan", "threshold": 0}]},
            "actions": {"actionGroups": [place.scope[1] + "/providers/microsoft.insights/actionGroups/security"]},
        },
    )


def pricing(estate, kind, place, r):
    return arm(
        place,
        kind,
        {"pricingTier": usually(r, 0.85, "Standard", "Free"), "freeTrialRemainingTime": "PT0S", "extensions": []},
    )


def workspace(estate, kind, place, r):
    return arm(
        place,
        kind,
        {
            "sku": {"name": "PerGB2018"},
            "retentionInDays": usually(r, 0.6, 90, 30, 365, 180),
            "publicNetworkAccessForIngestion": "Enabled",
            "features": {"legacy": 0},
        },
    )


def workspace_table(estate, kind, place, r):
    return arm(
        place,
        kind,
        {"totalRetentionInDays": usually(r, 0.5, 90, 30, 365, -1), "retentionInDays": -1, "plan": "Analytics"},
    )
