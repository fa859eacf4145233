import AssayCore

/// Facts on who holds which role where, after groups, Privileged Identity Management and denies.
enum EffectivePermissions {
    static let type = "Assay::Azure::EffectivePermission"
    static let sources = [RoleGrant.assignments, RoleGrant.eligible]

    /// One fact for each grant and each user or program that holds it.
    static func facts(_ model: AccessModel) -> [Resource] {
        model.grants.flatMap { grant -> [Resource] in
            let role = model.role(of: grant)
            let denials =
                grant.scope.map { model.denies(at: $0, of: grant.resource) }
                ?? AccessModel.Denials(rules: [], gap: grant.scopeGap)
            guard grant.principalID.string != nil else {
                let nobody = PrincipalDirectory.Principal(id: "", kind: grant.principalKind, name: nil)
                return [fact(grant, role, nobody, gap: nil, denials, model)]
            }
            return model.holders(of: grant).map { holder in
                fact(grant, role, holder.principal, gap: holder.gap, denials, model)
            }
        }
    }

    private static func fact(
        _ grant: RoleGrant, _ role: AccessModel.Role, _ principal: PrincipalDirectory.Principal, gap: UnknownReason?,
        _ denials: AccessModel.Denials, _ model: AccessModel
    ) -> Resource {
        let rights = EffectiveRights(grant, role, principal, denials)
        let isNamed = !principal.id.isEmpty
        func list(_ path: KeyPath<Permissions, [String]>) -> Tree {
            switch role.permissions {
            case .success(let permissions): .texts(permissions[keyPath: path])
            case .failure(let failure): .unknown(failure.reason)
            }
        }
        let via = principal.via.isEmpty ? [("direct", principal.id)] : principal.via.map { ("group", $0) }
        let unnamed = grant.principalID.hiddenReason ?? .missingPath
        var members: [(String, Tree)] = [
            ("principalId", isNamed ? .string(principal.id) : .unknown(unnamed)),
            ("principalType", principal.kind.map { .string($0) } ?? .unknown(.missingPath)),
            ("principalName", principal.name.map { .string($0) } ?? Tree(.null)),
            ("isOrphan", isNamed ? model.directory.isOrphan(principal).tree : .unknown(unnamed)),
            ("assignmentId", .string(grant.resource.id)),
            ("scope", grant.scope.map { .string($0) } ?? .unknown(grant.scopeGap ?? .missingPath)),
            ("scopeKind", grant.scope.map { .string(kind(of: $0)) } ?? .unknown(grant.scopeGap ?? .missingPath)),
            ("roleName", role.name),
            ("roleDefinitionId", grant.roleID.tree),
            (
                "via",
                isNamed
                    ? .array(via.map { .object([("kind", .string($0.0)), ("id", .string($0.1))]) }) : .unknown(unnamed)
            ),
            ("state", grant.state),
            ("expires", grant.expires),
            ("actions", list(\.actions)),
            ("notActions", list(\.notActions)),
            ("dataActions", list(\.dataActions)),
            ("notDataActions", list(\.notDataActions)),
            ("isConditional", grant.hasCondition.tree),
            ("canReadData", rights.can(.readData).tree),
            ("canWriteData", rights.can(.writeData).tree),
            ("canUseKeys", rights.can(.useKeys).tree),
            ("canManageAccess", rights.can(.manageAccess).tree),
            ("isOwnerLike", isOwnerLike(role, rights).tree),
            ("deniedBy", denials.ids(binding: principal)),
        ]
        if let gap { members.append(("members", .unknown(gap))) }
        return model.inputs.fact(
            type, about: grant.resource, "permission/" + (isNamed ? principal.id : "unknown"),
            name: principal.name ?? (isNamed ? principal.id : grant.resource.name), body: .object(members))
    }

    /// Owner, or any role that starts from every action and may give roles.
    static func isOwnerLike(_ role: AccessModel.Role, _ rights: EffectiveRights) -> Certainty {
        switch role.permissions {
        case .failure(let failure): .unknown(failure.reason)
        case .success(let permissions): Certainty(permissions.isOwnerLike) && rights.can(.manageAccess)
        }
    }

    private static func kind(of scope: String) -> String {
        if scope == "/" { return "tenant" }
        if scope.hasPrefix(ScopeHierarchy.groupPrefix) { return "managementGroup" }
        let parts = scope.split(separator: "/")
        guard parts.first == "subscriptions" else { return "other" }
        return parts.count == 2 ? "subscription" : parts.count == 4 ? "resourceGroup" : "resource"
    }
}
