import AssayCore

/// Facts on who can reach the data of one storage account, vault or database server.
///
/// `coversDataPlane` says whether Azure shows all that opens the data; users inside a database it does not show.
enum ResourceAccess {
    static let type = "Assay::Azure::ResourceAccess"
    static let subjects = [
        AccessProbe.storage, AccessProbe.vault, AccessProbe.sql, AccessProbe.cosmos, AccessProbe.postgreSQL,
        AccessProbe.mySQL,
    ]
    static let sources = subjects + [RoleGrant.assignments, RoleGrant.eligible]
    /// Entries of one resource at most; beyond it the list is open.
    static let maximumEntries = 5_000

    /// What decides the list of a resource: resources that agree in it share one document, so that a thousand accounts
    /// of a subscription cost no more than one.
    private struct Key: Hashable {
        let grants: [Int]
        let denies: [String]
        let gaps: [UnknownReason?]
        let type: String
        let certainties: [Certainty]
    }

    /// One fact for each resource that can hold records.
    static func facts(_ model: AccessModel) -> [Resource] {
        var shared: [Key: DocumentNode] = [:]
        return subjects.flatMap { model.inputs.all($0) }.map { resource in
            let id = resource.id.lowercased()
            let plane = DataPlane(resource)
            let denials = model.denies(at: id, of: resource)
            var (places, gap) = model.grants(around: id)
            for collection in [RoleGrant.assignments, RoleGrant.eligible] {
                let missing = model.inputs.coverage.gap(collection, around: id, scopes: resource.scope)
                let isNone = missing?.isUnlicensed == true && collection == RoleGrant.eligible
                if let missing, !isNone { gap = gap ?? missing.reason }
            }
            // Deny assignments apply in degrees; a resource with any is judged by itself.
            let canShare = denials.rules.isEmpty && !plane.hasDirectGrants
            let key = Key(
                grants: places, denies: canShare ? [] : [id], gaps: [gap, denials.gap, plane.gap], type: plane.type,
                certainties: [plane.acceptsKeys, plane.acceptsRoles])
            let body = shared[key] ?? Document(body(plane, places, denials, gap: gap, model)).root
            if canShare { shared[key] = body }
            return model.inputs.fact(type, about: resource, "access", name: resource.name, body: body)
        }
    }

    private static func body(
        _ plane: DataPlane, _ places: [Int], _ denials: AccessModel.Denials, gap: UnknownReason?, _ model: AccessModel
    ) -> Tree {
        var gap = gap
        var entries: [(key: String, tree: Tree)] = []
        for place in places {
            let grant = model.grants[place]
            let role = model.role(of: grant)
            guard grant.principalID.string != nil else {
                gap = gap ?? grant.principalID.hiddenReason ?? .missingPath
                continue
            }
            for (principal, memberGap) in model.holders(of: grant) {
                let rights = EffectiveRights(grant, role, principal, denials)
                guard let entry = entry(grant, role, principal, memberGap, rights, plane) else { continue }
                entries.append((principal.id + "|" + grant.resource.id, entry))
            }
        }
        for (principal, permission, memberGap) in plane.direct(model.directory) {
            entries.append((principal.id + "|" + permission.role, entry(principal, permission, memberGap)))
        }
        entries.sort { $0.key < $1.key }
        if entries.count > maximumEntries {
            entries.removeLast(entries.count - maximumEntries)
            gap = gap ?? .interrupted
        }
        return .object([
            ("resourceType", .string(plane.type)), ("coversDataPlane", .bool(plane.coversDataPlane)),
            ("keysOpenData", plane.acceptsKeys.tree),
            ("principals", .list(entries.map(\.tree), openBecause: gap ?? plane.gap)),
        ])
    }

    /// An entry of the list; nil for a principal that can do nothing that matters here.
    private static func entry(
        _ grant: RoleGrant, _ role: AccessModel.Role, _ principal: PrincipalDirectory.Principal, _ gap: UnknownReason?,
        _ rights: EffectiveRights, _ plane: DataPlane
    ) -> Tree? {
        let keys = rights.can(.useKeys, plane.type) && plane.acceptsKeys
        let abilities: [(String, Certainty)] = [
            ("canReadData", (rights.can(.readData, plane.type) && plane.acceptsRoles) || keys),
            ("canWriteData", (rights.can(.writeData, plane.type) && plane.acceptsRoles) || keys),
            ("canUseKeys", keys),
            ("canManage", rights.can(.manage, plane.type)),
            ("canManageAccess", rights.can(.manageAccess, plane.type)),
            ("isOwnerLike", EffectivePermissions.isOwnerLike(role, rights)),
        ]
        guard abilities.contains(where: { !$0.1.isNo }) else { return nil }
        var members =
            identity(principal) + [
                ("role", role.name), ("roleDefinitionId", grant.roleID.tree),
                ("scope", grant.scope.map { .string($0) } ?? .unknown(grant.scopeGap ?? .missingPath)),
                ("state", grant.state), ("expires", grant.expires),
            ]
        members += abilities.map { ($0.0, settled($0.1, gap)) }
        return .object(members)
    }

    private static func entry(
        _ principal: PrincipalDirectory.Principal, _ permission: DataPlane.Permission, _ gap: UnknownReason?
    ) -> Tree {
        .object(
            identity(principal) + [
                ("role", .string(permission.role)), ("roleDefinitionId", Tree(.null)), ("scope", .string("resource")),
                ("state", .string("standing")), ("expires", Tree(.null)),
                ("canReadData", settled(permission.reads, gap)), ("canWriteData", settled(permission.writes, gap)),
                ("canUseKeys", .bool(false)), ("canManage", .bool(false)), ("canManageAccess", .bool(false)),
                ("isOwnerLike", .bool(false)),
            ])
    }

    private static func identity(_ principal: PrincipalDirectory.Principal) -> [(String, Tree)] {
        [
            ("id", .string(principal.id)),
            ("type", principal.kind.map { .string($0) } ?? .unknown(.missingPath)),
            ("name", principal.name.map { .string($0) } ?? Tree(.null)),
            ("viaGroup", .bool(!principal.via.isEmpty)),
            ("via", .texts(principal.via)),
        ]
    }

    /// A group that cannot be looked into may be empty, so what it may do nobody may be able to do.
    private static func settled(_ ability: Certainty, _ gap: UnknownReason?) -> Tree {
        if let gap, !ability.isNo { return .unknown(gap) }
        return ability.tree
    }
}
