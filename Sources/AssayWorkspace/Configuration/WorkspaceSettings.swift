import AssayCore
import AssayFormats

/// Settings with their values and origins, for `assay init --show`.
public enum WorkspaceSettings {
    /// One setting.
    public struct Setting: Sendable {
        /// The field of `assay.yaml`.
        public let name: String
        /// The value in force, as text for display: a list by commas, longer ones as a count.
        public let value: String
        /// The path of `assay.yaml`, or `default`.
        public let origin: String
    }

    /// The settings of a folder in the order of the file.
    public static func list(_ folder: String) throws -> [Setting] {
        let path = Workspace.configurationPath(folder)
        var configuration = WorkspaceConfiguration()
        let hasFile = (try? FileText.kind(path)) == .file
        if hasFile { configuration = try WorkspaceConfiguration.read(try FileText.read(path), path: path) }
        func setting(_ name: String, _ value: String?, default fallback: String) -> Setting {
            Setting(name: name, value: value ?? fallback, origin: value == nil ? "default" : path)
        }
        func list(_ values: [String]) -> String? { values.isEmpty ? nil : values.joined(separator: ", ") }
        return [
            setting("sources", list(configuration.sources), default: "none"),
            setting("azure.tenant", configuration.azure.tenant, default: "AZURE_TENANT_ID, else the token's"),
            setting("azure.cloud", configuration.azure.cloud, default: "public"),
            setting("azure.subscriptions", list(configuration.azure.subscriptions), default: "all"),
            setting("azure.managementGroups", list(configuration.azure.managementGroups), default: "all"),
            setting("frameworks", list(configuration.frameworks), default: "all"),
            setting("failOn", configuration.failOn?.rawValue, default: "high"),
            setting("rules", list(configuration.rules), default: "embedded only"),
            setting("collectedAt", configuration.collectedAt, default: "when the files are read"),
            setting(
                "classification",
                configuration.classification.isEmpty ? nil : "\(configuration.classification.count) entries",
                default: "by tags"),
            setting(
                "complete", configuration.complete.isEmpty ? nil : "\(configuration.complete.count) collections",
                default: "none"),
        ]
    }
}
