import AssayCore
import AssayShapes
import Synchronization
import Testing

@testable import AssayClouds

/// Gives a new token each time and counts, so that a test sees whom a token was meant for.
final class CountedCredential: TokenCredential {
    private let asked = Mutex<[String]>([])
    let label = "counted"

    /// The audiences, in the order they were asked for.
    var audiences: [String] { asked.withLock { $0 } }

    func token(for resource: String) async throws(SignInError) -> AccessToken {
        let number = asked.withLock { asked in
            asked.append(resource)
            return asked.count
        }
        return AccessToken(text: "token-\(number)", expiresAt: 4_000_000_000)
    }
}

/// Keeps the records of answered requests.
final class KeptRecords: Sendable {
    private let kept = Mutex<[CallRecord]>([])

    var all: [CallRecord] { kept.withLock { $0 } }
    func add(_ record: CallRecord) { kept.withLock { $0.append(record) } }
}

/// A client over scripted answers, and what happened around it.
struct ClientScene {
    let transport: ScriptedTransport
    let pacing = JumpingPacing()
    let credential = CountedCredential()
    let records = KeptRecords()
    let client: AzureClient

    init(
        retry: RetryPolicy = RetryPolicy(), limits: DocumentLimits = DocumentLimits(),
        _ script: @escaping ScriptedTransport.Script
    ) {
        transport = ScriptedTransport(script)
        let records = records
        client = AzureClient(
            AzureClient.Parts(
                transport: transport, tokens: TokenStore(credential, pacing: pacing), cloud: .public, pacing: pacing,
                retry: retry, limit: InFlightLimit(4), clock: FixedClock("2026-06-30T12:00:00Z")),
            limits: limits
        ) { records.add($0) }
    }

    /// One answer after the other; the last for all that follow.
    init(retry: RetryPolicy = RetryPolicy(), limits: DocumentLimits = DocumentLimits(), answers: [HTTPResponse]) {
        self.init(retry: retry, limits: limits) { _, index in answers[min(index, answers.count - 1)] }
    }

    static let path = "/subscriptions/s1/providers/Microsoft.Storage/storageAccounts"

    /// A list of Resource Manager.
    static func call(_ target: String = path, version: String? = "2023-05-01") -> AzureClient.Call {
        AzureClient.Call(service: .arm, target: target, apiVersion: version)
    }

    /// The answer, or the error that the call ends with.
    func answer(_ call: AzureClient.Call = ClientScene.call()) async -> Result<AzureClient.Answer, AzureCallError> {
        do throws(AzureCallError) {
            return .success(try await client.answer(call))
        } catch {
            return .failure(error)
        }
    }

    /// The error that the call ends with; nil when it is answered.
    func failure(_ call: AzureClient.Call = ClientScene.call()) async -> AzureCallError? {
        if case .failure(let error) = await answer(call) { error } else { nil }
    }

    /// The error that reading a list ends with; nil when it is read to its end.
    func pagesFailure(_ call: AzureClient.Call = ClientScene.call(), limit: Int? = nil) async throws -> AzureCallError?
    {
        do {
            _ = try await client.pages(call, limit: limit) { _ in }
            return nil
        } catch let error as AzureCallError {
            return error
        }
    }

    /// The `Authorization` header of every request that was sent.
    var tokens: [String] {
        transport.requests.map { request in request.headers.first { $0.name == "Authorization" }?.value ?? "" }
    }
}

/// Answers of a provider.
enum Answered {
    static func json(_ text: String, _ status: Int = 200, _ headers: [(name: String, value: String)] = [])
        -> HTTPResponse
    {
        HTTPResponse(
            status: status, headers: [("Content-Type", "application/json; charset=utf-8")] + headers,
            body: Array(text.utf8))
    }

    static func error(
        _ status: Int, _ code: String, _ message: String = "no", _ headers: [(name: String, value: String)] = []
    ) -> HTTPResponse {
        json(#"{"error":{"code":"\#(code)","message":"\#(message)"}}"#, status, headers)
    }

    static func page(_ names: [String], next: String? = nil, member: String = "nextLink") -> HTTPResponse {
        let elements = names.map { #"{"name":"\#($0)"}"# }.joined(separator: ",")
        return json(#"{"value":[\#(elements)]\#(next.map { #","\#(member)":"\#($0)""# } ?? "")}"#)
    }
}

/// Numbers that look random and are the same in every run (splitmix64).
struct SteadyNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
