import AssayCore

/// A role that somebody has at a scope, or could activate there.
struct RoleGrant {
    /// The role assignment, or the instance of an eligibility.
    let resource: Resource
    /// In lower case and without a slash at its end, `/` for the tenant; nil when it is not known.
    let scope: String?
    let principalID: Reading
    let principalKind: String?
    let roleID: Reading
    /// Whether a condition narrows the grant.
    let hasCondition: Certainty
    /// `standing`, `activated` or `eligible`.
    let state: Tree
    let expires: Tree
    let scopeGap: UnknownReason?

    static let assignments = "Microsoft.Authorization/roleAssignments"
    static let active = "Microsoft.Authorization/roleAssignmentScheduleInstances"
    static let eligible = "Microsoft.Authorization/roleEligibilityScheduleInstances"

    private init(_ resource: Resource, state: Tree, expires: Tree) {
        self.resource = resource
        let scope = resource.body.read("properties", "scope")
        self.scope = scope.string.map { Self.normalised($0) } ?? Self.scope(ofID: resource.id, unless: scope)
        scopeGap = self.scope == nil ? scope.hiddenReason ?? .missingPath : nil
        principalID = resource.body.read("properties", "principalId")
        principalKind = resource.body.read("properties", "principalType").string
        roleID = resource.body.read("properties", "roleDefinitionId")
        switch resource.body.read("properties", "condition") {
        case .absent: hasCondition = .no
        case .hidden(let reason, _): hasCondition = .unknown(reason)
        case .found(let node): hasCondition = Certainty(node.string != "")
        }
        self.state = state
        self.expires = expires
    }

    /// All grants of a snapshot: active ones as assignments, with what their schedules say of them.
    static func all(_ inputs: FactInputs) -> [RoleGrant] {
        var schedules: [String: Resource] = [:]
        for instance in inputs.all(active) {
            guard let origin = instance.body.read("properties", "originRoleAssignmentId").string else { continue }
            schedules[origin.lowercased()] = instance
        }
        let assigned = inputs.all(assignments).map { assignment -> RoleGrant in
            let (state, expires) = Self.state(of: assignment, schedules[assignment.id.lowercased()], inputs)
            return RoleGrant(assignment, state: state, expires: expires)
        }
        return assigned
            + inputs.all(eligible).map { instance in
                RoleGrant(
                    instance, state: .string("eligible"),
                    expires: instance.body.read("properties", "endDateTime").tree)
            }
    }

    /// A schedule says whether an assignment was activated and when it ends; one without a schedule stands.
    private static func state(of assignment: Resource, _ schedule: Resource?, _ inputs: FactInputs) -> (Tree, Tree) {
        guard let schedule else {
            let scope = RoleGrant(assignment, state: Tree(.null), expires: Tree(.null)).scope ?? assignment.id
            let gap = inputs.gap(active, at: scope, of: assignment)
            guard let gap, !gap.isUnlicensed else { return (.string("standing"), Tree(.null)) }
            return (.unknown(gap.reason), .unknown(gap.reason))
        }
        let expires = schedule.body.read("properties", "endDateTime").tree
        switch schedule.body.read("properties", "assignmentType") {
        case .hidden(let reason, _): return (.unknown(reason), expires)
        case .absent: return (.unknown(.missingPath), expires)
        case .found(let node):
            let isActivated = node.string?.lowercased() == "activated"
            return (.string(isActivated ? "activated" : "standing"), expires)
        }
    }

    /// Lower case, without a slash at the end.
    static func normalised(_ scope: String) -> String {
        var text = scope.lowercased()
        if !text.hasPrefix("/") { text = "/" + text }
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        return text
    }

    /// The scope that the id of an assignment lies in, where the body has none.
    private static func scope(ofID id: String, unless reading: Reading) -> String? {
        guard case .absent = reading else { return nil }
        let parts = id.lowercased().split(separator: "/")
        guard let place = parts.lastIndex(of: "microsoft.authorization"), place > 0 else { return nil }
        return "/" + parts[..<(place - 1)].joined(separator: "/")
    }
}

extension FactInputs {
    /// Why elements of a collection may be missing at a scope.
    ///
    /// A list at a subscription brings what stands above it, so above subscriptions every record counts.
    func gap(_ collection: String, at scope: String, of resource: Resource) -> CollectionCoverage.Gap? {
        let here = coverage.gap(collection, around: scope, scopes: resource.scope)
        guard here != nil, !scope.hasPrefix("/subscriptions/"),
            !resource.scope.contains(where: { $0.hasPrefix("file:") })
        else { return here }
        return coverage.gapAnywhere(collection)
    }
}
