import AssayCore

/// Users, service principals and groups of the directory, and who is in a group through other groups.
struct PrincipalDirectory {
    /// Members of one group that are looked up at most; beyond it the group counts as not expanded.
    static let maximumMembers = 10_000

    /// A user or service principal, or a group that stands for itself.
    struct Principal {
        let id: String
        /// `User`, `ServicePrincipal`, `Group` or what the assignment says; nil when nobody says.
        let kind: String?
        let name: String?
        /// The groups through which it is a member, outermost first.
        var via: [String] = []
    }

    /// Who is in a group, and why there may be more.
    struct Members {
        var principals: [Principal] = []
        var gap: UnknownReason?
    }

    private struct Group {
        let name: String?
        var members: [Principal] = []
        var gap: UnknownReason?
    }

    private var known: [String: Principal] = [:]
    private var groups: [String: Group] = [:]
    private let groupGap: UnknownReason?
    private let gaps: [String: UnknownReason]

    init(_ inputs: FactInputs) {
        groupGap = inputs.coverage.gapAnywhere("microsoft.graph/groups")?.reason
        var gaps: [String: UnknownReason] = [:]
        for (kind, type) in [
            ("User", "microsoft.graph/users"), ("ServicePrincipal", "microsoft.graph/servicePrincipals"),
        ] {
            if let gap = inputs.coverage.gapAnywhere(type) { gaps[kind] = gap.reason }
            for resource in inputs.all(type) {
                let id = Self.identifier(of: resource)
                known[id] = Principal(id: id, kind: kind, name: resource.body.read("displayName").string)
            }
        }
        if let groupGap { gaps["Group"] = groupGap }
        self.gaps = gaps
        for resource in inputs.all("microsoft.graph/groups") {
            groups[Self.identifier(of: resource)] = Self.group(resource)
        }
    }

    /// Graph ids are the last part of a resource's id.
    private static func identifier(of resource: Resource) -> String {
        resource.id.split(separator: "/").last.map { $0.lowercased() } ?? resource.id.lowercased()
    }

    private static func group(_ resource: Resource) -> Group {
        var group = Group(name: resource.body.read("displayName").string)
        let members = resource.body.read("members")
        guard let list = members.node else {
            // A list of groups has no members; only asking for them brings them.
            group.gap = members.hiddenReason ?? .notCollected
            return group
        }
        if case .found = resource.body.read("members@odata.nextLink") { group.gap = .interrupted }
        // Graph's `$expand` stops at twenty without a word, and an export does not say how it asked.
        if list.count == 20, resource.origin.kind == .file { group.gap = .notCollected }
        for element in list.elements {
            guard let id = element.read("id").string?.lowercased() else {
                group.gap = element.unknownReason ?? .unmapped
                continue
            }
            let mark = element.read("@odata.type").string?.lowercased()
            let kind: String? =
                switch mark {
                case "#microsoft.graph.user"?: "User"
                case "#microsoft.graph.group"?: "Group"
                case "#microsoft.graph.serviceprincipal"?: "ServicePrincipal"
                case nil: nil
                case let other?: other.hasPrefix("#microsoft.graph.") ? String(other.dropFirst(17)) : other
                }
            group.members.append(Principal(id: id, kind: kind, name: element.read("displayName").string))
        }
        return group
    }

    /// What the directory says of a principal that an assignment names.
    func principal(_ id: String, kind: String?, via: [String] = [], name: String? = nil) -> Principal {
        if let found = known[id] { return Principal(id: id, kind: found.kind, name: found.name ?? name, via: via) }
        if let group = groups[id] { return Principal(id: id, kind: "Group", name: group.name ?? name, via: via) }
        return Principal(id: id, kind: kind, name: name, via: via)
    }

    func isGroup(_ id: String, kind: String?) -> Bool { groups[id] != nil || kind?.lowercased() == "group" }

    /// Whether nobody in the directory has the id any more; unknown where that part of it was not collected.
    func isOrphan(_ principal: Principal) -> Certainty {
        if known[principal.id] != nil || groups[principal.id] != nil { return .no }
        guard let kind = principal.kind else { return .unknown(.missingPath) }
        // Groups of other tenants and the like stand in no directory that is read.
        guard ["User", "Group", "ServicePrincipal"].contains(kind) else { return .unknown(.outsideThisSource) }
        return gaps[kind].map { .unknown($0) } ?? .yes
    }

    /// Users and service principals in a group, through groups in it; a circle of groups is walked once.
    func members(of root: String) -> Members {
        var result = Members()
        var seen: Set<String> = [root]
        var queue: [(id: String, via: [String])] = [(root, [root])]
        var next = 0
        while next < queue.count {
            let (id, via) = queue[next]
            next += 1
            guard let group = groups[id] else {
                // A group that the whole directory does not have has no members.
                if let groupGap { result.gap = result.gap ?? groupGap }
                continue
            }
            if let gap = group.gap { result.gap = result.gap ?? gap }
            for member in group.members where seen.insert(member.id).inserted {
                guard seen.count <= Self.maximumMembers else {
                    result.gap = result.gap ?? .interrupted
                    return result
                }
                if isGroup(member.id, kind: member.kind) {
                    queue.append((member.id, via + [member.id]))
                } else {
                    result.principals.append(principal(member.id, kind: member.kind, via: via, name: member.name))
                }
            }
        }
        result.principals.sort { $0.id < $1.id }
        return result
    }
}
