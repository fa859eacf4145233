import AssayCore
import AssayFormats
import AssayRules
import AssayWorkspace
import Testing

/// What an identity may read, asked before anything is collected.
@Suite("what collecting Azure needs and what is missing")
struct AzureReadinessTests {
    static let allRoles = [
        "AccessReview.Read.All", "Application.Read.All", "AuditLog.Read.All", "Directory.Read.All",
        "IdentityRiskyUser.Read.All", "Policy.Read.All", "RoleManagement.Read.Directory",
    ]
    private static let conditionalAccess = "microsoft.graph/identity/conditionalAccess/policies"

    private struct Missing: Hashable {
        let permission: String
        let scope: String
        let state: String
    }

    private struct Answer {
        let exitCode: Int32
        let document: Tree
        let table: String
        /// Requests to Graph that were no sign-in.
        let graphCalls: Int

        func missing() -> Set<Missing> {
            Set(
                list("missing").map { one in
                    Missing(
                        permission: one["permission"]?.stringValue ?? "", scope: one["scope"]?.stringValue ?? "",
                        state: one["state"]?.stringValue ?? "")
                })
        }

        func list(_ name: String) -> [Tree] { document[name]?.elements ?? [] }

        func missing(_ permission: String) -> Tree? {
            list("missing").first { $0["permission"]?.stringValue == permission }
        }

        func graph(_ permission: String) -> Tree? {
            list("graph").first { $0["permission"]?.stringValue == permission }
        }

        static func texts(_ tree: Tree?) -> [String] { (tree?.elements ?? []).compactMap(\.stringValue) }
    }

    private static let tenantScope = "/tenants/" + PlantedTenant.tenantId
    private static let root = "/providers/Microsoft.Management/managementGroups/" + PlantedTenant.tenantId
    private static let production = "/subscriptions/" + PlantedTenant.productionId
    private static let development = "/subscriptions/" + PlantedTenant.developmentId

    /// Asks at a simulated tenant.
    private static func ask(
        roles: [String]? = allRoles, faults: Faults = Faults(), change: (inout Estate) -> Void = { _ in },
        request changeRequest: (inout AzureRequest) -> Void = { _ in }, printsOnly: Bool = false
    ) async throws -> Answer {
        var estate = try PlantedTenant(now: PlantedScanTests.now).estate
        estate.identity.graphRoles = roles
        change(&estate)
        return try await AzureSimulator.with(estate, faults: faults) { simulator in
            var request = PlantedScanTests.request(simulator)
            request.pacing = JumpingPacing()
            changeRequest(&request)
            let result = try await PrepareAzure(request, printsOnly: printsOnly, clock: PlantedScanTests.clock).run()
            let seen = simulator.observations
            #expect(seen.writes.isEmpty)
            for token in seen.issuedTokens + [simulator.estate.identity.secret] {
                #expect(!String(decoding: result.json, as: UTF8.self).contains(token))
                #expect(!result.table.contains(token))
            }
            return Answer(
                exitCode: result.exitCode, document: Tree(try JSONReader.read(result.json).root), table: result.table,
                graphCalls: seen.requests.count { $0.path.hasPrefix("/v1.0/") })
        }
    }

    // MARK: All there

    @Test("finds nothing missing where a Reader holds all seven permissions, and calls Graph for none of them")
    func allThere() async throws {
        let answer = try await Self.ask()
        #expect(answer.exitCode == 0)
        #expect(answer.missing() == [])
        #expect(answer.graphCalls == 0)
        #expect(answer.list("subscriptions").count == 2)
        #expect(answer.list("subscriptions").allSatisfy { Answer.texts($0["lacking"]).isEmpty })
        #expect(
            answer.list("subscriptions").compactMap { $0["name"]?.stringValue }.sorted() == [
                "clinic-development", "clinic-production",
            ])
        #expect(answer.document["summary"]?["rootManagementGroup"]?["readable"]?.boolValue == true)
        #expect(answer.document["summary"]?["identity"]?.stringValue?.contains("client secret") == true)
        #expect(answer.table.contains("nothing is missing"))
    }

    @Test("takes the permissions that include others for them")
    func inclusions() async throws {
        let wide = [
            "AccessReview.ReadWrite.All", "Application.ReadWrite.All", "AuditLog.Read.All", "Directory.ReadWrite.All",
            "IdentityRiskyUser.ReadWrite.All", "Policy.Read.All", "RoleManagement.ReadWrite.Directory",
        ]
        let answer = try await Self.ask(roles: wide)
        #expect(answer.exitCode == 0)
        #expect(answer.graphCalls == 0)
        #expect(Answer.texts(answer.graph("Directory.Read.All")?["by"]) == ["Directory.ReadWrite.All"])
    }

    @Test("counts what is answered although the token names nothing: a role of the directory grants it")
    func directoryRole() async throws {
        let answer = try await Self.ask(roles: [])
        #expect(answer.exitCode == 0)
        #expect(answer.graphCalls > 20)
        let policies = try #require(answer.graph("Policy.Read.All"))
        #expect(Answer.texts(policies["by"]).isEmpty)
        #expect(Answer.texts(policies["answered"]).contains("microsoft.graph/conditionalAccessPolicies"))
    }

    // MARK: Lacking

    @Test("names the action that a role lacks in each subscription, and the collections and rules that it costs")
    func lackingAction() async throws {
        var faults = Faults()
        faults.denied = [.type("Microsoft.Storage/storageAccounts/blobServices")]
        let answer = try await Self.ask(faults: faults)
        let action = "Microsoft.Storage/storageAccounts/blobServices/read"
        #expect(answer.exitCode == 3)
        #expect(
            answer.missing() == [
                Missing(permission: action, scope: Self.production, state: "lacking"),
                Missing(permission: action, scope: Self.development, state: "lacking"),
            ])
        #expect(answer.list("subscriptions").allSatisfy { Answer.texts($0["lacking"]) == [action] })
        let gap = try #require(answer.missing(action))
        let collections = Answer.texts(gap["collections"])
        #expect(collections.contains("Microsoft.Storage/storageAccounts/blobServices"))
        #expect(collections.contains("Microsoft.Storage/storageAccounts/blobServices/containers"))
        #expect(!collections.contains("Microsoft.Storage/storageAccounts"))
        let rules = Answer.texts(gap["rules"])
        #expect(rules.contains("azure-storage-blob-soft-delete"))
        #expect(!rules.contains("azure-storage-min-tls"))
        #expect(answer.table.contains(action) && answer.table.contains("lacks 1"))
    }

    @Test("counts the rules that read a missing collection through derived facts")
    func derivedRules() async throws {
        var faults = Faults()
        faults.denied = [.type("Microsoft.Network/networkSecurityGroups")]
        let answer = try await Self.ask(faults: faults)
        let gap = try #require(answer.missing("Microsoft.Network/networkSecurityGroups/read"))
        let rules = Set(Answer.texts(gap["rules"]))
        let queries = try RuleQueries()
        let reading = try queries.rules(at: [], framework: nil, minimum: nil).filter {
            $0.appliesTo.type == "Assay::Azure::NetworkExposure"
        }
        #expect(!reading.isEmpty)
        #expect(rules.isSuperset(of: reading.map(\.id)))
    }

    @Test("calls a permission of Graph missing where the token lacks it and the call is refused")
    func lackingGraph() async throws {
        var faults = Faults()
        faults.denied = [.type(Self.conditionalAccess)]
        let answer = try await Self.ask(roles: Self.allRoles.filter { $0 != "Policy.Read.All" }, faults: faults)
        #expect(answer.exitCode == 3)
        #expect(
            answer.missing() == [
                Missing(permission: "Policy.Read.All", scope: Self.tenantScope, state: "lacking")
            ])
        let gap = try #require(answer.missing("Policy.Read.All"))
        #expect(Answer.texts(gap["collections"]) == ["microsoft.graph/conditionalAccessPolicies"])
        #expect(Answer.texts(gap["rules"]).contains("entra-ca-mfa-for-all-users"))
        #expect(Answer.texts(gap["rules"]).allSatisfy { $0.hasPrefix("entra-") || $0.hasPrefix("azure-") })
        #expect(answer.table.contains("az ad app permission add"))
        #expect(answer.table.contains("246dd0d5-5bd0-4def-940b-0421030a5b68=Role"))
    }

    @Test("does not take Directory.Read.All for the schedules of privileged roles, but for the roles themselves")
    func narrowInclusion() async throws {
        var faults = Faults()
        faults.denied = [
            .type("microsoft.graph/roleManagement/directory/roleEligibilityScheduleInstances"),
            .type("microsoft.graph/directoryRoles"),
        ]
        let answer = try await Self.ask(
            roles: Self.allRoles.filter { $0 != "RoleManagement.Read.Directory" }, faults: faults)
        let gap = try #require(answer.missing("RoleManagement.Read.Directory"))
        #expect(Answer.texts(gap["collections"]) == ["microsoft.graph/roleEligibilityScheduleInstances"])
        #expect(Answer.texts(answer.graph("RoleManagement.Read.Directory")?["by"]) == ["Directory.Read.All"])
    }

    @Test("asks every collection of Graph where the token cannot be read")
    func opaqueToken() async throws {
        var faults = Faults()
        faults.denied = [.type(Self.conditionalAccess)]
        let answer = try await Self.ask(faults: faults) { $0.identity.hasOpaqueGraphTokens = true }
        #expect(answer.exitCode == 3)
        #expect(
            answer.missing() == [
                Missing(permission: "Policy.Read.All", scope: Self.tenantScope, state: "lacking")
            ])
        #expect(answer.list("diagnostics").contains { $0["code"]?.stringValue == "azure-graph-token" })
    }

    @Test("names the root management group where it cannot be read")
    func lackingRoot() async throws {
        var faults = Faults()
        faults.denied = [.type("Microsoft.Management/managementGroups/descendants")]
        let answer = try await Self.ask(faults: faults)
        #expect(answer.exitCode == 3)
        #expect(
            answer.missing() == [
                Missing(
                    permission: "Microsoft.Management/managementGroups/descendants/read", scope: Self.root,
                    state: "lacking")
            ])
        #expect(answer.document["summary"]?["rootManagementGroup"]?["readable"]?.boolValue == false)
        #expect(answer.table.contains("how many subscriptions there are is unknown"))
    }

    @Test("names the log settings of the directory, which no management group passes down")
    func lackingDirectoryLogs() async throws {
        var faults = Faults()
        faults.denied = [.path("/providers/microsoft.aadiam")]
        let answer = try await Self.ask(faults: faults)
        #expect(
            answer.missing() == [
                Missing(
                    permission: "microsoft.aadiam/diagnosticSettings/read", scope: "/providers/microsoft.aadiam",
                    state: "lacking")
            ])
        #expect(answer.table.contains("--scope /providers/microsoft.aadiam"))
    }

    @Test("names a subscription below the root that the identity does not see")
    func unseenSubscription() async throws {
        let answer = try await Self.ask { estate in
            for index in estate.subscriptions.indices where estate.subscriptions[index].id == PlantedTenant.productionId
            {
                estate.subscriptions[index].isVisible = false
            }
        }
        #expect(answer.exitCode == 3)
        #expect(
            answer.missing() == [
                Missing(permission: "Microsoft.Resources/subscriptions/read", scope: Self.production, state: "lacking")
            ])
        #expect(answer.list("subscriptions").count == 1)
    }

    // MARK: Unknown

    @Test("calls unknown, and not held, what could not be asked")
    func failedCall() async throws {
        var faults = Faults()
        faults.cutPaths = ["/v1.0/identity/conditionalaccess/policies": 1_000]
        let answer = try await Self.ask(roles: [], faults: faults)
        #expect(answer.exitCode == 3)
        #expect(
            answer.missing() == [
                Missing(permission: "Policy.Read.All", scope: Self.tenantScope, state: "unknown")
            ])
    }

    @Test("calls a permission unknown that the token does not name and the missing licence hides")
    func hiddenByLicence() async throws {
        let roles = Self.allRoles.filter { $0 != "IdentityRiskyUser.Read.All" }
        let answer = try await Self.ask(roles: roles) { $0.directory.licences = [] }
        #expect(answer.exitCode == 3)
        #expect(
            answer.missing() == [
                Missing(permission: "IdentityRiskyUser.Read.All", scope: Self.tenantScope, state: "unknown")
            ])
    }

    @Test("takes a missing licence for no missing permission where the token cannot be read, and says so")
    func unlicensed() async throws {
        let answer = try await Self.ask {
            $0.identity.hasOpaqueGraphTokens = true
            $0.directory.licences = []
        }
        #expect(answer.exitCode == 0)
        let risky = try #require(answer.graph("IdentityRiskyUser.Read.All"))
        #expect(Answer.texts(risky["unlicensed"]) == ["microsoft.graph/riskyUsers"])
        #expect(Answer.texts(risky["answered"]).isEmpty)
        #expect(answer.list("diagnostics").contains { $0["code"]?.stringValue == "azure-not-licensed" })
    }

    @Test("says what permissions a subscription would not show")
    func unshownPermissions() async throws {
        var faults = Faults()
        faults.denied = [.path(Self.production + "/providers/Microsoft.Authorization/permissions")]
        let answer = try await Self.ask(faults: faults)
        #expect(answer.exitCode == 3)
        #expect(
            answer.missing() == [
                Missing(
                    permission: "Microsoft.Authorization/permissions/read", scope: Self.production, state: "lacking")
            ])
        #expect(answer.list("subscriptions").count { $0["shown"]?.boolValue == false } == 1)
    }

    // MARK: Needs alone

    @Test("prints what is needed without asking anyone")
    func printsNeeds() async throws {
        let answer = try await Self.ask(request: { $0.resourceManager = "https://127.0.0.1:1" }, printsOnly: true)
        #expect(answer.exitCode == 0)
        #expect(answer.document["summary"]?["checked"]?.boolValue == false)
        let needs = answer.list("needs")
        func permissions(_ place: String) -> [String] {
            needs.filter { $0["place"]?.stringValue == place }.compactMap { $0["permission"]?.stringValue }
        }
        let actions = permissions("resourceManager")
        #expect(actions.count > 200)
        #expect(actions == Set(actions).sorted())
        #expect(actions.allSatisfy { $0.hasSuffix("/read") })
        #expect(actions.contains("Microsoft.Storage/storageAccounts/blobServices/read"))
        #expect(Answer.texts(answer.document["customRole"]?["Actions"]) == actions)
        #expect(
            Answer.texts(answer.document["customRole"]?["AssignableScopes"]) == [Self.root])
        #expect(permissions("graph") == Self.allRoles)
        #expect(
            needs.filter { $0["place"]?.stringValue == "graph" }.allSatisfy { $0["role"]?.stringValue?.count == 36 })
        #expect(permissions("directoryLogs") == ["microsoft.aadiam/diagnosticSettings/read"])
        #expect(answer.table.contains("--role \"Reader\" --scope \(Self.root)"))
    }

    @Test("prints what is needed where there is no way to sign in, and says so")
    func notSignedIn() async throws {
        let answer = try await Self.ask(request: {
            $0.environment = [
                "AZURE_TOKEN_CREDENTIALS": "EnvironmentCredential",
                "AZURE_AUTHORITY_HOST": $0.environment["AZURE_AUTHORITY_HOST"] ?? "",
            ]
        })
        #expect(answer.exitCode == 2)
        #expect(answer.list("needs").count > 200)
        #expect(answer.list("missing").isEmpty)
        #expect(answer.list("diagnostics").contains { $0["code"]?.stringValue == "azure-sign-in" })
        #expect(answer.table.contains("az role assignment create"))
        #expect(answer.table.contains("cannot sign in to Azure"))
    }
}
