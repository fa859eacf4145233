import AssayCore
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// A plain client for tests of the simulator; it retries nothing and follows nothing.
final class SimulatorProbe: Sendable {
    /// An answer in full.
    struct Answer: Sendable {
        let status: Int
        let headers: [(name: String, value: String)]
        let text: String
        let tree: Tree

        /// The code of the error in the body.
        var code: String? { (tree["error"]?["code"] ?? tree["code"])?.stringValue }

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    private let client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup)
    private let simulator: AzureSimulator
    private let tokens = Mutex((manager: "", graph: ""))

    init(_ simulator: AzureSimulator) {
        self.simulator = simulator
    }

    func close() async throws {
        try await client.shutdown()
    }

    var token: String { tokens.withLock { $0.manager } }
    var graphToken: String { tokens.withLock { $0.graph } }

    /// Gets tokens for both audiences.
    func signIn() async throws {
        let identity = simulator.estate.identity
        let form =
            "grant_type=client_credentials&client_id=\(identity.clientId)&client_secret=\(identity.secret)&scope="
        let manager = try await token(simulator.tenantId, form + "https%3A%2F%2Fmanagement.azure.com%2F.default")
        let graph = try await token(simulator.tenantId, form + "https%3A%2F%2Fgraph.microsoft.com%2F.default")
        tokens.withLock {
            $0.manager = manager.tree["access_token"]?.stringValue ?? ""
            $0.graph = graph.tree["access_token"]?.stringValue ?? ""
        }
    }

    /// Asks for a token with a form.
    func token(_ tenant: String, _ form: String) async throws -> Answer {
        try await send(
            .POST, "/\(tenant)/oauth2/v2.0/token", token: nil, body: form,
            headers: [("Content-Type", "application/x-www-form-urlencoded")])
    }

    func get(_ path: String) async throws -> Answer { try await send(.GET, path, token: token) }

    func get(_ path: String, token: String) async throws -> Answer { try await send(.GET, path, token: token) }

    /// A request without a token.
    func get(_ path: String, headers: [(String, String)]) async throws -> Answer {
        try await send(.GET, path, token: nil, headers: headers)
    }

    func post(_ path: String, _ body: String) async throws -> Answer {
        try await send(.POST, path, token: token, body: body, headers: [("Content-Type", "application/json")])
    }

    func graph(_ path: String, headers: [(String, String)] = []) async throws -> Answer {
        try await send(.GET, path, token: graphToken, headers: headers)
    }

    /// Sends a request to a path or to an absolute link.
    func send(
        _ method: HTTPMethod, _ path: String, token: String?, body: String? = nil, headers: [(String, String)] = []
    ) async throws -> Answer {
        let target = path.replacingSpaces
        var request = HTTPClientRequest(url: target.hasPrefix("http") ? target : simulator.url + target)
        request.method = method
        if let token, !token.isEmpty { request.headers.add(name: "Authorization", value: "Bearer " + token) }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await client.execute(request, timeout: .seconds(20))
        let buffer = try await response.body.collect(upTo: 64 << 20)
        let bytes = Array(buffer.readableBytesView)
        let isJSON = response.headers.first(name: "content-type")?.hasPrefix("application/json") == true
        return Answer(
            status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) },
            text: String(decoding: bytes, as: UTF8.self), tree: isJSON ? try JSONText.tree(bytes) : Tree(.null))
    }
}

extension String {
    /// The text with spaces as a URL writes them.
    fileprivate var replacingSpaces: String {
        split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20")
    }
}
