/// One thing of the estate: a JSON document with an identity, a type and an origin (`snapshot/1`).
public struct Resource: Sendable {
    /// The canonical type: `Microsoft.Storage/storageAccounts`, `AWS::S3::Bucket`, `microsoft.graph/applications`.
    public var type: String
    /// ARM id in lower case; ARN, else `type|account|region|primary identifier`; `unit path#address` for files.
    public var id: String
    /// The cloud whose shape the body has; `assay` for what this program derives itself.
    public var provider: Provider
    /// Enclosing scopes from outer to inner: `/tenants/…`, `/subscriptions/…`, `aws:<account>`, `aws:<account>:<region>`,
    /// `file:<unit>`.
    public var scope: [String]
    /// The provider's own name for it, or the logical id of a template that leaves the name to the provider.
    public var name: String
    /// Azure location (`westeurope`) or AWS region (`eu-west-1`); nil for a global resource or when the source does not
    /// say.
    public var region: String?
    /// Tag values by key in the owner's spelling; empty when there are none or the source does not show them.
    public var tags: [String: String]
    /// The version of the provider's API that the body follows, `2023-01-01`; nil when the source does not name
    /// one.
    ///
    /// Documented defaults are looked up by it.
    public var apiVersion: String?
    /// The call or the place in a file it was read from; verdicts and traces quote it.
    public var origin: Origin
    /// The id that a file's resource declares and that resolves, for comparison with the live estate.
    public var declaredId: String?
    /// References that a file declares to other resources of its unit, where the value is only known after deployment.
    public var links: [ResourceLink]
    /// The condition under which a file declares the resource, where that cannot be decided.
    public var condition: String?
    /// The whole ARM or Graph JSON for Azure, the CloudFormation properties for AWS; unknown values stand in place.
    public var body: DocumentNode
    /// False when the body's positions are those of a sealed copy and not of the file that `origin` names.
    public var hasPlacedBody = true

    /// A resource as a source gives it; paths in its body count from the body.
    public init(
        type: String, id: String, provider: Provider, scope: [String] = [], name: String, region: String? = nil,
        tags: [String: String] = [:], apiVersion: String? = nil, origin: Origin, declaredId: String? = nil,
        links: [ResourceLink] = [], condition: String? = nil, body: DocumentNode
    ) {
        self.type = type
        self.id = id
        self.provider = provider
        self.scope = scope
        self.name = name
        self.region = region
        self.tags = tags
        self.apiVersion = apiVersion
        self.origin = origin
        self.declaredId = declaredId
        self.links = links
        self.condition = condition
        self.body = body.rebased
    }

    /// What a verdict keeps of the resource.
    public var reference: ResourceReference { ResourceReference(id: id, type: type, name: name, origin: origin) }
}

/// A value of a resource that names another one.
public struct ResourceLink: Sendable, Hashable {
    /// Below the body; the value there is unknown.
    public let path: DocumentPath
    /// Id of the resource that it names.
    public let target: String
    /// True when it only holds under a condition that cannot be decided.
    public let isConditional: Bool

    /// A link as a reader of templates finds it.
    public init(path: DocumentPath, target: String, isConditional: Bool) {
        self.path = path
        self.target = target
        self.isConditional = isConditional
    }
}

/// The cloud a resource belongs to.
public enum Provider: String, Sendable, Hashable, CaseIterable {
    case azure
    case entra
    case aws
    case assay
}

/// A resource as verdicts and findings name it.
public struct ResourceReference: Sendable, Hashable {
    /// `Resource.id` of the same resource.
    public let id: String
    /// The canonical type, `Microsoft.Storage/storageAccounts`.
    public let type: String
    /// The name that people know it by; it need not be unique.
    public let name: String
    /// Where the resource was read, so that a finding leads back to the file or call.
    public let origin: Origin

    /// A reference as `Resource.reference` makes it.
    public init(id: String, type: String, name: String, origin: Origin) {
        self.id = id
        self.type = type
        self.name = name
        self.origin = origin
    }
}

/// Where a resource was read: an API call or a place in a file.
public struct Origin: Sendable, Hashable {
    /// How it was read.
    public enum Kind: String, Sendable, Hashable {
        case api
        case file
    }

    /// `file` also for an export of API answers: what counts is where the bytes were read.
    public var kind: Kind
    /// The API call, for `api`; the exporting command where it can be told, for `file`.
    public var call: String?
    /// The file as the user named it, with what lies below a named folder appended; nil when no file was read.
    public var path: String?
    /// Where the resource begins in the file, counted from 1; nil when the format has no lines.
    public var line: Int?
    /// Where the resource begins in its line, counted from 1 in UTF-8 bytes; nil when only the line is known.
    public var column: Int?
    /// When it was collected, RFC 3339 in UTC; nil when the source does not say.
    public var at: String?

    /// An origin as the reader of a source makes it.
    public init(
        kind: Kind, call: String? = nil, path: String? = nil, line: Int? = nil, column: Int? = nil, at: String? = nil
    ) {
        self.kind = kind
        self.call = call
        self.path = path
        self.line = line
        self.column = column
        self.at = at
    }

    /// `path:line` for a file, the call for an API.
    public var display: String {
        guard kind == .file, let path else { return call ?? "unknown origin" }
        return line.map { "\(path):\($0)" } ?? path
    }
}
