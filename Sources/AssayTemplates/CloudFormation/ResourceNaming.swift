import AssayCore

/// The name, tags and identity that a resource's properties give it.
enum ResourceNaming {
    /// Types whose name property is not called after the type.
    private static let exceptions = [
        "AWS::EC2::SecurityGroup": "GroupName",
        "AWS::ElastiCache::ReplicationGroup": "ReplicationGroupId",
        "AWS::Neptune::DBCluster": "DBClusterIdentifier",
        "AWS::AutoScaling::LaunchConfiguration": "LaunchConfigurationName",
    ]

    /// The name that the properties give, or nil when they leave it to the provider or it is not known.
    ///
    /// CloudFormation calls the property `<Type>Name`, `<Type>Identifier` or `Name`.
    static func name(type: String, body: Tree) -> String? {
        var candidates = exceptions[type].map { [$0] } ?? []
        if let colon = type.lastIndex(of: ":") {
            let last = type[type.index(after: colon)...]
            candidates += ["\(last)Name", "\(last)Identifier", "Name"]
        }
        for candidate in candidates {
            if let name = body[candidate]?.stringValue, !name.isEmpty { return name }
        }
        return nil
    }

    /// The tags that are known: a list of `{Key, Value}` or an object.
    static func tags(_ body: Tree) -> [String: String] {
        guard let value = body["Tags"] else { return [:] }
        var tags: [String: String] = [:]
        for member in value.members ?? [] {
            if let text = member.value.scalarText { tags[member.key] = text }
        }
        for element in value.elements ?? [] {
            if let key = element["Key"]?.scalarText, let text = element["Value"]?.scalarText { tags[key] = text }
        }
        return tags
    }

    /// The id that the resource will have in the cloud, where the template alone decides it: most ARNs hold an
    /// account and a region, a bucket's does not.
    static func declaredId(type: String, body: Tree) -> String? {
        guard type == "AWS::S3::Bucket", let name = body["BucketName"]?.stringValue else { return nil }
        return "arn:aws:s3:::\(name)"
    }
}
