import Synchronization
import Testing

@testable import AssayClouds

@Suite("the order of ways to sign in")
struct CredentialChainTests {
    /// Gives what its script says and counts.
    private final class Way: TokenCredential {
        let label: String
        private let script: @Sendable (Int) throws(SignInError) -> AccessToken
        private let count = Mutex(0)
        var calls: Int { count.withLock { $0 } }

        init(_ label: String, _ script: @escaping @Sendable (Int) throws(SignInError) -> AccessToken) {
            self.label = label
            self.script = script
        }

        func token(for resource: String) async throws(SignInError) -> AccessToken {
            let index = count.withLock { count in
                count += 1
                return count - 1
            }
            return try script(index)
        }
    }

    private func absent(_ label: String) -> Way {
        Way(label) { _ throws(SignInError) in throw SignInError(.unavailable, "\(label) is not here", hint: "h") }
    }

    private func granting(_ label: String) -> Way {
        Way(label) { _ in AccessToken(text: label, expiresAt: 9_999_999_999) }
    }

    @Test("what is unavailable is passed over, and the first that works is kept")
    func keeps() async throws {
        let (first, second, third) = (absent("one"), granting("two"), granting("three"))
        let chain = CredentialChain([first, second, third])
        #expect(await chain.chosenLabel == nil)
        #expect(try await chain.token(for: "a").text == "two")
        #expect(try await chain.token(for: "b").text == "two")
        #expect(await chain.chosenLabel == "two")
        #expect(first.calls == 1 && second.calls == 2 && third.calls == 0)
    }

    @Test("a refusal ends the search, so that no other identity is used in its place")
    func stops() async throws {
        let refused = Way("two") { _ throws(SignInError) in
            throw SignInError(.refused, code: "AADSTS7000215", "wrong secret", hint: "new secret")
        }
        let third = granting("three")
        let error = try #require(await signInFailure(CredentialChain([absent("one"), refused, third])))
        #expect(error.kind == .refused && error.code == "AADSTS7000215" && error.hint == "new secret")
        #expect(error.message == "two: wrong secret")
        #expect(third.calls == 0)
    }

    @Test("once a way has worked, its failure does not lead to another identity")
    func stays() async throws {
        let flaky = Way("one") { index throws(SignInError) in
            guard index == 0 else { throw SignInError(.unavailable, "gone", hint: "h") }
            return AccessToken(text: "one", expiresAt: 1)
        }
        let other = granting("two")
        let chain = CredentialChain([flaky, other])
        _ = try await chain.token(for: "a")
        #expect(await signInFailure(chain)?.message == "gone")
        #expect(other.calls == 0)
    }

    @Test("the last error lists every way with its reason")
    func lists() async throws {
        let error = try #require(await signInFailure(CredentialChain([absent("one"), absent("two")])))
        #expect(error.kind == .unavailable && error.code == "no-credential")
        #expect(error.message.contains("one: one is not here") && error.message.contains("two: two is not here"))
    }

    // MARK: The standard order

    @Test(
        "an empty environment tries service principal, workload identity, managed identity and the CLI, in this order")
    func tries() async throws {
        let transport = ScriptedTransport { _, _ throws(TransportError) in throw TransportError(.timeout, "silent") }
        let commands = ScriptedCommands()
        let chain = try CredentialChain.standard(try signInParts([:], transport, commands: commands))
        let error = try #require(await signInFailure(chain))
        let places = ["AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE", "metadata", "not installed"].map {
            error.message.firstRange(of: $0)?.lowerBound
        }
        let found = places.compactMap(\.self)
        #expect(found.count == 4 && found == found.sorted())
        #expect(transport.requests.count == 1 && commands.calls.count == 1)
    }

    @Test("each way is taken when those before it are not offered")
    func takesEach() async throws {
        let federated = principalVariables.merging(["AZURE_FEDERATED_TOKEN_FILE": "/t"]) { $1 }
        let service = ["IDENTITY_ENDPOINT": "http://localhost:1/t", "IDENTITY_HEADER": "h"]
        for (variables, label) in [
            (federated.merging(service) { $1 }.merging(["AZURE_CLIENT_SECRET": "s"]) { $1 }, "client secret"),
            (federated.merging(service) { $1 }, "workload identity"), (service, "managed identity of App Service"),
        ] {
            let commands = ScriptedCommands(#"{"accessToken":"cli","expires_on":1}"#)
            let parts = try signInParts(
                variables, ScriptedTransport(TokenAnswers.token()), commands: commands,
                files: ScriptedFiles(["/t": "j"]))
            let chain = try CredentialChain.standard(parts)
            _ = try await chain.token(for: armAudience)
            #expect(await chain.chosenLabel?.hasPrefix(label) == true)
            #expect(commands.calls.isEmpty)
        }
        let silent = ScriptedTransport { _, _ throws(TransportError) in throw TransportError(.connection, "none") }
        let commands = ScriptedCommands(#"{"accessToken":"cli","expires_on":1}"#)
        let chain = try CredentialChain.standard(try signInParts([:], silent, commands: commands))
        #expect(try await chain.token(for: armAudience).text == "cli")
    }

    @Test("a wrong secret does not fall through to the CLI")
    func doesNotFallThrough() async throws {
        let commands = ScriptedCommands(#"{"accessToken":"cli","expires_on":1}"#)
        let transport = ScriptedTransport(TokenAnswers.refusal("invalid_client", "AADSTS7000215: wrong"))
        let variables = principalVariables.merging(["AZURE_CLIENT_SECRET": "s"]) { $1 }
        let chain = try CredentialChain.standard(try signInParts(variables, transport, commands: commands))
        #expect(await signInFailure(chain)?.code == "AADSTS7000215")
        #expect(commands.calls.isEmpty)
    }

    @Test("AZURE_TOKEN_CREDENTIALS leaves the production ways, the developer's, or one by name")
    func selects() throws {
        #expect(try CredentialSelection(nil).kinds == CredentialSelection.Kind.allCases)
        #expect(try CredentialSelection("Prod").kinds == [.environment, .workloadIdentity, .managedIdentity])
        #expect(try CredentialSelection(" dev ").kinds == [.azureCLI])
        #expect(try CredentialSelection("azureclicredential").kinds == [.azureCLI])
        #expect(try CredentialSelection("AzureCliCredential").kinds == [.azureCLI])
        #expect(try CredentialSelection("ManagedIdentityCredential").kinds == [.managedIdentity])
        for name in ["production", "VisualStudioCredential", "InteractiveBrowserCredential"] {
            let error = #expect(throws: SignInError.self) { try CredentialSelection(name) }
            #expect(error?.kind == .refused && error?.hint.contains("WorkloadIdentityCredential") == true)
        }
    }

    @Test("a managed identity that is asked for by name is not probed")
    func doesNotProbe() async throws {
        let transport = ScriptedTransport(TokenAnswers.token())
        let parts = try signInParts(["AZURE_TOKEN_CREDENTIALS": "ManagedIdentityCredential"], transport)
        _ = try await CredentialChain.standard(parts).token(for: armAudience)
        #expect(transport.requests.count == 1)
        #expect(transport.requests[0].headers.contains { $0.name == "Metadata" })
    }
}
