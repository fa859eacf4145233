/// The identity of an App Service, a Function or a Container App, served beside the workload (api-version 2019-08-01).
struct AppServiceCredential: TokenCredential {
    let label = "managed identity of App Service or Container Apps (IDENTITY_ENDPOINT)"
    let parts: SignInParts
    let endpoint: Endpoint
    let header: Secret

    func token(for resource: String) async throws(SignInError) -> AccessToken {
        var query = FormBody([("api-version", "2019-08-01"), ("resource", resource)])
        if let client = parts.environment["AZURE_CLIENT_ID"] { query.append("client_id", client) }
        let exchange = TokenExchange(
            parts: parts, service: "the managed identity service", retry: .identityService, secrets: [header])
        return try await exchange.token(
            HTTPRequest(
                "GET", "\(endpoint.url)?\(query.text)",
                headers: [("X-IDENTITY-HEADER", header.text), ("Accept", "application/json")], timeout: 30_000))
    }
}
