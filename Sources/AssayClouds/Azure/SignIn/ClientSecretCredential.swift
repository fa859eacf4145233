/// A service principal with a client secret.
struct ClientSecretCredential: TokenCredential {
    let label = "client secret (AZURE_CLIENT_SECRET)"
    let parts: SignInParts
    let form: ClientCredentialRequest
    let secret: Secret

    func token(for resource: String) async throws(SignInError) -> AccessToken {
        let exchange = TokenExchange(
            parts: parts, service: "the identity service", retry: .identityService, secrets: [secret])
        return try await exchange.token(form.request(for: resource, secret: secret))
    }
}
