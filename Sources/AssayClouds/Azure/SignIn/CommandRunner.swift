/// What a program left behind.
public struct CommandResult: Sendable {
    /// The exit code; nil when a signal ended it.
    public let exitCode: Int32?
    /// What it wrote to its standard output.
    public let output: [UInt8]
    /// What it wrote to its error output.
    public let errors: [UInt8]

    /// A result as a runner or a test makes it.
    public init(exitCode: Int32?, output: [UInt8], errors: [UInt8] = []) {
        self.exitCode = exitCode
        self.output = output
        self.errors = errors
    }
}

/// Why a program gave no result.
public enum CommandError: Error, Sendable, Hashable {
    /// There is no such program on the path.
    case notFound
    case timedOut
    /// It wrote more than is read.
    case tooMuchOutput
    case cancelled
    /// It could not be started, in the system's words.
    case failed(String)
}

/// Runs a program with a list of arguments; no shell reads them.
public protocol CommandRunner: Sendable {
    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - name: looked up in the `PATH` of the environment.
    ///   - arguments: handed over as they are.
    ///   - environment: all variables it gets.
    ///   - timeout: in milliseconds; after it the program and what it started are ended.
    ///   - limit: the most bytes of each of its two outputs.
    func run(
        _ name: String, _ arguments: [String], environment: [String: String], timeout: Int, limit: Int
    ) async throws(CommandError) -> CommandResult
}
