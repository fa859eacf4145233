import AssayFormats
import AssayRules
import AssayStore

/// Tells errors that the user can mend from those that are ours.
public enum UseCaseFailure {
    /// True for configuration, catalogue files of the user, paths and stores of another version: exit code 2.
    public static func isUsersToMend(_ error: any Error) -> Bool {
        error is ConfigurationError || error is CatalogueError || error is FileError || error is StoreError
    }
}
