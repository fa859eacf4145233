import AssayCore

/// The tenant that the simulator plays.
struct Estate: Sendable {
    let tenantId: String
    var displayName = "Clinic"
    var identity = SimulatedIdentity()
    /// The first has the tenant's id as its name and is the root.
    var managementGroups: [ManagementGroup]
    var subscriptions: [SimulatedSubscription] = []
    /// By id in lower case.
    private(set) var resources: [String: ArmResource] = [:]
    /// Ids in lower case by the path of a list, in lower case.
    private(set) var lists: [String: [String]] = [:]
    var directory = GraphDirectory()
    /// Policy states by subscription.
    var policyStates: [String: [Tree]] = [:]
    /// Events of the activity log by subscription's id in lower case.
    var activity: [String: [Tree]] = [:]
    /// Namespaces that a subscription is not registered for, in lower case.
    var unregistered: [String: Set<String>] = [:]

    init(tenantId: String) {
        self.tenantId = tenantId
        managementGroups = [ManagementGroup(name: tenantId, displayName: "Tenant Root Group", parent: nil)]
    }

    /// Types that a list shows at every scope above them and that hold below where they are set.
    static let inherited: Set<String> = [
        "microsoft.authorization/roleassignments", "microsoft.authorization/roledefinitions",
        "microsoft.authorization/policyassignments", "microsoft.authorization/policyexemptions",
        "microsoft.authorization/policydefinitions", "microsoft.authorization/policysetdefinitions",
        "microsoft.authorization/denyassignments", "microsoft.authorization/roleassignmentscheduleinstances",
        "microsoft.authorization/roleeligibilityscheduleinstances", "microsoft.authorization/roleassignmentschedules",
        "microsoft.authorization/roleeligibilityschedules",
    ]

    /// Types that a list at a subscription or group also shows from below.
    private static let shownAbove = inherited.union([
        "microsoft.authorization/locks", "microsoft.security/assessments", "microsoft.policyinsights/attestations",
        "microsoft.policyinsights/remediations", "microsoft.managedservices/registrationassignments",
    ])

    /// Types below another that the list of resources and Resource Graph show.
    private static let trackedChildren: Set<String> = [
        "microsoft.sql/servers/databases", "microsoft.compute/virtualmachines/extensions",
        "microsoft.automation/automationaccounts/runbooks", "microsoft.web/sites/slots",
        "microsoft.network/networkwatchers/flowlogs", "microsoft.hybridcompute/machines/extensions",
        "microsoft.containerregistry/registries/replications", "microsoft.containerregistry/registries/webhooks",
        "microsoft.network/privatednszones/virtualnetworklinks", "microsoft.compute/galleries/images",
    ]

    /// Namespaces whose types extend others and are no resources of a group.
    private static let untracked: Set<String> = [
        "microsoft.authorization", "microsoft.security", "microsoft.policyinsights", "microsoft.securityinsights",
        "microsoft.management", "microsoft.aadiam", "microsoft.blueprint", "microsoft.resources",
    ]

    /// Puts a document in, or in place of an earlier one.
    mutating func put(_ document: Tree, id: String, type: String) {
        let key = id.lowercased()
        let path = ArmPath(id)
        let tracked =
            !path.namespace.isEmpty && path.group != nil && !path.isExtension
            && !Self.untracked.contains(path.namespace)
            && (!path.isChild || Self.trackedChildren.contains(path.type))
        if resources[key] == nil {
            for list in Self.lists(of: path) { lists[list, default: []].append(key) }
        }
        resources[key] = ArmResource(id: id, type: type, document: document, isTracked: tracked)
    }

    /// Takes a resource out, and everything below it.
    mutating func remove(_ id: String) {
        let key = id.lowercased()
        let gone = Set(resources.keys.filter { $0 == key || $0.hasPrefix(key + "/") })
        for id in gone { resources[id] = nil }
        for list in lists.keys { lists[list]?.removeAll { gone.contains($0) } }
    }

    /// Changes one value of a resource.
    mutating func set(_ id: String, _ path: String, _ value: Tree) {
        guard let place = DocumentPath(path) else { return }
        resources[id.lowercased()]?.document.set(value, at: place)
    }

    /// The resource, in any letter case.
    func resource(_ id: String) -> ArmResource? { resources[id.lowercased()] }

    /// The subscription, in any letter case.
    func subscription(_ id: String) -> SimulatedSubscription? {
        subscriptions.first { $0.id.lowercased() == id.lowercased() }
    }

    /// The groups above a group, nearest first, itself included.
    func ancestors(ofGroup name: String) -> [ManagementGroup] {
        var found: [ManagementGroup] = []
        var next: String? = name
        while let current = next,
            let group = managementGroups.first(where: { $0.name.lowercased() == current.lowercased() })
        {
            found.append(group)
            next = group.parent
        }
        return found
    }

    /// The lists in which a resource stands.
    private static func lists(of path: ArmPath) -> [String] {
        if path.namespace.isEmpty {
            // A resource group.
            return [path.scope.split(separator: "/").dropLast().map { "/" + $0 }.joined()]
        }
        var lists = [path.collection]
        if path.type.hasSuffix("/protectioncontainers/protecteditems") {
            // Items are listed for the whole vault, under another name.
            lists.append(
                path.scope + "/providers/" + path.namespace + "/vaults/" + path.names[0] + "/backupprotecteditems")
        }
        guard !path.isChild, let subscription = path.subscription else { return lists }
        let tail = "/providers/" + path.namespace + "/" + path.types[0]
        let whole = "/subscriptions/" + subscription
        guard path.scope != whole else { return lists }
        if path.isExtension {
            guard shownAbove.contains(path.type) else { return lists }
            if let group = path.group { lists.append(whole + "/resourcegroups/" + group + tail) }
        }
        lists.append(whole + tail)
        return lists
    }
}
