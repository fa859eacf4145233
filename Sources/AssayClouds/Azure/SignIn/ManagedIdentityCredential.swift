/// The identity of the machine or service that this runs on: App Service and Container Apps, else the metadata service
/// of a virtual machine.
struct ManagedIdentityCredential: TokenCredential {
    let label: String
    private let source: Result<any TokenCredential, SignInError>

    /// Finds out by variables where the identity is served.
    ///
    /// - Parameters:
    ///   - parts: what signing in needs from outside.
    ///   - probes: false when the user asked for this credential by name, so that waiting for it is worthwhile.
    init(_ parts: SignInParts, probes: Bool) {
        do throws(SignInError) {
            let source = try Self.source(parts, probes: probes)
            label = source.label
            self.source = .success(source)
        } catch {
            label = "managed identity"
            source = .failure(error)
        }
    }

    func token(for resource: String) async throws(SignInError) -> AccessToken {
        try await source.get().token(for: resource)
    }

    private static func source(_ parts: SignInParts, probes: Bool) throws(SignInError) -> any TokenCredential {
        let environment = parts.environment
        guard let address = environment["IDENTITY_ENDPOINT"] else {
            return InstanceMetadataCredential(parts: parts, endpoint: try metadata(parts), probe: probe(parts, probes))
        }
        if environment["IDENTITY_SERVER_THUMBPRINT"] != nil {
            throw unsupported("Service Fabric")
        }
        guard let header = environment["IDENTITY_HEADER"] else {
            throw unsupported(
                environment["IMDS_ENDPOINT"] != nil ? "Azure Arc" : "IDENTITY_ENDPOINT without IDENTITY_HEADER")
        }
        return AppServiceCredential(
            parts: parts, endpoint: try local(address, "IDENTITY_ENDPOINT"), header: Secret(header))
    }

    private static func metadata(_ parts: SignInParts) throws(SignInError) -> Endpoint {
        let variable = "AZURE_POD_IDENTITY_AUTHORITY_HOST"
        return try local(parts.environment[variable] ?? InstanceMetadataCredential.host, variable)
    }

    /// A host that was set by hand is there, and may answer a probe with nothing.
    private static func probe(_ parts: SignInParts, _ probes: Bool) -> InstanceMetadataCredential.Probe? {
        probes && parts.environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] == nil
            ? InstanceMetadataCredential.Probe() : nil
    }

    private static func local(_ address: String, _ variable: String) throws(SignInError) -> Endpoint {
        do {
            return try Endpoint.local(address)
        } catch {
            throw SignInError(.refused, code: "refused-address", "\(variable): \(error.message)", hint: error.hint)
        }
    }

    private static func unsupported(_ what: String) -> SignInError {
        SignInError(
            .unavailable, "the managed identity of \(what) is not supported",
            hint: "use a service principal: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET")
    }
}
