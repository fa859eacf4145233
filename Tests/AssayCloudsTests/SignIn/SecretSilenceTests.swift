import AssayFormats
import CryptoExtras
import Testing

@testable import AssayClouds

@Suite("secrets stay out of words")
struct SecretSilenceTests {
    private static let secret = "hunter2~Value+of/a=secret"
    private static let federated = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJwb2QifQ.c2lnbmF0dXJl"
    private static let header = "1dEn717y-h34d3r"

    private static let variables: [[String: String]] = [
        principalVariables.merging(["AZURE_CLIENT_SECRET": secret]) { $1 },
        principalVariables.merging(["AZURE_CLIENT_CERTIFICATE_PATH": "/c.pem"]) { $1 },
        principalVariables.merging(["AZURE_FEDERATED_TOKEN_FILE": "/t"]) { $1 },
        ["IDENTITY_ENDPOINT": "http://localhost:1/t", "IDENTITY_HEADER": header],
    ]

    /// What a careless or hostile service can answer to a request.
    private static func answers(_ request: HTTPRequest) -> [HTTPResponse] {
        let sent = String(decoding: request.body ?? [], as: UTF8.self)
        let values = Array(formMembers(request).values) + request.headers.map(\.value) + [sent]
        let echo = values.joined(separator: " , ").replacing("\\", with: "").replacing("\"", with: "")
        return [
            TokenAnswers.refusal("invalid_client", "AADSTS7000215: got \(echo)"),
            TokenAnswers.json(#"{"error":"\#(echo)"}"#, status: 400),
            TokenAnswers.json(#"{"error":{"code":"\#(echo)","message":"\#(echo)"}}"#, status: 403),
            TokenAnswers.json(echo, status: 401), TokenAnswers.json(echo), TokenAnswers.json("\"\(echo)\""),
            TokenAnswers.json(#"{"access_token":"\#(echo)","expires_in":1}"#),
            TokenAnswers.json(#"{"access_token":"x","token_type":"\#(echo)"}"#),
        ]
    }

    @Test("no error holds a secret, an assertion or a token, whatever the service answers")
    func errorsAreSilent() async throws {
        let made = try SelfSignedCertificate(name: "silent")
        let pem = made.key.pkcs8PEMRepresentation + "\n" + made.pem
        let files = ScriptedFiles(["/c.pem": pem, "/t": Self.federated])
        let keyLine = String(made.key.pkcs8PEMRepresentation.split(separator: "\n")[1])
        var errors = 0
        for variables in Self.variables {
            for choice in 0..<8 {
                let transport = ScriptedTransport { request, _ in Self.answers(request)[choice] }
                let parts = try signInParts(variables, transport, files: files)
                let chain = try CredentialChain.standard(parts)
                let error = try #require(await signInFailure(chain))
                errors += 1
                let sent = formMembers(transport.requests[0])
                let words = "\(error) \(String(reflecting: error)) \(error.message) \(error.code ?? "") \(error.hint)"
                for hidden in [Self.secret, Self.federated, Self.header, keyLine, sent["client_assertion"] ?? "eyJ"] {
                    #expect(!words.contains(hidden))
                    #expect(!words.contains(FormBody.encoded(hidden)))
                }
                #expect(!words.contains("eyJ"))
            }
        }
        #expect(errors == 32)
    }

    @Test("a transport's error that repeats the secret is cleaned")
    func transportIsSilent() async throws {
        let transport = ScriptedTransport { request, _ throws(TransportError) in
            throw TransportError(.trust, "while sending \(String(decoding: request.body ?? [], as: UTF8.self))")
        }
        let error = try #require(
            await signInFailure(EnvironmentCredential(try signInParts(Self.variables[0], transport))))
        #expect(!error.description.contains(Self.secret) && !error.description.contains(FormBody.encoded(Self.secret)))
        #expect(error.description.contains("[removed]"))
    }

    @Test("printing or reflecting a credential, its parts or a token shows no secret")
    func printsAreSilent() async throws {
        let made = try SelfSignedCertificate(name: "silent")
        let pem = made.key.pkcs8PEMRepresentation + "\n" + made.pem
        let files = ScriptedFiles(["/c.pem": pem, "/t": Self.federated])
        for variables in Self.variables {
            let parts = try signInParts(variables, ScriptedTransport(TokenAnswers.token()), files: files)
            var words = ""
            for value: any Sendable in [
                parts, parts.environment, EnvironmentCredential(parts), WorkloadIdentityCredential(parts: parts),
                ManagedIdentityCredential(parts, probes: true), try CredentialChain.standard(parts),
                Secret(Self.secret),
                AccessToken(text: Self.secret, expiresAt: 1),
            ] {
                words += "\(value) \(String(reflecting: value))\n"
            }
            for hidden in [Self.secret, Self.federated, Self.header] { #expect(!words.contains(hidden)) }
        }
        var dumped = ""
        dump(Secret(Self.secret), to: &dumped)
        dump(try signInParts(Self.variables[0], ScriptedTransport(TokenAnswers.token())), to: &dumped)
        #expect(!dumped.contains(Self.secret) && !dumped.isEmpty)
    }

    @Test("the first line that says something is kept, with its trace ids, without control characters, and cut")
    func keepsLine() {
        let filter = SecretFilter([Secret("pass word")])
        #expect(filter.line(of: "\r\n  AADSTS1: no. Trace ID: 1-2-3\nsecond") == "AADSTS1: no. Trace ID: 1-2-3")
        #expect(filter.line(of: "a pass word b pass%20word c") == "a [removed] b [removed] c")
        #expect(filter.line(of: "x Bearer eyJhbGciOiJub25lIn0.e30.sig y") == "x Bearer [removed] y")
        #expect(filter.line(of: "a\u{1B}[31mred\u{7}") == "a[31mred")
        #expect(filter.line(of: String(repeating: "z", count: 1000)).count == 301)
        #expect(filter.line(of: "") == "")
    }
}
