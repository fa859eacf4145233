import AssayCore

/// Whoever is signed in to the Azure CLI: `az account get-access-token`.
struct AzureCLICredential: TokenCredential {
    let label = "Azure CLI (az account get-access-token)"
    let parts: SignInParts
    static let timeout = 60_000

    func token(for resource: String) async throws(SignInError) -> AccessToken {
        var arguments = ["account", "get-access-token", "--output", "json", "--resource", resource]
        // The tenant of a service principal's variables is not that of the person at the keyboard: the option counts.
        if parts.tenant != nil, let tenant = try parts.tenantName() { arguments += ["--tenant", tenant] }
        var environment = parts.environment.variables
        environment["AZURE_CORE_NO_COLOR"] = "true"
        let result: CommandResult
        do {
            result = try await parts.commands.run(
                "az", arguments, environment: environment, timeout: Self.timeout, limit: 1 << 20)
        } catch {
            throw Self.failure(error)
        }
        guard result.exitCode == 0 else { throw Self.refusal(result) }
        return try read(result.output)
    }

    private static let signIn = "sign in with `az login`"

    private static func failure(_ error: CommandError) -> SignInError {
        switch error {
        case .notFound: SignInError(.unavailable, "the Azure CLI is not installed", hint: "install it and \(signIn)")
        case .cancelled: SignInError(.refused, code: "interrupted", "stopped", hint: "start again")
        case .timedOut:
            SignInError(
                .refused, code: "timeout", "`az` gave no token within \(timeout / 1000) seconds",
                hint: "run `az account get-access-token` by hand")
        case .tooMuchOutput:
            SignInError(
                .refused, code: "too-large", "`az` wrote more than a token",
                hint: "run `az account get-access-token` by hand")
        case .failed(let words):
            SignInError(
                .unavailable, code: "cannot-start", "`az` cannot be started: \(SecretFilter().line(of: words))",
                hint: "run `az account get-access-token` by hand")
        }
    }

    /// What `az` says on its error output; its first line that is an error, else the first.
    private static func refusal(_ result: CommandResult) -> SignInError {
        let text = String(decoding: result.errors, as: UTF8.self)
        let lines = text.split { $0.isNewline }.map { String($0).trimmed }
        let errors = lines.filter { $0.hasPrefix("ERROR:") }.map { String($0.dropFirst("ERROR:".count)) }
        let line = SecretFilter().line(of: errors.first ?? lines.first { !$0.isEmpty } ?? "")
        // 127: a script found that the program it starts is not there.
        if result.exitCode == 127 {
            return SignInError(.unavailable, "the Azure CLI is not installed", hint: "install it and \(signIn)")
        }
        if !text.contains("AADSTS"), text.contains("az login") || text.contains("az account set") {
            return SignInError(.unavailable, "nobody is signed in to the Azure CLI", hint: signIn)
        }
        let code = IdentityCode.code(in: line)
        let ended = result.exitCode.map { "exit code \($0)" } ?? "a signal"
        return SignInError(
            .refused, code: code, "`az` ended with \(ended)\(line.isEmpty ? "" : ": \(line)")",
            hint: code.map { IdentityCode.hint(for: $0) } ?? signIn)
    }

    /// Reads `{"accessToken", "expires_on", "expiresOn"}`.
    ///
    /// `expires_on` is there since CLI 2.54; `expiresOn` is local time, for which the token's own claim is the better
    /// witness.
    private func read(_ output: [UInt8]) throws(SignInError) -> AccessToken {
        func unusable(_ why: String) -> SignInError {
            SignInError(
                .refused, code: "no-token", "`az` wrote no token that can be used: \(why)",
                hint: "update the Azure CLI and \(Self.signIn)")
        }
        // The reader's error can quote the text, and the text holds the token: it is left out.
        guard let document = try? JSONReader.read(output) else { throw unusable("its output is not JSON") }
        let tree = Tree(document.root)
        guard let text = tree["accessToken"]?.stringValue, !text.isEmpty else { throw unusable("no `accessToken`") }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw unusable("`accessToken` holds characters that a header cannot")
        }
        let moment = tree["expires_on"].flatMap { $0.numberText ?? $0.stringValue }.flatMap { Int64($0) }
        guard
            let expiry = moment ?? TokenClaims(token: text)?.expiresAt
                ?? tree["expiresOn"]?.stringValue.flatMap(LocalTime.seconds)
        else { throw unusable("no moment of expiry") }
        return AccessToken(text: text, expiresAt: expiry)
    }
}
