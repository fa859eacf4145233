import AssayClouds
import AssayFormats
import Synchronization

@testable import AssayClouds

/// TokenAnswers requests by a script and keeps them.
final class ScriptedTransport: HTTPTransport {
    typealias Script = @Sendable (HTTPRequest, Int) async throws(TransportError) -> HTTPResponse
    private let kept = Mutex<[HTTPRequest]>([])
    private let script: Script

    /// - Parameter script: gets the request and how many came before it.
    init(_ script: @escaping Script) {
        self.script = script
    }

    /// One answer after the other; the last for all that follow.
    convenience init(_ answers: HTTPResponse...) {
        self.init { _, index in answers[min(index, answers.count - 1)] }
    }

    var requests: [HTTPRequest] { kept.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let index = kept.withLock { kept in
            kept.append(request)
            return kept.count - 1
        }
        return try await script(request, index)
    }
}

/// A clock that stands until somebody waits, and then jumps.
final class JumpingPacing: Pacing {
    private let state = Mutex<(now: Int64, pauses: [Int64])>((1_700_000_000_000, []))

    var pauses: [Int64] { state.withLock { $0.pauses } }
    func milliseconds() -> Int64 { state.withLock { $0.now } }
    func seconds() -> Int64 { milliseconds() / 1000 }
    func advance(seconds: Int64) { state.withLock { $0.now += seconds * 1000 } }

    func sleep(milliseconds: Int64) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        state.withLock { state in
            state.now += milliseconds
            state.pauses.append(milliseconds)
        }
    }
}

/// Gives one result and keeps the commands.
final class ScriptedCommands: CommandRunner {
    struct Call: Sendable {
        let name: String
        let arguments: [String]
        let environment: [String: String]
        let timeout: Int
    }

    private let kept = Mutex<[Call]>([])
    private let result: Result<CommandResult, CommandError>

    init(_ result: Result<CommandResult, CommandError> = .failure(.notFound)) {
        self.result = result
    }

    convenience init(_ output: String) {
        self.init(.success(CommandResult(exitCode: 0, output: Array(output.utf8))))
    }

    var calls: [Call] { kept.withLock { $0 } }

    func run(
        _ name: String, _ arguments: [String], environment: [String: String], timeout: Int, limit: Int
    ) async throws(CommandError) -> CommandResult {
        kept.withLock {
            $0.append(Call(name: name, arguments: arguments, environment: environment, timeout: timeout))
        }
        return try result.get()
    }
}

/// Files by path.
struct ScriptedFiles: Sendable {
    private final class Box: Sendable {
        let files: Mutex<[String: [UInt8]]>
        init(_ files: [String: [UInt8]]) { self.files = Mutex(files) }
    }

    private let box: Box

    init(_ files: [String: String] = [:]) {
        box = Box(files.mapValues { Array($0.utf8) })
    }

    func put(_ text: String, at path: String) { box.files.withLock { $0[path] = Array(text.utf8) } }

    var reader: @Sendable (String) throws(FileError) -> [UInt8] {
        { [box] path throws(FileError) in
            guard let bytes = box.files.withLock({ $0[path] }) else {
                throw FileError(path: path, reason: "No such file or directory")
            }
            return bytes
        }
    }
}

enum TokenAnswers {
    static func json(_ text: String, status: Int = 200, headers: [(name: String, value: String)] = []) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(text.utf8))
    }

    static func token(_ text: String = "opaque-token", seconds: Int = 3599) -> HTTPResponse {
        json(
            #"{"token_type":"Bearer","expires_in":\#(seconds),"ext_expires_in":\#(seconds),"access_token":"\#(text)"}"#)
    }

    static func refusal(_ error: String, _ description: String, status: Int = 401) -> HTTPResponse {
        json(#"{"error":"\#(error)","error_description":"\#(description)"}"#, status: status)
    }
}

let armAudience = "https://management.azure.com"
let testTenant = "11111111-2222-3333-4444-555555555555"
let testClient = "66666666-7777-8888-9999-000000000000"
let principalVariables = ["AZURE_TENANT_ID": testTenant, "AZURE_CLIENT_ID": testClient]

func signInParts(
    _ environment: [String: String], _ transport: any HTTPTransport, tenant: String? = nil,
    pacing: any Pacing = JumpingPacing(), commands: any CommandRunner = ScriptedCommands(),
    files: ScriptedFiles = ScriptedFiles()
) throws -> SignInParts {
    let reader = EnvironmentReader(environment)
    return SignInParts(
        environment: reader, cloud: try AzureCloud.configured(AzureCloud.Options(), reader), tenant: tenant,
        transport: transport, pacing: pacing, commands: commands, readFile: files.reader, random: { 0.5 },
        identifier: { "00000000-0000-4000-8000-000000000001" })
}

/// The members of a form, decoded.
func formMembers(_ request: HTTPRequest) -> [String: String] {
    members(String(decoding: request.body ?? [], as: UTF8.self))
}

/// The members of a query, decoded.
func queryMembers(_ request: HTTPRequest) -> [String: String] {
    members(String(request.url.drop { $0 != "?" }.dropFirst()))
}

private func members(_ text: String) -> [String: String] {
    var members: [String: String] = [:]
    for pair in text.split(separator: "&") {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(decoded)
        members[sides[0]] = sides.count > 1 ? sides[1] : ""
    }
    return members
}

private func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), rest.count >= 2 {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            bytes.append(UInt8(digits, radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// The error that a sign-in ends with.
func signInFailure(_ credential: some TokenCredential, for resource: String = armAudience) async -> SignInError? {
    do throws(SignInError) {
        _ = try await credential.token(for: resource)
        return nil
    } catch {
        return error
    }
}
