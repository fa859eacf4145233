import AssayCore

/// Who was granted which role where, what denies take back, and which scopes enclose which.
struct AccessModel {
    let inputs: FactInputs
    let directory: PrincipalDirectory
    let grants: [RoleGrant]
    /// Places in `grants` by scope, and the scopes in order for what lies below one.
    private let byScope: [String: [Int]]
    private let scopes: [String]
    /// Why grants whose scope is not known may stand anywhere.
    let unplaced: UnknownReason?
    private let roles: [String: Role]
    private let denies: [String: [DenyRule]]
    private let hierarchy: ScopeHierarchy
    private let members: [String: PrincipalDirectory.Members]

    /// A role definition.
    struct Role {
        let name: Tree
        let permissions: Result<Permissions, Permissions.Hidden>
    }

    static let roleDefinitions = "Microsoft.Authorization/roleDefinitions"

    init(_ inputs: FactInputs) {
        self.inputs = inputs
        directory = PrincipalDirectory(inputs)
        hierarchy = ScopeHierarchy(inputs)
        grants = RoleGrant.all(inputs)
        var byScope: [String: [Int]] = [:]
        var members: [String: PrincipalDirectory.Members] = [:]
        for (place, grant) in grants.enumerated() {
            if let scope = grant.scope { byScope[scope, default: []].append(place) }
            guard let id = grant.principalID.string?.lowercased(), members[id] == nil,
                directory.isGroup(id, kind: grant.principalKind)
            else { continue }
            members[id] = directory.members(of: id)
        }
        unplaced = grants.lazy.compactMap(\.scopeGap).first
        self.byScope = byScope
        self.members = members
        scopes = byScope.keys.sorted()
        var roles: [String: Role] = [:]
        for definition in inputs.all(Self.roleDefinitions) {
            let key = Self.key(ofRole: definition.id)
            guard roles[key] == nil else { continue }
            let name = definition.body.read("properties", "roleName").tree
            roles[key] = Role(name: name, permissions: Permissions.read(definition.body))
        }
        self.roles = roles
        denies = Dictionary(
            grouping: inputs.all(DenyRule.type).map { [directory] in DenyRule($0, directory) }, by: \.scope)
    }

    /// A definition has one id in every scope that it can be assigned in; what is the same is its last part.
    private static func key(ofRole id: String) -> String {
        id.split(separator: "/").last.map { $0.lowercased() } ?? ""
    }

    /// The role of a grant.
    func role(of grant: RoleGrant) -> Role {
        switch grant.roleID {
        case .hidden(let reason, _): return Role(name: .unknown(reason), permissions: .failure(.init(reason: reason)))
        case .absent:
            return Role(name: .unknown(.missingPath), permissions: .failure(.init(reason: .missingPath)))
        case .found(let node):
            if let role = roles[Self.key(ofRole: node.stringValue)] { return role }
            let gap = inputs.gap(Self.roleDefinitions, at: grant.scope ?? "/", of: grant.resource)
            let reason = gap?.reason ?? .notCollected
            return Role(name: .unknown(reason), permissions: .failure(.init(reason: reason)))
        }
    }

    /// Those who hold a grant: the principal itself or, for a group, its members; a group that cannot be looked into
    /// whole is among them, with the reason.
    func holders(of grant: RoleGrant) -> [(principal: PrincipalDirectory.Principal, gap: UnknownReason?)] {
        guard let id = grant.principalID.string?.lowercased() else { return [] }
        guard let expanded = members[id] else {
            return [(directory.principal(id, kind: grant.principalKind), nil)]
        }
        var holders: [(principal: PrincipalDirectory.Principal, gap: UnknownReason?)] =
            expanded.principals.map { ($0, nil) }
        if let gap = expanded.gap { holders.append((directory.principal(id, kind: "Group"), gap)) }
        return holders
    }

    /// The scopes that enclose a scope, itself first, and why there may be management groups that are not among them.
    func enclosing(_ scope: String) -> (scopes: [String], gap: UnknownReason?) {
        var found: [String] = []
        var rest = scope[...]
        if scope.hasPrefix("/subscriptions/") {
            while rest.count > 1, let slash = rest.lastIndex(of: "/") {
                if rest != "/subscriptions" { found.append(String(rest)) }
                rest = rest[..<slash]
            }
        } else if scope != "/" {
            found.append(scope)
        }
        let ancestors = hierarchy.ancestors(of: scope)
        return (found + ancestors.groups + ["/"], ancestors.gap)
    }

    /// Places of the grants that bear on a resource: those at it, above it and below it.
    func grants(around id: String) -> (places: [Int], gap: UnknownReason?) {
        let (above, hierarchyGap) = enclosing(id)
        var places = above.flatMap { byScope[$0] ?? [] }
        let prefix = id + "/"
        let first = scopes.firstPlace { $0 >= prefix }
        for scope in scopes[first...] {
            guard scope.hasPrefix(prefix) else { break }
            places += byScope[scope] ?? []
        }
        var gap = unplaced
        if let hierarchyGap {
            let groupScopes = scopes[scopes.firstPlace { $0 >= ScopeHierarchy.groupPrefix }...]
                .prefix { $0.hasPrefix(ScopeHierarchy.groupPrefix) }
            let named = Set(above)
            if groupScopes.contains(where: { !named.contains($0) }) { gap = gap ?? hierarchyGap }
        }
        return (places, gap)
    }

    /// The deny assignments that bear on a scope, and why there may be others.
    func denies(at scope: String, of resource: Resource) -> Denials {
        let (above, hierarchyGap) = enclosing(scope)
        var rules: [(DenyRule, Certainty)] = []
        for place in above {
            for rule in denies[place] ?? [] {
                rules.append((rule, place == scope ? .yes : rule.appliesBelow))
            }
        }
        if let hierarchyGap {
            let named = Set(above)
            for (place, found) in denies where place.hasPrefix(ScopeHierarchy.groupPrefix) && !named.contains(place) {
                rules += found.map { ($0, .unknown(hierarchyGap)) }
            }
        }
        rules.sort { $0.0.id < $1.0.id }
        return Denials(rules: rules, gap: inputs.gap(DenyRule.type, at: scope, of: resource)?.reason)
    }

    /// Deny assignments at one scope.
    struct Denials {
        let rules: [(DenyRule, Certainty)]
        let gap: UnknownReason?

        /// The ids of those that bind a principal.
        func ids(binding principal: PrincipalDirectory.Principal) -> Tree {
            var ids: [Tree] = []
            var open = gap
            for (rule, applies) in rules {
                switch applies && rule.binds(principal) {
                case .yes: ids.append(.string(rule.id))
                case .no: continue
                case .unknown(let reason): open = open ?? reason
                }
            }
            return .list(ids, openBecause: open)
        }
    }
}
