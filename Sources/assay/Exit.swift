import ArgumentParser
import AssayWorkspace
import Glibc

/// Turns errors into messages on standard error and the documented exit codes.
enum Exit {
    static func leave(_ error: any Error) -> Never {
        if let code = error as? ExitCode { exit(code.rawValue) }
        if Assay.exitCode(for: error) == .success {
            print(Assay.fullMessage(for: error))
            exit(0)
        }
        if Assay.exitCode(for: error) == .validationFailure {
            Console.error(Assay.fullMessage(for: error))
            exit(2)
        }
        Console.error("assay: \(error)")
        exit(UseCaseFailure.isUsersToMend(error) ? 2 : 4)
    }
}
