/// A service principal that variables describe: with a secret, else with a certificate.
struct EnvironmentCredential: TokenCredential {
    let label: String
    private let chosen: Result<any TokenCredential, SignInError>

    /// Reads the variables; a certificate's file is read once, here.
    init(_ parts: SignInParts) {
        do throws(SignInError) {
            let credential = try Self.credential(parts)
            label = credential.label
            chosen = .success(credential)
        } catch {
            label = "service principal (AZURE_CLIENT_ID with AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH)"
            chosen = .failure(error)
        }
    }

    func token(for resource: String) async throws(SignInError) -> AccessToken {
        try await chosen.get().token(for: resource)
    }

    private static func credential(_ parts: SignInParts) throws(SignInError) -> any TokenCredential {
        let environment = parts.environment
        let hint = "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or AZURE_CLIENT_CERTIFICATE_PATH)"
        var missing = environment.missing(["AZURE_CLIENT_ID"])
        let tenant = try parts.tenantName()
        if tenant == nil { missing.insert("AZURE_TENANT_ID", at: 0) }
        if environment["AZURE_CLIENT_SECRET"] == nil, environment["AZURE_CLIENT_CERTIFICATE_PATH"] == nil {
            missing.append("AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH")
        }
        guard missing.isEmpty, let tenant, let client = environment["AZURE_CLIENT_ID"] else {
            throw SignInError(.unavailable, "not set: \(missing.joined(separator: ", "))", hint: hint)
        }
        let form = ClientCredentialRequest(authority: parts.cloud.authority, tenant: tenant, client: client)
        if let secret = environment["AZURE_CLIENT_SECRET"] {
            return ClientSecretCredential(parts: parts, form: form, secret: Secret(secret))
        }
        let path = environment["AZURE_CLIENT_CERTIFICATE_PATH"] ?? ""
        let certificate = try ClientCertificate(parts.file(path, named: "AZURE_CLIENT_CERTIFICATE_PATH"))
        let flag = environment["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"]?.trimmed.lowercased()
        return ClientCertificateCredential(
            parts: parts, form: form, certificate: certificate, sendsChain: flag == "true" || flag == "1")
    }
}
