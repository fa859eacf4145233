public import AssayCore
import AssayFormats
public import AssayRules

/// `assay.yaml`: what is scanned, for whom, and what the scope says of it.
public struct WorkspaceConfiguration: Sendable {
    /// The version of the file's format that this program reads.
    public static let version = 1

    /// Paths that `scan` reads when none is given, relative to the file.
    public var sources: [String] = []
    /// Ids of the frameworks that are asked for; empty asks for all.
    public var frameworks: [String] = []
    /// The least severity that makes a scan fail; nil takes `high`.
    public var failOn: Severity?
    /// A user's parameter values, by `rule.parameter`.
    public var parameters: [String: Tree] = [:]
    /// Folders of a user's own rules, relative to the file.
    public var rules: [String] = []
    /// What resources hold and whose they are, in order: a later entry overrides an earlier one.
    public var classification: [Classifier.Entry] = []
    /// Collections that the user declares complete.
    public var complete: [Coverage] = []
    /// Which part of Azure the source `azure` is.
    public var azure = AzureScope()
    /// The time that rules take for now, for an estate exported earlier.
    public var collectedAt: String?

    /// The configuration of a folder without `assay.yaml`: every setting at its default.
    public init() {}

    /// Reads the file.
    ///
    /// - Parameter path: where it stands, for errors.
    public static func read(_ bytes: [UInt8], path: String) throws(ConfigurationError) -> WorkspaceConfiguration {
        let tree: Tree
        do {
            tree = try YAMLReader.read(bytes)
        } catch {
            throw ConfigurationError("`\(path)`:\(error)", hint: "mend the YAML")
        }
        var reader = ConfigurationReader(path: path)
        return try reader.read(tree)
    }
}

/// `azure` of `assay.yaml`: what the live source collects.
public struct AzureScope: Sendable, Hashable {
    /// The tenant's id.
    public var tenant: String?
    /// `public`, `usgov` or `china`.
    public var cloud: String?
    /// Ids of subscriptions; empty takes all.
    public var subscriptions: [String] = []
    /// Names of management groups; empty takes all.
    public var managementGroups: [String] = []

    /// Everything that the identity sees.
    public init() {}
}

/// Why the configuration cannot be used; ends a run with exit code 2.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, in lower case, with the file and the place in it where there is one.
    public let message: String
    /// What the user does next.
    public let hint: String

    /// An error as the reader of the configuration or a use case makes it.
    public init(_ message: String, hint: String) {
        self.message = message
        self.hint = hint
    }

    /// Message and next step.
    public var description: String { "\(message)\nhint: \(hint)" }
}
