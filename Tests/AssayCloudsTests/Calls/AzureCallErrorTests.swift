import AssayCore
import Testing

@testable import AssayClouds

@Suite("errors of calls")
struct AzureCallErrorTests {
    private static func error(_ status: Int, _ json: String, licence: Set<String> = []) throws -> AzureCallError {
        AzureCallError(
            status: status, document: Tree(try JSONReader.read(Array(json.utf8)).root), licenceCodes: licence)
    }

    @Test("the wrapped form of Resource Manager and the bare form of Monitor are read alike")
    func bothForms() throws {
        let wrapped = try Self.error(403, #"{"error":{"code":"AuthorizationFailed","message":"no right"}}"#)
        let bare = try Self.error(403, #"{"code":"AuthorizationFailed","message":"no right"}"#)
        #expect(wrapped == bare)
        #expect(wrapped.state == .denied)
        #expect(wrapped.status == 403)
        #expect(wrapped.code == "AuthorizationFailed")
        #expect(wrapped.words == "AuthorizationFailed: no right")
    }

    @Test("the form of App Service, with a capital letter, is read")
    func capitals() throws {
        let error = try Self.error(
            404, #"{"Code":"NotFound","Message":"Cannot find it","Details":[{"Code":"NotFound"}]}"#)
        #expect(error.code == "NotFound")
        #expect(error.message == "Cannot find it")
    }

    @Test("the form of the identity service, a plain text, is read")
    func plainText() throws {
        let error = try Self.error(401, #"{"error":"invalid_token","error_description":"it has expired"}"#)
        #expect(error.code == "invalid_token")
        #expect(error.state == .denied)
    }

    @Test("an answer that is no document gives the status as code", arguments: [400, 401, 403, 404, 500, 502])
    func noDocument(_ status: Int) {
        let error = AzureCallError(status: status, document: nil)
        #expect(error.code == "HTTP \(status)")
        #expect(error.message.isEmpty)
        #expect(error.words == "HTTP \(status)")
        #expect(error.state == (status == 401 || status == 403 ? .denied : .failed))
    }

    @Test(
        "odd documents give no words and do not stop anything",
        arguments: ["[]", "null", "1", #""text""#, "{}", #"{"error":null}"#, #"{"error":{"code":7,"message":[]}}"#])
    func oddDocuments(_ json: String) throws {
        let error = try Self.error(404, json)
        #expect(error.code == "HTTP 404")
        #expect(error.state == .failed)
    }

    @Test("only 401 and 403 are a refusal", arguments: 400..<600)
    func refusals(_ status: Int) throws {
        let error = try Self.error(status, #"{"error":{"code":"Any","message":"any"}}"#)
        #expect(error.state == (status == 401 || status == 403 ? .denied : .failed))
    }

    @Test(
        "a provider that is not registered is told apart, wherever its code stands",
        arguments: [
            #"{"error":{"code":"MissingSubscriptionRegistration","message":"register it"}}"#,
            #"{"code":"SubscriptionNotRegistered","message":""}"#,
            #"{"error":{"code":"Conflict","message":"","details":[{"code":"ProviderNotRegistered"}]}}"#,
        ])
    func unregistered(_ json: String) throws {
        #expect(try Self.error(409, json).state == .notRegistered)
        #expect(try Self.error(403, json).state == .notRegistered)
    }

    @Test(
        "a licence that is missing is told by code or by words",
        arguments: [
            #"{"error":{"code":"Authentication_RequestFromNonPremiumTenantOrB2CTenant","message":"x"}}"#,
            #"{"error":{"code":"AadPremiumLicenseRequired","message":"x"}}"#,
            #"{"error":{"code":"Forbidden","message":"Tenant doesn't have premium license"}}"#,
            #"{"error":{"code":"BadRequest","message":"The tenant needs Microsoft Entra ID P2."}}"#,
            #"{"error":{"code":"Forbidden","message":"","details":[{"code":"PremiumLicenseRequired"}]}}"#,
        ])
    func licence(_ json: String) throws {
        #expect(try Self.error(403, json).state == .notLicensed)
        #expect(try Self.error(400, json).state == .notLicensed)
    }

    @Test("an entry's own licence codes count for its calls alone")
    func ownLicenceCodes() throws {
        let json = #"{"error":{"code":"PlanMissing","message":"x"}}"#
        #expect(try Self.error(403, json, licence: ["PlanMissing"]).state == .notLicensed)
        #expect(try Self.error(403, json, licence: ["OtherPlan"]).state == .denied)
    }

    @Test(
        "a refusal is not taken for a licence",
        arguments: ["The caller is not licensed to kill", "Insufficient privileges", "Premium storage is full"])
    func noLicence(_ message: String) throws {
        #expect(try Self.error(403, #"{"error":{"code":"Forbidden","message":"\#(message)"}}"#).state == .denied)
    }

    @Test("a long message is cut, and words are one line")
    func cuts() throws {
        let long = String(repeating: "x", count: 9000)
        let error = try Self.error(400, #"{"error":{"code":"A","message":"first\nsecond \#(long)"}}"#)
        #expect(error.message.count == 500)
        #expect(error.words == "A: first")
    }

    @Test(
        "no answer is a failure, and only the user's stop an interruption",
        arguments: [
            (.connection, .failed, "connection"), (.timeout, .failed, "timeout"), (.trust, .failed, "trust"),
            (.tooLarge, .failed, "tooLarge"), (.refused, .failed, "refused"), (.cancelled, .interrupted, "interrupted"),
        ] as [(TransportError.Kind, Coverage.State, String)])
    func transport(_ kind: TransportError.Kind, _ state: Coverage.State, _ code: String) {
        let error = AzureCallError(TransportError(kind, "words"))
        #expect(error.state == state)
        #expect(error.code == code)
        #expect(error.status == nil)
        #expect(error.message == "words")
    }

    @Test(
        "a sign-in that is refused is a refusal, one that could not be made is a failure",
        arguments: [
            ("AADSTS7000215", .denied), (nil, .denied), ("connection", .failed), ("timeout", .failed),
            ("trust", .failed), ("interrupted", .interrupted),
        ] as [(String?, Coverage.State)])
    func signIn(_ code: String?, _ state: Coverage.State) {
        let error = AzureCallError(SignInError(.refused, code: code, "no token", hint: "sign in"))
        #expect(error.state == state)
        #expect(error.code == code ?? "sign-in")
    }
}
