import AssayCore

/// Hands out tokens and says whether one is good: Microsoft Entra, the instance metadata service and App Service.
struct TokenAuthority: Sendable {
    /// What a token is for.
    enum Audience: Sendable, Hashable {
        case resourceManager
        case graph

        /// The audience of a resource's address, as a scope or as a resource parameter.
        init?(_ resource: String) {
            var text = resource.lowercased()
            while text.hasSuffix("/") { text.removeLast() }
            switch text {
            case "https://management.azure.com", "https://management.core.windows.net",
                "https://management.usgovcloudapi.net", "https://management.core.usgovcloudapi.net",
                "https://management.chinacloudapi.cn", "https://management.core.chinacloudapi.cn":
                self = .resourceManager
            case "https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us",
                "https://microsoftgraph.chinacloudapi.cn", "00000003-0000-0000-c000-000000000000":
                self = .graph
            default: return nil
            }
        }
    }

    /// What is known of a token.
    struct Grant: Sendable {
        let audience: Audience
        /// Milliseconds since 1970.
        let expires: Int64
        var requestsLeft: Int?
    }

    private(set) var grants: [String: Grant] = [:]

    /// Why a token is not good.
    enum Refusal: Sendable, Hashable {
        case missing
        case unknown
        case wrongAudience
        case expired
    }

    /// Checks the header of a request and counts it; nil when it is good.
    mutating func refusal(_ header: String?, for audience: Audience, now: Int64) -> Refusal? {
        guard let header, header.lowercased().hasPrefix("bearer ") else { return .missing }
        let token = String(header.dropFirst(7))
        guard var grant = grants[token] else { return .unknown }
        guard grant.audience == audience else { return .wrongAudience }
        guard now < grant.expires else { return .expired }
        if let left = grant.requestsLeft {
            guard left > 0 else { return .expired }
            grant.requestsLeft = left - 1
            grants[token] = grant
        }
        return nil
    }

    /// Makes every token that was handed out worthless, as when sessions are revoked.
    mutating func expireAll() {
        for (token, grant) in grants {
            grants[token] = Grant(audience: grant.audience, expires: 0, requestsLeft: nil)
        }
    }

    /// Answers `POST /{tenant}/oauth2/v2.0/token`.
    mutating func token(
        _ request: SimulatedRequest, estate: Estate, faults: Faults, now: Int64
    ) -> (answer: SimulatedAnswer, token: String?) {
        guard request.method == "POST" else {
            return (.loginError(405, "invalid_request", 900561, "The endpoint only accepts POST requests."), nil)
        }
        let tenant = request.path.split(separator: "/").first.map(String.init) ?? ""
        guard tenant.lowercased() == estate.tenantId.lowercased() else {
            return (.loginError(400, "invalid_request", 90002, "Tenant '\(tenant)' not found."), nil)
        }
        guard request.header("content-type")?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
            return (.loginError(400, "invalid_request", 900144, "The request body must be form encoded."), nil)
        }
        var form: [String: String] = [:]
        for pair in PercentCoding.pairs(String(decoding: request.body, as: UTF8.self)) { form[pair.name] = pair.value }
        guard form["grant_type"] == "client_credentials" else {
            return (
                .loginError(
                    400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type."), nil
            )
        }
        let identity = estate.identity
        guard let client = form["client_id"], client == identity.clientId else {
            let text = "Application with identifier '\(form["client_id"] ?? "")' was not found in the directory."
            return (.loginError(400, "unauthorized_client", 700016, text), nil)
        }
        if let refusal = Self.refusedCredential(form, request, identity, now) { return (refusal, nil) }
        let scope = form["scope"] ?? ""
        guard scope.hasSuffix("/.default") else {
            return (
                .loginError(400, "invalid_scope", 1002012, "The provided value for scope \(scope) is not valid."), nil
            )
        }
        guard let audience = Audience(String(scope.dropLast("/.default".count))) else {
            let text = "The resource principal named \(scope) was not found in the tenant."
            return (.loginError(400, "invalid_resource", 500011, text), nil)
        }
        let token = issue(audience, estate, faults, now)
        return (
            SimulatedAnswer(
                200,
                .object([
                    ("token_type", .string("Bearer")), ("expires_in", .int(faults.tokenSeconds)),
                    ("ext_expires_in", .int(faults.tokenSeconds)), ("access_token", .string(token)),
                ])), token
        )
    }

    /// Answers the instance metadata service and App Service's endpoint.
    mutating func managedIdentity(
        _ request: SimulatedRequest, estate: Estate, faults: Faults, now: Int64
    ) -> (answer: SimulatedAnswer, token: String?) {
        let isAppService = request.path.hasPrefix("/msi/")
        let isAllowed =
            isAppService
            ? request.header("x-identity-header") == estate.identity.appServiceHeader
            : request.header("metadata")?.lowercased() == "true"
        func refused(_ status: Int, _ text: String) -> (answer: SimulatedAnswer, token: String?) {
            var answer = SimulatedAnswer(
                status,
                .object([("error", .string("invalid_request")), ("error_description", .string(text))]))
            answer.code = "invalid_request"
            return (answer, nil)
        }
        guard request.method == "GET" else { return refused(405, "Method not allowed") }
        guard isAllowed else { return refused(isAppService ? 401 : 400, "Required metadata header not specified") }
        let wanted = isAppService ? "2019-08-01" : "2018-02-01"
        guard request.parameter("api-version") == wanted else {
            return refused(400, "Required query variable 'api-version' is missing or invalid")
        }
        guard let resource = request.parameter("resource"), let audience = Audience(resource) else {
            return refused(400, "Required query variable 'resource' is missing")
        }
        if let client = request.parameter("client_id"), client != estate.identity.clientId {
            return refused(400, "Identity not found")
        }
        let token = issue(audience, estate, faults, now)
        let expires = now / 1000 + Int64(faults.tokenSeconds)
        var members: [(String, Tree)] = [
            ("access_token", .string(token)), ("client_id", .string(estate.identity.clientId)),
            ("expires_on", .string(String(expires))), ("resource", .string(resource)),
            ("token_type", .string("Bearer")),
        ]
        if !isAppService {
            members += [
                ("expires_in", .string(String(faults.tokenSeconds))),
                ("ext_expires_in", .string(String(faults.tokenSeconds))),
                ("not_before", .string(String(now / 1000 - 300))),
            ]
        }
        return (SimulatedAnswer(200, .object(members)), token)
    }

    private static func refusedCredential(
        _ form: [String: String], _ request: SimulatedRequest, _ identity: SimulatedIdentity, _ now: Int64
    ) -> SimulatedAnswer? {
        if let secret = form["client_secret"] {
            let text = "Invalid client secret provided."
            return secret == identity.secret ? nil : .loginError(401, "invalid_client", 7_000_215, text)
        }
        guard let assertion = form["client_assertion"] else {
            let text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."
            return .loginError(401, "invalid_client", 7_000_218, text)
        }
        guard form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" else {
            return .loginError(400, "invalid_request", 900144, "'client_assertion_type' is missing.")
        }
        if identity.federatedAssertions.contains(assertion) { return nil }
        guard identity.acceptsCertificates, let parts = JSONWebToken(assertion) else {
            return .loginError(401, "invalid_client", 70021, "No matching federated identity record found.")
        }
        let endpoint = request.base + request.path
        let issuer = parts.claims["iss"]?.stringValue
        let expires = parts.claims["exp"]?.numberText.flatMap { Int64($0) } ?? 0
        let isSound =
            ["RS256", "PS256"].contains(parts.header["alg"]?.stringValue)
            && (parts.header["x5t"]?.stringValue ?? parts.header["x5t#S256"]?.stringValue) != nil
            && issuer == identity.clientId && parts.claims["sub"]?.stringValue == issuer
            && parts.claims["jti"]?.stringValue != nil && !parts.signature.isEmpty
        guard isSound else {
            return .loginError(
                401, "invalid_client", 700027,
                "The certificate with identifier used to sign the client assertion is not registered on application.")
        }
        guard let audience = parts.claims["aud"]?.stringValue, endpoint.hasSuffix(audience) || audience == endpoint
        else {
            return .loginError(
                401, "invalid_client", 700023, "Client assertion audience claim does not match Realm issuer.")
        }
        guard expires > now / 1000 else {
            return .loginError(401, "invalid_client", 700024, "Client assertion is not within its valid time range.")
        }
        return nil
    }

    private mutating func issue(_ audience: Audience, _ estate: Estate, _ faults: Faults, _ now: Int64) -> String {
        let expires = now + Int64(faults.tokenSeconds) * 1000
        let random = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined()
        var claims: [(String, Tree)] = [
            ("aud", .string(audience == .graph ? "https://graph.microsoft.com" : "https://management.azure.com")),
            ("iss", .string("https://sts.windows.net/\(estate.tenantId)/")), ("iat", .int(Int(now / 1000))),
            ("exp", .int(Int(expires / 1000))), ("appid", .string(estate.identity.clientId)),
            ("oid", .string(estate.identity.objectId)), ("tid", .string(estate.tenantId)),
            ("idtyp", .string("app")), ("uti", .string(random)),
        ]
        if audience == .graph, let roles = estate.identity.graphRoles {
            claims.append(("roles", .array(roles.map { .string($0) })))
        }
        var token = JSONWebToken.made(
            header: .object([("typ", .string("JWT")), ("alg", .string("RS256")), ("kid", .string("sim"))]),
            claims: .object(claims), signature: Array(random.utf8))
        if audience == .graph, estate.identity.hasOpaqueGraphTokens { token = "opaque-" + random }
        grants[token] = Grant(audience: audience, expires: expires, requestsLeft: faults.tokenRequests)
        return token
    }
}
