import AssayCore

/// Sends a request for a token, tries again where that can help, and reads the answer.
struct TokenExchange: Sendable {
    /// When a request is sent again.
    enum Retry: Sendable {
        /// The identity service, and the token service of App Service: throttled, out of order, not reached.
        case identityService
        /// The metadata service: also while it is not ready (404) or is being updated (410, up to 70 seconds).
        case instanceMetadata
    }

    let parts: SignInParts
    /// Who answers, in words: `the identity service`.
    let service: String
    let retry: Retry
    /// What must not reach an error.
    let secrets: [Secret]

    /// The token of an answer.
    ///
    /// - Throws: `SignInError` of kind `refused`; codes of our own are `interrupted`, `connection`, `timeout`, `trust`,
    ///   `too-large`, `refused-address`, `no-token` and `HTTP 500`.
    ///
    /// - Parameters:
    ///   - request: what is sent.
    ///   - otherwise: the error of a status that means something of its own; nil leaves it to the answer's words.
    func token(
        _ request: HTTPRequest, otherwise: (Int) -> SignInError? = { _ in nil }
    ) async throws(SignInError) -> AccessToken {
        let response = try await response(to: request)
        guard response.status == 200 else { throw otherwise(response.status) ?? refusal(response) }
        return try read(response)
    }

    /// The first answer that is not worth another try.
    func response(to request: HTTPRequest) async throws(SignInError) -> HTTPResponse {
        var tries = 0
        var waited: Int64 = 0
        while true {
            tries += 1
            var status: Int?
            var asked: Int64?
            let failure: SignInError
            do throws(TransportError) {
                let response = try await parts.transport.send(request)
                status = response.status
                asked = RetryPolicy.asked(by: response, now: parts.pacing.seconds())
                guard let pause = pause(status: status, tries: tries, waited: waited, asked: asked) else {
                    return response
                }
                waited += pause
                try await wait(pause)
                continue
            } catch {
                guard error.kind == .connection || error.kind == .timeout else { throw self.failure(error) }
                failure = self.failure(error)
            }
            guard let pause = pause(status: nil, tries: tries, waited: waited, asked: nil) else { throw failure }
            waited += pause
            do throws(TransportError) { try await wait(pause) } catch { throw self.failure(error) }
        }
    }

    private func wait(_ milliseconds: Int64) async throws(TransportError) {
        do {
            try await parts.pacing.sleep(milliseconds: milliseconds)
        } catch {
            throw TransportError(.cancelled, "stopped")
        }
    }

    private func pause(status: Int?, tries: Int, waited: Int64, asked: Int64?) -> Int64? {
        switch retry {
        case .identityService:
            var policy = RetryPolicy()
            policy.throttledTries = 6
            policy.failedTries = 4
            policy.firstPause = 500
            policy.longestAsked = 60_000
            return policy.pause(status: status, tries: tries, waited: waited, asked: asked, random: parts.random())
        case .instanceMetadata:
            // learn.microsoft.com, "how to use managed identities on a VM to get a token": 404, 429 and 5xx with
            // exponential pauses of at least a second; 410 ends within 70 seconds.
            switch status {
            case 410: return tries <= 7 ? 10_000 : nil
            case nil, 404, 408, 429, .some(500...599):
                guard tries <= 4 else { return nil }
                return max(asked ?? 0, 1_000 << Int64(tries - 1)) <= 60_000
                    ? max(asked ?? 0, 1_000 << Int64(tries - 1)) : nil
            default: return nil
            }
        }
    }

    private func failure(_ error: TransportError) -> SignInError {
        let (code, hint) =
            switch error.kind {
            case .cancelled: ("interrupted", "start again")
            case .connection: ("connection", "check the network, the proxy and AZURE_AUTHORITY_HOST")
            case .timeout: ("timeout", "check the network and the proxy")
            case .trust: ("trust", "give the certificate authority of a proxy as a file of certificates (PEM)")
            case .tooLarge: ("too-large", "check that the address is that of \(service)")
            case .refused: ("refused-address", "use https; plain http is for this machine alone")
            }
        let said = SecretFilter(secrets).line(of: error.message)
        return SignInError(.refused, code: code, "\(service) gave no answer: \(said)", hint: hint)
    }

    // MARK: Answers

    /// Reads `{"access_token", "expires_in" | "expires_on"}` (RFC 6749 section 5.1; the platform's own services give
    /// the moment and write numbers as text).
    private func read(_ response: HTTPResponse) throws(SignInError) -> AccessToken {
        func unusable(_ why: String) -> SignInError {
            SignInError(
                .refused, code: "no-token", "\(service) answered without a token that can be used: \(why)",
                hint: "check that the address is that of \(service)")
        }
        // The reader's error can quote the text, and the text holds the token: it is left out.
        guard let document = try? JSONReader.read(response.body) else { throw unusable("the answer is not JSON") }
        let tree = Tree(document.root)
        guard let text = tree["access_token"]?.stringValue, !text.isEmpty else { throw unusable("no `access_token`") }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw unusable("`access_token` holds characters that a header cannot")
        }
        if let type = tree["token_type"]?.stringValue, type.lowercased() != "bearer" {
            throw unusable("`token_type` is not Bearer")
        }
        let now = parts.pacing.seconds()
        func number(_ name: String) -> Int64? {
            let text = tree[name].flatMap { $0.numberText ?? $0.stringValue }
            return text.flatMap { Int64($0.prefix { $0 != "." }) }
        }
        let limit: Int64 = 1 << 40
        if let moment = number("expires_on"), moment > 0, moment < limit {
            return AccessToken(text: text, expiresAt: moment)
        }
        if let seconds = number("expires_in"), seconds >= 0, seconds < limit {
            return AccessToken(text: text, expiresAt: now + seconds)
        }
        throw unusable("neither `expires_in` nor `expires_on`")
    }

    /// The error of an answer that is none: `{"error", "error_description", "error_codes"}`.
    func refusal(_ response: HTTPResponse) -> SignInError {
        let tree = (try? JSONReader.read(response.body)).map { Tree($0.root) }
        let filter = SecretFilter(secrets)
        let error = tree?["error"]
        let said = tree?["error_description"]?.stringValue ?? error?["message"]?.stringValue ?? ""
        let line = filter.line(of: said)
        let named = error?.stringValue ?? error?["code"]?.stringValue
        let number = tree?["error_codes"]?.elements?.first?.numberText
        let code =
            IdentityCode.code(in: line) ?? number.map { "AADSTS" + $0 } ?? named.map { filter.line(of: $0) }
            ?? "HTTP \(response.status)"
        let words = line.isEmpty ? code : line.hasPrefix(code) ? line : "\(code): \(line)"
        return SignInError(
            .refused, code: code, "\(service) refused (HTTP \(response.status)): \(words)",
            hint: IdentityCode.hint(for: code))
    }
}

/// Codes of the identity service and what a user does about them (learn.microsoft.com, AADSTS error codes).
enum IdentityCode {
    /// The code that a description begins with: `AADSTS7000215`.
    static func code(in line: String) -> String? {
        guard line.hasPrefix("AADSTS") else { return nil }
        let digits = line.dropFirst("AADSTS".count).prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? nil : "AADSTS" + digits
    }

    static func hint(for code: String) -> String {
        switch code {
        case "AADSTS7000215": "AZURE_CLIENT_SECRET must be the value of a client secret of this application, not its id"
        case "AADSTS7000222": "the client secret has expired: add a new one to the application"
        case "AADSTS700016": "check that AZURE_CLIENT_ID is an application of the tenant of AZURE_TENANT_ID"
        case "AADSTS90002", "AADSTS900023", "AADSTS900021": "check AZURE_TENANT_ID, and the cloud the tenant is in"
        case "AADSTS700027": "add the certificate's public part to the application, and check this machine's clock"
        case "AADSTS700024": "check this machine's clock"
        case "AADSTS70021", "AADSTS700211", "AADSTS700212", "AADSTS700213":
            "add a federated credential to the application whose issuer, subject and audience are those of the token"
        case "AADSTS500011": "check that the cloud and the audience fit the tenant"
        case "AADSTS53003", "AADSTS530003", "AADSTS53000":
            "a conditional access policy blocks this sign-in: ask who looks after it"
        case "AADSTS50076", "AADSTS50079", "AADSTS70043", "AADSTS700082", "AADSTS50173":
            "sign in again with `az login`"
        case "invalid_client": "check AZURE_CLIENT_ID and the client's secret or certificate"
        default:
            "look up the code at https://login.microsoftonline.com/error, and check AZURE_TENANT_ID and AZURE_CLIENT_ID"
        }
    }
}
