import AssayCore
import Testing

@testable import AssayRules

@Suite("effective permissions")
struct EffectivePermissionTests {
    private static let owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
    private static let contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c"
    private static let blobs = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
    private static let reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
    private static let account = DerivedSnapshot.group + "microsoft.storage/storageaccounts/records"

    /// Four roles, a user, a program, and everything read.
    private func snapshot(without missing: String = "") throws -> DerivedSnapshot {
        var snapshot = DerivedSnapshot()
        for collection in [
            "Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions",
            "Microsoft.Authorization/denyAssignments", "Microsoft.Authorization/roleAssignmentScheduleInstances",
            "Microsoft.Authorization/roleEligibilityScheduleInstances", "Microsoft.Management/managementGroups",
            "microsoft.graph/groups", "microsoft.graph/users", "microsoft.graph/servicePrincipals",
        ] where collection != missing { snapshot.know(collection) }
        for (id, name, permissions) in [
            (Self.owner, "Owner", #"{"actions":["*"],"notActions":[]}"#),
            (
                Self.contributor, "Contributor",
                #"{"actions":["*"],"notActions":["Microsoft.Authorization/*/Delete","Microsoft.Authorization/*/Write"]}"#
            ),
            (
                Self.blobs, "Blob writer",
                #"{"actions":["Microsoft.Storage/storageAccounts/blobServices/containers/read"],"dataActions":["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*"]}"#
            ),
            (Self.reader, "Reader", #"{"actions":["*/read"]}"#),
        ] {
            try snapshot.add(
                "Microsoft.Authorization/roleDefinitions",
                "/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/\(id)",
                #"{"properties":{"roleName":"\#(name)","permissions":[\#(permissions)]}}"#)
        }
        try snapshot.add("microsoft.graph/users", "u1", #"{"id":"u1","displayName":"Records clerk"}"#)
        try snapshot.add("microsoft.graph/users", "u2", #"{"id":"u2","displayName":"Second clerk"}"#)
        try snapshot.add("microsoft.graph/servicePrincipals", "sp1", #"{"id":"sp1","displayName":"pipeline"}"#)
        return snapshot
    }

    private func assign(
        _ snapshot: inout DerivedSnapshot, _ name: String, _ role: String, to principal: String, _ kind: String,
        at scope: String, more: String = ""
    ) throws {
        try snapshot.add(
            RoleGrant.assignments, "\(scope)/providers/Microsoft.Authorization/roleAssignments/\(name)",
            """
            {"properties":{"roleDefinitionId":"/providers/Microsoft.Authorization/roleDefinitions/\(role.uppercased())",
            "principalId":"\(principal)","principalType":"\(kind)","scope":"\(scope)"\(more)}}
            """)
    }

    private func principals(_ fact: Resource) -> [String] {
        (fact.body["principals"].map { Array($0.elements) } ?? []).map { $0["id"]?.string ?? "?" }
    }

    @Test("an owner of the subscription may give roles and fetch keys, a contributor may fetch keys only")
    func directRoles() throws {
        var snapshot = try snapshot()
        try assign(&snapshot, "a1", Self.owner, to: "u1", "User", at: "/subscriptions/S1")
        try assign(&snapshot, "a2", Self.contributor, to: "sp1", "ServicePrincipal", at: "/subscriptions/s1")
        let facts = snapshot.facts(EffectivePermissions.type)
        #expect(facts.map { $0.body.text("principalName") } == ["Records clerk", "pipeline"])
        #expect(facts.map { $0.body.text("canManageAccess") } == ["true", "false"])
        #expect(facts.map { $0.body.text("isOwnerLike") } == ["true", "false"])
        #expect(facts.map { $0.body.text("canUseKeys") } == ["true", "true"])
        #expect(facts.map { $0.body.text("state") } == ["standing", "standing"])
        #expect(facts.map { $0.body.text("scopeKind") } == ["subscription", "subscription"])
        #expect(facts.allSatisfy { $0.provider == .assay && $0.scope == ["/subscriptions/s1"] })
    }

    @Test("groups in a circle are walked once and every member is named with the way to it")
    func circle() throws {
        var snapshot = try snapshot()
        try snapshot.add(
            "microsoft.graph/groups", "g1",
            ##"{"id":"g1","displayName":"outer","members":[{"@odata.type":"#microsoft.graph.group","id":"g2"},{"@odata.type":"#microsoft.graph.user","id":"u1"}]}"##
        )
        try snapshot.add(
            "microsoft.graph/groups", "g2",
            ##"{"id":"g2","displayName":"inner","members":[{"@odata.type":"#microsoft.graph.group","id":"g1"},{"@odata.type":"#microsoft.graph.servicePrincipal","id":"sp1"}]}"##
        )
        try assign(&snapshot, "a1", Self.owner, to: "g1", "Group", at: "/subscriptions/s1")
        let facts = snapshot.facts(EffectivePermissions.type)
        #expect(facts.map { $0.body.text("principalId") } == ["sp1", "u1"])
        #expect(facts[0].body.text("via") == #"[{"kind":"group","id":"g1"},{"kind":"group","id":"g2"}]"#)
        #expect(facts[1].body.text("via") == #"[{"kind":"group","id":"g1"}]"#)
    }

    @Test("a group whose members were not read stands for itself, with unknown members")
    func opaqueGroup() throws {
        var snapshot = try snapshot(without: "microsoft.graph/groups")
        snapshot.record("microsoft.graph/groups", .denied)
        try assign(&snapshot, "a1", Self.owner, to: "g9", "Group", at: "/subscriptions/s1")
        let fact = try #require(snapshot.facts(EffectivePermissions.type).first)
        #expect(fact.body.text("principalId") == "g9")
        #expect(fact.body.text("members") == "?denied")
        #expect(fact.body.text("isOrphan") == "?denied")
    }

    @Test("a list of groups without members leaves the group closed and says that nobody asked")
    func unaskedMembers() throws {
        var snapshot = try snapshot()
        try snapshot.add("microsoft.graph/groups", "g1", #"{"id":"g1","displayName":"staff"}"#)
        try assign(&snapshot, "a1", Self.reader, to: "g1", "Group", at: "/subscriptions/s1")
        let fact = try #require(snapshot.facts(EffectivePermissions.type).first)
        #expect(fact.body.text("members") == "?notCollected")
    }

    @Test("twenty members in an export may be all or the end of a page")
    func cutExpansion() throws {
        var snapshot = try snapshot()
        let members = (0..<20).map { ##"{"@odata.type":"#microsoft.graph.user","id":"m\##($0)"}"## }
        try snapshot.add(
            "microsoft.graph/groups", "g1", #"{"id":"g1","members":[\#(members.joined(separator: ","))]}"#, kind: .file)
        try assign(&snapshot, "a1", Self.reader, to: "g1", "Group", at: "/subscriptions/s1")
        let facts = snapshot.facts(EffectivePermissions.type)
        #expect(facts.count == 21)
        #expect(facts.contains { $0.body.text("members") == "?notCollected" })
    }

    @Test("an activated assignment is told apart from a standing one and from one that could be activated")
    func privilegedIdentity() throws {
        var snapshot = try snapshot()
        try assign(&snapshot, "a1", Self.owner, to: "u1", "User", at: "/subscriptions/s1")
        try assign(&snapshot, "a2", Self.owner, to: "u2", "User", at: "/subscriptions/s1")
        try snapshot.add(
            RoleGrant.active, "/subscriptions/s1/providers/Microsoft.Authorization/roleAssignmentScheduleInstances/i1",
            #"{"properties":{"originRoleAssignmentId":"/subscriptions/S1/providers/Microsoft.Authorization/roleAssignments/A1","assignmentType":"Activated","endDateTime":"2026-11-21T10:00:00Z"}}"#
        )
        try snapshot.add(
            RoleGrant.eligible,
            "/subscriptions/s1/providers/Microsoft.Authorization/roleEligibilityScheduleInstances/e1",
            #"{"properties":{"roleDefinitionId":"/x/\#(Self.owner)","principalId":"u1","principalType":"User","scope":"/subscriptions/s1","endDateTime":null}}"#
        )
        let facts = snapshot.facts(EffectivePermissions.type)
        #expect(
            facts.map { $0.body.text("principalId") + " " + $0.body.text("state") } == [
                "u1 activated", "u2 standing", "u1 eligible",
            ])
        #expect(facts[0].body.text("expires") == "2026-11-21T10:00:00Z")
    }

    @Test("without a record of schedules the state is unknown, and standing where no licence for them exists")
    func schedulesUnknown() throws {
        var denied = try snapshot(without: "Microsoft.Authorization/roleAssignmentScheduleInstances")
        var unlicensed = denied
        denied.record(RoleGrant.active, .denied, scope: "/subscriptions/s1")
        unlicensed.record(RoleGrant.active, .notLicensed, scope: "/subscriptions/s1")
        try assign(&denied, "a1", Self.owner, to: "u1", "User", at: "/subscriptions/s1")
        try assign(&unlicensed, "a1", Self.owner, to: "u1", "User", at: "/subscriptions/s1")
        #expect(denied.facts(EffectivePermissions.type).map { $0.body.text("state") } == ["?denied"])
        #expect(unlicensed.facts(EffectivePermissions.type).map { $0.body.text("state") } == ["standing"])
    }

    @Test("a deny assignment takes what it names from everybody but those it spares")
    func denies() throws {
        var snapshot = try snapshot()
        try assign(&snapshot, "a1", Self.owner, to: "u1", "User", at: "/subscriptions/s1")
        try assign(&snapshot, "a2", Self.owner, to: "u2", "User", at: "/subscriptions/s1")
        try snapshot.add(
            DenyRule.type, "/subscriptions/s1/providers/Microsoft.Authorization/denyAssignments/d1",
            #"{"properties":{"scope":"/subscriptions/s1","permissions":[{"actions":["*"],"notActions":["*/read"]}],"principals":[{"id":"00000000-0000-0000-0000-000000000000","type":"SystemDefined"}],"excludePrincipals":[{"id":"u2","type":"User"}]}}"#
        )
        let facts = snapshot.facts(EffectivePermissions.type)
        #expect(facts.map { $0.body.text("canManageAccess") } == ["false", "true"])
        #expect(facts[0].body.text("deniedBy").contains("denyassignments/d1"))
        #expect(facts[1].body.text("deniedBy") == "[]")
    }

    @Test("what is granted is unknown while deny assignments are, what is not granted is not")
    func deniesUnknown() throws {
        var snapshot = try snapshot(without: DenyRule.type)
        try assign(&snapshot, "a1", Self.contributor, to: "u1", "User", at: "/subscriptions/s1")
        let fact = try #require(snapshot.facts(EffectivePermissions.type).first)
        #expect(fact.body.text("canUseKeys") == "?notCollected")
        #expect(fact.body.text("canManageAccess") == "false")
        #expect(fact.body.openness("deniedBy") == .notCollected)
    }

    @Test("a condition leaves open what it can narrow and nothing else")
    func conditions() throws {
        var snapshot = try snapshot()
        try assign(
            &snapshot, "a1", Self.owner, to: "u1", "User", at: "/subscriptions/s1",
            more: #","condition":"((!(ActionMatches{'x'})))""#)
        let fact = try #require(snapshot.facts(EffectivePermissions.type).first)
        #expect(fact.body.text("canManageAccess") == "?unsupported")
        #expect(fact.body.text("canUseKeys") == "true")
    }

    @Test("a role that the snapshot does not define can do nobody knows what")
    func undefinedRole() throws {
        var snapshot = try snapshot(without: AccessModel.roleDefinitions)
        try assign(&snapshot, "a1", "0000", to: "u1", "User", at: "/subscriptions/s1")
        let fact = try #require(snapshot.facts(EffectivePermissions.type).first)
        #expect(fact.body.text("actions") == "?notCollected")
        #expect(fact.body.text("isOwnerLike") == "?notCollected")
    }

    // MARK: Access to a resource

    private func addAccount(_ snapshot: inout DerivedSnapshot, _ properties: String = "{}") throws {
        try snapshot.add(AccessProbe.storage, Self.account, #"{"properties":\#(properties)}"#)
    }

    @Test("grants above, at and below an account reach it; readers of its settings and other accounts do not")
    func scopes() throws {
        var snapshot = try snapshot()
        try addAccount(&snapshot)
        try assign(&snapshot, "a1", Self.blobs, to: "u1", "User", at: "/subscriptions/s1/resourceGroups/R1")
        try assign(
            &snapshot, "a2", Self.blobs, to: "u2", "User", at: Self.account + "/blobServices/default/containers/c")
        try assign(&snapshot, "a3", Self.reader, to: "u3", "User", at: "/subscriptions/s1")
        try assign(&snapshot, "a4", Self.blobs, to: "u4", "User", at: Self.account + "2")
        try assign(&snapshot, "a5", Self.owner, to: "u5", "User", at: "/")
        let fact = try #require(snapshot.facts(ResourceAccess.type).first)
        #expect(principals(fact) == ["u1", "u2", "u5"])
        #expect(fact.body.text("principals[0].canWriteData") == "true")
        #expect(fact.body.text("principals[2].canWriteData") == "true")
        #expect(fact.id == Self.account + "/assay/access")
    }

    @Test("a management group reaches its own subscriptions, and an unknown tree leaves the list open")
    func managementGroups() throws {
        let mg = "/providers/Microsoft.Management/managementGroups/"
        var known = try snapshot()
        try addAccount(&known)
        try assign(&known, "a1", Self.blobs, to: "u1", "User", at: mg + "clinic")
        try assign(&known, "a2", Self.blobs, to: "u2", "User", at: mg + "other")
        var unknown = known
        try known.add(
            "Microsoft.Management/managementGroups", mg + "t1",
            #"{"properties":{"tenantId":"t1","children":[{"id":"\#(mg)clinic","children":[{"id":"/subscriptions/s1"}]},{"id":"\#(mg)other"}]}}"#
        )
        #expect(principals(try #require(known.facts(ResourceAccess.type).first)) == ["u1"])
        unknown.record("Microsoft.Management/managementGroups", .denied)
        let fact = try #require(unknown.facts(ResourceAccess.type).first)
        #expect(principals(fact) == ["?"])
        #expect(fact.body.openness("principals") == .denied)
    }

    @Test("keys open the data only while the account accepts them")
    func sharedKeys() throws {
        var snapshot = try snapshot()
        try addAccount(&snapshot, #"{"allowSharedKeyAccess":false}"#)
        try assign(&snapshot, "a1", Self.contributor, to: "u1", "User", at: "/subscriptions/s1")
        let closed = try #require(snapshot.facts(ResourceAccess.type).first)
        #expect(closed.body.text("principals[0].canWriteData") == "false")
        #expect(closed.body.text("principals[0].canManage") == "true")
        try snapshot.hide("properties.roleDefinitionId", .unparsable)
        let hidden = try #require(snapshot.facts(ResourceAccess.type).first)
        #expect(hidden.body.text("principals[0].canWriteData") == "?unparsable")
    }

    @Test("denied role assignments leave the list of principals open")
    func assignmentsUnknown() throws {
        var snapshot = try snapshot(without: RoleGrant.assignments)
        snapshot.record(RoleGrant.assignments, .denied, scope: "/subscriptions/s1")
        try addAccount(&snapshot)
        #expect(try #require(snapshot.facts(ResourceAccess.type).first).body.openness("principals") == .denied)
        let records = DerivedFacts.facts(of: snapshot.resources, coverage: snapshot.coverage).coverage
        let record = try #require(records.first { $0.collection == EffectivePermissions.type && !$0.scope.isEmpty })
        #expect(record.state == .denied)
        #expect(record.scope == "/subscriptions/s1")
    }

    @Test("a vault with access policies goes by them, one with roles by roles")
    func vaults() throws {
        var snapshot = try snapshot()
        let policies = #""accessPolicies":[{"objectId":"u1","permissions":{"secrets":["Get"],"keys":["get"]}}]"#
        try snapshot.add(
            AccessProbe.vault, DerivedSnapshot.group + "microsoft.keyvault/vaults/a", #"{"properties":{\#(policies)}}"#)
        try snapshot.add(
            AccessProbe.vault, DerivedSnapshot.group + "microsoft.keyvault/vaults/b",
            #"{"properties":{"enableRbacAuthorization":true,\#(policies)}}"#)
        let facts = snapshot.facts(ResourceAccess.type)
        #expect(facts.map(principals) == [["u1"], []])
        #expect(facts[0].body.text("principals[0].canReadData") == "true")
        #expect(facts[0].body.text("principals[0].canWriteData") == "false")
    }

    @Test(
        "a pattern covers what its stars leave room for, without regard to case",
        arguments: [
            ("*", "microsoft.x/y/read", true), ("*/read", "microsoft.x/y/read", true),
            ("*/read", "microsoft.x/y/write", false), ("Microsoft.X/*/WRITE", "microsoft.x/a/b/write", true),
            ("microsoft.x/*", "microsoft.x", false), ("a*b*c", "aXbbYc", true), ("a*b*c", "aXbbY", false),
            ("", "a", false),
        ])
    func patterns(_ pattern: String, _ action: String, _ isCovered: Bool) {
        #expect(ActionPattern(pattern).matches(Array(action.lowercased().utf8)) == isCovered)
    }
}
