import AssayCore

/// One rule of a network security group for packets that come in.
struct PacketRule {
    /// Where a rule's address part points.
    enum Area: Hashable {
        case everything
        case block(AddressInterval)
        /// Everything outside the virtual network.
        case internet
        /// The virtual network and what is joined to it.
        case virtualNetwork
        case loadBalancer
        /// A service tag whose addresses the snapshot does not list.
        case service(String)
        /// An application security group, by its id.
        case group(String)
        case hidden(UnknownReason)
    }

    let id: String
    /// Nil when the source does not show it: the rule then allows or denies.
    let isAllow: Bool?
    let priority: Int
    /// `tcp`, `udp`, `icmp`, `esp`, `ah`; nil for all.
    let transport: String?
    let sources: [Area]
    let destinations: [Area]
    /// Nil when the source does not show them.
    let sourcePorts: [PortRange]?
    let destinationPorts: [PortRange]?
    /// Why some part is not shown.
    let hidden: UnknownReason?
    /// True when a rule of the same priority says the opposite, so that the order between them is not defined.
    var isContested = false

    /// The rules that every group ends with.
    static let defaults: [PacketRule] = [
        PacketRule("AllowVnetInBound", true, 65_000, from: .virtualNetwork, to: .virtualNetwork),
        PacketRule("AllowAzureLoadBalancerInBound", true, 65_001, from: .loadBalancer, to: .everything),
        PacketRule("DenyAllInBound", false, 65_500, from: .everything, to: .everything),
    ]

    private init(_ name: String, _ isAllow: Bool, _ priority: Int, from source: Area, to destination: Area) {
        id = "defaultSecurityRules/" + name
        self.isAllow = isAllow
        self.priority = priority
        transport = nil
        sources = [source]
        destinations = [destination]
        sourcePorts = [.all]
        destinationPorts = [.all]
        hidden = nil
    }

    /// Why a group's rules cannot be used at all.
    struct Unusable: Error {
        let reason: UnknownReason
    }

    /// Reads a rule; nil for one about packets that go out.
    init?(_ node: DocumentNode, of group: String) throws(Unusable) {
        if node.kind == .unknown { throw Unusable(reason: node.unknownReason ?? .failed) }
        guard let properties = node.read("properties").node else {
            throw Unusable(reason: node.read("properties").hiddenReason ?? .missingPath)
        }
        let direction = properties.read("direction")
        guard let way = direction.string?.lowercased() else {
            throw Unusable(reason: direction.hiddenReason ?? .missingPath)
        }
        guard way == "inbound" else { return nil }
        // Without its place among the others a rule makes the whole order unknown.
        guard let priority = properties.read("priority").node?.int else {
            throw Unusable(reason: properties.read("priority").hiddenReason ?? .missingPath)
        }
        self.priority = Int(clamping: priority)
        let access = properties.read("access")
        var hidden = access.hiddenReason
        switch access.string?.lowercased() {
        case "allow"?: isAllow = true
        case "deny"?: isAllow = false
        default:
            isAllow = nil
            hidden = hidden ?? .missingPath
        }
        let transport = properties.read("protocol")
        switch transport.string?.lowercased() {
        case "*"?, "any"?: self.transport = nil
        case let name?: self.transport = name
        case nil:
            self.transport = nil
            hidden = hidden ?? transport.hiddenReason ?? .missingPath
        }
        sources = Self.areas(properties, "source")
        destinations = Self.areas(properties, "destination")
        sourcePorts = Self.ports(properties, "source")
        destinationPorts = Self.ports(properties, "destination")
        if sourcePorts == nil || destinationPorts == nil {
            hidden =
                hidden ?? properties.read("destinationPortRange").hiddenReason
                ?? properties.read("destinationPortRanges").hiddenReason
                ?? properties.read("sourcePortRange").hiddenReason
                ?? properties.read("sourcePortRanges").hiddenReason ?? .missingPath
        }
        let name = node.read("name").string ?? String(priority)
        id = node.read("id").string?.lowercased() ?? "\(group)/securityrules/\(name.lowercased())"
        self.hidden = hidden
    }

    /// The singular and the plural field together, with application security groups.
    private static func areas(_ properties: DocumentNode, _ side: String) -> [Area] {
        var areas: [Area] = []
        for key in ["\(side)AddressPrefix", "\(side)AddressPrefixes"] {
            let reading = properties.read(key)
            if let reason = reading.hiddenReason { areas.append(.hidden(reason)) }
            guard let node = reading.node else { continue }
            for element in node.kind == .array ? Array(node.elements) : [node] {
                if let text = element.string {
                    // A list in one text is how templates write it at times.
                    areas += text.split(separator: ",").map { area(String($0).trimmingSpaces) }
                } else {
                    areas.append(.hidden(element.unknownReason ?? .unmapped))
                }
            }
        }
        let groups = properties.read("\(side)ApplicationSecurityGroups")
        if let reason = groups.hiddenReason { areas.append(.hidden(reason)) }
        for group in groups.elements {
            let id = group.read("id")
            areas.append(id.string.map { .group($0.lowercased()) } ?? .hidden(id.hiddenReason ?? .missingPath))
        }
        return areas.isEmpty ? [.hidden(.missingPath)] : areas
    }

    private static func area(_ text: String) -> Area {
        if let block = AddressInterval(text) { return .block(block) }
        return switch text.lowercased() {
        case "*", "any": .everything
        case "internet": .internet
        case "virtualnetwork": .virtualNetwork
        case "azureloadbalancer": .loadBalancer
        case let tag: .service(tag)
        }
    }

    private static func ports(_ properties: DocumentNode, _ side: String) -> [PortRange]? {
        var ranges: [PortRange] = []
        for key in ["\(side)PortRange", "\(side)PortRanges"] {
            let reading = properties.read(key)
            if reading.hiddenReason != nil { return nil }
            guard let node = reading.node else { continue }
            for element in node.kind == .array ? Array(node.elements) : [node] {
                guard let text = element.string ?? element.int.map({ String($0) }) else { return nil }
                for part in text.split(separator: ",") {
                    guard let range = PortRange(String(part)) else { return nil }
                    ranges.append(range)
                }
            }
        }
        return ranges.isEmpty ? nil : ranges
    }
}
