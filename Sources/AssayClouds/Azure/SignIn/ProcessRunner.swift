import Subprocess
import SystemPackage

/// Runs programs of this machine.
public struct ProcessRunner: CommandRunner {
    /// A runner without settings.
    public init() {}

    private enum Outcome: Sendable {
        case result(CommandResult)
        case failure(CommandError)
    }

    /// Runs the program in the root folder, so that no file of the current one is taken for a part of it.
    public func run(
        _ name: String, _ arguments: [String], environment: [String: String], timeout: Int, limit: Int
    ) async throws(CommandError) -> CommandResult {
        let outcome = await withTaskGroup(of: Outcome.self) { group in
            group.addTask { await Self.outcome(name, arguments, environment, limit) }
            group.addTask {
                do {
                    try await Task.sleep(for: .milliseconds(timeout))
                    return .failure(.timedOut)
                } catch {
                    return .failure(.cancelled)
                }
            }
            // The first to end decides; leaving the group waits for the program to be gone.
            let first = await group.next() ?? .failure(.cancelled)
            group.cancelAll()
            return first
        }
        switch outcome {
        case .result(let result): return result
        case .failure(let error): throw Task.isCancelled ? .cancelled : error
        }
    }

    private static func outcome(
        _ name: String, _ arguments: [String], _ environment: [String: String], _ limit: Int
    ) async -> Outcome {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        var options = PlatformOptions()
        // A group of its own: what the program starts ends with it, and does not hold its output open.
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(100))
        ]
        do {
            let result = try await Subprocess.run(
                .name(name), arguments: Arguments(arguments), environment: .custom(variables),
                workingDirectory: FilePath("/"),
                platformOptions: options, output: .bytes(limit: limit), error: .bytes(limit: limit))
            var code: Int32?
            if case .exited(let status) = result.terminationStatus { code = status }
            return .result(CommandResult(exitCode: code, output: result.standardOutput, errors: result.standardError))
        } catch let error as SubprocessError {
            if error.code == .executableNotFound { return .failure(.notFound) }
            if error.code == .outputLimitExceeded { return .failure(.tooMuchOutput) }
            return .failure(Task.isCancelled ? .cancelled : .failed(error.description))
        } catch {
            return .failure(Task.isCancelled ? .cancelled : .failed(String(describing: error)))
        }
    }
}
