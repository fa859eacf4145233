import Testing

@testable import AssayClouds

@Suite("where a token may go")
struct EndpointTests {
    @Test(
        "an address is read into scheme, host, port and path",
        arguments: [
            ("https://management.azure.com/", "https://management.azure.com"),
            ("HTTPS://Management.Azure.COM:443", "https://management.azure.com"),
            ("https://login.example.org:8443/adfs/", "https://login.example.org:8443/adfs"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://127.8.9.10/", "http://127.8.9.10"),
            ("http://localhost:80/a/b//", "http://localhost/a/b"),
            ("http://[::1]:9000", "http://[::1]:9000"),
            ("https://[2001:DB8::1]/", "https://[2001:db8::1]"),
        ])
    func reads(given: String, expected: String) throws {
        #expect(try Endpoint.validated(given).url == expected)
    }

    @Test(
        "plain http to another machine, and what only looks like this one, is refused",
        arguments: [
            "http://management.azure.com", "http://127.0.0.1.example.org", "http://localhost.example.org",
            "http://1270.0.0.1", "http://127.1", "http://0127.0.0.1", "http://127.0.0.256", "http://10.0.0.1",
            "http://[::2]", "http://[::ffff:10.0.0.1]", "http://169.254.169.254", "http://0.0.0.0",
        ])
    func refusesPlainHTTP(url: String) {
        #expect(throws: EndpointError.self) { try Endpoint.validated(url) }
    }

    @Test(
        "an address that readers could read differently is refused",
        arguments: [
            "management.azure.com", "ftp://management.azure.com", "https://", "https:///path", "https://a..b",
            "https://.a", "https://a.", "https://name@host", "https://name:word@host", "https://host:0",
            "https://host:65536", "https://host:+1", "https://host:", "https://ho st", "https://host\r\nX: y",
            "https://good\\@evil.example", "https://höst", "https://[::1", "https://::1]", "https://[v1.x]",
            "javascript:alert(1)",
        ])
    func refusesAmbiguous(url: String) {
        #expect(throws: EndpointError.self) { try Endpoint.validated(url) }
    }

    @Test(
        "a token goes to the configured service and to Regions of Resource Manager alone",
        arguments: [
            ("https://management.azure.com", "https://management.azure.com/subscriptions?x=https://b.example", true),
            ("https://management.azure.com", "https://MANAGEMENT.azure.com:443/x", true),
            ("https://management.azure.com", "https://westeurope.management.azure.com/x?$skiptoken=a%20b", true),
            ("https://management.chinacloudapi.cn", "https://chinaeast.management.chinacloudapi.cn/", true),
            ("https://management.azure.com", "https://evilmanagement.azure.com/x", false),
            ("https://management.azure.com", "https://azure.com/x", false),
            ("https://management.azure.com", "https://management.azure.com.evil.example/x", false),
            ("https://management.azure.com", "https://evil.example#.management.azure.com/x", false),
            ("https://management.azure.com", "https://evil.example?.management.azure.com/x", false),
            ("https://management.azure.com", "https://evil.example\\.management.azure.com/x", false),
            ("https://management.azure.com", "https://a@westeurope.management.azure.com/x", false),
            ("https://management.azure.com", "http://management.azure.com/x", false),
            ("https://management.azure.com", "https://management.azure.com:8443/x", false),
            ("https://management.azure.com", "/subscriptions", false),
            ("https://graph.microsoft.com", "https://graph.microsoft.com/v1.0/users?$skiptoken=RFNw", true),
            ("https://graph.microsoft.com", "https://any.graph.microsoft.com/v1.0/users", false),
            ("https://graph.microsoft.com", "https://management.azure.com/x", false),
            ("https://arm.example.org", "https://a.arm.example.org/x", false),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/next", true),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8081/next", false),
            ("http://127.0.0.1:8080", "http://localhost:8080/next", false),
        ])
    func admits(service: String, url: String, expected: Bool) throws {
        let endpoint = try Endpoint.validated(service)
        #expect(endpoint.admits(url) == expected)
        if expected {
            #expect(try endpoint.admitted(url) == url)
        } else {
            #expect(throws: EndpointError.self) { try endpoint.admitted(url) }
        }
    }

    @Test(
        "names in an address are percent-encoded once",
        arguments: [
            ("https://h.example/a b/ü#1?x=y|z", "https://h.example/a%20b/%C3%BC%231?x=y%7Cz"),
            ("https://h.example/a%20b?$skiptoken=%7B%22", "https://h.example/a%20b?$skiptoken=%7B%22"),
            ("/100%/50%2/%zz%4", "/100%25/50%252/%25zz%254"), ("/a\r\nHost: b", "/a%0D%0AHost:%20b"),
            ("/s/(x)!*',;:@&=+[1]~-._", "/s/(x)!*',;:@&=+[1]~-._"),
        ])
    func encodes(url: String, expected: String) {
        #expect(Endpoint.percentEncoded(url) == expected)
        #expect(Endpoint.percentEncoded(expected) == expected)
    }

    @Test("the error for another host names both hosts and nothing of the query")
    func namesHosts() throws {
        let endpoint = try Endpoint.validated(armAudience)
        let error = #expect(throws: EndpointError.self) { try endpoint.admitted("https://b.example/x?sig=hidden") }
        let text = error?.description ?? ""
        #expect(text.contains("b.example") && text.contains("management.azure.com") && !text.contains("hidden"))
    }
}

@Suite("clouds")
struct AzureCloudTests {
    private func cloud(
        _ options: AzureCloud.Options = AzureCloud.Options(), _ environment: [String: String] = [:]
    ) throws -> AzureCloud {
        try AzureCloud.configured(options, EnvironmentReader(environment))
    }

    @Test("nothing said means the public cloud")
    func isPublic() throws {
        #expect(try cloud() == .public)
        #expect(try cloud(AzureCloud.Options(), ["AZURE_AUTHORITY_HOST": "  "]) == .public)
    }

    @Test(
        "an authority of a cloud of Microsoft brings the cloud with it, with or without a scheme",
        arguments: [
            ("https://login.microsoftonline.us/", "AzureUSGovernment"),
            ("login.microsoftonline.us", "AzureUSGovernment"),
            ("https://login.chinacloudapi.cn", "AzureChinaCloud"),
            ("https://login.partner.microsoftonline.cn", "AzureChinaCloud"),
            ("login.microsoftonline.com", "AzureCloud"),
            ("https://login.example.org", "AzureCloud"),
        ])
    func followsAuthority(host: String, name: String) throws {
        let cloud = try cloud(AzureCloud.Options(), ["AZURE_AUTHORITY_HOST": host])
        #expect(cloud.name == name)
        #expect(cloud.authority == (try Endpoint.validated(host.contains("://") ? host : "https://" + host)))
    }

    @Test("the name of a cloud chooses its end points, and a name that does not exist is refused")
    func byName() throws {
        #expect(try cloud(AzureCloud.Options(cloud: "AzureUSGovernment")).graph.url == "https://graph.microsoft.us")
        #expect(try cloud(AzureCloud.Options(cloud: "china")).keyVaultSuffix == "vault.azure.cn")
        #expect(throws: EndpointError.self) { try cloud(AzureCloud.Options(cloud: "moon")) }
    }

    @Test("custom end points keep the audience of the cloud unless it is given")
    func keepsAudience() throws {
        let options = AzureCloud.Options(resourceManager: "http://127.0.0.1:9000/", graph: "http://localhost:9001")
        let custom = try cloud(options, ["AZURE_AUTHORITY_HOST": "http://127.0.0.1:9002"])
        #expect(custom.resourceManager.url == "http://127.0.0.1:9000")
        #expect(custom.graph.url == "http://localhost:9001")
        #expect(custom.authority.url == "http://127.0.0.1:9002")
        #expect(custom.resourceManagerAudience == "https://management.azure.com")
        #expect(custom.graphAudience == "https://graph.microsoft.com")
        var given = options
        given.resourceManagerAudience = "https://management.local.azurestack.external/1"
        #expect(try cloud(given).resourceManagerAudience == "https://management.local.azurestack.external/1")
    }

    @Test("plain http to another machine is refused for every address that can be set")
    func refusesPlainHTTP() {
        let url = "http://arm.example.org"
        #expect(throws: EndpointError.self) { try cloud(AzureCloud.Options(resourceManager: url)) }
        #expect(throws: EndpointError.self) { try cloud(AzureCloud.Options(graph: url)) }
        #expect(throws: EndpointError.self) { try cloud(AzureCloud.Options(), ["AZURE_AUTHORITY_HOST": url]) }
    }
}
