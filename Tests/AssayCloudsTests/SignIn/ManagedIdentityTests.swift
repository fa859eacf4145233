import Testing

@testable import AssayClouds

@Suite("managed identities")
struct ManagedIdentityTests {
    private let imds = "http://169.254.169.254/metadata/identity/oauth2/token"
    private let granted = TokenAnswers.json(
        #"{"access_token":"mi","client_id":"c","expires_in":"86399","expires_on":"1700086400","token_type":"Bearer"}"#)

    @Test("the metadata service is probed with one second and no header, then asked with it; probed only once")
    func asksMetadata() async throws {
        let granted = granted
        let transport = ScriptedTransport { request, _ in
            request.headers.contains { $0.name == "Metadata" } ? granted : HTTPResponse(status: 400)
        }
        let credential = ManagedIdentityCredential(try signInParts([:], transport), probes: true)
        let token = try await credential.token(for: armAudience)
        #expect(token.text == "mi" && token.expiresAt == 1_700_086_400)
        _ = try await credential.token(for: "https://graph.microsoft.com")
        let requests = transport.requests
        try #require(requests.count == 3)
        #expect(requests[0].timeout == 1000 && requests[0].headers.isEmpty && requests[0].url.hasPrefix(imds + "?"))
        for (request, resource) in [(requests[1], armAudience), (requests[2], "https://graph.microsoft.com")] {
            #expect(request.method == "GET" && request.url.hasPrefix(imds + "?") && request.body == nil)
            #expect(request.headers.contains { $0.name == "Metadata" && $0.value == "true" })
            #expect(queryMembers(request) == ["api-version": "2018-02-01", "resource": resource])
        }
    }

    @Test("where nobody answers the probe, the identity is unavailable after one request")
    func isUnavailable() async throws {
        for kind in [TransportError.Kind.connection, .timeout] {
            let transport = ScriptedTransport { _, _ throws(TransportError) in throw TransportError(kind, "no route") }
            let credential = ManagedIdentityCredential(try signInParts([:], transport), probes: true)
            #expect(await signInFailure(credential)?.kind == .unavailable)
            #expect(transport.requests.count == 1)
        }
        let desktop = ScriptedTransport(
            TokenAnswers.json("connecting to 169.254.169.254:80: network is unreachable", status: 403))
        let credential = ManagedIdentityCredential(try signInParts([:], desktop), probes: true)
        #expect(await signInFailure(credential)?.kind == .unavailable)
        #expect(desktop.requests.count == 1)
    }

    @Test("a user-assigned identity is named by its client id, and 400 means that the machine does not have it")
    func namesIdentity() async throws {
        let transport = ScriptedTransport(
            HTTPResponse(status: 400), TokenAnswers.refusal("invalid_request", "Identity not found", status: 400))
        let parts = try signInParts(["AZURE_CLIENT_ID": testClient], transport)
        let error = await signInFailure(ManagedIdentityCredential(parts, probes: true))
        #expect(error?.kind == .unavailable && error?.message.contains("AZURE_CLIENT_ID") == true)
        #expect(queryMembers(transport.requests[1])["client_id"] == testClient)
        #expect(transport.requests.count == 2)
    }

    @Test("404, 429 and 5xx are tried again with growing pauses, 410 every ten seconds for seventy")
    func triesAgain() async throws {
        for status in [404, 429, 500, 503, 504] {
            let pacing = JumpingPacing()
            let transport = ScriptedTransport(HTTPResponse(status: 400), HTTPResponse(status: status), granted)
            let parts = try signInParts([:], transport, pacing: pacing)
            #expect(try await ManagedIdentityCredential(parts, probes: true).token(for: armAudience).text == "mi")
            #expect(pacing.pauses == [1000])
        }
        let pacing = JumpingPacing()
        let updating = ScriptedTransport(HTTPResponse(status: 400), HTTPResponse(status: 410))
        let error = await signInFailure(
            ManagedIdentityCredential(try signInParts([:], updating, pacing: pacing), probes: true))
        #expect(error?.code == "HTTP 410" && error?.kind == .refused)
        #expect(pacing.pauses == Array(repeating: 10_000, count: 7))
        let throttled = JumpingPacing()
        let busy = ScriptedTransport(HTTPResponse(status: 400), HTTPResponse(status: 429))
        _ = await signInFailure(
            ManagedIdentityCredential(try signInParts([:], busy, pacing: throttled), probes: true))
        #expect(throttled.pauses == [1000, 2000, 4000, 8000])
    }

    @Test("another host for the metadata service is asked without a probe")
    func takesHost() async throws {
        let transport = ScriptedTransport(granted)
        let parts = try signInParts(["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:4000/"], transport)
        _ = try await ManagedIdentityCredential(parts, probes: true).token(for: armAudience)
        #expect(transport.requests.count == 1)
        #expect(transport.requests[0].url.hasPrefix("http://127.0.0.1:4000/metadata/identity/oauth2/token?"))
    }

    @Test("App Service is asked with its header at its own address")
    func asksAppService() async throws {
        let transport = ScriptedTransport(
            TokenAnswers.json(#"{"access_token":"as","expires_on":"1700003600","resource":"r","token_type":"Bearer"}"#))
        let variables = [
            "IDENTITY_ENDPOINT": "http://169.254.131.2:8081/msi/token", "IDENTITY_HEADER": "header-secret",
            "AZURE_CLIENT_ID": testClient,
        ]
        let credential = ManagedIdentityCredential(try signInParts(variables, transport), probes: true)
        #expect(credential.label.contains("App Service"))
        let token = try await credential.token(for: armAudience)
        #expect(token.text == "as" && token.expiresAt == 1_700_003_600)
        let request = try #require(transport.requests.first)
        #expect(transport.requests.count == 1 && request.method == "GET")
        #expect(request.url.hasPrefix("http://169.254.131.2:8081/msi/token?"))
        #expect(request.headers.contains { $0.name == "X-IDENTITY-HEADER" && $0.value == "header-secret" })
        #expect(
            queryMembers(request) == [
                "api-version": "2019-08-01", "resource": armAudience, "client_id": testClient,
            ])
    }

    @Test("a token service on another machine over plain http is refused, and nothing is sent")
    func refusesOtherMachine() async throws {
        let transport = ScriptedTransport(granted)
        for variables in [
            ["IDENTITY_ENDPOINT": "http://10.0.0.4/msi/token", "IDENTITY_HEADER": "h"],
            ["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://example.org"],
            ["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://169.254.169.254@example.org"],
        ] {
            let error = await signInFailure(
                ManagedIdentityCredential(try signInParts(variables, transport), probes: true))
            #expect(error?.kind == .refused && error?.code == "refused-address")
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("kinds of identity that are not supported are passed over by name")
    func passesOver() async throws {
        let transport = ScriptedTransport(granted)
        let endpoint = ["IDENTITY_ENDPOINT": "http://localhost:40342/metadata/identity/oauth2/token"]
        for (more, name) in [
            (["IMDS_ENDPOINT": "http://localhost:40342"], "Azure Arc"),
            (["IDENTITY_HEADER": "h", "IDENTITY_SERVER_THUMBPRINT": "t"], "Service Fabric"),
        ] {
            let parts = try signInParts(endpoint.merging(more) { $1 }, transport)
            let error = await signInFailure(ManagedIdentityCredential(parts, probes: true))
            #expect(error?.kind == .unavailable && error?.message.contains(name) == true)
        }
        #expect(transport.requests.isEmpty)
    }
}
