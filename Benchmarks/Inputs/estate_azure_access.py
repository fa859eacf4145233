"""Bodies of anchors, roles, policies and the directory."""

from estate_base import FILLER_KEY, TENANT, guid, mix, moment, usually
from estate_azure_places import arm

OWNER, CONTRIBUTOR = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c"


READER, USER_ACCESS = "acdd72a7-3385-48ef-bd42-f606fba81ae7", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"


def anchor_body(estate, kind, place, r):
    tail = place.id.rsplit("/", 1)[1]
    return {"subscriptionId": tail, "displayName": place.name, "state": "Enabled", "tenantId": TENANT}


def tenant_body(estate, kind, place, r):
    return {"tenantId": TENANT, "displayName": "Bench Telehealth"}


def role_assignment(estate, kind, place, r):
    role = usually(r, 0.75, READER, CONTRIBUTOR, OWNER, USER_ACCESS) if r.random() < 0.9 else OWNER
    properties = {
        "roleDefinitionId": f"{place.scope[0]}/providers/Microsoft.Authorization/roleDefinitions/{role}",
        "principalId": guid(r.getrandbits(32), 9),
        "principalType": usually(r, 0.6, "Group", "User", "ServicePrincipal"),
        "scope": place.at,
        "condition": None,
        "createdOn": moment(r),
        "updatedOn": moment(r),
    }
    return arm(place, kind, properties)


def schedule_instance(estate, kind, place, r):
    origin = estate.azure_peer(r, "Microsoft.Authorization/roleAssignments", place)
    properties = {
        "originRoleAssignmentId": origin.spelled,
        "principalId": guid(r.getrandbits(32), 9),
        "assignmentType": "Activated",
        "status": "Provisioned",
        "startDateTime": moment(r, 1, 3),
    }
    properties["endDateTime"] = "2026-07-01T00:00:00Z" if r.random() < 0.8 else None
    return arm(place, kind, properties)


def role_definition(estate, kind, place, r):
    return arm(
        place,
        kind,
        {
            "roleName": "role " + place.name[:8],
            "type": usually(r, 0.8, "CustomRole", "BuiltInRole"),
            "description": "",
            "assignableScopes": place.scope,
            "permissions": [
                {
                    "actions": [
                        "Microsoft.Compute/*/read",
                        usually(r, 0.9, "Microsoft.Storage/*/read", "*", "*/write", "Microsoft.Authorization/*"),
                    ],
                    "notActions": [usually(r, 0.6, "Microsoft.Authorization/*/write", "Microsoft.Sql/*")],
                    "dataActions": [],
                    "notDataActions": [],
                }
            ],
        },
    )


def pim_policy(estate, kind, place, r):
    rules = [
        {"id": "Enablement_Admin_Eligibility", "ruleType": "RoleManagementPolicyEnablementRule", "enabledRules": []},
        {
            "id": "Enablement_EndUser_Assignment",
            "ruleType": "RoleManagementPolicyEnablementRule",
            "enabledRules": [
                x for x in ("MultiFactorAuthentication", "Justification", "Ticketing") if r.random() < 0.8
            ],
        },
        {"id": "AuthenticationContext_EndUser_Assignment", "isEnabled": r.random() < 0.2, "claimValue": "c1"},
        {
            "id": "Expiration_EndUser_Assignment",
            "isExpirationRequired": True,
            "maximumDuration": usually(r, 0.75, "PT8H", "PT4H", "PT12H", "PT1H30M"),
        },
        {"id": "Approval_EndUser_Assignment", "setting": {"isApprovalRequired": r.random() < 0.5}},
    ]
    role = usually(r, 0.5, READER, OWNER, CONTRIBUTOR, USER_ACCESS)
    return arm(
        place,
        kind,
        {
            "scope": place.scope[0],
            "roleDefinitionId": f"{place.scope[0]}/providers/Microsoft.Authorization/roleDefinitions/{role}",
            "effectiveRules": rules,
        },
    )


def policy_assignment(estate, kind, place, r):
    initiative = usually(
        r,
        0.4,
        "1f3afdf9-d0c9-4c3d-847f-89da613e70a8",
        "a169a624-5599-4385-a696-c8d643089fab",
        "89c6cddc-1c73-4ac1-b19c-54d1a15a42f2",
    )
    return arm(
        place,
        kind,
        {
            "displayName": "baseline",
            "policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/" + initiative,
            "scope": place.scope[0],
            "notScopes": [],
            "enforcementMode": usually(r, 0.9, "Default", "DoNotEnforce"),
            "parameters": {},
        },
    )


def policy_exemption(estate, kind, place, r):
    properties = {
        "policyAssignmentId": place.scope[0] + "/providers/Microsoft.Authorization/policyAssignments/baseline",
        "exemptionCategory": "Waiver",
        "displayName": "exemption",
    }
    if r.random() < 0.8:
        properties["expiresOn"] = usually(
            r, 0.7, "2026-12-31T00:00:00Z", "2029-01-01T00:00:00Z", "2026-09-30T00:00:00Z"
        )
    if r.random() < 0.8:
        properties["description"] = usually(r, 0.7, "accepted until the letters service is retired", "tbd", "")
    return arm(place, kind, properties)


def application(estate, kind, place, r):
    def credentials(count, days):
        return [
            {
                "keyId": guid(r.getrandbits(32), k),
                "displayName": "credential",
                "startDateTime": moment(r, 1, 360),
                "endDateTime": "%d-%02d-11T00:00:00Z" % (r.choice((2026, 2026, 2026, 2027)), r.randint(1, 12)),
            }
            for k in range(count)
        ]

    return {
        "id": place.id,
        "appId": guid(mix(place.id), 11),
        "displayName": place.name,
        "createdDateTime": moment(r),
        "signInAudience": "AzureADMyOrg",
        "passwordCredentials": credentials(int(r.random() * 3), 180),
        FILLER_KEY: 0,
        "keyCredentials": credentials(int(r.random() * 2), 400),
        "requiredResourceAccess": [],
    }


def conditional_access(estate, kind, place, r):
    users = {
        "includeUsers": ["All"] if r.random() < 0.7 else [],
        "excludeUsers": [guid(r.getrandbits(32), k) for k in range(int(r.random() * 3))],
        "includeGroups": [],
        "excludeGroups": [],
        "includeRoles": ["62e90394-69f5-4237-9190-012177145e10"],
        "excludeRoles": [],
    }
    return {
        "id": place.id,
        "displayName": place.name,
        "createdDateTime": moment(r),
        "state": usually(r, 0.7, "enabled", "disabled", "enabledForReportingButNotEnforced"),
        "conditions": {
            "userRiskLevels": ["high"] if r.random() < 0.2 else [],
            "signInRiskLevels": ["high"] if r.random() < 0.2 else [],
            "clientAppTypes": usually(r, 0.6, ["all"], ["exchangeActiveSync", "other"]),
            "platforms": None,
            "locations": None,
            "devices": None,
            "authenticationFlows": None,
            "users": users,
            "applications": {"includeApplications": ["All"], "excludeApplications": []},
        },
        FILLER_KEY: 0,
        "grantControls": {
            "operator": usually(r, 0.7, "OR", "AND"),
            "builtInControls": usually(r, 0.5, ["mfa"], ["block"], ["compliantDevice"], ["passwordChange"]),
            "customAuthenticationFactors": [],
            "termsOfUse": [],
            "authenticationStrength": None,
        },
    }


def security_defaults(estate, kind, place, r):
    return {"id": "00000000-0000-0000-0000-000000000005", "displayName": "Security Defaults", "isEnabled": False}
