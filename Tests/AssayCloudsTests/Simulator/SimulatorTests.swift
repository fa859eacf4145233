import AssayCore
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Testing

/// The simulator itself: what it refuses, how it pages, and what goes wrong on demand.
@Suite("Azure simulator", .timeLimit(.minutes(2)))
struct SimulatorTests {
    private static let storage = "/providers/Microsoft.Storage/storageAccounts"

    /// A small tenant: one subscription with storage accounts of these names.
    private static func estate(accounts: Int = 7) throws -> Estate {
        var estate = Estate(tenantId: "99999999-0000-4000-8000-000000000009")
        let subscription = estate.addSubscription("88888888-0000-4000-8000-000000000008", "trial")
        let group = estate.addGroup("rg-one", in: subscription)
        for number in 0..<accounts {
            try estate.add(
                "Microsoft.Storage/storageAccounts", "st\(number)", in: group, #"{"minimumTlsVersion": "TLS1_2"}"#)
        }
        try estate.directory.add(#"{"id": "u1", "displayName": "one", "accountEnabled": true}"#, to: "users")
        try estate.directory.add(#"{"id": "u2", "displayName": "two", "accountEnabled": true}"#, to: "users")
        return estate
    }

    private static let subscription = "/subscriptions/88888888-0000-4000-8000-000000000008"

    /// A client that is gone afterwards, signed in for both audiences.
    private static func run(
        _ estate: Estate, _ faults: Faults = Faults(), clock: SimulatorClock = SimulatorClock(),
        _ body: (SimulatorProbe, AzureSimulator) async throws -> Void
    ) async throws {
        try await AzureSimulator.with(estate, faults: faults, clock: clock) { simulator in
            let probe = SimulatorProbe(simulator)
            do {
                try await probe.signIn()
                try await body(probe, simulator)
            } catch {
                try await probe.close()
                throw error
            }
            try await probe.close()
        }
    }

    @Test("a missing, a foreign and a malformed api-version are refused, and so is an unknown type")
    func refusesVersions() async throws {
        try await Self.run(try Self.estate()) { probe, simulator in
            let path = Self.subscription + Self.storage
            try await #expect(probe.get(path).code == "MissingApiVersionParameter")
            let wrong = try await probe.get(path + "?api-version=2014-01-01")
            #expect(wrong.status == 400)
            #expect(wrong.code == "NoRegisteredProviderFound")
            #expect(wrong.text.contains("2023-05-01"))
            try await #expect(probe.get("/subscriptions?api-version=soon").code == "InvalidApiVersionParameter")
            let unknown = try await probe.get(
                Self.subscription + "/providers/Microsoft.Storage/barrels?api-version=2023-05-01")
            #expect(unknown.status == 404)
            #expect(unknown.code == "InvalidResourceType")
            #expect(simulator.observations.wrong.count == 4)
            try await #expect(probe.get(path + "?api-version=2023-05-01").status == 200)
        }
    }

    @Test("lists come in pages with opaque links that are bound to their list")
    func pages() async throws {
        try await Self.run(try Self.estate()) { probe, _ in
            let path = Self.subscription + Self.storage + "?api-version=2023-05-01"
            var next: String? = path
            var names: [String] = []
            var pages = 0
            while let link = next {
                let answer = try await probe.get(link)
                let elements = answer.tree["value"]?.elements ?? []
                #expect(elements.count <= 3)
                names += elements.compactMap { $0["name"]?.stringValue }
                next = answer.tree["nextLink"]?.stringValue
                pages += 1
            }
            #expect(pages == 3)
            #expect(names == (0..<7).map { "st\($0)" })
            try await #expect(probe.get(path + "&$skiptoken=w123").code == "InvalidSkipToken")
        }
    }

    @Test("a token is good for one audience and for its time")
    func expires() async throws {
        let clock = SimulatorClock(standingAt: 1_800_000_000_000)
        try await Self.run(try Self.estate(), clock: clock) { probe, _ in
            let path = "/subscriptions?api-version=2022-12-01"
            try await #expect(probe.get(path).status == 200)
            try await #expect(probe.get(path, token: probe.graphToken).code == "InvalidAuthenticationTokenAudience")
            try await #expect(probe.get(path, token: "no-token").code == "InvalidAuthenticationToken")
            try await #expect(probe.get(path, token: "").status == 401)
            clock.advance(milliseconds: 3_600_000)
            let late = try await probe.get(path)
            #expect(late.status == 401)
            #expect(late.code == "ExpiredAuthenticationToken")
            #expect(late.header("www-authenticate")?.contains("invalid_token") == true)
            try await probe.signIn()
            try await #expect(probe.get(path).status == 200)
        }
    }

    @Test("a token that bears three requests is refused at the fourth")
    func expiresByRequests() async throws {
        var faults = Faults()
        faults.tokenRequests = 3
        try await Self.run(try Self.estate(), faults) { probe, _ in
            for _ in 0..<3 { try await #expect(probe.get("/subscriptions?api-version=2022-12-01").status == 200) }
            try await #expect(probe.get("/subscriptions?api-version=2022-12-01").code == "ExpiredAuthenticationToken")
        }
    }

    @Test("a wrong secret, tenant, client or resource gets no token")
    func refusesSignIn() async throws {
        try await Self.run(try Self.estate()) { probe, simulator in
            let good = "grant_type=client_credentials&client_id=\(simulator.estate.identity.clientId)"
            let scope = "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
            let tenant = simulator.tenantId
            let secret = try await probe.token(tenant, good + "&client_secret=wrong" + scope)
            #expect(secret.status == 401)
            #expect(secret.tree["error"]?.stringValue == "invalid_client")
            let right = "&client_secret=" + simulator.estate.identity.secret
            try await #expect(probe.token("other", good + right + scope).status == 400)
            try await #expect(
                probe.token(tenant, "grant_type=client_credentials&client_id=x" + right + scope).status == 400)
            try await #expect(
                probe.token(tenant, good + right + "&scope=https%3A%2F%2Fexample.com%2F.default").status == 400)
            try await #expect(probe.token(tenant, good + right + scope).status == 200)
        }
    }

    @Test("the instance metadata service wants its header, its version and a resource")
    func playsInstanceMetadata() async throws {
        try await Self.run(try Self.estate()) { probe, _ in
            let path =
                "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F"
            try await #expect(probe.get(path, headers: []).status == 400)
            let answer = try await probe.get(path, headers: [("Metadata", "true")])
            #expect(answer.status == 200)
            #expect(answer.tree["expires_in"]?.stringValue == "3600")
            let token = try #require(answer.tree["access_token"]?.stringValue)
            try await #expect(probe.get("/subscriptions?api-version=2022-12-01", token: token).status == 200)
        }
    }

    @Test("denied types and paths answer 403 with the action, and Resource Graph leaves them out without a word")
    func denies() async throws {
        var faults = Faults()
        faults.denied = [.type("Microsoft.Storage/storageAccounts")]
        try await Self.run(try Self.estate(), faults) { probe, simulator in
            let denied = try await probe.get(Self.subscription + Self.storage + "?api-version=2023-05-01")
            #expect(denied.status == 403)
            #expect(denied.code == "AuthorizationFailed")
            #expect(denied.text.contains("storageaccounts/read"))
            let query =
                #"{"query": "resources | where type =~ 'microsoft.storage/storageaccounts' | project id", "options": {"$top": 10}}"#
            let path = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01"
            try await #expect(probe.post(path, query).tree["totalRecords"]?.numberText == "0")
            simulator.fail { $0.denied = [.type("Microsoft.Storage/storageAccounts/*")] }
            try await #expect(probe.post(path, query).tree["totalRecords"]?.numberText == "7")
            let account = Self.subscription + "/resourceGroups/rg-one" + Self.storage + "/st0"
            try await #expect(probe.get(account + "?api-version=2023-05-01").status == 200)
            try await #expect(probe.get(account + "/blobServices?api-version=2023-05-01").status == 403)
        }
    }

    @Test("a page that is cut off breaks in the middle, once")
    func cuts() async throws {
        var faults = Faults()
        faults.cutPaths = ["storageaccounts": 1]
        try await Self.run(try Self.estate(), faults) { probe, _ in
            let path = Self.subscription + Self.storage + "?api-version=2023-05-01"
            await #expect(throws: (any Error).self) { try await probe.get(path) }
            try await #expect(probe.get(path).status == 200)
        }
    }

    @Test("an empty bucket answers 429 until time fills it, and headers count it down")
    func throttles() async throws {
        var faults = Faults()
        faults.allowance = Faults.Allowance(capacity: 3, refillPerSecond: 1)
        let clock = SimulatorClock(standingAt: 1_800_000_000_000)
        try await Self.run(try Self.estate(), faults, clock: clock) { probe, _ in
            let path = Self.subscription + "?api-version=2022-12-01"
            var left: [String] = []
            for _ in 0..<3 {
                left.append(try await probe.get(path).header("x-ms-ratelimit-remaining-subscription-reads") ?? "")
            }
            #expect(left == ["2", "1", "0"])
            let refused = try await probe.get(path)
            #expect(refused.status == 429)
            #expect(refused.header("retry-after") == "1")
            clock.advance(milliseconds: 1_000)
            try await #expect(probe.get(path).status == 200)
        }
    }

    @Test("chance fails the same requests in any order, and never too often in a row")
    func failsByChance() async throws {
        var faults = Faults()
        faults.tooMany = 0.25
        faults.unavailable = 0.25
        let estate = try Self.estate()
        func statuses(_ order: [Int]) async throws -> [Int: [Int]] {
            var found: [Int: [Int]] = [:]
            try await Self.run(estate, faults) { probe, _ in
                for _ in 0..<6 {
                    for number in order {
                        let path = Self.subscription + "/resourceGroups/rg-one" + Self.storage + "/st\(number)"
                        found[number, default: []].append(try await probe.get(path + "?api-version=2023-05-01").status)
                    }
                }
            }
            return found
        }
        let forward = try await statuses([0, 1, 2, 3, 4, 5, 6])
        let backward = try await statuses([6, 5, 4, 3, 2, 1, 0])
        #expect(forward == backward)
        let all = forward.values.flatMap(\.self)
        #expect(Set(all) == [200, 429, 503])
        #expect(forward.values.allSatisfy { $0.contains(200) })
    }

    @Test("Graph selects, pages, counts only on request, and says when a licence is missing")
    func playsGraph() async throws {
        var faults = Faults()
        faults.graphPageSize = 1
        try await Self.run(try Self.estate(), faults) { probe, simulator in
            let first = try await probe.graph("/v1.0/users?$select=id,accountEnabled&$top=999")
            #expect(first.tree["value"]?.elements?.first?.members?.map(\.key) == ["id", "accountEnabled"])
            let next = try #require(first.tree["@odata.nextLink"]?.stringValue)
            let second = try await probe.graph(next)
            #expect(second.tree["value"]?.elements?.first?["id"]?.stringValue == "u2")
            #expect(second.tree["@odata.nextLink"] == nil)
            try await #expect(probe.graph("/v1.0/users").tree["value"]?.elements?.first?["accountEnabled"] == nil)
            try await #expect(probe.graph("/v1.0/users?$top=1000").code == "Request_UnsupportedQuery")
            try await #expect(probe.graph("/v1.0/users/$count").code == "Request_BadRequest")
            let count = try await probe.graph("/v1.0/users/$count", headers: [("ConsistencyLevel", "eventual")])
            #expect(count.text == "2")
            try await #expect(probe.graph("/v1.0/barrels").status == 400)
            try await #expect(
                probe.graph("/v1.0/users?$filter=displayName eq 'two'").tree["value"]?.elements?.count == 1)
            try simulator.change { $0.directory.licences = [] }
            let activity = try await probe.graph("/v1.0/users?$select=id,signInActivity")
            #expect(activity.status == 403)
            #expect(activity.code == "Authentication_RequestFromNonPremiumTenantOrB2CTenant")
        }
    }

    @Test("Resource Graph pages only rows that show their id, and refuses what it does not understand")
    func playsResourceGraph() async throws {
        try await Self.run(try Self.estate()) { probe, _ in
            let path = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01"
            func body(_ query: String, _ options: String) -> String {
                #"{"query": "\#(query)", "options": {\#(options)}}"#
            }
            let query =
                "Resources | where type in~ ('microsoft.storage/storageaccounts') | project id, name | order by id asc"
            var token: String?
            var names: [String] = []
            repeat {
                let skip = token.map { #", "$skipToken": "\#($0)""# } ?? ""
                let answer = try await probe.post(
                    path, body(query, #""$top": 1000, "resultFormat": "objectArray""# + skip))
                names += (answer.tree["data"]?.elements ?? []).compactMap { $0["name"]?.stringValue }
                token = answer.tree["$skipToken"]?.stringValue
            } while token != nil
            #expect(names == (0..<7).map { "st\($0)" })
            let blind = try await probe.post(path, body("Resources | project name", #""$top": 1000"#))
            #expect(blind.tree["resultTruncated"]?.stringValue == "true")
            #expect(blind.tree["$skipToken"] == nil)
            let counts = try await probe.post(
                path, body("resources | summarize count() by type, subscriptionId", #""resultFormat": "table""#))
            #expect(counts.tree["data"]?["rows"]?.elements?.first?.elements?.last?.numberText == "7")
            let refused = try await probe.post(path, body("resources | mv-expand tags", ""))
            #expect(refused.status == 400)
            #expect(refused.text.contains("InvalidQuery"))
        }
    }

    @Test("what is absent has the code of its service, and lists leave out what services leave out")
    func answersAsServicesDo() async throws {
        var estate = try Self.estate()
        let group = Self.subscription + "/resourceGroups/rg-one"
        let vault = try estate.add("Microsoft.KeyVault/vaults", "kv", in: group)
        try estate.addChild(vault, "keys", "k", #"{"attributes": {"enabled": true}, "kty": "RSA", "keyUri": "u"}"#)
        let space = try estate.add("Microsoft.OperationalInsights/workspaces", "log", in: group)
        _ = try estate.addDiagnostics(on: Self.subscription, categories: ["Administrative"], workspace: space)
        try await Self.run(estate) { probe, _ in
            let account = group + Self.storage
            let missing = try await probe.get(account + "/st0/managementPolicies/default?api-version=2023-05-01")
            #expect(missing.code == "ManagementPolicyNotFound")
            try await #expect(probe.get(account + "/none?api-version=2023-05-01").code == "ResourceNotFound")
            let orphan = try await probe.get(account + "/none/blobServices?api-version=2023-05-01")
            #expect(orphan.code == "ParentResourceNotFound")
            let list = try await probe.get(vault + "/keys?api-version=2023-07-01")
            #expect(list.tree["value"]?.elements?.first?["properties"]?["kty"] == nil)
            let key = try await probe.get(vault + "/keys/k?api-version=2023-07-01")
            #expect(key.tree["properties"]?["kty"]?.stringValue == "RSA")
            let vaults = try await probe.get(
                Self.subscription + "/providers/Microsoft.KeyVault/vaults?api-version=2023-07-01")
            let last = try await probe.get(try #require(vaults.tree["nextLink"]?.stringValue))
            #expect(last.tree["value"]?.elements?.isEmpty == true)
            #expect(last.tree["nextLink"] == nil)
            let settings = try await probe.get(
                Self.subscription + "/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview")
            #expect(settings.tree["value"]?.elements?.first?["id"]?.stringValue?.hasPrefix("subscriptions/") == true)
            let spaces = try await probe.get(
                Self.subscription + "/providers/Microsoft.OperationalInsights/workspaces?api-version=2023-09-01")
            #expect(
                spaces.tree["value"]?.elements?.first?["id"]?.stringValue?.contains("/resourcegroups/rg-one/") == true)
        }
    }

    @Test("a role at a management group is in the list of a subscription below it, with the built-in definitions")
    func inherits() async throws {
        var estate = try Self.estate()
        let root = estate.managementGroups[0].id
        _ = try estate.addRole("r", to: "p", kind: "User", at: root, name: "above")
        _ = try estate.addRole("r", to: "p", kind: "User", at: Self.subscription, name: "here")
        _ = try estate.addRole(
            "r", to: "p", kind: "User", at: Self.subscription + "/resourceGroups/rg-one", name: "below")
        try estate.add("Microsoft.Authorization/roleDefinitions", "r", in: "", location: nil)
        try await Self.run(estate) { probe, simulator in
            let list = Self.subscription + "/providers/Microsoft.Authorization/"
            func names(_ path: String) async throws -> Set<String> {
                Set(try await probe.get(path).tree["value"]?.elements?.compactMap { $0["name"]?.stringValue } ?? [])
            }
            try await #expect(names(list + "roleAssignments?api-version=2022-04-01") == ["above", "here", "below"])
            try await #expect(
                names(list + "roleAssignments?api-version=2022-04-01&$filter=atScope()") == ["above", "here"])
            try await #expect(
                names(root + "/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01") == ["above"])
            let definitions = try await probe.get(list + "roleDefinitions?api-version=2022-04-01")
            #expect(
                definitions.tree["value"]?.elements?.first?["id"]?.stringValue?.hasPrefix(Self.subscription) == true)
            let below = try await probe.get(root + "/descendants?api-version=2023-04-01")
            #expect(below.tree["value"]?.elements?.first?["type"]?.stringValue == "/subscriptions")
            try simulator.change { $0.unregistered = ["88888888-0000-4000-8000-000000000008": ["microsoft.compute"]] }
            let disks = try await probe.get(
                Self.subscription + "/providers/Microsoft.Compute/disks?api-version=2023-10-02")
            #expect(disks.status == 409)
            #expect(disks.code == "MissingSubscriptionRegistration")
        }
    }

    @Test("requests that overlap are counted, and writes are refused and noted")
    func observes() async throws {
        var faults = Faults()
        faults.latency = 20
        try await Self.run(try Self.estate(), faults) { probe, simulator in
            simulator.forgetObservations()
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<5 {
                    group.addTask {
                        try await probe.get(
                            Self.subscription + "/resourceGroups/rg-one" + Self.storage
                                + "/st\(number)?api-version=2023-05-01"
                        ).status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            #expect((2...5).contains(simulator.observations.highestInFlight))
            #expect(simulator.observations.inFlight == 0)
            let account = Self.subscription + "/resourceGroups/rg-one" + Self.storage + "/st0?api-version=2023-05-01"
            try await #expect(probe.send(.PATCH, account, token: probe.token, body: "{}").status == 403)
            #expect(simulator.observations.writes.count == 1)
        }
    }

    @Test("the planted tenant has its faults and its size, and without them it differs in nothing else")
    func plants() throws {
        let clean = try PlantedTenant(now: 1_800_000_000, isFaulty: false)
        let faulty = try PlantedTenant(now: 1_800_000_000)
        #expect(clean.size >= 200)
        #expect(faulty.expected.count >= 25)
        #expect(faulty.expected.isSuperset(of: clean.expected))
        let changed = faulty.estate.resources.filter { $0.value.document != clean.estate.resources[$0.key]?.document }
        #expect(changed.count >= 20)
        for finding in faulty.expected
        where finding.resource.contains("/providers/") && !finding.resource.contains("/assay/") {
            #expect(faulty.estate.resource(finding.resource) != nil, "\(finding.rule) names \(finding.resource)")
        }
    }

    @Test("moments are written in the Gregorian calendar")
    func writesDates() {
        #expect(SimulatorDate.text(0) == "1970-01-01T00:00:00Z")
        #expect(SimulatorDate.text(951_782_400) == "2000-02-29T00:00:00Z")
        #expect(SimulatorDate.text(1_801_440_000) == "2027-02-01T00:00:00Z")
    }
}
