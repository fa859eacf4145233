import AssayCore
public import AssayProgram
import AssayStore

/// What `assay findings` answers from a workspace's store.
public enum FindingQueries {
    /// The findings that a workspace keeps.
    ///
    /// - Parameter states: the states wanted; empty gives all.
    public static func list(workspace folder: String, states: Set<Finding.State>) throws -> [FindingRecord] {
        guard let workspace = Workspace(existing: folder) else {
            throw ConfigurationError("`\(folder)` is not a workspace", hint: "make one with `assay init \(folder)`")
        }
        return try workspace.store().records().filter { states.isEmpty || states.contains($0.state) }
    }
}
