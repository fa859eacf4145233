import AssayCore
import Testing

@testable import AssayClouds

@Suite("addresses of calls")
struct CallAddressTests {
    private static func whole(
        _ target: String, service: CollectionEntry.Service = .arm, version: String? = "2023-05-01"
    ) -> Result<String, AzureCallError> {
        do throws(AzureCallError) {
            return .success(
                try CallAddress.whole(
                    AzureClient.Call(service: service, target: target, apiVersion: version), in: .public))
        } catch {
            return .failure(error)
        }
    }

    @Test(
        "a path gets its service's host and the api-version, once",
        arguments: [
            ("/subscriptions/s1", "https://management.azure.com/subscriptions/s1?api-version=2023-05-01"),
            ("subscriptions/s1", "https://management.azure.com/subscriptions/s1?api-version=2023-05-01"),
            ("/a?$top=5", "https://management.azure.com/a?$top=5&api-version=2023-05-01"),
            ("/a?api-version=2020-01-01", "https://management.azure.com/a?api-version=2020-01-01"),
            ("/a?Api-Version=2020-01-01", "https://management.azure.com/a?Api-Version=2020-01-01"),
            (
                "https://management.azure.com/a?$skiptoken=x",
                "https://management.azure.com/a?$skiptoken=x&api-version=2023-05-01"
            ),
            (
                "https://westeurope.management.azure.com/a",
                "https://westeurope.management.azure.com/a?api-version=2023-05-01"
            ),
            (
                "/subscriptions/s1/resourceGroups/rg of ours/x",
                "https://management.azure.com/subscriptions/s1/resourceGroups/rg%20of%20ours/x?api-version=2023-05-01"
            ),
        ])
    func whole(_ target: String, _ url: String) throws {
        #expect(try Self.whole(target).get() == url)
    }

    @Test("a call without an api-version gets none, and Graph has a host of its own")
    func graph() throws {
        #expect(
            try Self.whole("/v1.0/users?$top=9", service: .graph, version: nil).get()
                == "https://graph.microsoft.com/v1.0/users?$top=9")
        #expect(CallAddress.audience(.graph, .public) == "https://graph.microsoft.com")
        #expect(CallAddress.audience(.arm, .public) == "https://management.azure.com")
    }

    @Test(
        "another host, scheme or port is refused, whatever it looks like",
        arguments: [
            "https://management.azure.com.evil.example/a", "https://evil.example/management.azure.com",
            "http://management.azure.com/a", "https://management.azure.com:8443/a", "https://graph.microsoft.com/a",
            "https://user@management.azure.com/a", "https://management.azure.com@evil.example/a",
            "https://evilmanagement.azure.com/a", "ftp://management.azure.com/a",
            "https://evil.example#.management.azure.com/",
            "https://evil.example\\.management.azure.com/", "https://169.254.169.254/metadata",
        ])
    func otherHosts(_ target: String) {
        guard case .failure(let error) = Self.whole(target) else {
            Issue.record("\(target) was let through")
            return
        }
        #expect(error.code == "link-to-another-host")
        #expect(error.state == .failed)
    }

    @Test("a refusal names the host alone, nothing of the query")
    func silence() {
        guard case .failure(let error) = Self.whole("https://evil.example/a?sig=hidden") else {
            Issue.record("it was let through")
            return
        }
        #expect(error.message.contains("https://evil.example"))
        #expect(!error.message.contains("hidden"))
    }

    @Test(
        "what a record names is path and query",
        arguments: [
            ("https://management.azure.com/a/b?c=d", "/a/b?c=d"), ("https://management.azure.com", "/"),
            ("/a/b", "/a/b"), ("https://h/a?link=https://x/y", "/a?link=https://x/y"),
        ])
    func pathAndQuery(_ url: String, _ path: String) {
        #expect(CallAddress.pathAndQuery(url) == path)
    }
}
