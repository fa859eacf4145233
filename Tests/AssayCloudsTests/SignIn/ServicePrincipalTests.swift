import AssayCore
import Crypto
import CryptoExtras
import Testing

@testable import AssayClouds

@Suite("service principals")
struct ServicePrincipalTests {
    private let secret = "s3cr3t~with+odd/chars=&% and more"

    @Test("a client secret is sent as the form of the client credentials grant")
    func sendsSecret() async throws {
        let transport = ScriptedTransport(TokenAnswers.token("abc", seconds: 3600))
        let pacing = JumpingPacing()
        let credential = EnvironmentCredential(
            try signInParts(
                principalVariables.merging(["AZURE_CLIENT_SECRET": secret]) { $1 }, transport, pacing: pacing))
        let token = try await credential.token(for: armAudience)
        #expect(token.text == "abc")
        #expect(token.expiresAt == pacing.seconds() + 3600)
        let request = try #require(transport.requests.first)
        #expect(transport.requests.count == 1)
        #expect(request.method == "POST")
        #expect(request.url == "https://login.microsoftonline.com/\(testTenant)/oauth2/v2.0/token")
        #expect(
            request.headers.contains { $0.name == "Content-Type" && $0.value == "application/x-www-form-urlencoded" })
        #expect(
            formMembers(request) == [
                "client_id": testClient, "scope": "https://management.azure.com/.default", "client_secret": secret,
                "grant_type": "client_credentials",
            ])
    }

    @Test("the secret goes before the certificate, and the tenant of the option before that of the variable")
    func prefers() async throws {
        let transport = ScriptedTransport(TokenAnswers.token())
        let variables = principalVariables.merging(
            ["AZURE_CLIENT_SECRET": "x", "AZURE_CLIENT_CERTIFICATE_PATH": "/missing.pem"]) { $1 }
        _ = try await EnvironmentCredential(try signInParts(variables, transport, tenant: "contoso.example")).token(
            for: armAudience)
        #expect(transport.requests.first?.url == "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token")
        #expect(formMembers(transport.requests[0])["client_secret"] == "x")
    }

    @Test("each missing variable is named, and nothing is sent")
    func namesMissing() async throws {
        let transport = ScriptedTransport(TokenAnswers.token())
        for (variables, missing) in [
            ([:], ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"]),
            (principalVariables, ["AZURE_CLIENT_SECRET"]),
            (["AZURE_CLIENT_ID": testClient, "AZURE_CLIENT_SECRET": secret], ["AZURE_TENANT_ID"]),
            (
                ["AZURE_TENANT_ID": testTenant, "AZURE_CLIENT_SECRET": secret, "AZURE_CLIENT_ID": ""],
                ["AZURE_CLIENT_ID"]
            ),
        ] {
            let error = try #require(await signInFailure(EnvironmentCredential(try signInParts(variables, transport))))
            #expect(error.kind == .unavailable)
            for name in missing { #expect(error.message.contains(name)) }
        }
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "a tenant that would change the address is refused", arguments: ["../common", "a/b", "a b", "-x", "a?b", "ä"])
    func refusesTenant(tenant: String) async throws {
        let transport = ScriptedTransport(TokenAnswers.token())
        let variables = ["AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": testClient, "AZURE_CLIENT_SECRET": secret]
        #expect(
            await signInFailure(EnvironmentCredential(try signInParts(variables, transport)))?.code == "invalid-tenant")
        #expect(transport.requests.isEmpty)
    }

    @Test("a wrong secret is a refusal with the service's code, its first line and a next step")
    func refusesSecret() async throws {
        let said =
            #"AADSTS7000215: Invalid client secret provided. Trace ID: 0fb1-aa Correlation ID: 77-bb\r\nTimestamp: now"#
        let transport = ScriptedTransport(TokenAnswers.refusal("invalid_client", said))
        let credential = EnvironmentCredential(
            try signInParts(principalVariables.merging(["AZURE_CLIENT_SECRET": secret]) { $1 }, transport))
        let error = try #require(await signInFailure(credential))
        #expect(error.kind == .refused)
        #expect(error.code == "AADSTS7000215")
        #expect(error.message.contains("Trace ID: 0fb1-aa") && !error.message.contains("Timestamp"))
        #expect(error.hint.contains("AZURE_CLIENT_SECRET"))
        #expect(transport.requests.count == 1)
    }

    @Test("codes come from the description, else from the list of codes, else from the error, else from the status")
    func findsCode() async throws {
        for (answer, code) in [
            (TokenAnswers.json(#"{"error":"invalid_request","error_codes":[90002]}"#, status: 400), "AADSTS90002"),
            (TokenAnswers.json(#"{"error":"unauthorized_client"}"#, status: 400), "unauthorized_client"),
            (TokenAnswers.json("<html>", status: 404), "HTTP 404"),
            (TokenAnswers.json("", status: 302), "HTTP 302"),
        ] {
            let credential = EnvironmentCredential(
                try signInParts(
                    principalVariables.merging(["AZURE_CLIENT_SECRET": secret]) { $1 }, ScriptedTransport(answer)))
            let error = try #require(await signInFailure(credential))
            #expect(error.code == code && error.kind == .refused)
        }
    }

    @Test(
        "an answer without a usable token is a refusal, not a token",
        arguments: [
            "", "[]", "{}", #"{"access_token":""}"#, #"{"access_token":"x"}"#,
            #"{"access_token":"x","expires_in":"soon"}"#,
            #"{"access_token":"x\r\nHost: y","expires_in":60}"#,
            #"{"access_token":"x","expires_in":60,"token_type":"mac"}"#,
            #"{"access_token":7,"expires_in":60}"#, #"{"access_token":"x","expires_in":-1}"#,
        ])
    func refusesUnusable(body: String) async throws {
        let credential = EnvironmentCredential(
            try signInParts(
                principalVariables.merging(["AZURE_CLIENT_SECRET": secret]) { $1 },
                ScriptedTransport(TokenAnswers.json(body))))
        let error = try #require(await signInFailure(credential))
        #expect(error.code == "no-token" && error.kind == .refused)
    }

    @Test("throttling and broken connections are tried again after what the service asks for, and end")
    func triesAgain() async throws {
        let pacing = JumpingPacing()
        let transport = ScriptedTransport { _, index throws(TransportError) in
            switch index {
            case 0: return TokenAnswers.json("{}", status: 429, headers: [("Retry-After", "7")])
            case 1: throw TransportError(.connection, "reset")
            case 2: return TokenAnswers.json("{}", status: 503)
            default: return TokenAnswers.token("late")
            }
        }
        let variables = principalVariables.merging(["AZURE_CLIENT_SECRET": secret]) { $1 }
        let credential = EnvironmentCredential(try signInParts(variables, transport, pacing: pacing))
        #expect(try await credential.token(for: armAudience).text == "late")
        #expect(transport.requests.count == 4)
        #expect(pacing.pauses.count == 3 && pacing.pauses[0] >= 7000)

        let never = ScriptedTransport { _, _ throws(TransportError) in throw TransportError(.timeout, "silent") }
        let error = await signInFailure(EnvironmentCredential(try signInParts(variables, never)))
        #expect(error?.code == "timeout" && error?.kind == .refused)
        #expect(never.requests.count == 4)

        let untrusted = ScriptedTransport { _, _ throws(TransportError) in throw TransportError(.trust, "self-signed") }
        #expect(await signInFailure(EnvironmentCredential(try signInParts(variables, untrusted)))?.code == "trust")
        #expect(untrusted.requests.count == 1)
    }

    // MARK: Certificates

    private struct Assertion {
        let header: Tree
        let claims: Tree
        let signed: String
        let signature: [UInt8]

        init(_ text: String) throws {
            let parts = text.split(separator: ".").map(String.init)
            try #require(parts.count == 3)
            header = Tree(try JSONReader.read(try #require(Base64Coding.decoded(parts[0].utf8))).root)
            claims = Tree(try JSONReader.read(try #require(Base64Coding.decoded(parts[1].utf8))).root)
            signed = parts[0] + "." + parts[1]
            signature = try #require(Base64Coding.decoded(parts[2].utf8))
        }
    }

    private func assertion(
        _ pem: String, _ more: [String: String] = [:]
    ) async throws -> (Assertion, HTTPRequest, now: Int64) {
        let transport = ScriptedTransport(TokenAnswers.token())
        let pacing = JumpingPacing()
        let variables = principalVariables.merging(["AZURE_CLIENT_CERTIFICATE_PATH": "/client.pem"]) { $1 }.merging(
            more
        ) { $1 }
        let credential = EnvironmentCredential(
            try signInParts(variables, transport, pacing: pacing, files: ScriptedFiles(["/client.pem": pem])))
        _ = try await credential.token(for: "https://graph.microsoft.com")
        let request = try #require(transport.requests.first)
        return (try Assertion(try #require(formMembers(request)["client_assertion"])), request, pacing.seconds())
    }

    @Test("a certificate signs an assertion that its public key verifies, with the documented header and claims")
    func signsAssertion() async throws {
        let made = try SelfSignedCertificate(name: "assay test")
        for key in [made.key.pemRepresentation, made.key.pkcs8PEMRepresentation] {
            let (assertion, request, now) = try await assertion(key + "\n" + made.pem)
            #expect(
                Set(formMembers(request).keys) == [
                    "client_id", "scope", "client_assertion_type", "client_assertion", "grant_type",
                ])
            #expect(formMembers(request)["scope"] == "https://graph.microsoft.com/.default")
            #expect(
                formMembers(request)["client_assertion_type"]
                    == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            #expect(assertion.header["alg"]?.stringValue == "PS256")
            #expect(assertion.header["typ"]?.stringValue == "JWT")
            let thumbprint = Base64Coding.decoded((assertion.header["x5t#S256"]?.stringValue ?? "").utf8)
            #expect(thumbprint == Array(SHA256.hash(data: made.der)))
            #expect(assertion.header["x5c"] == nil)
            #expect(
                assertion.claims["aud"]?.stringValue
                    == "https://login.microsoftonline.com/\(testTenant)/oauth2/v2.0/token")
            #expect(
                assertion.claims["iss"]?.stringValue == testClient && assertion.claims["sub"]?.stringValue == testClient
            )
            #expect(assertion.claims["jti"]?.stringValue == "00000000-0000-4000-8000-000000000001")
            #expect(assertion.claims["nbf"]?.numberText == String(now))
            #expect(assertion.claims["exp"]?.numberText == String(now + 600))
            #expect(
                made.key.publicKey.isValidSignature(
                    _RSA.Signing.RSASignature(rawRepresentation: assertion.signature),
                    for: SHA256.hash(data: Array(assertion.signed.utf8)), padding: .PSS))
            #expect(
                !made.key.publicKey.isValidSignature(
                    _RSA.Signing.RSASignature(rawRepresentation: assertion.signature),
                    for: SHA256.hash(data: Array((assertion.signed + "x").utf8)), padding: .PSS))
        }
    }

    @Test("the chain is sent only when asked for, the certificate of the key first")
    func sendsChain() async throws {
        let made = try SelfSignedCertificate(name: "leaf")
        let issuer = try SelfSignedCertificate(name: "issuer")
        let pem = issuer.pem + made.key.pkcs8PEMRepresentation + "\n" + made.pem
        let (assertion, _, _) = try await assertion(pem, ["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN": "True"])
        let chain = assertion.header["x5c"]?.elements?.compactMap { Base64Coding.decoded(($0.stringValue ?? "").utf8) }
        #expect(chain == [made.der, issuer.der])
        let (without, _, _) = try await self.assertion(pem, ["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN": "false"])
        #expect(without.header["x5c"] == nil)
    }

    @Test("a file that cannot be used is refused with the way to a file that can")
    func refusesFiles() async throws {
        let made = try SelfSignedCertificate(name: "a")
        let other = try SelfSignedCertificate(name: "b")
        let key = made.key.pkcs8PEMRepresentation + "\n"
        let curve = P256.Signing.PrivateKey().pemRepresentation + "\n"
        let encrypted = SelfSignedCertificate.pem("ENCRYPTED PRIVATE KEY", Array(made.der.prefix(200)))
        let old =
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
            + "-----END RSA PRIVATE KEY-----\n"
        for (pem, words) in [
            ("", "not PEM"), ("0\u{82}", "PKCS #12"), (made.pem, "no private key"), (key, "no certificate"),
            (key + other.pem, "belongs to its key"), (curve + made.pem, "RSA"), (encrypted + made.pem, "encrypted"),
            (old + made.pem, "encrypted"), (key + key + made.pem, "more than one"),
            (key + "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n", "no certificate"),
        ] {
            let transport = ScriptedTransport(TokenAnswers.token())
            let variables = principalVariables.merging(
                ["AZURE_CLIENT_CERTIFICATE_PATH": "/c.pem", "AZURE_CLIENT_CERTIFICATE_PASSWORD": secret]) { $1 }
            let credential = EnvironmentCredential(
                try signInParts(variables, transport, files: ScriptedFiles(["/c.pem": pem])))
            let error = try #require(await signInFailure(credential))
            #expect(error.kind == .refused && error.message.contains(words), "\(error) for \(words)")
            #expect(transport.requests.isEmpty && !error.description.contains(secret))
        }
        let missing = EnvironmentCredential(
            try signInParts(
                principalVariables.merging(["AZURE_CLIENT_CERTIFICATE_PATH": "/none.pem"]) { $1 },
                ScriptedTransport(TokenAnswers.token())))
        let error = try #require(await signInFailure(missing))
        #expect(error.code == "unreadable-file" && error.message.contains("/none.pem"))
    }

    // MARK: Workload identity

    @Test("a federated token is read anew for each request")
    func readsAnew() async throws {
        let transport = ScriptedTransport(TokenAnswers.token())
        let files = ScriptedFiles(["/var/token": "first\n"])
        let variables = principalVariables.merging(["AZURE_FEDERATED_TOKEN_FILE": "/var/token"]) { $1 }
        let credential = WorkloadIdentityCredential(parts: try signInParts(variables, transport, files: files))
        _ = try await credential.token(for: armAudience)
        files.put("second", at: "/var/token")
        _ = try await credential.token(for: armAudience)
        #expect(transport.requests.map { formMembers($0)["client_assertion"] } == ["first", "second"])
        #expect(
            formMembers(transport.requests[0])["client_assertion_type"]
                == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        #expect(formMembers(transport.requests[0])["grant_type"] == "client_credentials")
        #expect(formMembers(transport.requests[0])["client_id"] == testClient)
    }

    @Test("a missing variable makes workload identity unavailable, a missing or empty file a refusal")
    func distinguishes() async throws {
        let transport = ScriptedTransport(TokenAnswers.token())
        let unset = await signInFailure(
            WorkloadIdentityCredential(parts: try signInParts(principalVariables, transport)))
        #expect(unset?.kind == .unavailable && unset?.message.contains("AZURE_FEDERATED_TOKEN_FILE") == true)
        let variables = principalVariables.merging(["AZURE_FEDERATED_TOKEN_FILE": "/t"]) { $1 }
        for files in [ScriptedFiles(), ScriptedFiles(["/t": " \n"])] {
            let error = await signInFailure(
                WorkloadIdentityCredential(parts: try signInParts(variables, transport, files: files)))
            #expect(error?.kind == .refused && error?.code == "unreadable-file")
        }
        #expect(transport.requests.isEmpty)
    }
}
