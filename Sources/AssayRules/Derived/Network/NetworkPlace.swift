import AssayCore

/// One address of a network interface, or a subnet, as packets reach it: what its filters mean by their tags.
struct NetworkPlace {
    /// The address, or the block of a subnet; nil when it is not known.
    let destination: AddressInterval?
    /// True when `destination` is a block of which any address counts.
    let isBlock: Bool
    /// The virtual network and the networks joined to it.
    let network: [AddressInterval]
    /// Blocks that a route table adds to the tag VirtualNetwork, where they reach beyond the network.
    let routed: [AddressInterval]
    /// Why the routes are not known.
    let routeGap: UnknownReason?
    /// Application security groups that the address is in; nil when not known.
    let groups: Set<String>?
    /// Why the groups or the address are not known.
    let gap: UnknownReason

    /// Whether a rule's destination covers this place.
    func matches(_ area: PacketRule.Area) -> Certainty {
        switch area {
        case .everything, .virtualNetwork: return .yes
        case .internet, .loadBalancer, .service: return .no
        case .hidden(let reason): return .unknown(reason)
        case .group(let id):
            guard let groups else { return .unknown(gap) }
            return Certainty(groups.contains(id))
        case .block(let block):
            guard let destination else { return block == AddressInterval(all: block.family) ? .yes : .unknown(gap) }
            if block.contains(destination) { return .yes }
            return block.overlaps(destination) && isBlock ? .unknown(.unsupported) : .no
        }
    }

    /// Whether a rule's source covers every public address of an interval that no rule cuts.
    ///
    /// A service tag holds some addresses of its owner only, so of the internet at large it holds nothing; members of
    /// an application security group send from inside.
    func matchesSource(_ area: PacketRule.Area, _ interval: AddressInterval) -> Certainty {
        switch area {
        case .everything: return .yes
        case .hidden(let reason): return .unknown(reason)
        case .block(let block): return Certainty(block.contains(interval))
        case .virtualNetwork:
            if network.contains(where: { $0.contains(interval) }) { return .yes }
            // The tag may hold what a route table names (Microsoft's page on service tags).
            if routed.contains(where: { $0.overlaps(interval) }) { return .unknown(.unsupported) }
            return routeGap.map { .unknown($0) } ?? .no
        case .internet: return Certainty(!network.contains { $0.contains(interval) })
        case .loadBalancer, .service, .group: return .no
        }
    }
}
