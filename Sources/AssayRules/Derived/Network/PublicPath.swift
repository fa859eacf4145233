import AssayCore

/// How packets from the internet get to an address of a network interface: a public address of its own, or a load
/// balancer in front.
struct PublicPath {
    /// Whether the address has a public one of its own.
    var hasPublicAddress = Certainty.no
    /// Ports that a load balancer with a public address hands on, by transport; nil transport is all.
    var forwarded: [(transport: String?, ports: PortRange)] = []
    /// Why a load balancer may hand on more.
    var forwardGap: UnknownReason?
    /// Ids of the public addresses and load balancers.
    var via: [String] = []
    /// Whether every public entry is of the kind that lets nothing in without a network security group.
    var isClosedWithoutFilter = Certainty.yes

    private static let addresses = "Microsoft.Network/publicIPAddresses"
    private static let balancers = "Microsoft.Network/loadBalancers"

    /// - Parameters:
    ///   - configuration: an element of the interface's `ipConfigurations`.
    ///   - interface: the network interface.
    init(_ configuration: DocumentNode, of interface: Resource, _ inputs: FactInputs) {
        let reference = configuration.read("properties", "publicIPAddress")
        if reference.node != nil || reference.hiddenReason != nil {
            let id = configuration.read("properties", "publicIPAddress", "id")
            switch inputs.follow(id, from: interface, to: Self.addresses) {
            case .none: break
            case .found(let address):
                hasPublicAddress = .yes
                via.append(address.id)
                note(sku: address)
            case .missing(let id, let reason):
                hasPublicAddress = .yes
                via.append(id)
                isClosedWithoutFilter = isClosedWithoutFilter && .unknown(reason)
            case .unknown(let reason):
                hasPublicAddress = .unknown(reason)
                isClosedWithoutFilter = isClosedWithoutFilter && .unknown(reason)
            }
        }
        for (key, isPool) in [("loadBalancerBackendAddressPools", true), ("loadBalancerInboundNatRules", false)] {
            let list = configuration.read("properties", key)
            if let reason = list.hiddenReason { forwardGap = forwardGap ?? reason }
            for element in list.elements {
                guard let id = element.read("id").string?.lowercased() else {
                    forwardGap = forwardGap ?? element.read("id").hiddenReason ?? .missingPath
                    continue
                }
                addBalancer(of: id, isPool: isPool, from: interface, inputs)
            }
        }
    }

    private mutating func note(sku resource: Resource) {
        switch resource.body.read("sku", "name") {
        case .absent: isClosedWithoutFilter = .no
        case .hidden(let reason, _): isClosedWithoutFilter = isClosedWithoutFilter && .unknown(reason)
        case .found(let node):
            isClosedWithoutFilter = isClosedWithoutFilter && Certainty(node.string?.lowercased() == "standard")
        }
    }

    private mutating func addBalancer(of part: String, isPool: Bool, from interface: Resource, _ inputs: FactInputs) {
        // The id of a pool or rule continues that of its load balancer by two parts.
        let id = part.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
        guard let balancer = inputs.resource(id) else {
            let gap = inputs.coverage.gap(Self.balancers, around: id, scopes: interface.scope)?.reason
            forwardGap = forwardGap ?? gap ?? .outsideThisSource
            return
        }
        let fronts = balancer.body.read("properties", "frontendIPConfigurations")
        if let reason = fronts.hiddenReason { forwardGap = forwardGap ?? reason }
        var isPublic: Set<String> = []
        for front in fronts.elements {
            let properties = front.read("properties")
            let entry = properties.node?.read("publicIPAddress") ?? properties
            if let reason = entry.hiddenReason { forwardGap = forwardGap ?? reason }
            if case .absent = entry { continue }
            let prefix = properties.node?.read("publicIPAddress", "id").string?.lowercased()
            if let prefix { via.append(prefix) }
            if let own = front.read("id").string?.lowercased() { isPublic.insert(own) }
        }
        guard !isPublic.isEmpty else { return }
        via.append(balancer.id)
        note(sku: balancer)
        let rules = balancer.body.read("properties", isPool ? "loadBalancingRules" : "inboundNatRules")
        if let reason = rules.hiddenReason { forwardGap = forwardGap ?? reason }
        for rule in rules.elements {
            guard let properties = rule.read("properties").node else {
                forwardGap = forwardGap ?? rule.read("properties").hiddenReason ?? .missingPath
                continue
            }
            let isMeant: Bool
            if isPool {
                let pools =
                    properties.read("backendAddressPools").elements
                    + [properties.read("backendAddressPool").node].compactMap(\.self)
                isMeant = pools.contains { $0.read("id").string?.lowercased() == part }
            } else {
                isMeant = rule.read("id").string?.lowercased() == part
            }
            guard isMeant, let front = properties.read("frontendIPConfiguration", "id").string?.lowercased(),
                isPublic.contains(front)
            else { continue }
            guard let port = properties.read("backendPort").node?.int else {
                forwardGap = forwardGap ?? properties.read("backendPort").hiddenReason ?? .missingPath
                continue
            }
            let transport = properties.read("protocol").string?.lowercased()
            // Port 0 stands for all of them, in a rule for high availability.
            let range = port == 0 ? PortRange.all : PortRange(low: Int(clamping: port), high: Int(clamping: port))
            forwarded.append((transport == "all" ? nil : transport, range))
        }
    }
}
