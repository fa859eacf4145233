extension PlantedTenant {
    enum Role {
        static let owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
        static let contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c"
        static let reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
        static let accessAdministrator = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
    }

    /// Roles, Privileged Identity Management, policies, exemptions and locks.
    mutating func addGovernance() throws {
        try addRoleDefinitions()
        let root = "/providers/Microsoft.Management/managementGroups/" + Self.tenantId
        let scanner = estate.identity.objectId
        try edit {
            _ = try $0.addRole(
                Role.reader, to: scanner, kind: "ServicePrincipal", at: root,
                name: "33333333-0000-4000-8000-000000000001")
            try $0.add(
                "Microsoft.Authorization/policyAssignments", "baseline", in: root, location: nil,
                Self.assignment("1f3afdf9-d0c9-4c3d-847f-89da613e70a8", at: root))
        }
        for (index, subscription) in [production, development].enumerated() {
            try addRoles(subscription, index)
            try addPolicies(subscription)
        }
    }

    private mutating func addRoleDefinitions() throws {
        let builtIn = [
            (Role.owner, "Owner", #""*""#, ""),
            (
                Role.contributor, "Contributor", #""*""#,
                """
                "Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write",
                "Microsoft.Authorization/elevateAccess/Action", "Microsoft.Blueprint/blueprintAssignments/write",
                "Microsoft.Blueprint/blueprintAssignments/delete"
                """
            ),
            (Role.reader, "Reader", #""*/read""#, ""),
            (
                Role.accessAdministrator, "User Access Administrator",
                #""*/read", "Microsoft.Authorization/*", "Microsoft.Support/*""#, ""
            ),
        ]
        let whole = production
        try edit { estate in
            for (id, name, actions, exceptions) in builtIn {
                try estate.add(
                    "Microsoft.Authorization/roleDefinitions", id, in: "", location: nil,
                    """
                    {"roleName": "\(name)", "type": "BuiltInRole", "description": "\(name)", "assignableScopes": ["/"],
                     "permissions": [{"actions": [\(actions)], "notActions": [\(exceptions)], "dataActions": [],
                       "notDataActions": []}]}
                    """)
            }
            try estate.add(
                "Microsoft.Authorization/roleDefinitions", "44444444-0000-4000-8000-000000000001", in: whole,
                location: nil,
                """
                {"roleName": "Restarter", "type": "CustomRole", "description": "Restarts machines",
                 "assignableScopes": ["\(whole)"], "permissions": [{"actions": [
                   "Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/virtualMachines/restart/action"],
                   "notActions": [], "dataActions": [], "notDataActions": []}]}
                """)
        }
    }

    private mutating func addRoles(_ subscription: String, _ index: Int) throws {
        let from = date(-1)
        let until = date(1)
        // Nobody can ever give access to the data of patients; in development an owner may.
        let activatedRole = isProduction(subscription) ? Role.contributor : Role.owner
        try edit { estate in
            _ = try estate.addRole(
                Role.contributor, to: Person.platformTeam, kind: "Group", at: subscription,
                name: "33333333-0000-4000-8000-00000000001\(index)")
            _ = try estate.addRole(
                Role.contributor, to: Person.pipeline, kind: "ServicePrincipal",
                at: subscription + "/resourceGroups/rg-app", name: "33333333-0000-4000-8000-00000000002\(index)")
            // A role that was activated and ends.
            let activated = try estate.addRole(
                activatedRole, to: Person.engineer, kind: "User", at: subscription,
                name: "33333333-0000-4000-8000-00000000003\(index)")
            try estate.add(
                "Microsoft.Authorization/roleAssignmentScheduleInstances",
                "55555555-0000-4000-8000-00000000001\(index)",
                in: subscription, location: nil,
                """
                {"scope": "\(subscription)", "principalId": "\(Person.engineer)", "principalType": "User",
                 "roleDefinitionId": "\(subscription)/providers/Microsoft.Authorization/roleDefinitions/\(activatedRole)",
                 "originRoleAssignmentId": "\(activated)", "assignmentType": "Activated", "memberType": "Direct",
                 "status": "Provisioned", "startDateTime": "\(from)", "endDateTime": "\(until)"}
                """)
            try estate.add(
                "Microsoft.Authorization/roleEligibilityScheduleInstances",
                "55555555-0000-4000-8000-00000000002\(index)",
                in: subscription, location: nil,
                """
                {"scope": "\(subscription)", "principalId": "\(Person.engineer)", "principalType": "User",
                 "roleDefinitionId": "\(subscription)/providers/Microsoft.Authorization/roleDefinitions/\(activatedRole)",
                 "memberType": "Direct", "status": "Provisioned", "startDateTime": "\(from)", "endDateTime": "\(until)"}
                """)
            for (number, role) in [Role.owner, Role.contributor, Role.accessAdministrator].enumerated() {
                try estate.add(
                    "Microsoft.Authorization/roleManagementPolicyAssignments",
                    "66666666-0000-4000-8000-0000000000\(number)\(index)",
                    in: subscription, location: nil,
                    """
                    {"scope": "\(subscription)",
                     "roleDefinitionId": "\(subscription)/providers/Microsoft.Authorization/roleDefinitions/\(role)",
                     "policyId": "\(subscription)/providers/Microsoft.Authorization/roleManagementPolicies/p\(number)\(index)",
                     "effectiveRules": \(Self.activationRules)}
                    """)
            }
        }
    }

    /// The rules that hold when somebody activates a role.
    static let activationRules = """
        [{"id": "Enablement_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule",
          "enabledRules": ["Justification", "MultiFactorAuthentication"]},
         {"id": "Expiration_EndUser_Assignment", "ruleType": "RoleManagementPolicyExpirationRule",
          "isExpirationRequired": true, "maximumDuration": "PT4H"},
         {"id": "AuthenticationContext_EndUser_Assignment", "ruleType": "RoleManagementPolicyAuthenticationContextRule",
          "isEnabled": false, "claimValue": ""},
         {"id": "Approval_EndUser_Assignment", "ruleType": "RoleManagementPolicyApprovalRule",
          "setting": {"isApprovalRequired": true, "approvalMode": "SingleStage"}}]
        """

    static func assignment(_ initiative: String, at scope: String) -> String {
        """
        {"displayName": "Initiative", "enforcementMode": "Default", "scope": "\(scope)", "notScopes": [],
         "policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/\(initiative)"}
        """
    }

    private mutating func addPolicies(_ subscription: String) throws {
        let initiatives = [
            "1f3afdf9-d0c9-4c3d-847f-89da613e70a8", "a169a624-5599-4385-a696-c8d643089fab",
            "4054785f-702b-4a98-9215-009cbd58b141", "89c6cddc-1c73-4ac1-b19c-54d1a15a42f2",
        ]
        let until = date(90)
        try edit { estate in
            for (number, initiative) in initiatives.enumerated() {
                try estate.add(
                    "Microsoft.Authorization/policyAssignments", "initiative-\(number)", in: subscription,
                    location: nil,
                    Self.assignment(initiative, at: subscription))
            }
            try estate.add(
                "Microsoft.Authorization/policyExemptions", "legacy-scanner", in: subscription, location: nil,
                """
                {"exemptionCategory": "Waiver", "expiresOn": "\(until)",
                 "policyAssignmentId": "\(subscription)/providers/Microsoft.Authorization/policyAssignments/initiative-0",
                 "displayName": "Legacy scanner", "policyDefinitionReferenceIds": [],
                 "description": "The imaging scanner is replaced in spring; risk R-17 holds the decision."}
                """)
            try estate.add(
                "Microsoft.Authorization/locks", "keep", in: subscription + "/resourceGroups/rg-data", location: nil,
                #"{"level": "CanNotDelete", "notes": "Data of patients"}"#)
            estate.policyStates[String(subscription.dropFirst("/subscriptions/".count)).lowercased()] = []
        }
    }
}
