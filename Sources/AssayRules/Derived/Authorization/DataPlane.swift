import AssayCore

/// What opens the data of a resource beside roles: account keys, access policies of a vault, a server's administrator.
struct DataPlane {
    /// What the resource itself grants.
    struct Permission {
        let role: String
        let reads: Certainty
        let writes: Certainty
    }

    let type: String
    /// Whether Azure shows all that opens the data.
    let coversDataPlane: Bool
    /// Whether account keys open the data.
    let acceptsKeys: Certainty
    /// Whether roles open the data.
    let acceptsRoles: Certainty
    /// Why the resource may grant more than it shows.
    private(set) var gap: UnknownReason?
    private var grants: [(id: String, kind: String?, name: String?, Permission)] = []

    init(_ resource: Resource) {
        let lower = resource.type.lowercased()
        type = ResourceAccess.subjects.first { $0.lowercased() == lower } ?? resource.type
        let properties = resource.body
        var acceptsKeys = Certainty.no
        var acceptsRoles = Certainty.yes
        coversDataPlane = type == AccessProbe.storage || type == AccessProbe.vault
        switch type {
        case AccessProbe.storage:
            // Accounts that say nothing accept keys.
            acceptsKeys = properties.read("properties", "allowSharedKeyAccess").certainty(whenAbsent: true)
        case AccessProbe.cosmos:
            acceptsKeys = !properties.read("properties", "disableLocalAuth").certainty(whenAbsent: false)
        case AccessProbe.vault:
            acceptsRoles = properties.read("properties", "enableRbacAuthorization").certainty(whenAbsent: false)
        default: break
        }
        self.acceptsKeys = acceptsKeys
        self.acceptsRoles = acceptsRoles
        if type == AccessProbe.vault, acceptsRoles != .yes { readPolicies(of: resource) }
        if type == AccessProbe.sql { readAdministrator(of: resource) }
    }

    private static let reading: Set<String> = ["get", "decrypt", "unwrapkey", "backup", "all"]
    private static let writing: Set<String> = [
        "set", "create", "import", "delete", "purge", "rotate", "update", "restore", "recover", "all",
    ]

    private mutating func readPolicies(of vault: Resource) {
        let policies = vault.body.read("properties", "accessPolicies")
        gap = policies.hiddenReason
        for policy in policies.elements {
            guard let id = policy.read("objectId").string?.lowercased() else {
                gap = gap ?? policy.unknownReason ?? .unmapped
                continue
            }
            var reads = Certainty.no
            var writes = Certainty.no
            for area in ["secrets", "keys", "certificates"] {
                let list = policy.read("permissions", area)
                if let reason = list.hiddenReason {
                    reads = reads || .unknown(reason)
                    writes = writes || .unknown(reason)
                }
                let words = Set(list.elements.compactMap { $0.string?.lowercased() })
                // To get a key or certificate shows its public half only.
                let secret = area == "secrets" ? Self.reading : Self.reading.subtracting(["get"])
                reads = reads || Certainty(!words.isDisjoint(with: secret))
                writes = writes || Certainty(!words.isDisjoint(with: Self.writing))
            }
            // A vault that may go by roles instead grants this much at most.
            let applies = !acceptsRoles
            guard !(reads.isNo && writes.isNo) else { continue }
            grants.append(
                (id, nil, nil, Permission(role: "access policy", reads: reads && applies, writes: writes && applies)))
        }
    }

    private mutating func readAdministrator(of server: Resource) {
        let administrator = server.body.read("properties", "administrators")
        switch administrator {
        case .absent: return
        case .hidden(let reason, _): gap = reason
        case .found(let node):
            guard let id = node.read("sid").string?.lowercased() else {
                gap = node.read("sid").hiddenReason ?? .missingPath
                return
            }
            let kind = node.read("principalType").string
            grants.append(
                (
                    id, kind == "Application" ? "ServicePrincipal" : kind, node.read("login").string,
                    Permission(role: "administrator", reads: .yes, writes: .yes)
                ))
        }
    }

    /// Whether the resource itself lets somebody in.
    var hasDirectGrants: Bool { !grants.isEmpty }

    /// Those whom the resource itself lets in, groups taken apart.
    func direct(
        _ directory: PrincipalDirectory
    ) -> [(PrincipalDirectory.Principal, Permission, UnknownReason?)] {
        grants.flatMap { grant -> [(PrincipalDirectory.Principal, Permission, UnknownReason?)] in
            guard directory.isGroup(grant.id, kind: grant.kind) else {
                return [(directory.principal(grant.id, kind: grant.kind, name: grant.name), grant.3, nil)]
            }
            let members = directory.members(of: grant.id)
            var found: [(PrincipalDirectory.Principal, Permission, UnknownReason?)] =
                members.principals.map { ($0, grant.3, nil) }
            if let gap = members.gap {
                found.append((directory.principal(grant.id, kind: "Group", name: grant.name), grant.3, gap))
            }
            return found
        }
    }
}
