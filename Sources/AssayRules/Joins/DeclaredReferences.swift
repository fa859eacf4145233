public import AssayCore

/// References that a file declares between its resources, where the value itself is only known after deployment.
public struct DeclaredReferences: Sendable {
    /// A value at `path` below the body that names another resource.
    public struct Reference: Sendable {
        public let path: DocumentPath
        /// Resource id of the target.
        public let target: String
        /// True when it only holds under a condition that cannot be decided.
        public let isConditional: Bool

        public init(path: DocumentPath, target: String, isConditional: Bool) {
            self.path = path
            self.target = target
            self.isConditional = isConditional
        }
    }

    /// References by the id of the resource that makes them.
    public var references: [String: [Reference]]
    /// The condition under which a resource exists, by its id, where that cannot be decided.
    public var conditions: [String: String]

    public init(references: [String: [Reference]] = [:], conditions: [String: String] = [:]) {
        self.references = references
        self.conditions = conditions
    }
}
