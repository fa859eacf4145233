import AssayClouds
import AssayCore

/// A signed-in identity and the network that it uses.
struct AzureSession {
    let cloud: AzureCloud
    let transport: NetworkTransport
    let pacing: any Pacing
    let tokens: TokenStore
    /// The tenant's id in lower case.
    let tenant: String
    /// Who signed in and how, in words.
    let identity: String
    /// What the token for Graph says that the identity may do.
    let graphClaims: TokenClaims?

    /// Signs in.
    ///
    /// - Throws: `ConfigurationError` when there is no way to, or an address is one that nothing is sent to.
    static func open(_ request: AzureRequest) async throws -> AzureSession {
        let environment = EnvironmentReader(request.environment)
        let cloud: AzureCloud
        do {
            cloud = try AzureCloud.configured(
                AzureCloud.Options(
                    cloud: request.cloud.map { $0.lowercased() == "usgov" ? "usgovernment" : $0 },
                    resourceManager: request.resourceManager, graph: request.graph), environment)
        } catch {
            throw ConfigurationError(error.message, hint: error.hint)
        }
        let transport: NetworkTransport
        do {
            transport = try NetworkTransport(authorities: request.authorities, connections: request.concurrency)
        } catch {
            throw ConfigurationError(error.message, hint: "name a file of certificates in PEM form with --ca-file")
        }
        do throws(SignInError) {
            return try await signIn(request, environment, cloud, transport)
        } catch {
            await transport.close()
            throw ConfigurationError("cannot sign in to Azure: \(error.message)", hint: error.hint)
        }
    }

    private static func signIn(
        _ request: AzureRequest, _ environment: EnvironmentReader, _ cloud: AzureCloud, _ transport: NetworkTransport
    ) async throws(SignInError) -> AzureSession {
        let pacing = request.pacing
        let chain = try CredentialChain.standard(
            SignInParts(
                environment: environment, cloud: cloud, tenant: request.tenant, transport: transport, pacing: pacing))
        let tokens = TokenStore(chain, pacing: pacing)
        let claims = try await tokens.claims(for: cloud.resourceManagerAudience)
        let given = request.tenant ?? environment["AZURE_TENANT_ID"]
        // A domain name signs in, ids of scopes need the GUID.
        let isGUID = given?.utf8.count == 36 && given?.contains(".") == false
        guard let tenant = (isGUID ? given : nil) ?? claims?.tenant ?? given else {
            throw SignInError(
                .refused, code: "no-tenant", "nothing says which tenant this is",
                hint: "name it: assay scan azure --tenant <id>, or set AZURE_TENANT_ID")
        }
        // Graph may be refused as a whole: its collections say so, and the rest is read.
        let graphClaims = (try? await tokens.claims(for: cloud.graphAudience)) ?? nil
        let label = await chain.chosenLabel ?? chain.label
        return AzureSession(
            cloud: cloud, transport: transport, pacing: pacing, tokens: tokens, tenant: tenant.lowercased(),
            identity: "\(claims?.words ?? "an identity whose token is opaque"), by \(label)", graphClaims: graphClaims)
    }

    /// Ends its connections.
    func close() async { await transport.close() }
}
