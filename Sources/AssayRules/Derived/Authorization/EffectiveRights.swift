import AssayCore

/// What one holder of a grant may do: the role's probes less what denies take.
struct EffectiveRights {
    private var granted: ProbeSet = []
    /// What may be granted or not, and why that cannot be told.
    private var doubtful: ProbeSet = []
    private var doubt: UnknownReason?
    private let hidden: UnknownReason?

    init(
        _ grant: RoleGrant, _ role: AccessModel.Role, _ principal: PrincipalDirectory.Principal,
        _ denials: AccessModel.Denials
    ) {
        switch role.permissions {
        case .failure(let failure):
            hidden = failure.reason
            return
        case .success(let permissions):
            hidden = nil
            granted = permissions.probes
        }
        switch grant.hasCondition {
        case .no: break
        case .yes: doubt(granted.intersection(.conditional), .unsupported)
        case .unknown(let reason): doubt(granted.intersection(.conditional), reason)
        }
        for (rule, applies) in denials.rules {
            let binds = applies && rule.binds(principal)
            switch (binds, rule.permissions) {
            case (.no, _): continue
            case (.yes, .success(let taken)): granted.subtract(taken.probes)
            case (.unknown(let reason), .success(let taken)): doubt(taken.probes, reason)
            case (_, .failure(let failure)): doubt(granted, failure.reason)
            }
        }
        if let gap = denials.gap { doubt(granted, gap) }
    }

    private mutating func doubt(_ probes: ProbeSet, _ reason: UnknownReason) {
        guard !probes.isEmpty else { return }
        doubtful.formUnion(probes)
        doubt = doubt ?? reason
    }

    /// Whether one of the actions is allowed.
    func allows(_ probes: ProbeSet) -> Certainty {
        if let hidden { return .unknown(hidden) }
        let open = granted.intersection(probes)
        if open.isEmpty { return .no }
        if !open.subtracting(doubtful).isEmpty { return .yes }
        return .unknown(doubt ?? .failed)
    }

    /// Whether somebody with an ability over any resource, or over those of a type, is meant.
    func can(_ ability: AccessProbe.Ability, _ type: String? = nil) -> Certainty {
        allows(.probes(ability, of: type))
    }
}
