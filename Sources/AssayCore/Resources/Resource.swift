/// One thing of the estate: a JSON document with an identity, a type and an origin (`snapshot/1`).
public struct Resource: Sendable {
    /// The canonical type: `Microsoft.Storage/storageAccounts`, `AWS::S3::Bucket`, `microsoft.graph/applications`.
    public var type: String
    /// ARM id in lower case; ARN, else `type|account|region|primary identifier`; `unit path#address` for files.
    public var id: String
    public var provider: Provider
    /// Enclosing scopes from outer to inner: `/tenants/…`, `/subscriptions/…`, `aws:<account>`, `aws:<account>:<region>`,
    /// `file:<unit>`.
    public var scope: [String]
    public var name: String
    public var region: String?
    public var tags: [String: String]
    public var apiVersion: String?
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
    public let id: String
    public let type: String
    public let name: String
    public let origin: Origin

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

    public var kind: Kind
    /// The API call, for `api`; the exporting command where it can be told, for `file`.
    public var call: String?
    public var path: String?
    public var line: Int?
    public var column: Int?
    /// When it was collected, RFC 3339 in UTC; nil when the source does not say.
    public var at: String?

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
