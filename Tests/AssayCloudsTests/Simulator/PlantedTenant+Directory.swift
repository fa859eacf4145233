import AssayCore

extension PlantedTenant {
    /// Directory roles that matter for rules.
    static let privileged = [
        "62e90394-69f5-4237-9190-012177145e10", "e8611ab8-c189-46e8-94e1-60213ab1f814",
        "7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "194ae4cb-b126-40b2-bd5b-6091b380977d",
        "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
        "158c047a-c907-4556-b7ef-446551a6b5f7",
    ]

    /// People, groups, roles, applications, policies and logs of the directory.
    mutating func addDirectory() throws {
        try addTenantPolicies()
        try addPeople()
        try addDirectoryRoles()
        try addApplications()
        try addConditionalAccess()
        let sink = workspace(production)
        let logs = [
            "AuditLogs", "SignInLogs", "NonInteractiveUserSignInLogs", "ServicePrincipalSignInLogs",
            "ManagedIdentitySignInLogs", "ProvisioningLogs", "RiskyUsers", "UserRiskEvents",
        ].map { #"{"category": "\#($0)", "enabled": true}"# }
        try edit {
            try $0.add(
                "microsoft.aadiam/diagnosticSettings", "to-logs", in: "", location: nil,
                #"{"workspaceId": "\#(sink)", "storageAccountId": null, "logs": [\#(logs.joined(separator: ", "))]}"#)
        }
    }

    private mutating func addTenantPolicies() throws {
        let tenant = Self.tenantId
        try edit { estate in
            try estate.directory.add(
                """
                {"id": "\(tenant)", "displayName": "Clinic", "tenantType": "AAD", "countryLetterCode": "NL",
                 "createdDateTime": "2020-01-05T08:00:00Z", "onPremisesSyncEnabled": null, "assignedPlans": [],
                 "verifiedDomains": [{"name": "clinic.example.com", "isDefault": true, "isInitial": false,
                   "type": "Managed", "capabilities": "Email"}]}
                """, to: "organization")
            try estate.directory.add(
                """
                {"id": "clinic.example.com", "authenticationType": "Managed", "isDefault": true, "isInitial": false,
                 "isRoot": true, "isVerified": true, "isAdminManaged": true, "supportedServices": ["Email"],
                 "passwordValidityPeriodInDays": 2147483647, "passwordNotificationWindowInDays": 14}
                """, to: "domains")
            try estate.directory.put(
                """
                {"id": "authorizationPolicy", "displayName": "Authorization Policy", "allowInvitesFrom": "none",
                 "allowedToSignUpEmailBasedSubscriptions": false, "allowedToUseSSPR": true,
                 "allowEmailVerifiedUsersToJoinOrganization": false, "blockMsolPowerShell": true,
                 "guestUserRoleId": "2af84b1e-32c8-42b7-82bc-daa82404023b",
                 "defaultUserRolePermissions": {"allowedToCreateApps": false, "allowedToCreateSecurityGroups": false,
                   "allowedToCreateTenants": false, "allowedToReadBitlockerKeysForOwnedDevice": false,
                   "allowedToReadOtherUsers": true, "permissionGrantPoliciesAssigned": [
                     "ManagePermissionGrantsForSelf.microsoft-user-default-low"]}}
                """, at: "policies/authorizationPolicy")
            try estate.directory.put(
                """
                {"id": "00000000-0000-0000-0000-000000000005", "displayName": "Security Defaults", "isEnabled": false,
                 "description": "Security defaults"}
                """, at: "policies/identitySecurityDefaultsEnforcementPolicy")
            try estate.directory.put(
                """
                {"id": "authenticationMethodsPolicy", "displayName": "Authentication Methods Policy",
                 "policyVersion": "1.5", "authenticationMethodConfigurations": [
                   {"@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration", "id": "Fido2",
                    "state": "enabled"},
                   {"@odata.type": "#microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration",
                    "id": "MicrosoftAuthenticator", "state": "enabled"},
                   {"@odata.type": "#microsoft.graph.smsAuthenticationMethodConfiguration", "id": "Sms",
                    "state": "disabled"},
                   {"@odata.type": "#microsoft.graph.voiceAuthenticationMethodConfiguration", "id": "Voice",
                    "state": "disabled"}]}
                """, at: "policies/authenticationMethodsPolicy")
        }
    }

    private mutating func addPeople() throws {
        let people: [(id: String, role: String, isAdmin: Bool, type: String)] = [
            (Person.administrator1, "administrator-one", true, "Member"),
            (Person.administrator2, "administrator-two", true, "Member"),
            (Person.engineer, "platform-engineer", false, "Member"), (Person.nurse, "nurse", false, "Member"),
            (Person.auditor, "internal-auditor", false, "Member"), (Person.guest, "external-assessor", false, "Guest"),
        ]
        let (created, seen) = (date(-400), date(-2))
        try edit { estate in
            for person in people {
                let name = "\(person.role)@clinic.example.com"
                try estate.directory.add(
                    """
                    {"id": "\(person.id)", "displayName": "\(person.role)", "userPrincipalName": "\(name)",
                     "mail": "\(name)", "accountEnabled": true, "userType": "\(person.type)",
                     "createdDateTime": "\(created)", "onPremisesSyncEnabled": null, "externalUserState":
                     \(person.type == "Guest" ? "\"Accepted\"" : "null"), "businessPhones": [], "givenName": null,
                     "surname": null, "jobTitle": "\(person.role)", "mobilePhone": null, "officeLocation": null,
                     "preferredLanguage": null, "assignedLicenses": [],
                     "lastPasswordChangeDateTime": "\(seen)", "signInActivity": {"lastSignInDateTime": "\(seen)",
                       "lastSignInRequestId": "00000000-0000-0000-0000-00000000f006",
                       "lastNonInteractiveSignInDateTime": "\(seen)"}}
                    """, to: "users")
                try estate.directory.add(
                    """
                    {"id": "\(person.id)", "userPrincipalName": "\(name)", "userDisplayName": "\(person.role)",
                     "isAdmin": \(person.isAdmin), "isMfaRegistered": true, "isMfaCapable": true,
                     "isPasswordlessCapable": true, "isSsprRegistered": true, "isSsprEnabled": true,
                     "isSsprCapable": true, "isSystemPreferredAuthenticationMethodEnabled": true,
                     "methodsRegistered": ["fido2SecurityKey"], "systemPreferredAuthenticationMethods": ["fido2"],
                     "userPreferredMethodForSecondaryAuthentication": "push", "lastUpdatedDateTime": "\(seen)",
                     "userType": "\(person.type.lowercased())"}
                    """, to: "reports/authenticationMethods/userRegistrationDetails")
            }
            let groups = [
                (Person.platformTeam, "Platform team", [Person.engineer, Person.administrator1]),
                (Person.careTeam, "Care team", [Person.nurse, Person.administrator2, Person.auditor, Person.engineer]),
            ]
            for (id, name, members) in groups {
                try estate.directory.add(
                    """
                    {"id": "\(id)", "displayName": "\(name)", "description": "\(name)", "securityEnabled": true,
                     "mailEnabled": false, "mailNickname": "group", "groupTypes": [], "isAssignableToRole": null,
                     "visibility": "Private", "createdDateTime": "\(created)", "membershipRule": null,
                     "onPremisesSyncEnabled": null}
                    """, to: "groups")
                for member in members {
                    try estate.directory.add(
                        """
                        {"@odata.type": "#microsoft.graph.user", "id": "\(member)", "displayName": "member",
                         "userPrincipalName": "member@clinic.example.com"}
                        """, to: "groups/\(id)/members")
                }
            }
        }
    }

    private mutating func addDirectoryRoles() throws {
        let (from, until) = (date(-1), date(1))
        let administrators = [Person.administrator1, Person.administrator2]
        try edit { estate in
            for (number, role) in Self.privileged.enumerated() {
                try estate.directory.add(
                    """
                    {"id": "\(role)", "templateId": "\(role)", "displayName": "Role \(number)", "isBuiltIn": true,
                     "isEnabled": true, "description": "A privileged role", "resourceScopes": ["/"],
                     "rolePermissions": [{"allowedResourceActions": ["microsoft.directory/users/basic/update"]}]}
                    """, to: "roleManagement/directory/roleDefinitions")
                let policy = "DirectoryRole_\(Self.tenantId)_\(number)"
                try estate.directory.add(
                    """
                    {"id": "\(policy)", "displayName": "DirectoryRole", "scopeId": "/", "scopeType": "DirectoryRole",
                     "isOrganizationDefault": false, "description": "", "lastModifiedDateTime": null}
                    """, to: "policies/roleManagementPolicies")
                try estate.directory.add(
                    """
                    {"id": "\(policy)_\(role)", "policyId": "\(policy)", "scopeId": "/", "scopeType": "DirectoryRole",
                     "roleDefinitionId": "\(role)"}
                    """, to: "policies/roleManagementPolicyAssignments")
                for rule in try JSONText.tree(Self.directoryRoleRules).elements ?? [] {
                    try estate.directory.add(
                        String(decoding: JSONText.bytes(rule), as: UTF8.self),
                        to: "policies/roleManagementPolicies/\(policy)/rules")
                }
            }
            try estate.directory.add(
                """
                {"id": "role-instance-1", "roleTemplateId": "\(Self.privileged[0])", "description": "All",
                 "displayName": "Global Administrator"}
                """,
                to: "directoryRoles")
            for (number, person) in administrators.enumerated() {
                try estate.directory.add(
                    """
                    {"id": "assignment-\(number)", "principalId": "\(person)", "directoryScopeId": "/",
                     "roleDefinitionId": "\(Self.privileged[0])"}
                    """, to: "roleManagement/directory/roleAssignments")
                try estate.directory.add(
                    """
                    {"id": "instance-\(number)", "principalId": "\(person)", "directoryScopeId": "/", "appScopeId": null,
                     "roleDefinitionId": "\(Self.privileged[0])", "assignmentType": "Activated", "memberType": "Direct",
                     "roleAssignmentOriginId": "assignment-\(number)", "roleAssignmentScheduleId": "schedule-\(number)",
                     "startDateTime": "\(from)", "endDateTime": "\(until)"}
                    """, to: "roleManagement/directory/roleAssignmentScheduleInstances")
                try estate.directory.add(
                    """
                    {"id": "eligibility-\(number)", "principalId": "\(person)", "directoryScopeId": "/",
                     "appScopeId": null, "roleDefinitionId": "\(Self.privileged[0])", "memberType": "Direct",
                     "roleEligibilityScheduleId": "eligible-\(number)", "startDateTime": "\(from)",
                     "endDateTime": "\(until)"}
                    """, to: "roleManagement/directory/roleEligibilityScheduleInstances")
                try estate.directory.add(
                    ##"{"@odata.type": "#microsoft.graph.user", "id": "\##(person)", "displayName": "administrator"}"##,
                    to: "directoryRoles/role-instance-1/members")
            }
        }
    }

    private static let directoryRoleRules = """
        [{"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule",
          "id": "Enablement_EndUser_Assignment", "enabledRules": ["Justification", "MultiFactorAuthentication"]},
         {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
          "id": "Expiration_EndUser_Assignment", "isExpirationRequired": true, "maximumDuration": "PT4H"},
         {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
          "id": "Expiration_Admin_Assignment", "isExpirationRequired": true, "maximumDuration": "P15D"},
         {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
          "id": "Expiration_Admin_Eligibility", "isExpirationRequired": true, "maximumDuration": "P180D"},
         {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule",
          "id": "AuthenticationContext_EndUser_Assignment", "isEnabled": false, "claimValue": null},
         {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule",
          "id": "Approval_EndUser_Assignment", "setting": {"isApprovalRequired": true,
            "approvalMode": "SingleStage"}}]
        """

    private mutating func addApplications() throws {
        let (from, until) = (date(-30), date(300))
        let scanner = estate.identity
        try edit { estate in
            try estate.directory.add(
                """
                {"id": "\(Person.portalApplication)", "appId": "\(Person.portalClient)", "displayName": "Patient portal",
                 "signInAudience": "AzureADMyOrg", "createdDateTime": "\(from)", "passwordCredentials": [],
                 "keyCredentials": [{"keyId": "00000000-0000-0000-0000-00000000f007", "type": "AsymmetricX509Cert",
                   "usage": "Verify", "displayName": "portal", "startDateTime": "\(from)", "endDateTime": "\(until)"}],
                 "requiredResourceAccess": [], "web": {"redirectUris": ["https://portal.example.com/sign-in"]}}
                """, to: "applications")
            try estate.directory.add(
                ##"{"@odata.type": "#microsoft.graph.user", "id": "\##(Person.engineer)", "displayName": "platform-engineer"}"##,
                to: "applications/\(Person.portalApplication)/owners")
            let principals = [
                (Person.portal, Person.portalClient, "Patient portal"),
                (Person.pipeline, "eeeeeeee-0000-4000-8000-000000000001", "Pipeline"),
                (scanner.objectId, scanner.clientId, "Scanner"),
            ]
            for (id, client, name) in principals {
                try estate.directory.add(
                    """
                    {"id": "\(id)", "appId": "\(client)", "displayName": "\(name)", "accountEnabled": true,
                     "servicePrincipalType": "Application", "appOwnerOrganizationId": "\(Self.tenantId)",
                     "appRoleAssignmentRequired": true, "passwordCredentials": [], "keyCredentials": [], "tags": [],
                     "servicePrincipalNames": ["\(client)"], "signInAudience": "AzureADMyOrg"}
                    """, to: "servicePrincipals")
                try estate.directory.add(
                    """
                    {"id": "role-\(id)", "principalId": "\(id)", "principalType": "ServicePrincipal",
                     "resourceId": "cccccccc-0000-4000-8000-00000000ffff", "resourceDisplayName": "Microsoft Graph",
                     "appRoleId": "7ab1d382-f21e-4acd-a863-ba3e13f7da61", "createdDateTime": "\(from)"}
                    """, to: "servicePrincipals/\(id)/appRoleAssignments")
            }
            try estate.directory.add(
                """
                {"id": "grant-1", "clientId": "\(Person.portal)", "consentType": "AllPrincipals", "principalId": null,
                 "resourceId": "cccccccc-0000-4000-8000-00000000ffff", "scope": "openid profile User.Read"}
                """, to: "oauth2PermissionGrants")
        }
    }

    private mutating func addConditionalAccess() throws {
        let everybody =
            """
            "includeUsers": ["All"], "excludeUsers": [], "includeGroups": [], "excludeGroups": [], "includeRoles": [],
            "excludeRoles": []
            """
        let roles =
            Self.privileged + [
                "c4e39bd9-1100-46d3-8c65-fb160da0071f", "29232cdf-9323-42fd-ade2-1d097af3e4de",
                "f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "729827e3-9c14-49f7-bb1b-9608f156bbb8",
                "b0f54661-2d74-4c50-afa3-1ec803f12efe", "fe930be7-5e62-47db-91af-98c3a49a38b1",
            ]
        let administrators = """
            "includeUsers": [], "excludeUsers": [], "includeGroups": [], "excludeGroups": [],
            "includeRoles": [\(roles.map { "\"" + $0 + "\"" }.joined(separator: ", "))], "excludeRoles": []
            """
        let strength = """
            {"id": "00000000-0000-0000-0000-000000000004", "displayName": "Phishing-resistant MFA",
             "policyType": "builtIn", "requirementsSatisfied": "mfa",
             "allowedCombinations": ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"]}
            """
        let often =
            """
            {"signInFrequency": {"isEnabled": true, "type": "hours", "value": 8, "frequencyInterval": "timeBased",
              "authenticationType": "primaryAndSecondaryAuthentication"}}
            """
        try policy("mfa-all", users: everybody, grant: #""operator": "OR", "builtInControls": ["mfa"]"#)
        try policy(
            "legacy-block", users: everybody, clients: ["exchangeActiveSync", "other"],
            grant: #""operator": "OR", "builtInControls": ["block"]"#)
        try policy(
            "device", users: everybody,
            grant: #""operator": "OR", "builtInControls": ["compliantDevice", "domainJoinedDevice"]"#)
        try policy(
            "risk-sign-in", users: everybody, signInRisk: ["high", "medium"],
            grant: #""operator": "OR", "builtInControls": ["mfa"]"#)
        try policy(
            "risk-user", users: everybody, userRisk: ["high"],
            grant: #""operator": "AND", "builtInControls": ["mfa", "passwordChange"]"#)
        try policy(
            "admins", users: administrators, grant: #""operator": "OR", "builtInControls": []"#, strength: strength,
            session: often)
    }

    private mutating func policy(
        _ name: String, users: String, clients: [String] = ["all"], signInRisk: [String] = [], userRisk: [String] = [],
        grant: String, strength: String = "null", session: String = "null"
    ) throws {
        func list(_ words: [String]) -> String { "[" + words.map { "\"" + $0 + "\"" }.joined(separator: ", ") + "]" }
        let modified = date(-90)
        try edit { estate in
            try estate.directory.add(
                """
                {"id": "ca-\(name)", "displayName": "\(name)", "state": "enabled", "templateId": null,
                 "createdDateTime": "\(modified)", "modifiedDateTime": "\(modified)", "sessionControls": \(session),
                 "conditions": {"clientAppTypes": \(list(clients)), "signInRiskLevels": \(list(signInRisk)),
                   "userRiskLevels": \(list(userRisk)), "servicePrincipalRiskLevels": [], "platforms": null,
                   "locations": null, "devices": null, "clientApplications": null, "authenticationFlows": null,
                   "applications": {"includeApplications": ["All"], "excludeApplications": [], "includeUserActions": [],
                     "includeAuthenticationContextClassReferences": []}, "users": {\(users)}},
                 "grantControls": {\(grant), "customAuthenticationFactors": [], "termsOfUse": [],
                   "authenticationStrength": \(strength)}}
                """, to: "identity/conditionalAccess/policies")
        }
    }
}
