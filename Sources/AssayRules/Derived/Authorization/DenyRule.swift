import AssayCore

/// A deny assignment: what it takes, from whom, and whom it spares.
struct DenyRule {
    static let type = "Microsoft.Authorization/denyAssignments"
    /// Stands for every user, group and program of the tenant.
    private static let everyone = "00000000-0000-0000-0000-000000000000"

    let id: String
    let scope: String
    let appliesBelow: Certainty
    let permissions: Result<Permissions, Permissions.Hidden>
    private let isForEveryone: Bool
    private let principals: Set<String>
    private let principalGap: UnknownReason?
    private let excluded: Set<String>
    private let excludedGap: UnknownReason?

    init(_ resource: Resource, _ directory: PrincipalDirectory) {
        id = resource.id
        let parts = resource.id.lowercased().split(separator: "/")
        let place = parts.lastIndex(of: "microsoft.authorization") ?? 1
        scope = RoleGrant.normalised(
            resource.body.read("properties", "scope").string ?? parts[..<max(0, place - 1)].joined(separator: "/"))
        appliesBelow = !resource.body.read("properties", "doNotApplyToChildScopes").certainty(whenAbsent: false)
        permissions = Permissions.read(resource.body)
        let listed = Self.ids(resource.body.read("properties", "principals"), directory)
        principals = listed.ids
        principalGap = listed.gap
        isForEveryone = listed.ids.contains(Self.everyone)
        let spared = Self.ids(resource.body.read("properties", "excludePrincipals"), directory)
        excluded = spared.ids
        excludedGap = spared.gap
    }

    /// The ids of a list with those of the members of its groups.
    private static func ids(
        _ list: Reading, _ directory: PrincipalDirectory
    ) -> (ids: Set<String>, gap: UnknownReason?) {
        var ids: Set<String> = []
        var gap = list.hiddenReason
        for element in list.elements {
            guard let id = element.read("id").string?.lowercased() else {
                gap = gap ?? element.unknownReason ?? .unmapped
                continue
            }
            ids.insert(id)
            guard directory.isGroup(id, kind: element.read("type").string) else { continue }
            let members = directory.members(of: id)
            ids.formUnion(members.principals.map(\.id))
            gap = gap ?? members.gap
        }
        return (ids, gap)
    }

    /// Whether the rule takes something from a principal.
    func binds(_ principal: PrincipalDirectory.Principal) -> Certainty {
        let names = [principal.id] + principal.via
        func lists(_ set: Set<String>, _ gap: UnknownReason?) -> Certainty {
            if names.contains(where: { set.contains($0) }) { return .yes }
            return gap.map { .unknown($0) } ?? .no
        }
        let isNamed: Certainty = isForEveryone ? .yes : lists(principals, principalGap)
        return isNamed && !lists(excluded, excludedGap)
    }
}
