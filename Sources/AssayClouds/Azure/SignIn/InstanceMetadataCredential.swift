import Synchronization

/// The identity of a virtual machine, a scale set or a cluster's node, served by the metadata service (IMDS,
/// api-version 2018-02-01).
struct InstanceMetadataCredential: TokenCredential {
    /// Remembers that the service answered, so that it is asked only once whether it is there.
    final class Probe: Sendable {
        private let flag = Mutex(false)

        /// True once any answer came.
        var hasAnswered: Bool {
            get { flag.withLock { $0 } }
            set { flag.withLock { $0 = newValue } }
        }
    }

    let label = "managed identity (instance metadata)"
    static let host = "http://169.254.169.254"
    let parts: SignInParts
    let endpoint: Endpoint
    /// Nil when the service is known to be there.
    let probe: Probe?

    func token(for resource: String) async throws(SignInError) -> AccessToken {
        try await findService()
        var query = FormBody([("api-version", "2018-02-01"), ("resource", resource)])
        let client = parts.environment["AZURE_CLIENT_ID"]
        if let client { query.append("client_id", client) }
        let exchange = TokenExchange(
            parts: parts, service: "the instance metadata service", retry: .instanceMetadata, secrets: [])
        let request = HTTPRequest(
            "GET", "\(address)?\(query.text)", headers: [("Metadata", "true"), ("Accept", "application/json")],
            timeout: 30_000)
        do throws(SignInError) {
            return try await exchange.token(request) { status in
                // 400: the machine has no identity, or not the one that was asked for.
                guard status == 400 else { return nil }
                return SignInError(
                    .unavailable,
                    client == nil
                        ? "this machine has no managed identity"
                        : "this machine does not have the identity of AZURE_CLIENT_ID",
                    hint: "assign a managed identity to the machine, and name a user-assigned one by AZURE_CLIENT_ID")
            }
        } catch  where error.code == "connection" || error.code == "timeout" {
            throw SignInError(.unavailable, code: error.code, error.message, hint: error.hint)
        }
    }

    private var address: String { "\(endpoint.url)/metadata/identity/oauth2/token" }

    /// Asks without the header that makes a request valid: the service says no at once where it is there, and outside
    /// Azure nobody answers, for which there is one second.
    private func findService() async throws(SignInError) {
        guard let probe, !probe.hasAnswered else { return }
        let query = FormBody([("api-version", "2018-02-01"), ("resource", parts.cloud.resourceManagerAudience)])
        let absent = SignInError(
            .unavailable, "no instance metadata service answers here",
            hint: "a managed identity works inside Azure alone")
        let answer: HTTPResponse
        do {
            answer = try await parts.transport.send(HTTPRequest("GET", "\(address)?\(query.text)", timeout: 1000))
        } catch {
            guard error.kind != .cancelled else {
                throw SignInError(.refused, code: "interrupted", "stopped", hint: "start again")
            }
            guard error.kind == .connection || error.kind == .timeout else {
                throw SignInError(.unavailable, SecretFilter().line(of: error.message), hint: absent.hint)
            }
            throw absent
        }
        // The service says 400 to a request without its header. A 403 comes from others: container engines and proxies
        // answer for addresses they cannot reach or do not let through.
        if answer.status == 403 { throw absent }
        probe.hasAnswered = true
    }
}
