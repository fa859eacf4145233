import AssayCore

/// Which management groups enclose a subscription.
struct ScopeHierarchy {
    /// What is written before the name of a management group in its id.
    static let groupPrefix = "/providers/microsoft.management/managementgroups/"

    /// Enclosing management groups from inner to outer, and why there may be others.
    struct Ancestors {
        var groups: [String] = []
        var gap: UnknownReason?
    }

    private var parents: [String: String] = [:]
    private var roots: Set<String> = []
    private let gap: UnknownReason

    init(_ inputs: FactInputs) {
        let type = "Microsoft.Management/managementGroups"
        gap = inputs.coverage.gapAnywhere(type)?.reason ?? .missingPath
        for tenant in inputs.all("Assay::Azure::Tenant") {
            if let name = tenant.id.split(separator: "/").last { roots.insert(Self.groupPrefix + name.lowercased()) }
        }
        for group in inputs.all(type) {
            let id = group.id.lowercased()
            // The root management group has the tenant's id as its name.
            if let tenant = group.body.read("properties", "tenantId").string?.lowercased() {
                roots.insert(Self.groupPrefix + tenant)
            }
            if let parent = group.body.read("properties", "details", "parent", "id").string?.lowercased(),
                !parent.isEmpty
            {
                parents[id] = parent
            }
            addChildren(group.body.read("properties", "children"), of: id)
        }
        for type in ["Assay::Azure::Subscription", "Microsoft.Resources/subscriptions"] {
            for subscription in inputs.all(type) {
                addChain(subscription, at: ["properties", "managementGroupAncestorsChain"])
                addChain(subscription, at: ["managementGroupAncestorsChain"])
            }
        }
        for entity in inputs.all("Microsoft.Management/managementGroups/descendants") {
            guard let parent = entity.body.read("properties", "parent", "id").string?.lowercased() else { continue }
            let name = entity.body.read("name").string?.lowercased() ?? ""
            let isSubscription = entity.body.read("type").string?.lowercased().hasSuffix("subscriptions") == true
            parents[isSubscription ? "/subscriptions/\(name)" : Self.groupPrefix + name] = parent
        }
    }

    private mutating func addChildren(_ children: Reading, of parent: String) {
        for child in children.elements {
            guard var id = child.read("id").string?.lowercased(), !id.isEmpty else { continue }
            if !id.hasPrefix("/") { id = "/" + id }
            parents[id] = parent
            addChildren(child.read("children"), of: id)
        }
    }

    /// A subscription's chain, nearest group first, as Resource Graph gives it.
    private mutating func addChain(_ subscription: Resource, at path: [String]) {
        let chain = path.count == 1 ? subscription.body.read(path[0]) : subscription.body.read(path[0], path[1])
        var inner =
            subscription.body.read("subscriptionId").string.map { "/subscriptions/" + $0.lowercased() }
            ?? subscription.id.lowercased()
        for element in chain.elements {
            guard let name = element.read("name").string?.lowercased() else { return }
            parents[inner] = Self.groupPrefix + name
            inner = Self.groupPrefix + name
        }
        if !chain.elements.isEmpty { roots.insert(inner) }
    }

    /// The management groups above a scope below a subscription, or above a management group.
    func ancestors(of scope: String) -> Ancestors {
        var result = Ancestors()
        var current = scope
        if scope.hasPrefix("/subscriptions/") {
            current = "/" + scope.split(separator: "/").prefix(2).joined(separator: "/")
        } else if !scope.hasPrefix(Self.groupPrefix) {
            return result
        }
        // A circle among parents, which only a broken snapshot has, ends at the count of groups.
        for _ in 0...parents.count {
            guard let parent = parents[current] else { break }
            result.groups.append(parent)
            current = parent
        }
        if !roots.contains(current) { result.gap = gap }
        // The root of the tenant encloses everything, however little is known of what lies between.
        if result.gap != nil, roots.count == 1, let root = roots.first, !result.groups.contains(root) {
            result.groups.append(root)
        }
        return result
    }
}
