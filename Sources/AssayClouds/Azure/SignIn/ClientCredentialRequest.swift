/// The request of the client credentials grant (learn.microsoft.com, OAuth 2.0 client credentials flow, v2.0).
struct ClientCredentialRequest: Sendable {
    let authority: Endpoint
    let tenant: String
    let client: String

    /// Where tokens of the tenant come from; also the audience of a signed assertion.
    var url: String { "\(authority.url)/\(tenant)/oauth2/v2.0/token" }

    /// The request with a shared secret.
    func request(for resource: String, secret: Secret) -> HTTPRequest {
        request(for: resource, [("client_secret", secret.text)])
    }

    /// The request with a signed assertion of the client's own or of another identity provider.
    func request(for resource: String, assertion: Secret) -> HTTPRequest {
        request(
            for: resource,
            [
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ("client_assertion", assertion.text),
            ])
    }

    private func request(for resource: String, _ proof: [(name: String, value: String)]) -> HTTPRequest {
        let form = FormBody(
            [("client_id", client), ("scope", resource + "/.default")] + proof + [("grant_type", "client_credentials")])
        return HTTPRequest(
            "POST", url,
            headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")],
            body: form.bytes, timeout: 30_000)
    }
}
