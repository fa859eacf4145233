import AssayCore

/// What one document says of one resource.
///
/// Several make one resource when all documents are read.
struct Fragment {
    var type: String
    /// ARM id, Graph id, or CloudFormation's primary identifier.
    var identifier: String
    var provider: Provider
    /// Azure: the enclosing scopes.
    ///
    /// AWS: empty, they follow from account and Region.
    var scope: [String] = []
    var arn: String?
    var account: String?
    var region: String?
    var name: String?
    var apiVersion: String?
    var body: Tree
    var covers: Coverings = .all
    /// Properties that an error hides, and why.
    var hidden: [(path: String, reason: UnknownReason)] = []
    var origin: Origin
    /// The order of arrival inside the file.
    var order = 0
    /// When the provider recorded it, RFC 3339; only the latest of a history counts.
    var captured: String?
    /// True when the provider recorded that it was deleted.
    var isDeletion = false
    /// True when what it leaves out is unknown and not absent.
    var isPartial = false

    var file: String { origin.path ?? "" }
}
