import AssayCore
import AssayExpressions

/// Walks the networks of a snapshot: subnets by id, filters read once, searches that must find the same done once.
struct NetworkSurvey {
    /// A subnet with the network that it is in.
    struct Subnet {
        let id: String
        let body: DocumentNode
        /// The resource that the body is a part of.
        let owner: Resource
        let network: Resource?
    }

    private struct SearchKey: Hashable {
        let signature: [String]
        let network: String
        let routes: String
        let family: IPAddress.Family
    }

    private let inputs: FactInputs
    private var subnets: [String: Subnet] = [:]
    private var used: Set<String> = []
    private var filters: [String: Result<PacketFilter, PacketRule.Unusable>] = [:]
    private var searches: [SearchKey: ExposureSearch.Outcome] = [:]

    init(_ inputs: FactInputs) {
        self.inputs = inputs
        for network in inputs.all(NetworkExposures.networks) {
            for element in network.body.read("properties", "subnets").elements {
                let name = element.read("name").string?.lowercased()
                guard let id = element.read("id").string?.lowercased() ?? name.map({ "\(network.id)/subnets/\($0)" })
                else { continue }
                subnets[id] = Subnet(id: id, body: element, owner: network, network: network)
            }
        }
        for subnet in inputs.all("Microsoft.Network/virtualNetworks/subnets") where subnets[subnet.id] == nil {
            let parent = subnet.id.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
            subnets[subnet.id] = Subnet(
                id: subnet.id, body: subnet.body, owner: subnet, network: inputs.resource(parent))
        }
        for interface in inputs.all(NetworkExposures.interfaces) {
            for configuration in interface.body.read("properties", "ipConfigurations").elements {
                let reference = configuration.read("properties", "subnet", "id")
                if let subnet = subnet(reference, from: interface).found { used.insert(subnet.id) }
            }
        }
    }

    /// Subnets that hold no interface of the snapshot, by id.
    var subnetsWithoutInterface: [Subnet] {
        subnets.values.filter { !used.contains($0.id) }.sorted { $0.id < $1.id }
    }

    // MARK: Parts

    private enum SubnetTarget {
        case none
        case found(Subnet)
        case unknown(UnknownReason)

        var found: Subnet? { if case .found(let subnet) = self { subnet } else { nil } }
    }

    private func subnet(_ reading: Reading, from interface: Resource) -> SubnetTarget {
        if let id = reading.string?.lowercased(), let subnet = subnets[id] { return .found(subnet) }
        switch inputs.follow(reading, from: interface, to: NetworkExposures.networks) {
        case .none: return .none
        case .found(let resource): return subnets[resource.id].map { .found($0) } ?? .unknown(.outsideThisSource)
        case .missing(_, let reason), .unknown(let reason): return .unknown(reason)
        }
    }

    /// The filter that a reference names; nil for none.
    private mutating func filter(
        _ reading: Reading, of resource: Resource
    ) -> Result<PacketFilter, PacketRule.Unusable>? {
        switch inputs.follow(reading, from: resource, to: NetworkExposures.groups) {
        case .none: return nil
        case .missing(_, let reason), .unknown(let reason): return .failure(PacketRule.Unusable(reason: reason))
        case .found(let group):
            if let known = filters[group.id] { return known }
            let read = PacketFilter.read(group)
            filters[group.id] = read
            return read
        }
    }

    private func blocks(_ reading: Reading) -> [AddressInterval] {
        let texts = reading.node?.kind == .array ? reading.elements.compactMap(\.string) : [reading.string ?? ""]
        return texts.compactMap { AddressInterval($0) }
    }

    /// The network's own blocks and those of networks that it is joined to.
    private func network(of subnet: Subnet?) -> [AddressInterval] {
        guard let network = subnet?.network else { return [] }
        var found = blocks(network.body.read("properties", "addressSpace", "addressPrefixes"))
        for peering in network.body.read("properties", "virtualNetworkPeerings").elements {
            for key in ["remoteVirtualNetworkAddressSpace", "remoteAddressSpace"] {
                found += blocks(peering.read("properties", key, "addressPrefixes"))
            }
        }
        return found
    }

    /// What the subnet's route table adds to the tag VirtualNetwork.
    private func routes(of subnet: Subnet?) -> (id: String, blocks: [AddressInterval], gap: UnknownReason?) {
        guard let subnet else { return ("", [], nil) }
        let reference = subnet.body.read("properties", "routeTable", "id")
        switch inputs.follow(reference, from: subnet.owner, to: "Microsoft.Network/routeTables") {
        case .none: return ("", [], nil)
        case .missing(let id, let reason): return (id, [], reason)
        case .unknown(let reason): return (subnet.id, [], reason)
        case .found(let table):
            let routes = table.body.read("properties", "routes")
            let blocks = routes.elements.flatMap { self.blocks($0.read("properties", "addressPrefix")) }
            return (table.id, blocks, routes.hiddenReason)
        }
    }

    /// What one place lets in, through filters of which some may not be known.
    private mutating func search(
        _ candidates: [Result<PacketFilter, PacketRule.Unusable>], _ place: NetworkPlace, _ family: IPAddress.Family,
        network: String, routes: String
    ) -> ExposureSearch.Outcome {
        var known: [PacketFilter] = []
        var gap: UnknownReason?
        for candidate in candidates {
            switch candidate {
            case .success(let filter): known.append(filter)
            case .failure(let failure): gap = gap ?? failure.reason
            }
        }
        let search = ExposureSearch(filters: known, place: place, family: family)
        let key = SearchKey(signature: search.signature, network: network, routes: routes, family: family)
        let outcome = searches[key] ?? search.run()
        searches[key] = outcome
        guard let gap else { return outcome }
        // What the known filters keep out stays out; of what they let in the other filter decides.
        let isClosed = outcome.exposures.isEmpty && outcome.gap == nil
        return ExposureSearch.Outcome(gap: isClosed ? nil : outcome.gap ?? gap)
    }

    // MARK: Facts

    /// The fact about a network interface.
    mutating func fact(of interface: Resource) -> Resource {
        let properties = interface.body
        let own = filter(properties.read("properties", "networkSecurityGroup", "id"), of: interface)
        let configurations = properties.read("properties", "ipConfigurations")
        var gap = configurations.hiddenReason
        var exposed: [Tree] = []
        var exposedGap = gap
        var reachable: [Tree] = []
        var hasPublicAddress: Certainty = gap.map { .unknown($0) } ?? .no
        var via: Set<String> = []
        var groupIDs: Set<String> = []
        for configuration in configurations.elements {
            if let reason = configuration.unknownReason {
                gap = gap ?? reason
                exposedGap = exposedGap ?? reason
                hasPublicAddress = hasPublicAddress || .unknown(reason)
                continue
            }
            let target = subnet(configuration.read("properties", "subnet", "id"), from: interface)
            var candidates: [Result<PacketFilter, PacketRule.Unusable>] = []
            switch target {
            case .none: candidates.append(.failure(.init(reason: .missingPath)))
            case .unknown(let reason): candidates.append(.failure(.init(reason: reason)))
            case .found(let subnet):
                let reference = subnet.body.read("properties", "networkSecurityGroup", "id")
                if let outer = filter(reference, of: subnet.owner) { candidates.append(outer) }
            }
            if let own { candidates.append(own) }
            for case .success(let filter) in candidates { groupIDs.insert(filter.id) }
            let path = PublicPath(configuration, of: interface, inputs)
            hasPublicAddress = hasPublicAddress || path.hasPublicAddress
            via.formUnion(path.via)
            let (place, family) = place(of: configuration, in: target.found)
            let routes = routes(of: target.found)
            var outcome = search(
                candidates, place, family, network: target.found?.network?.id ?? "", routes: routes.id)
            if candidates.isEmpty, !(path.hasPublicAddress.isNo && path.forwarded.isEmpty && path.forwardGap == nil) {
                // A standard public address takes nothing in without a network security group.
                switch path.isClosedWithoutFilter {
                case .yes: outcome = ExposureSearch.Outcome()
                case .no: break
                case .unknown(let reason): outcome = ExposureSearch.Outcome(gap: reason)
                }
            }
            exposedGap = exposedGap ?? outcome.gap
            exposed += outcome.exposures.map { Self.tree($0, to: place, family) }
            let (carried, carriedGap) = Self.carried(outcome, by: path)
            reachable += carried.map { Self.tree($0, to: place, family) }
            gap = gap ?? carriedGap
        }
        let body = Tree.object([
            ("kind", .string("networkInterface")), ("resourceId", .string(interface.id)),
            ("virtualMachineId", properties.read("properties", "virtualMachine", "id").tree),
            ("hasPublicAddress", hasPublicAddress.tree), ("via", .texts(via.sorted())),
            ("securityGroups", .texts(groupIDs.sorted())),
            ("exposed", .list(exposed, openBecause: exposedGap)), ("reachable", .list(reachable, openBecause: gap)),
        ])
        return inputs.fact(
            NetworkExposures.type, about: interface, "exposure", name: interface.name, body: body)
    }

    /// The fact about a subnet in which no interface was found: what its own group lets in.
    mutating func fact(ofSubnet subnet: Subnet) -> Resource {
        let reference = subnet.body.read("properties", "networkSecurityGroup", "id")
        var candidates: [Result<PacketFilter, PacketRule.Unusable>] = []
        if let found = filter(reference, of: subnet.owner) { candidates.append(found) }
        let own = subnet.body.read("properties", "addressPrefixes").elements.compactMap(\.string)
        let prefixes = own.isEmpty ? [subnet.body.read("properties", "addressPrefix").string].compactMap(\.self) : own
        let routes = routes(of: subnet)
        var exposed: [Tree] = []
        var gap: UnknownReason? = prefixes.isEmpty ? .missingPath : nil
        for block in prefixes.compactMap({ AddressInterval($0) }) {
            let place = NetworkPlace(
                destination: block, isBlock: true, network: network(of: subnet), routed: routes.blocks,
                routeGap: routes.gap, groups: [], gap: .missingPath)
            let outcome = search(
                candidates, place, block.family, network: subnet.network?.id ?? "", routes: routes.id)
            gap = gap ?? outcome.gap
            exposed += outcome.exposures.map { Self.tree($0, to: place, block.family) }
        }
        let body = Tree.object([
            ("kind", .string("subnet")), ("resourceId", .string(subnet.id)),
            // Scale sets, gateways and services put interfaces into subnets that no list shows.
            ("hasPublicAddress", .unknown(.notCollected)), ("via", .array([])),
            ("securityGroups", .texts(candidates.compactMap { try? $0.get().id })),
            ("exposed", .list(exposed, openBecause: gap)), ("reachable", .list([], openBecause: .notCollected)),
        ])
        var fact = inputs.fact(NetworkExposures.type, about: subnet.owner, "exposure", name: subnet.id, body: body)
        fact.id = subnet.id + "/assay/exposure"
        fact.name = subnet.id.split(separator: "/").last.map(String.init) ?? subnet.id
        return fact
    }

    private func place(
        of configuration: DocumentNode, in subnet: Subnet?
    ) -> (NetworkPlace, IPAddress.Family) {
        let address = configuration.read("properties", "privateIPAddress")
        let destination = address.string.flatMap { AddressInterval($0) }
        let version = configuration.read("properties", "privateIPAddressVersion").string?.lowercased()
        let family = destination?.family ?? (version == "ipv6" ? .v6 : .v4)
        let listed = configuration.read("properties", "applicationSecurityGroups")
        let ids = listed.elements.map { $0.read("id").string?.lowercased() }
        let isKnown = listed.hiddenReason == nil && !ids.contains(nil)
        let routes = routes(of: subnet)
        let place = NetworkPlace(
            destination: destination, isBlock: false, network: network(of: subnet), routed: routes.blocks,
            routeGap: routes.gap, groups: isKnown ? Set(ids.compactMap(\.self)) : nil,
            gap: address.hiddenReason ?? listed.hiddenReason ?? .missingPath)
        return (place, family)
    }

    /// What of an outcome a public address or a load balancer carries to the place, and why there may be more.
    private static func carried(
        _ outcome: ExposureSearch.Outcome, by path: PublicPath
    ) -> ([ExposureSearch.Exposure], UnknownReason?) {
        if path.hasPublicAddress == .yes { return (outcome.exposures, outcome.gap) }
        let isClosed = outcome.exposures.isEmpty && outcome.gap == nil
        var gap: UnknownReason?
        if case .unknown(let reason) = path.hasPublicAddress, !isClosed { gap = reason }
        if let reason = path.forwardGap, !isClosed { gap = gap ?? reason }
        if outcome.gap != nil, !path.forwarded.isEmpty { gap = gap ?? outcome.gap }
        var found: [ExposureSearch.Exposure] = []
        for exposure in outcome.exposures {
            for (transport, ports) in path.forwarded where transport == nil || transport == exposure.transport {
                guard var part = exposure.ports.intersection(ports).map({ _ in exposure }),
                    let range = exposure.ports.intersection(ports)
                else { continue }
                part.ports = range
                if !found.contains(part) { found.append(part) }
            }
        }
        return (found, gap)
    }

    private static func tree(
        _ exposure: ExposureSearch.Exposure, to place: NetworkPlace, _ family: IPAddress.Family
    ) -> Tree {
        let source = exposure.sources.first
        let destination =
            place.destination.map { Tree.string($0.sample(isBlock: place.isBlock)) } ?? .unknown(place.gap)
        return .object([
            ("protocol", .string(exposure.transport)), ("fromPort", .int(exposure.ports.low)),
            ("toPort", .int(exposure.ports.high)), ("isOpenToInternet", .bool(exposure.isOpen)),
            ("family", .string(family == .v4 ? "IPv4" : "IPv6")),
            ("sources", .texts(exposure.labels)),
            (
                "witness",
                .object([
                    ("protocol", .string(exposure.transport)), ("sourceAddress", .string(source?.sample ?? "")),
                    ("sourcePort", .int(exposure.transport == "icmp" ? 0 : exposure.sourcePort)),
                    ("destinationAddress", destination), ("destinationPort", .int(exposure.ports.low)),
                    ("allowedBy", .texts(exposure.allowedBy)),
                ])
            ),
        ])
    }
}

extension AddressInterval {
    fileprivate func sample(isBlock: Bool) -> String {
        isBlock ? sample : IPAddress(family: family, bits: low)?.text ?? ""
    }
}
