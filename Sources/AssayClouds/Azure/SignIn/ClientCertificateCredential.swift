/// A service principal with a certificate: signs an assertion with its key instead of sending a secret.
struct ClientCertificateCredential: TokenCredential {
    let label = "client certificate (AZURE_CLIENT_CERTIFICATE_PATH)"
    let parts: SignInParts
    let form: ClientCredentialRequest
    let certificate: ClientCertificate
    /// True puts the chain into the assertion, for applications that trust an issuer and a subject.
    let sendsChain: Bool

    func token(for resource: String) async throws(SignInError) -> AccessToken {
        let assertion = try ClientAssertion(
            audience: form.url, client: form.client, now: parts.pacing.seconds(), identifier: parts.identifier(),
            certificate: certificate, sendsChain: sendsChain
        ).signed()
        let exchange = TokenExchange(
            parts: parts, service: "the identity service", retry: .identityService, secrets: [assertion])
        return try await exchange.token(form.request(for: resource, assertion: assertion))
    }
}
