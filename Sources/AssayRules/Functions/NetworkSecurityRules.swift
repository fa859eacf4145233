import AssayExpressions

/// Azure network security rules, evaluated by priority as the platform does.
enum NetworkSecurityRules {
    fileprivate struct Rule {
        let isAllow: Bool
        let priority: Int64
        let transport: String
        let sources: [AddressPrefix]
        let ports: PortSpecification
        let destinations: [String]
    }

    /// Whether some inbound Allow from the internet reaches the port and no earlier Deny takes it back.
    ///
    /// A Deny takes back what its source, transport, port and destination cover; a narrower one leaves the rest open.
    static func exposes(_ list: Value, port: Value, transport: Value?) -> Value {
        guard let elements = list.listElements, let port = port.int else {
            return .wrong("nsg.exposes", "a list of security rules and a port")
        }
        var rules: [Rule] = []
        for element in elements {
            guard let properties = element.member("properties"), let direction = properties.member("direction")?.string
            else { return .wrong("nsg.exposes", "rules with `properties.direction`") }
            guard direction.lowercased() == "inbound" else { continue }
            guard let rule = rule(properties) else {
                return .wrong("nsg.exposes", "rules with access, priority, protocol, source and destination ports")
            }
            rules.append(rule)
        }
        rules.sort { $0.priority < $1.priority }
        let wanted = transport?.string.map { [$0.lowercased()] } ?? ["tcp", "udp"]
        let isExposed = wanted.contains { transport in
            rules.indices.contains { index in
                opens(rules[index], port: port, transport: transport, after: rules[..<index])
            }
        }
        return .bool(isExposed)
    }

    private static func opens(_ rule: Rule, port: Int64, transport: String, after earlier: ArraySlice<Rule>) -> Bool {
        guard rule.isAllow, rule.reaches(port, transport) else { return false }
        let denies = earlier.filter { !$0.isAllow && $0.reaches(port, transport) && $0.coversDestination(of: rule) }
        return rule.sources.contains { source in
            source.internetFamilies.contains { family in
                !denies.contains { deny in deny.sources.contains { $0.covers(source, family: family) } }
            }
        }
    }

    private static func rule(_ properties: Value) -> Rule? {
        guard let access = properties.member("access")?.string?.lowercased(), access == "allow" || access == "deny",
            let priority = properties.member("priority")?.wholeNumber,
            let transport = properties.member("protocol")?.string?.lowercased(),
            let sources = texts(
                properties, "sourceAddressPrefix", "sourceAddressPrefixes", orGroups: "sourceApplicationSecurityGroups"),
            let destinations = texts(
                properties, "destinationAddressPrefix", "destinationAddressPrefixes",
                orGroups: "destinationApplicationSecurityGroups"),
            let portTexts = texts(properties, "destinationPortRange", "destinationPortRanges", orGroups: nil),
            let ports = PortSpecification(.list(portTexts.map { .string($0) }))
        else { return nil }
        return Rule(
            isAllow: access == "allow", priority: priority, transport: transport,
            sources: sources.map { AddressPrefix($0) }, ports: ports, destinations: destinations.map { $0.lowercased() }
        )
    }

    /// The singular and the plural field together; application security groups stand for themselves.
    private static func texts(_ properties: Value, _ one: String, _ many: String, orGroups: String?) -> [String]? {
        var found: [String] = []
        if let value = properties.present(one) {
            guard let text = value.string ?? value.int.map({ String($0) }) else { return nil }
            if !text.isEmpty { found.append(text) }
        }
        if let value = properties.present(many) {
            guard let texts = value.textList else { return nil }
            found += texts
        }
        if let orGroups, let groups = properties.present(orGroups)?.listElements {
            found += groups.map { "asg:" + ($0.member("id")?.string ?? "") }
        }
        return found.isEmpty ? nil : found
    }
}

extension NetworkSecurityRules.Rule {
    fileprivate func reaches(_ port: Int64, _ wanted: String) -> Bool {
        (transport == "*" || transport == "any" || transport == wanted) && ports.contains(port)
    }

    fileprivate func coversDestination(of other: NetworkSecurityRules.Rule) -> Bool {
        destinations.contains("*") || destinations.contains("any")
            || Set(other.destinations).isSubset(of: Set(destinations))
    }
}
