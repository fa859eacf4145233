import AssayCore
import AssayShapes
import Testing

@testable import AssayClouds

@Suite("pages of a list", .timeLimit(.minutes(1)))
struct PagesTests {
    private static let host = "https://management.azure.com"

    private static func names(_ scene: ClientScene, _ call: AzureClient.Call = ClientScene.call()) async throws
        -> [String]
    {
        var names: [String] = []
        var numbers: [Int] = []
        let read = try await scene.client.pages(call) { page in
            names += page.elements.compactMap { $0["name"]?.stringValue }
            numbers.append(page.number)
        }
        #expect(numbers == Array(1...read.pages))
        #expect(read.count == names.count)
        return names
    }

    @Test("every page is read in its order, empty ones included", arguments: ["nextLink", "@odata.nextLink"])
    func reads(_ member: String) async throws {
        let scene = ClientScene(answers: [
            Answered.page(["a", "b"], next: Self.host + "/x?page=2&api-version=2023-05-01", member: member),
            Answered.page([], next: Self.host + "/x?page=3&api-version=2023-05-01", member: member),
            Answered.page(["c"]),
        ])
        #expect(try await Self.names(scene) == ["a", "b", "c"])
        #expect(
            scene.transport.requests.map(\.url).dropFirst() == [
                Self.host + "/x?page=2&api-version=2023-05-01", Self.host + "/x?page=3&api-version=2023-05-01",
            ])
    }

    @Test(
        "a list ends where the link is missing, null or empty",
        arguments: [#"{"value":[]}"#, #"{"value":[],"nextLink":null}"#, #"{"value":[],"nextLink":""}"#, "[]"])
    func ends(_ text: String) async throws {
        let scene = ClientScene(answers: [Answered.json(text)])
        #expect(try await Self.names(scene).isEmpty)
        #expect(scene.transport.requests.count == 1)
    }

    @Test(
        "a link that is there and is none is a failure, not the end",
        arguments: [
            #"{"value":[],"nextLink":{"href":"/x"}}"#, #"{"value":[],"nextLink":7}"#, #"{"value":[],"nextLink":true}"#,
        ])
    func oddLinks(_ text: String) async throws {
        let scene = ClientScene(answers: [Answered.json(text)])
        #expect(try await scene.pagesFailure()?.state == .failed)
    }

    @Test("a null link does not hide another")
    func twoLinks() async throws {
        let scene = ClientScene(answers: [
            Answered.json(#"{"value":[{"name":"a"}],"nextLink":null,"@odata.nextLink":"\#(Self.host)/x?page=2"}"#),
            Answered.page(["b"]),
        ])
        #expect(try await Self.names(scene) == ["a", "b"])
    }

    @Test(
        "an answer without a list is a failure, not an empty list",
        arguments: ["{}", #"{"value":null}"#, #"{"value":{}}"#, #"{"id":"x"}"#, "null", "7", ""])
    func noList(_ text: String) async throws {
        let scene = ClientScene(answers: [Answered.json(text)])
        let error = try #require(try await scene.pagesFailure())
        #expect(error.code == "answer-without-list")
        #expect(error.state == .failed)
    }

    @Test(
        "a link to another host is refused, and no token is sent there",
        arguments: [
            "https://evil.example/x", "http://management.azure.com/x", "https://management.azure.com.evil.example/x",
        ])
    func otherHost(_ link: String) async throws {
        let scene = ClientScene(answers: [Answered.page(["a"], next: link), Answered.page(["b"])])
        let error = try #require(try await scene.pagesFailure())
        #expect(error.code == "link-to-another-host")
        #expect(scene.transport.requests.count == 1)
    }

    @Test("a link to a Region of the same service is followed")
    func region() async throws {
        let scene = ClientScene(answers: [
            Answered.page(["a"], next: "https://westeurope.management.azure.com/x?page=2"), Answered.page(["b"]),
        ])
        #expect(try await Self.names(scene) == ["a", "b"])
    }

    @Test("pages that go in a circle are a failure")
    func circle() async throws {
        let scene = ClientScene { request, _ in
            Answered.page(["a"], next: Self.host + (request.url.contains("page=2") ? "/x?page=3" : "/x?page=2"))
        }
        let error = try #require(try await scene.pagesFailure())
        #expect(error.code == "pages-repeat")
        #expect(error.state == .failed)
        #expect(scene.transport.requests.count == 3)
    }

    @Test("more pages than the bound leave the list incomplete, as many do not")
    func pageLimit() async throws {
        func script(_ pages: Int) -> ScriptedTransport.Script {
            { _, index in Answered.page(["a"], next: index + 1 < pages ? Self.host + "/x?page=\(index + 2)" : nil) }
        }
        #expect(try await ClientScene(script(3)).pagesFailure(limit: 3) == nil)
        let scene = ClientScene(script(4))
        let error = try #require(try await scene.pagesFailure(limit: 3))
        #expect(error.code == "page-limit")
        #expect(error.state == .interrupted)
        #expect(scene.transport.requests.count == 3)
    }

    @Test("a page that fails in the middle is an error of the list, after those before were handed over")
    func failsInTheMiddle() async throws {
        let scene = ClientScene(answers: [
            Answered.page(["a"], next: Self.host + "/x?page=2"), Answered.error(403, "AuthorizationFailed"),
        ])
        var names: [String] = []
        await #expect(throws: AzureCallError.self) {
            _ = try await scene.client.pages(ClientScene.call()) { page in
                names += page.elements.compactMap { $0["name"]?.stringValue }
            }
        }
        #expect(names == ["a"])
    }

    @Test("a version that was replaced on the first page holds for the next")
    func versionHolds() async throws {
        let scene = ClientScene(answers: [
            Answered.error(400, "NoRegisteredProviderFound", "the supported are '2022-09-01'"),
            Answered.page(["a"], next: Self.host + "/x?page=2"), Answered.page(["b"]),
        ])
        #expect(try await Self.names(scene) == ["a", "b"])
        #expect(scene.transport.requests.last?.url == Self.host + "/x?page=2&api-version=2022-09-01")
    }

    @Test("the method and the body stay for the pages of a query")
    func post() async throws {
        let scene = ClientScene(answers: [
            Answered.page(["a"], next: Self.host + "/x?page=2", member: "@odata.nextLink"), Answered.page(["b"]),
        ])
        var call = ClientScene.call()
        call.method = "POST"
        call.body = Array("{}".utf8)
        #expect(try await Self.names(scene, call) == ["a", "b"])
        #expect(scene.transport.requests.map(\.method) == ["POST", "POST"])
        #expect(scene.transport.requests.map(\.body) == [Array("{}".utf8), Array("{}".utf8)])
    }

    @Test("what the taker throws ends the reading")
    func takerThrows() async throws {
        struct Full: Error {}
        let scene = ClientScene(answers: [Answered.page(["a"], next: Self.host + "/x?page=2")])
        await #expect(throws: Full.self) { _ = try await scene.client.pages(ClientScene.call()) { _ in throw Full() } }
        #expect(scene.transport.requests.count == 1)
    }
}
