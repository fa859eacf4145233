import AssayCore

/// One CloudFormation or `Assay::AWS::…` type of `types-aws.yaml`.
struct AWSType: Sendable {
    let type: String
    /// The property that identifies it, CloudFormation's primary identifier.
    let identifier: String
    /// `arn:{partition}:s3:::{id}`; nil when the type has no ARN.
    let arn: String?
    /// The property that names it; the identifier when nil.
    let nameProperty: String?
    /// True when its identity has no Region.
    let isGlobal: Bool
    /// True when the account has one and its answer names no subject.
    let isAccountWide: Bool
    /// Properties that only their own answers show.
    let parts: [String]
    /// Parts that CloudFormation has no property for, so that Cloud Control does not show them.
    let extras: [String]
    /// AWS Config's name of the type, where it is another type's name in CloudFormation.
    let configType: String?
    let shape: ValueShape
    /// A service answer's element, and AWS Config's `configuration`, to properties.
    let api: PropertyMapping
    /// What AWS Config adds beside `configuration`.
    let config: ConfigReading?
    let folding: Folding?

    /// How AWS Config shows a type.
    struct ConfigReading: Sendable {
        /// `supplementaryConfiguration` to properties.
        let supplementary: PropertyMapping
        /// Parts that a configuration item always shows.
        let covers: Coverings
    }

    /// What an answer in CloudFormation's own shape covers.
    var declarable: Coverings { extras.isEmpty ? .all : .parts(Set(parts).subtracting(extras)) }

    init(table node: DocumentNode) throws(ShapeTableError) {
        try node.expectKeys([
            "type", "identifier", "arn", "name", "global", "accountWide", "parts", "extras", "configType", "shape",
            "api", "config", "fold",
        ])
        type = try node.requiredText("type")
        identifier = node["identifier"]?.string ?? ""
        arn = node["arn"]?.string
        nameProperty = node["name"]?.string
        isGlobal = node["global"]?.bool ?? false
        isAccountWide = node["accountWide"]?.bool ?? false
        parts = try node.texts("parts")
        extras = try node.texts("extras")
        configType = node["configType"]?.string
        shape = try node["shape"].map { node throws(ShapeTableError) in try ValueShape(table: node) } ?? .any
        api = try PropertyMapping(table: node["api"])
        folding = try node["fold"].map { node throws(ShapeTableError) in try Folding(table: node) }
        if let config = node["config"] {
            try config.expectKeys(["supplementary", "covers"])
            self.config = ConfigReading(
                supplementary: try PropertyMapping(table: config["supplementary"]),
                covers: try Coverings(table: config, key: "covers"))
        } else {
            config = nil
        }
    }
}

/// Which parts of a resource an answer shows, whether they are set or not.
enum Coverings: Sendable, Hashable {
    case all
    case parts(Set<String>)

    static let none = Coverings.parts([])

    init(table node: DocumentNode, key: String) throws(ShapeTableError) {
        self = node[key]?.string == "all" ? .all : .parts(Set(try node.texts(key)))
    }

    func contains(_ part: String) -> Bool {
        switch self {
        case .all: true
        case .parts(let parts): parts.contains(part)
        }
    }

    func union(_ other: Coverings) -> Coverings {
        guard case .parts(let mine) = self, case .parts(let others) = other else { return .all }
        return .parts(mine.union(others))
    }
}
