import Testing

@testable import AssayClouds

@Suite("held tokens")
struct TokenStoreTests {
    /// Gives numbered tokens; holds calls back until its gate is opened.
    private actor Issuer: TokenCredential {
        nonisolated let label = "issuer"
        private let pacing: JumpingPacing
        private let seconds: Int64
        private var isOpen: Bool
        private var held: [CheckedContinuation<Void, Never>] = []
        private var failures = 0
        private(set) var calls = 0

        init(_ pacing: JumpingPacing, seconds: Int64, isOpen: Bool = true) {
            self.pacing = pacing
            self.seconds = seconds
            self.isOpen = isOpen
        }

        func open() {
            isOpen = true
            for continuation in held { continuation.resume() }
            held = []
        }

        func fail(_ times: Int) { failures = times }

        func token(for resource: String) async throws(SignInError) -> AccessToken {
            calls += 1
            let number = calls
            if !isOpen { await withCheckedContinuation { held.append($0) } }
            if Task.isCancelled { throw SignInError(.refused, code: "interrupted", "stopped", hint: "h") }
            if failures > 0 {
                failures -= 1
                throw SignInError(.refused, code: "connection", "no answer", hint: "h")
            }
            return AccessToken(text: "\(resource)#\(number)", expiresAt: pacing.seconds() + seconds)
        }
    }

    private actor Count {
        private(set) var value = 0
        func add() { value += 1 }
    }

    @Test("a token is held for each audience until five minutes before its end")
    func holds() async throws {
        let pacing = JumpingPacing()
        let issuer = Issuer(pacing, seconds: 3600)
        let store = TokenStore(issuer, pacing: pacing)
        #expect(try await store.token(for: "a").text == "a#1")
        #expect(try await store.token(for: "b").text == "b#2")
        pacing.advance(seconds: 3299)
        #expect(try await store.token(for: "a").text == "a#1")
        pacing.advance(seconds: 1)
        #expect(try await store.token(for: "a").text == "a#3")
        #expect(try await store.token(for: "a").text == "a#3")
    }

    @Test("a short-lived token is renewed at half its life")
    func halves() async throws {
        let pacing = JumpingPacing()
        let store = TokenStore(Issuer(pacing, seconds: 60), pacing: pacing)
        #expect(try await store.token(for: "a").text == "a#1")
        pacing.advance(seconds: 29)
        #expect(try await store.token(for: "a").text == "a#1")
        pacing.advance(seconds: 1)
        #expect(try await store.token(for: "a").text == "a#2")
    }

    @Test("callers that come at one moment share one request", .timeLimit(.minutes(1)))
    func shares() async throws {
        let pacing = JumpingPacing()
        let issuer = Issuer(pacing, seconds: 3600, isOpen: false)
        let store = TokenStore(issuer, pacing: pacing)
        let started = Count()
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    await started.add()
                    return try await store.token(for: "a").text
                }
            }
            while await started.value < 50 { await Task.yield() }
            for _ in 0..<100 { await Task.yield() }
            await issuer.open()
            var texts: [String] = []
            for try await text in group { texts.append(text) }
            return texts
        }
        #expect(texts == Array(repeating: "a#1", count: 50))
        #expect(await issuer.calls == 1)
    }

    @Test("a refused token is forgotten only while it is the one that is held")
    func invalidates() async throws {
        let pacing = JumpingPacing()
        let store = TokenStore(Issuer(pacing, seconds: 3600), pacing: pacing)
        let first = try await store.token(for: "a")
        await store.invalidate(first, for: "a")
        #expect(try await store.token(for: "a").text == "a#2")
        // Another request that was under way with the first token comes back refused.
        await store.invalidate(first, for: "a")
        #expect(try await store.token(for: "a").text == "a#2")
        await store.invalidate(AccessToken(text: "a#2", expiresAt: 0), for: "b")
        #expect(try await store.token(for: "a").text == "a#2")
    }

    @Test("a token that is still good is given when its early renewal fails, and the error when it is not")
    func bridges() async throws {
        let pacing = JumpingPacing()
        let issuer = Issuer(pacing, seconds: 3600)
        let store = TokenStore(issuer, pacing: pacing)
        _ = try await store.token(for: "a")
        await issuer.fail(2)
        pacing.advance(seconds: 3400)
        #expect(try await store.token(for: "a").text == "a#1")
        #expect(try await store.token(for: "a").text == "a#1")
        #expect(await issuer.calls == 2)
        pacing.advance(seconds: 200)
        await #expect(throws: SignInError.self) { try await store.token(for: "a") }
        #expect(try await store.token(for: "a").text == "a#4")
    }

    @Test("a failure is told to everyone who waited and is not held")
    func tellsFailure() async throws {
        let pacing = JumpingPacing()
        let issuer = Issuer(pacing, seconds: 3600)
        let store = TokenStore(issuer, pacing: pacing)
        await issuer.fail(1)
        await #expect(throws: SignInError.self) { try await store.token(for: "a") }
        #expect(try await store.token(for: "a").text == "a#2")
    }

    @Test("a renewal ends when nobody waits for it any more", .timeLimit(.minutes(1)))
    func endsRenewal() async throws {
        let pacing = JumpingPacing()
        let issuer = Issuer(pacing, seconds: 3600, isOpen: false)
        let store = TokenStore(issuer, pacing: pacing)
        let task = Task { try await store.token(for: "a") }
        while await issuer.calls == 0 { await Task.yield() }
        task.cancel()
        while await store.isRenewing { await Task.yield() }
        let other = Task { try await store.token(for: "a").text }
        while await issuer.calls < 2 { await Task.yield() }
        await issuer.open()
        #expect(try await other.value == "a#2")
        let stopped = await task.result
        #expect(throws: SignInError.self) { try stopped.get() }
    }

    @Test("the store says whose token it is, and never the token")
    func saysWhose() async throws {
        // A token without a signature, made for this test.
        let claims =
            #"{"tid":"\#(testTenant)","oid":"o-1","appid":"\#(testClient)","app_displayname":"assay","#
            + #""roles":["Policy.Read.All","Directory.Read.All"],"exp":1700003600}"#
        let token = "eyJhbGciOiJub25lIn0.\(Base64Coding.urlSafe(Array(claims.utf8))).c2ln"
        let transport = ScriptedTransport(TokenAnswers.token(token))
        let variables = principalVariables.merging(["AZURE_CLIENT_SECRET": "s"]) { $1 }
        let pacing = JumpingPacing()
        let chain = try CredentialChain.standard(try signInParts(variables, transport, pacing: pacing))
        let store = TokenStore(chain, pacing: pacing)
        let found = try #require(try await store.claims(for: armAudience))
        #expect(found.tenant == testTenant && found.objectID == "o-1" && found.application == testClient)
        #expect(found.permissions == ["Directory.Read.All", "Policy.Read.All"] && !found.isDelegated)
        #expect(found.words == "application assay (\(testClient)) in tenant \(testTenant)")
        #expect(!"\(try await store.token(for: armAudience))\(found)".contains("eyJ"))
    }

    @Test("claims of a user are read, and an opaque token has none")
    func readsClaims() throws {
        let claims = #"{"upn":"ana@contoso.example","scp":"User.Read Policy.Read.All","tid":"t"}"#
        let token = "e30.\(Base64Coding.urlSafe(Array(claims.utf8)))."
        let found = try #require(TokenClaims(token: token))
        #expect(found.user == "ana@contoso.example" && found.isDelegated)
        #expect(found.permissions == ["Policy.Read.All", "User.Read"])
        #expect(found.words == "user ana@contoso.example in tenant t")
        for text in ["", "opaque", "a.b", "a.!!.c", "a.e30", "a.W10.c"] { #expect(TokenClaims(token: text) == nil) }
    }
}
