/// A workload whose platform writes a signed token into a file: Kubernetes with workload identity federation.
struct WorkloadIdentityCredential: TokenCredential {
    let label = "workload identity (AZURE_FEDERATED_TOKEN_FILE)"
    let parts: SignInParts

    func token(for resource: String) async throws(SignInError) -> AccessToken {
        let environment = parts.environment
        var missing = environment.missing(["AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"])
        let tenant = try parts.tenantName()
        if tenant == nil { missing.insert("AZURE_TENANT_ID", at: 0) }
        guard let tenant, let client = environment["AZURE_CLIENT_ID"],
            let path = environment["AZURE_FEDERATED_TOKEN_FILE"]
        else {
            throw SignInError(
                .unavailable, "not set: \(missing.joined(separator: ", "))",
                hint: "label the pod for workload identity, which sets these variables")
        }
        // The platform writes a new token before the old one expires: it is read anew each time.
        let bytes = try parts.file(path, named: "AZURE_FEDERATED_TOKEN_FILE")
        let assertion = Secret(String(decoding: bytes, as: UTF8.self).trimmed)
        guard !assertion.text.isEmpty else {
            throw SignInError(
                .refused, code: "unreadable-file", "the file of AZURE_FEDERATED_TOKEN_FILE is empty",
                hint: "check that the platform writes a token to it")
        }
        let form = ClientCredentialRequest(authority: parts.cloud.authority, tenant: tenant, client: client)
        let exchange = TokenExchange(
            parts: parts, service: "the identity service", retry: .identityService, secrets: [assertion])
        return try await exchange.token(form.request(for: resource, assertion: assertion))
    }
}
