import Testing

@testable import AssayClouds

@Suite("the Azure CLI")
struct AzureCLITests {
    private let nobody = ScriptedTransport(HTTPResponse(status: 500))

    private func credential(
        _ commands: ScriptedCommands, tenant: String? = nil, _ variables: [String: String] = [:]
    ) throws -> AzureCLICredential {
        AzureCLICredential(parts: try signInParts(variables, nobody, tenant: tenant, commands: commands))
    }

    private func ended(_ code: Int32?, _ errors: String, output: String = "") -> ScriptedCommands {
        ScriptedCommands(
            .success(CommandResult(exitCode: code, output: Array(output.utf8), errors: Array(errors.utf8))))
    }

    @Test("the command is a list of arguments, with the tenant only when the user named one")
    func runs() async throws {
        let output = #"{"accessToken":"cli","expires_on":1700003600,"expiresOn":"x","tokenType":"Bearer"}"#
        let commands = ScriptedCommands(output)
        let variables = ["AZURE_TENANT_ID": testTenant, "PATH": "/usr/bin"]
        let token = try await credential(commands, variables).token(for: armAudience)
        #expect(token.text == "cli" && token.expiresAt == 1_700_003_600)
        let call = try #require(commands.calls.first)
        #expect(call.name == "az" && call.timeout == 60_000)
        #expect(
            call.arguments == ["account", "get-access-token", "--output", "json", "--resource", armAudience])
        #expect(call.environment["PATH"] == "/usr/bin" && call.environment["AZURE_CORE_NO_COLOR"] == "true")
        let other = ScriptedCommands(output)
        _ = try await credential(other, tenant: "contoso.example").token(for: armAudience)
        #expect(other.calls.first?.arguments.suffix(2) == ["--tenant", "contoso.example"])
        let hostile = ScriptedCommands(output)
        #expect(await signInFailure(try credential(hostile, tenant: "--debug"))?.code == "invalid-tenant")
        #expect(hostile.calls.isEmpty)
    }

    @Test("older versions tell the moment in the token or as local time")
    func readsOlder() async throws {
        // {"exp":1700001234}
        let token = "eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDEyMzR9.c2ln"
        let claimed = #"{"accessToken":"\#(token)","expiresOn":"2001-01-01 00:00:00.000000"}"#
        #expect(try await credential(ScriptedCommands(claimed)).token(for: armAudience).expiresAt == 1_700_001_234)
        let local = #"{"accessToken":"opaque","expiresOn":"2023-11-15 10:20:30.123456"}"#
        // Some zone's 10:20:30: within fourteen hours of it in UTC, on the same second.
        let moment = try await credential(ScriptedCommands(local)).token(for: armAudience).expiresAt
        #expect(abs(moment - 1_700_043_630) <= 14 * 3600 && moment % 60 == 30)
    }

    @Test(
        "output without a token that can be used is refused and not repeated",
        arguments: [
            "", "eyJsecret-looking-output", #"{"accessToken":"eyJsecret"}"#, #"{"expires_on":1}"#,
            #"{"accessToken":"eyJsecret","expiresOn":"tomorrow"}"#, #"{"accessToken":"a b","expires_on":1}"#,
        ])
    func refusesOutput(output: String) async throws {
        let error = await signInFailure(try credential(ScriptedCommands(output)))
        #expect(error?.code == "no-token" && error?.description.contains("eyJ") == false)
    }

    @Test("not installed and not signed in are unavailable; everything else is a refusal with its first line of error")
    func explains() async throws {
        for (commands, kind, code, words) in [
            (ScriptedCommands(.failure(.notFound)), SignInError.Kind.unavailable, nil, "not installed"),
            (ended(127, "/usr/bin/az: line 2: python3: not found"), .unavailable, nil, "not installed"),
            (ended(1, "ERROR: Please run 'az login' to setup account."), .unavailable, nil, "nobody is signed in"),
            (
                ended(
                    1, "WARNING: update\nERROR: AADSTS70043: The refresh token has expired. Trace ID: 1\nTo: az login"),
                .refused, "AADSTS70043", "The refresh token has expired"
            ),
            (ended(2, "ERROR: the following argument is unknown"), .refused, nil, "exit code 2"),
            (ended(nil, ""), .refused, nil, "a signal"),
            (ScriptedCommands(.failure(.timedOut)), .refused, "timeout", "60 seconds"),
            (ScriptedCommands(.failure(.tooMuchOutput)), .refused, "too-large", "more than a token"),
            (ScriptedCommands(.failure(.cancelled)), .refused, "interrupted", "stopped"),
            (
                ScriptedCommands(.failure(.failed("Permission denied"))), .unavailable, "cannot-start",
                "Permission denied"
            ),
        ] {
            let error = await signInFailure(try credential(commands))
            #expect(error?.kind == kind && error?.code == code && error?.message.contains(words) == true, "\(words)")
        }
    }
}

@Suite("programs of this machine")
struct ProcessRunnerTests {
    private let environment = ["PATH": "/usr/bin:/bin", "GREETING": "a $HOME 'b'"]

    @Test("arguments and variables reach the program as they are, and nothing else does")
    func passes() async throws {
        let runner = ProcessRunner()
        let echoed = try await runner.run(
            "printf", ["%s|", "a b", "$HOME", "'q'", "*"], environment: environment, timeout: 30_000, limit: 1000)
        #expect(String(decoding: echoed.output, as: UTF8.self) == "a b|$HOME|'q'|*|" && echoed.exitCode == 0)
        let variables = try await runner.run("env", [], environment: environment, timeout: 30_000, limit: 1000)
        #expect(
            String(decoding: variables.output, as: UTF8.self).split(separator: "\n").sorted()
                == ["GREETING=a $HOME 'b'", "PATH=/usr/bin:/bin"])
        let folder = try await runner.run("pwd", [], environment: environment, timeout: 30_000, limit: 1000)
        #expect(folder.output == Array("/\n".utf8))
    }

    @Test("exit code, error output, missing programs, too much output and signals are told apart")
    func tellsApart() async throws {
        let runner = ProcessRunner()
        let failed = try await runner.run(
            "sh", ["-c", "echo no >&2; exit 3"], environment: environment, timeout: 30_000, limit: 1000)
        #expect(failed.exitCode == 3 && failed.errors == Array("no\n".utf8) && failed.output.isEmpty)
        let killed = try await runner.run(
            "sh", ["-c", "kill -9 $$"], environment: environment, timeout: 30_000, limit: 1000)
        #expect(killed.exitCode == nil)
        await #expect(throws: CommandError.notFound) {
            try await runner.run("no-such-program-here", [], environment: environment, timeout: 30_000, limit: 1000)
        }
        await #expect(throws: CommandError.tooMuchOutput) {
            try await runner.run(
                "head", ["-c", "100000", "/dev/zero"], environment: environment, timeout: 30_000, limit: 1000)
        }
    }

    @Test("a program that does not end is ended with what it started", .timeLimit(.minutes(1)))
    func ends() async {
        let runner = ProcessRunner()
        let environment = environment
        await #expect(throws: CommandError.timedOut) {
            try await runner.run(
                "sh", ["-c", "sleep 600 & sleep 600; echo x"], environment: environment, timeout: 50, limit: 1000)
        }
        let task = Task {
            try await runner.run("sleep", ["600"], environment: environment, timeout: 600_000, limit: 1000)
        }
        task.cancel()
        await #expect(throws: CommandError.cancelled) { try await task.value }
    }
}
