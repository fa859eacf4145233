import AssayCore

/// What a role definition grants or a deny assignment takes: actions less the excepted ones, block by block.
struct Permissions {
    var actions: [String] = []
    var notActions: [String] = []
    var dataActions: [String] = []
    var notDataActions: [String] = []
    private(set) var probes: ProbeSet = []

    /// Reads `properties.permissions`; the reason when some of it is not shown.
    static func read(_ body: DocumentNode) -> Result<Permissions, Hidden> {
        let list = body.read("properties", "permissions")
        if let reason = list.hiddenReason { return .failure(Hidden(reason: reason)) }
        guard let node = list.node, node.kind == .array else { return .failure(Hidden(reason: .missingPath)) }
        var permissions = Permissions()
        for block in node.elements {
            var texts: [[String]] = []
            for key in ["actions", "notActions", "dataActions", "notDataActions"] {
                let member = block.read(key)
                if let reason = member.hiddenReason { return .failure(Hidden(reason: reason)) }
                var found: [String] = []
                for element in member.elements {
                    guard let text = element.string else {
                        return .failure(Hidden(reason: element.unknownReason ?? .unmapped))
                    }
                    found.append(text)
                }
                texts.append(found)
            }
            permissions.add(texts[0], texts[1], texts[2], texts[3])
        }
        return .success(permissions)
    }

    /// Why permissions cannot be told.
    struct Hidden: Error, Hashable {
        let reason: UnknownReason
    }

    /// Adds a block: what it excepts is excepted from itself alone.
    mutating func add(_ actions: [String], _ notActions: [String], _ data: [String], _ notData: [String]) {
        self.actions += actions
        self.notActions += notActions
        dataActions += data
        notDataActions += notData
        let control = (actions.map { ActionPattern($0) }, notActions.map { ActionPattern($0) })
        let plane = (data.map { ActionPattern($0) }, notData.map { ActionPattern($0) })
        probes.formUnion(
            ProbeSet(where: { probe in
                let patterns = probe.isData ? plane : control
                return patterns.0.contains { $0.matches(probe.action) }
                    && !patterns.1.contains { $0.matches(probe.action) }
            }))
    }

    /// True when some block starts from every action and giving roles is not excepted.
    var isOwnerLike: Bool {
        actions.contains { ActionPattern($0).isEverything } && !probes.isDisjoint(with: .probes(.manageAccess))
    }
}
