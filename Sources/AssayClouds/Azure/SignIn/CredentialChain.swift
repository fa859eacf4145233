/// Tries ways to sign in one after the other, in the order of Azure's own SDKs, and stays with the first that works.
///
/// A way that the environment does not offer is passed over; one that is configured and refused ends the search, so
/// that a mistake is seen and no other identity is used in its place.
public actor CredentialChain: TokenCredential {
    /// All ways in their order.
    public nonisolated let label: String
    private let credentials: [any TokenCredential]
    private var chosen: Int?

    /// A chain of these, first to last.
    public init(_ credentials: [any TokenCredential]) {
        self.credentials = credentials
        label = credentials.map(\.label).joined(separator: ", then ")
    }

    /// What the one that works is called; nil before there was a token.
    public var chosenLabel: String? { chosen.map { credentials[$0].label } }

    /// A token of the first way that works.
    ///
    /// - Throws: the refusal of a way that is configured, or one error that lists why each is not offered.
    public func token(for resource: String) async throws(SignInError) -> AccessToken {
        var reasons: [String] = []
        for (index, credential) in credentials.enumerated() {
            // Another caller may have found it meanwhile: all tokens of a run are for one identity.
            if let chosen { return try await credentials[chosen].token(for: resource) }
            do throws(SignInError) {
                let token = try await credential.token(for: resource)
                if let chosen, chosen != index { return try await credentials[chosen].token(for: resource) }
                chosen = index
                return token
            } catch {
                if let chosen, chosen != index { return try await credentials[chosen].token(for: resource) }
                guard error.kind == .unavailable else { throw Self.naming(credential, error) }
                reasons.append("\(credential.label): \(error.message)")
            }
        }
        throw SignInError(
            .unavailable, code: "no-credential", "there is no way to sign in: \(reasons.joined(separator: "; "))",
            hint: "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or sign in with `az login`")
    }

    private static func naming(_ credential: any TokenCredential, _ error: SignInError) -> SignInError {
        SignInError(error.kind, code: error.code, "\(credential.label): \(error.message)", hint: error.hint)
    }

    // MARK: The standard order

    /// The credentials of `DefaultAzureCredential` that need nobody at the keyboard: service principal, workload
    /// identity, managed identity, Azure CLI; fewer with `AZURE_TOKEN_CREDENTIALS`.
    ///
    /// - Throws: `SignInError` of kind `refused` when `AZURE_TOKEN_CREDENTIALS` names none of them.
    public static func standard(_ parts: SignInParts) throws(SignInError) -> CredentialChain {
        let selection = try CredentialSelection(parts.environment["AZURE_TOKEN_CREDENTIALS"])
        let credentials = selection.kinds.map { kind -> any TokenCredential in
            switch kind {
            case .environment: EnvironmentCredential(parts)
            case .workloadIdentity: WorkloadIdentityCredential(parts: parts)
            case .managedIdentity: ManagedIdentityCredential(parts, probes: selection.kinds.count > 1)
            case .azureCLI: AzureCLICredential(parts: parts)
            }
        }
        return CredentialChain(credentials)
    }
}
