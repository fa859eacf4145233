import AssayCore

/// What an Azure Resource Manager id says: subscription, resource group, type, name, parent.
///
/// Ids are compared without regard to case and arrive in mixed case; `normalised` is the lower-cased form with its
/// leading slash. A path that ends in a type, as the URL of a list does, is a collection.
struct ARMIdentifier: Sendable, Hashable {
    /// The lower-cased id.
    let normalised: String
    /// The subscription's id in lower case.
    let subscription: String?
    /// The resource group's name in lower case.
    let resourceGroup: String?
    /// The type in the id's own spelling; nil when the id names none.
    let type: String?
    let name: String
    /// The lower-cased id one level up; nil for a collection outside any scope.
    let parent: String?
    /// True when the path ends in a type, so that it names the members of `parent`.
    let isCollection: Bool

    /// Reads an id or the path of a request URL; nil when it is not one.
    init?(_ text: String) {
        let trimmed = text.hasPrefix("/") ? text.dropFirst() : text[...]
        let segments = trimmed.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        guard let first = segments.first?.lowercased(), segments.count >= 2,
            ["subscriptions", "providers", "tenants"].contains(first)
        else { return nil }
        normalised = "/" + segments.joined(separator: "/").lowercased()
        subscription = first == "subscriptions" ? segments[1].lowercased() : nil
        resourceGroup =
            first == "subscriptions" && segments.count >= 4 && segments[2].lowercased() == "resourcegroups"
            ? segments[3].lowercased() : nil
        // The last `providers` segment starts the type; one in an odd place is a resource's name.
        let start = segments.indices.last { index in
            segments[index].lowercased() == "providers" && index + 1 < segments.count && index % 2 == 0
        }
        if let start, segments.count > start + 2 {
            let rest = segments[(start + 2)...]
            let types = stride(from: rest.startIndex, to: rest.endIndex, by: 2).map { rest[$0] }
            type = ([segments[start + 1]] + types).joined(separator: "/")
            isCollection = rest.count % 2 == 1
        } else if start != nil {
            type = "Microsoft.Resources/providers"
            isCollection = false
        } else if first == "tenants" {
            type = "Microsoft.Resources/tenants"
            isCollection = false
        } else {
            switch (segments.count, segments.count > 2 ? segments[2].lowercased() : "") {
            case (2, _): type = "Microsoft.Resources/subscriptions"
            case (3, "resourcegroups"), (4, "resourcegroups"): type = "Microsoft.Resources/resourceGroups"
            case (3, _), (4, _): type = "Microsoft.Resources/subscriptions/\(segments[2])"
            default: type = nil
            }
            isCollection = segments.count == 3
        }
        name = segments[segments.count - 1]
        var above = segments.dropLast(isCollection ? 1 : 2)
        // Above the first type of a namespace stands the scope that the provider extends.
        if let start, above.count == start + 2 { above = above.dropLast(2) }
        parent = above.isEmpty ? nil : "/" + above.joined(separator: "/").lowercased()
    }

    /// The enclosing scopes from outer to inner.
    var scope: [String] {
        guard let subscription else { return [] }
        let outer = "/subscriptions/\(subscription)"
        return resourceGroup.map { [outer, "\(outer)/resourcegroups/\($0)"] } ?? [outer]
    }
}

extension ARMIdentifier {
    /// Reads the path of a request URL, without scheme, host and query; nil for another service's URL.
    init?(url: String) {
        guard let host = Self.host(of: url), Self.isManagementHost(host) else { return nil }
        let withoutQuery = url.prefix { $0 != "?" }
        guard let scheme = withoutQuery.firstRange(of: "://") else { return nil }
        let path = withoutQuery[scheme.upperBound...].drop { $0 != "/" }
        self.init(Self.withSlashes(String(path)))
    }

    /// The host of an absolute URL in lower case.
    static func host(of url: String) -> String? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        return url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != ":" }.lowercased()
    }

    private static func isManagementHost(_ host: String) -> Bool {
        host.hasPrefix("management.") && (host.contains("azure") || host.contains("usgovcloudapi"))
    }

    private static func withSlashes(_ path: String) -> String {
        path.split(separator: "%2F", omittingEmptySubsequences: false).flatMap {
            $0.split(separator: "%2f", omittingEmptySubsequences: false)
        }.joined(separator: "/")
    }
}
