import Testing

@testable import AssayClouds

@Suite("permissions that Resource Manager shows")
struct AzurePermissionsTests {
    private static func permissions(_ grants: ([String], [String])...) -> AzurePermissions {
        AzurePermissions(grants: grants.map { AzurePermissions.Grant(actions: $0.0, notActions: $0.1) })
    }

    private static let action = "Microsoft.Storage/storageAccounts/read"

    @Test(
        "a pattern matches whole actions, in any case, with stars for any text",
        arguments: [
            "*", "*/read", "Microsoft.Storage/*", "microsoft.storage/STORAGEACCOUNTS/read", "Microsoft.Storage/*/read",
            "*/storageAccounts/*", "Microsoft.*/storage*/r*d", "**", "Microsoft.Storage/storageAccounts/read*",
        ])
    func matches(_ pattern: String) {
        #expect(AzurePermissions.matches(pattern, Self.action))
    }

    @Test(
        "a part of an action is not the action",
        arguments: [
            "", "Microsoft.Storage", "Microsoft.Storage/storageAccounts", "storageAccounts/read", "read", "*/write",
            "Microsoft.Storage/storageAccounts/read/*", "Microsoft.Compute/*", "*/storageAccounts", "*/re",
            "Microsoft.Storage/*/*/read", "Microsoft.Storage/storageAccounts/read*read",
        ])
    func doesNotMatch(_ pattern: String) {
        #expect(!AzurePermissions.matches(pattern, Self.action))
    }

    @Test("what a grant takes back it does not give, but another may")
    func notActions() {
        #expect(Self.permissions((["*/read"], [])).allows(Self.action))
        #expect(!Self.permissions((["*/read"], ["Microsoft.Storage/*"])).allows(Self.action))
        #expect(Self.permissions((["*"], ["Microsoft.Storage/*"]), (["*/read"], [])).allows(Self.action))
        #expect(!Self.permissions().allows(Self.action))
    }

    @Test("reader, contributor and owner may read all")
    func readsAll() {
        #expect(Self.permissions((["*/read"], [])).allowsAllReads)
        #expect(Self.permissions((["*/READ"], [])).allowsAllReads)
        #expect(Self.permissions((["*"], [])).allowsAllReads)
        let contributor = [
            "Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write",
            "Microsoft.Authorization/elevateAccess/Action", "Microsoft.Blueprint/blueprintAssignments/write",
        ]
        #expect(Self.permissions((["*"], contributor)).allowsAllReads)
    }

    @Test(
        "a grant that takes any read back does not prove that nothing is there",
        arguments: [
            "Microsoft.KeyVault/vaults/read", "*/read", "Microsoft.KeyVault/*/Read", "*", "Microsoft.KeyVault/*",
            "Microsoft.KeyVault/vaults/*",
        ])
    func takesBack(_ pattern: String) {
        #expect(!Self.permissions((["*"], [pattern])).allowsAllReads)
    }

    @Test("a grant of some reads is not one of all")
    func someReads() {
        #expect(!Self.permissions((["Microsoft.Storage/*/read"], []), (["Microsoft.Compute/*"], [])).allowsAllReads)
        #expect(!Self.permissions().allowsAllReads)
    }

    @Test("permissions are read from all pages")
    func readsPages() async throws {
        let next = "https://management.azure.com/subscriptions/s1/providers/Microsoft.Authorization/permissions?page=2"
        let scene = ClientScene(answers: [
            Answered.json(#"{"value":[{"actions":["Microsoft.Storage/*"],"notActions":[]}],"nextLink":"\#(next)"}"#),
            Answered.json(
                #"{"value":[{"actions":["*/read"],"notActions":["Microsoft.KeyVault/*/read"],"dataActions":["*"]}]}"#),
        ])
        let read = try await AzurePermissions.read(scene.client, scope: "/subscriptions/s1")
        #expect(read == Self.permissions((["Microsoft.Storage/*"], []), (["*/read"], ["Microsoft.KeyVault/*/read"])))
        #expect(
            scene.transport.requests.first?.url.hasSuffix(
                "/subscriptions/s1/providers/Microsoft.Authorization/permissions?api-version=2022-04-01") == true)
    }
}
