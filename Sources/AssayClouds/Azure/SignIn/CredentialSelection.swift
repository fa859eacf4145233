/// Which credentials `AZURE_TOKEN_CREDENTIALS` leaves: `prod`, `dev` or one by its name in the SDKs, in any case.
struct CredentialSelection: Sendable, Hashable {
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case environment = "EnvironmentCredential"
        case workloadIdentity = "WorkloadIdentityCredential"
        case managedIdentity = "ManagedIdentityCredential"
        case azureCLI = "AzureCLICredential"
    }

    /// In the order in which they are tried.
    let kinds: [Kind]

    init(_ text: String?) throws(SignInError) {
        switch text?.trimmed.lowercased() {
        case nil: kinds = Kind.allCases
        case "prod": kinds = [.environment, .workloadIdentity, .managedIdentity]
        case "dev": kinds = [.azureCLI]
        case .some(let name):
            guard let kind = Kind.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
                let names = Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw SignInError(
                    .refused, code: "unknown-credential",
                    "AZURE_TOKEN_CREDENTIALS is `\(name.prefix(60))`, which is not offered here",
                    hint: "use `prod`, `dev` or one of \(names)")
            }
            kinds = [kind]
        }
    }
}
