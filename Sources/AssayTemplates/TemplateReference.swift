public import AssayCore

/// A place in a resource's body that names another resource of the same unit.
///
/// The value there is unknown until deployment, but what it points at is declared, so relations can be followed.
public struct TemplateReference: Sendable, Hashable {
    /// Where in the body the referring value stands.
    public let path: DocumentPath
    /// The id of the resource that is named.
    public let target: String
    /// The attribute that is asked for; nil when the resource itself is named.
    public let attribute: String?
    /// False when the value holds more than the reference, as in an ARN with a path behind it.
    public let isWhole: Bool
    /// True when the value stands in a branch whose condition cannot be decided.
    public let isConditional: Bool

    /// A reference at a place.
    public init(path: DocumentPath, target: String, attribute: String?, isWhole: Bool, isConditional: Bool) {
        self.path = path
        self.target = target
        self.attribute = attribute
        self.isWhole = isWhole
        self.isConditional = isConditional
    }
}
