import AssayCore

/// What an identity may do at a scope, as Resource Manager shows it (`Microsoft.Authorization/permissions`).
struct AzurePermissions: Sendable, Hashable {
    struct Grant: Sendable, Hashable {
        let actions: [String]
        let notActions: [String]
    }

    let grants: [Grant]

    static func read(_ client: AzureClient, scope: String) async throws -> AzurePermissions {
        var grants: [Grant] = []
        _ = try await client.pages(
            AzureClient.Call(
                service: .arm, target: "\(scope)/providers/Microsoft.Authorization/permissions",
                apiVersion: "2022-04-01")
        ) { page in
            for element in page.elements {
                func texts(_ key: String) -> [String] { (element[key]?.elements ?? []).compactMap(\.stringValue) }
                grants.append(Grant(actions: texts("actions"), notActions: texts("notActions")))
            }
        }
        return AzurePermissions(grants: grants)
    }

    /// True when some grant holds the action and takes it back nowhere.
    func allows(_ action: String) -> Bool {
        grants.contains { grant in
            grant.actions.contains { Self.matches($0, action) }
                && !grant.notActions.contains { Self.matches($0, action) }
        }
    }

    /// True for `*/read` or `*` without an exception for a read.
    var allowsAllReads: Bool {
        grants.contains { grant in
            grant.actions.contains { ["*", "*/read"].contains($0.lowercased()) }
                && !grant.notActions.contains { $0.lowercased().hasSuffix("/read") || $0.hasSuffix("*") }
        }
    }

    /// Actions match without regard to case; `*` stands for any text, slashes included.
    static func matches(_ pattern: String, _ action: String) -> Bool {
        let parts = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false)
        var rest = action.lowercased()[...]
        guard let first = parts.first, rest.hasPrefix(first) else { return false }
        guard parts.count > 1 else { return rest == first }
        rest = rest.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return parts.last.map { rest.hasSuffix($0) } ?? true
    }
}
