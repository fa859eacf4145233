import AssayCore
import AssayShapes
import Testing

@testable import AssayClouds

@Suite("one call of Azure", .timeLimit(.minutes(1)))
struct AzureClientTests {
    @Test("a call carries the token of its service, is recorded, and knows how it was asked")
    func answers() async throws {
        let scene = ClientScene(answers: [Answered.json(#"{"id":"x"}"#, 200, [("x-ms-request-id", "r1")])])
        let answer = try await scene.answer().get()
        #expect(answer.document["id"]?.stringValue == "x")
        #expect(answer.call == "GET \(ClientScene.path)?api-version=2023-05-01")
        #expect(answer.apiVersion == "2023-05-01")
        #expect(answer.at == "2026-06-30T12:00:00Z")
        #expect(scene.tokens == ["Bearer token-1"])
        #expect(scene.credential.audiences == ["https://management.azure.com"])
        let record = try #require(scene.records.all.first)
        #expect(record.status == 200)
        #expect(record.bytes == 10)
        #expect(record.requestID == "r1")
        #expect(record.call == "\(ClientScene.path)?api-version=2023-05-01")
    }

    @Test("a body is sent as JSON, and headers go along")
    func posts() async throws {
        let scene = ClientScene(answers: [Answered.json("{}")])
        let call = AzureClient.Call(
            service: .graph, method: "POST", target: "/v1.0/x", body: Array("{}".utf8),
            headers: [("ConsistencyLevel", "eventual")])
        _ = try await scene.answer(call).get()
        let request = try #require(scene.transport.requests.first)
        #expect(request.method == "POST")
        #expect(request.url == "https://graph.microsoft.com/v1.0/x")
        #expect(request.body == Array("{}".utf8))
        #expect(request.headers.contains { $0.name == "Content-Type" && $0.value == "application/json" })
        #expect(request.headers.contains { $0.name == "ConsistencyLevel" && $0.value == "eventual" })
        #expect(scene.credential.audiences == ["https://graph.microsoft.com"])
    }

    // MARK: Refusals

    @Test("a token that is refused is renewed once, and the call made again")
    func renews() async throws {
        let scene = ClientScene(answers: [Answered.error(401, "ExpiredAuthenticationToken"), Answered.json("{}")])
        _ = try await scene.answer().get()
        #expect(scene.tokens == ["Bearer token-1", "Bearer token-2"])
        #expect(scene.pacing.pauses.isEmpty)
    }

    @Test("a second refusal is a denial, and no third token is asked for")
    func denied() async throws {
        let scene = ClientScene(answers: [Answered.error(401, "InvalidAuthenticationToken", "not for us")])
        let error = try #require(await scene.failure())
        #expect(error.state == .denied)
        #expect(error.status == 401)
        #expect(error.code == "InvalidAuthenticationToken")
        #expect(scene.transport.requests.count == 2)
        #expect(scene.credential.audiences.count == 2)
    }

    @Test("what no other try can change is asked once", arguments: [400, 403, 404, 405, 409, 410, 412, 422, 501])
    func notAgain(_ status: Int) async throws {
        let scene = ClientScene(answers: [Answered.error(status, "AuthorizationFailed")])
        let error = try #require(await scene.failure())
        #expect(error.state == (status == 403 ? .denied : .failed))
        #expect(scene.transport.requests.count == 1)
        #expect(scene.pacing.pauses.isEmpty)
    }

    @Test("a redirect is a failure and is not followed", arguments: [301, 302, 307, 308])
    func redirects(_ status: Int) async throws {
        let scene = ClientScene(answers: [
            HTTPResponse(status: status, headers: [("Location", "https://evil.example/")], body: [])
        ])
        let error = try #require(await scene.failure())
        #expect(error.state == .failed)
        #expect(scene.transport.requests.count == 1)
    }

    // MARK: Retries

    @Test("a call that is throttled waits as it is told and is made again", arguments: [429, 503])
    func throttled(_ status: Int) async throws {
        let scene = ClientScene(answers: [
            Answered.error(status, "TooManyRequests", "slow", [("Retry-After", "7")]), Answered.json("{}"),
        ])
        _ = try await scene.answer().get()
        #expect(scene.transport.requests.count == 2)
        let pause = try #require(scene.pacing.pauses.first)
        #expect((7000..<7250).contains(pause))
    }

    @Test("throttling without end is given up after twenty tries")
    func givesUp() async throws {
        let scene = ClientScene(answers: [Answered.error(429, "TooManyRequests", "slow", [("Retry-After", "1")])])
        let error = try #require(await scene.failure())
        #expect(error.state == .failed)
        #expect(error.status == 429)
        #expect(error.code == "TooManyRequests")
        #expect(scene.transport.requests.count == 20)
    }

    @Test("a wait that is too long ends the call at once")
    func refusesLongWaits() async throws {
        let scene = ClientScene(answers: [Answered.error(429, "TooManyRequests", "slow", [("Retry-After", "3600")])])
        #expect(await scene.failure()?.status == 429)
        #expect(scene.transport.requests.count == 1)
    }

    @Test("server errors are tried six times", arguments: [408, 500, 502, 504])
    func serverErrors(_ status: Int) async throws {
        let scene = ClientScene(answers: [HTTPResponse(status: status, body: Array("<html>".utf8))])
        let error = try #require(await scene.failure())
        #expect(error.code == "HTTP \(status)")
        #expect(error.state == .failed)
        #expect(scene.transport.requests.count == 6)
        #expect(scene.records.all.count == 6)
    }

    @Test("an answer that breaks off is asked for again", arguments: [TransportError.Kind.connection, .timeout])
    func brokenOff(_ kind: TransportError.Kind) async throws {
        let scene = ClientScene { _, index throws(TransportError) in
            if index < 2 { throw TransportError(kind, "no whole answer") }
            return Answered.json(#"{"id":"x"}"#)
        }
        #expect(try await scene.answer().get().document["id"]?.stringValue == "x")
        #expect(scene.transport.requests.count == 3)
        #expect(scene.records.all.count == 1)
    }

    @Test("answers that break off every time are given up after six tries")
    func alwaysBrokenOff() async throws {
        let scene = ClientScene { _, _ throws(TransportError) in throw TransportError(.connection, "no whole answer") }
        let error = try #require(await scene.failure())
        #expect(error.state == .failed)
        #expect(error.code == "connection")
        #expect(scene.transport.requests.count == 6)
        #expect(scene.records.all.isEmpty)
    }

    @Test(
        "what is wrong with the connection itself is not tried again",
        arguments: [
            TransportError.Kind.trust, .refused, .tooLarge, .cancelled,
        ])
    func notWorthIt(_ kind: TransportError.Kind) async throws {
        let scene = ClientScene { _, _ throws(TransportError) in throw TransportError(kind, "no") }
        let error = try #require(await scene.failure())
        #expect(error.state == (kind == .cancelled ? .interrupted : .failed))
        #expect(scene.transport.requests.count == 1)
    }

    @Test("a run that is stopped while it waits ends as interrupted and sends nothing more")
    func stops() async throws {
        let scene = ClientScene { _, _ in
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return Answered.error(429, "TooManyRequests")
        }
        let task = Task { await scene.failure() }
        let error = try #require(await task.value)
        #expect(error.state == .interrupted)
        #expect(scene.transport.requests.count == 1)
    }

    // MARK: Versions

    private static let unknownVersion =
        "The api-version '2023-05-01' is invalid. The supported versions are '2024-01-01,2022-09-01,2021-04-01'."

    @Test("a version that the service does not know is replaced by one that it names")
    func otherVersion() async throws {
        let scene = ClientScene(answers: [
            Answered.error(400, "NoRegisteredProviderFound", Self.unknownVersion), Answered.json("{}"),
        ])
        let answer = try await scene.answer().get()
        #expect(answer.apiVersion == "2022-09-01")
        #expect(answer.call == "GET \(ClientScene.path)?api-version=2022-09-01")
        #expect(scene.transport.requests.map(\.url).last?.hasSuffix("?api-version=2022-09-01") == true)
    }

    @Test("a service that names another version each time is asked twice")
    func onlyOnce() async throws {
        let scene = ClientScene { request, _ in
            let asked = request.url.suffix(10)
            return Answered.error(400, "NoRegisteredProviderFound", "'\(asked)' is not; '2022-09-01', '2021-04-01' are")
        }
        #expect(await scene.failure()?.code == "NoRegisteredProviderFound")
        #expect(scene.transport.requests.count == 2)
    }

    @Test("an address that holds the version gets the other one in its place, not a second")
    func replacesInLink() async throws {
        let scene = ClientScene(answers: [
            Answered.error(400, "InvalidApiVersionParameter", Self.unknownVersion), Answered.json("{}"),
        ])
        let call = ClientScene.call("https://management.azure.com/a?api-version=2023-05-01&$skiptoken=x")
        _ = try await scene.answer(call).get()
        #expect(
            scene.transport.requests.last?.url == "https://management.azure.com/a?api-version=2022-09-01&$skiptoken=x")
    }

    // MARK: Bodies

    @Test(
        "an answer that is no JSON, is cut, or names a member twice is a failure, not an empty answer",
        arguments: [
            (#"{"value":[{"id":"#, "document-truncated"), ("<html></html>", "document-syntax"),
            (#"{"value":[],"value":[1]}"#, "document-duplicate-key"),
        ])
    func badJSON(_ text: String, _ code: String) async throws {
        let scene = ClientScene(answers: [Answered.json(text)])
        let error = try #require(await scene.failure())
        #expect(error.state == .failed)
        #expect(error.code == code)
        #expect(error.status == 200)
    }

    @Test("an answer nested deeper than the limit, or larger, is a failure")
    func limits() async throws {
        let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
        #expect(await ClientScene(answers: [Answered.json(deep)]).failure()?.code == "document-too-deep")
        let large = Answered.json(#"{"id":"\#(String(repeating: "x", count: 300))"}"#)
        let scene = ClientScene(limits: DocumentLimits(documentBytes: 200), answers: [large])
        #expect(await scene.failure()?.code == "document-too-large")
    }

    @Test("an error whose body is cut is still an error of its status")
    func cutError() async throws {
        let scene = ClientScene(answers: [Answered.json(#"{"error":{"code":"Auth"#, 403)])
        let error = try #require(await scene.failure())
        #expect(error.state == .denied)
        #expect(error.code == "HTTP 403")
    }

    @Test("a count comes as text, with or without a mark of order", arguments: ["1234", "\u{FEFF}1234", " 1234\r\n"])
    func count(_ text: String) async throws {
        let scene = ClientScene(answers: [
            HTTPResponse(status: 200, headers: [("content-type", "text/plain; charset=utf-8")], body: Array(text.utf8))
        ])
        let call = AzureClient.Call(service: .graph, target: "/v1.0/users/$count")
        #expect(try await scene.answer(call).get().document.stringValue == "1234")
    }

    @Test("no content is nothing", arguments: [204, 200])
    func empty(_ status: Int) async throws {
        let scene = ClientScene(answers: [HTTPResponse(status: status)])
        #expect(try await scene.answer().get().document.content == .null)
    }

    // MARK: Rates

    @Test("what the server says is left slows the next call down, for its own subscription alone")
    func remaining() async throws {
        let scene = ClientScene { request, _ in
            Answered.json(
                "{}", 200, request.url.contains("/s1/") ? [("x-ms-ratelimit-remaining-subscription-reads", "0")] : [])
        }
        _ = try await scene.answer().get()
        _ = try await scene.answer(ClientScene.call("/subscriptions/s2/x")).get()
        #expect(scene.pacing.pauses.isEmpty)
        _ = try await scene.answer().get()
        #expect(scene.pacing.pauses == [41])
    }

    @Test("Resource Graph's quota closes its own bucket until it comes back")
    func quota() async throws {
        let headers = [("x-ms-user-quota-remaining", "0"), ("x-ms-user-quota-resets-after", "00:00:05")]
        let scene = ClientScene { request, _ in Answered.json("{}", 200, request.method == "POST" ? headers : []) }
        var query = ClientScene.call("/providers/Microsoft.ResourceGraph/resources", version: "2022-10-01")
        query.method = "POST"
        _ = try await scene.answer(query).get()
        _ = try await scene.answer().get()
        #expect(scene.pacing.pauses.isEmpty)
        _ = try await scene.answer(query).get()
        #expect(scene.pacing.pauses.first == 5000)
    }
}
