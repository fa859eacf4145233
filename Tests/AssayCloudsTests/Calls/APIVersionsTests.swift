import AssayCore
import Testing

@testable import AssayClouds

@Suite("versions of a service")
struct APIVersionsTests {
    private static func better(than version: String, _ message: String, code: String = "NoRegisteredProviderFound")
        -> String?
    {
        APIVersions.better(
            than: version, in: AzureCallError(state: .failed, status: 400, code: code, message: message))
    }

    private static let message =
        "No registered resource provider found for location 'westeurope' and API version '2023-05-01' for type "
        + "'storageAccounts'. The supported api-versions are '2021-04-01, 2022-09-01, 2024-01-01, 2023-01-01-preview'. "
        + "The supported locations are 'westeurope'."

    @Test("the newest stable one that is not newer than ours is taken")
    func older() {
        #expect(Self.better(than: "2023-05-01", Self.message) == "2022-09-01")
    }

    @Test("where all are newer the oldest of them is taken")
    func newer() {
        #expect(Self.better(than: "2020-01-01", Self.message) == "2021-04-01")
    }

    @Test("a preview is taken only where there is nothing else")
    func preview() {
        #expect(
            Self.better(than: "2023-05-01", "use '2023-01-01-preview' or '2022-01-01-preview'") == "2023-01-01-preview")
        #expect(Self.better(than: "2023-05-01", "use '2023-01-01-preview', '2026-01-01'") == "2026-01-01")
    }

    @Test("ours is not tried again")
    func notAgain() {
        #expect(Self.better(than: "2023-05-01", "'2023-05-01' is not known") == nil)
        #expect(
            Self.better(than: "2023-05-01-preview", "'2023-05-01-preview' is not known, '2023-05-01' is")
                == "2023-05-01")
    }

    @Test("an error about something else names no version", arguments: ["AuthorizationFailed", "NotFound", "HTTP 400"])
    func otherErrors(_ code: String) {
        #expect(Self.better(than: "2023-05-01", Self.message, code: code) == nil)
    }

    @Test(
        "every code for a version that is not known is understood",
        arguments: [
            "NoRegisteredProviderFound", "InvalidApiVersionParameter", "InvalidResourceType", "UnsupportedApiVersion",
        ])
    func codes(_ code: String) {
        #expect(Self.better(than: "2023-05-01", Self.message, code: code) == "2022-09-01")
    }

    @Test("dates are found in any punctuation, and nothing else is taken for one")
    func dates() {
        #expect(
            APIVersions.dates(in: "2023-05-01,2022-09-01;'2021-01-01-preview'.") == [
                "2023-05-01", "2022-09-01", "2021-01-01-preview",
            ])
        #expect(APIVersions.dates(in: "20230501 2023-5-1 23-05-01 2023-05 abcd-ef-gh 2023-05-0a").isEmpty)
        #expect(APIVersions.dates(in: "").isEmpty)
        #expect(APIVersions.dates(in: "a resource 12345678-1234-1234-1234-123456789012").isEmpty)
    }
}
