import AssayCore

/// The canned access control list (S3 user guide, canned ACL) that a list of grants makes up.
enum CannedACL {
    /// CloudFormation's name of it; nil when the grants are those of no canned list.
    static func name(ofGrants grants: Tree) -> String? {
        guard let elements = grants.elements else { return nil }
        var people: Set<String> = []
        var groups: [String: Set<String>] = [:]
        for grant in elements {
            guard let permission = grant["Permission"]?.stringValue, let grantee = grant["Grantee"] else { return nil }
            if let uri = grantee["URI"]?.stringValue {
                groups[uri.split(separator: "/").last.map(String.init) ?? uri, default: []].insert(permission)
            } else if let id = grantee["ID"]?.stringValue ?? grantee["EmailAddress"]?.stringValue {
                people.insert(id)
            } else {
                return nil
            }
        }
        guard people.count <= 1 else { return nil }
        switch (groups.count, groups["AllUsers"], groups["AuthenticatedUsers"], groups["LogDelivery"]) {
        case (0, nil, nil, nil): return "Private"
        case (1, ["READ"], nil, nil): return "PublicRead"
        case (1, ["READ", "WRITE"], nil, nil), (1, ["FULL_CONTROL"], nil, nil), (1, ["WRITE"], nil, nil):
            return "PublicReadWrite"
        case (1, nil, ["READ"], nil): return "AuthenticatedRead"
        case (1, nil, nil, ["READ_ACP", "WRITE"]): return "LogDeliveryWrite"
        default: return nil
        }
    }
}
