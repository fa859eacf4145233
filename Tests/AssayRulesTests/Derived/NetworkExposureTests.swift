import AssayCore
import AssayExpressions
import Testing

@testable import AssayRules

@Suite("network exposure")
struct NetworkExposureTests {
    private static let interface = DerivedSnapshot.group + "microsoft.network/networkinterfaces/nic"
    private static let outer = DerivedSnapshot.group + "microsoft.network/networksecuritygroups/outer"
    private static let inner = DerivedSnapshot.group + "microsoft.network/networksecuritygroups/inner"
    private static let network = DerivedSnapshot.group + "microsoft.network/virtualnetworks/net"
    private static let address = DerivedSnapshot.group + "microsoft.network/publicipaddresses/pip"

    static func rule(
        _ name: String, _ access: String, _ priority: Int, from source: String = "*", to destination: String = "*",
        ports: String = "*", sourcePorts: String = "*", transport: String = "Tcp", more: String = ""
    ) -> String {
        """
        {"name":"\(name)","properties":{"direction":"Inbound","access":"\(access)","priority":\(priority),
        "protocol":"\(transport)","sourceAddressPrefix":"\(source)","sourcePortRange":"\(sourcePorts)",
        "destinationAddressPrefix":"\(destination)","destinationPortRange":"\(ports)"\(more)}}
        """
    }

    /// One interface with a public address in a subnet; nil for a group that is not there.
    private func snapshot(
        outer: [String]? = nil, inner: [String]? = nil, sku: String = "Standard", address: String = "10.0.0.4",
        subnet more: String = "", configuration: String = "", isPublic: Bool = true
    ) throws -> DerivedSnapshot {
        var snapshot = DerivedSnapshot()
        snapshot.know(
            NetworkExposures.interfaces, NetworkExposures.networks, NetworkExposures.groups,
            "Microsoft.Network/publicIPAddresses", "Microsoft.Network/loadBalancers")
        for (id, rules) in [(Self.outer, outer), (Self.inner, inner)] {
            guard let rules else { continue }
            try snapshot.add(
                NetworkExposures.groups, id, #"{"properties":{"securityRules":[\#(rules.joined(separator: ","))]}}"#)
        }
        let subnetGroup = outer == nil ? "" : #","networkSecurityGroup":{"id":"\#(Self.outer.uppercased())"}"#
        try snapshot.add(
            NetworkExposures.networks, Self.network,
            #"{"properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16","fd00::/48"]},"subnets":[{"id":"\#(Self.network)/subnets/a","name":"a","properties":{"addressPrefix":"10.0.0.0/24"\#(subnetGroup)\#(more)}}]}}"#
        )
        try snapshot.add(
            "Microsoft.Network/publicIPAddresses", Self.address, #"{"sku":{"name":"\#(sku)"},"properties":{}}"#)
        let ownGroup = inner == nil ? "" : #","networkSecurityGroup":{"id":"\#(Self.inner)"}"#
        let publicPart = isPublic ? #","publicIPAddress":{"id":"\#(Self.address)"}"# : ""
        try snapshot.add(
            NetworkExposures.interfaces, Self.interface,
            #"{"properties":{"ipConfigurations":[{"properties":{"privateIPAddress":"\#(address)","subnet":{"id":"\#(Self.network)/subnets/a"}\#(publicPart)\#(configuration)}}]\#(ownGroup)}}"#
        )
        return snapshot
    }

    private func fact(_ snapshot: DerivedSnapshot) throws -> DocumentNode {
        try #require(snapshot.facts(NetworkExposures.type).first { $0.id == Self.interface + "/assay/exposure" }).body
    }

    /// `tcp 22-22 open` for each element, `?reason` for what is not known.
    private func list(_ body: DocumentNode, _ name: String = "reachable") -> [String] {
        (body[name].map { Array($0.elements) } ?? []).map { element in
            if let reason = element.unknownReason { return "?\(reason.rawValue)" }
            let breadth = element["isOpenToInternet"]?.bool == true ? "open" : "some"
            return "\(element.text("protocol")) \(element.text("fromPort"))-\(element.text("toPort")) \(breadth)"
        }
    }

    @Test("a port that one rule opens is exposed, with a packet that gets in")
    func plain() throws {
        let body = try fact(snapshot(inner: [Self.rule("ssh", "Allow", 100, from: "Internet", ports: "22")]))
        #expect(list(body) == ["tcp 22-22 open"])
        #expect(body.text("hasPublicAddress") == "true")
        #expect(body.text("reachable[0].witness.destinationPort") == "22")
        #expect(body.text("reachable[0].witness.destinationAddress") == "10.0.0.4")
        #expect(body.text("reachable[0].witness.allowedBy") == #"["\#(Self.inner)/securityrules/ssh"]"#)
        let source = try IPAddress(body.text("reachable[0].witness.sourceAddress"))
        #expect(!(try CIDRBlock("10.0.0.0/8")).contains(source))
    }

    @Test("the groups of subnet and interface must both let a packet in")
    func twoGroups() throws {
        let open = Self.rule("all", "Allow", 100, ports: "0-1000", transport: "*")
        let web = Self.rule("web", "Allow", 100, ports: "443")
        #expect(list(try fact(snapshot(outer: [open], inner: [web]))) == ["tcp 443-443 open"])
        #expect(list(try fact(snapshot(outer: [], inner: [web]))) == [])
        #expect(list(try fact(snapshot(outer: [web], inner: []))) == [])
    }

    @Test("an earlier deny takes back its part of a range")
    func ranges() throws {
        let rules = [
            Self.rule("no-rdp", "Deny", 100, ports: "3389"), Self.rule("wide", "Allow", 200, ports: "3300-3400"),
        ]
        #expect(list(try fact(snapshot(inner: rules))) == ["tcp 3300-3388 open", "tcp 3390-3400 open"])
    }

    @Test("a deny of half the internet leaves the other half, and many small allows are one large one")
    func sources() throws {
        let half = [
            Self.rule("no-low", "Deny", 100, from: "0.0.0.0/1"), Self.rule("all", "Allow", 200, ports: "80"),
        ]
        let body = try fact(snapshot(inner: half))
        #expect(list(body) == ["tcp 80-80 open"])
        #expect(try IPAddress(body.text("reachable[0].witness.sourceAddress")).bits >> 31 == 1)
        let blocks = (1...20).map { #""\#($0 + 40).0.0.0/8""# }.joined(separator: ",")
        let split = [
            Self.rule(
                "split", "Allow", 100, from: "203.0.113.7", ports: "80", more: #","sourceAddressPrefixes":[\#(blocks)]"#
            )
        ]
        #expect(list(try fact(snapshot(inner: split))) == ["tcp 80-80 open"])
        let office = [Self.rule("office", "Allow", 100, from: "20.1.2.0/24", ports: "22")]
        #expect(list(try fact(snapshot(inner: office))) == ["tcp 22-22 some"])
    }

    @Test("a sender chooses its port, so a rule on source ports is no obstacle")
    func sourcePorts() throws {
        let body = try fact(snapshot(inner: [Self.rule("dns", "Allow", 100, ports: "22", sourcePorts: "53")]))
        #expect(list(body) == ["tcp 22-22 open"])
        #expect(body.text("reachable[0].witness.sourcePort") == "53")
    }

    @Test("IPv6 is judged by rules of its own family")
    func addressFamilies() throws {
        let rules = [
            Self.rule("four", "Allow", 100, from: "0.0.0.0/0", ports: "22"),
            Self.rule("six", "Allow", 110, from: "::/0", ports: "443"),
        ]
        #expect(list(try fact(snapshot(inner: rules))) == ["tcp 22-22 open"])
        #expect(list(try fact(snapshot(inner: rules, address: "fd00::4"))) == ["tcp 443-443 open"])
    }

    @Test("rules between machines of the network, from probes and from service tags are no way in")
    func tags() throws {
        let rules = [
            Self.rule("lb", "Allow", 100, from: "AzureLoadBalancer", ports: "1-10"),
            Self.rule("net", "Allow", 110, from: "VirtualNetwork", ports: "11-20"),
            Self.rule("tag", "Allow", 120, from: "GatewayManager", ports: "21-30"),
            Self.rule("private", "Allow", 130, from: "172.16.0.0/12", ports: "31-40"),
        ]
        #expect(list(try fact(snapshot(inner: rules))) == [])
    }

    @Test("a rule for another address does not count, one for an unknown address may")
    func destinations() throws {
        let rules = [Self.rule("other", "Allow", 100, to: "10.0.0.9", ports: "22")]
        #expect(list(try fact(snapshot(inner: rules))) == [])
        #expect(list(try fact(snapshot(inner: rules, address: ""))) == ["?missingPath"])
    }

    @Test("application security groups decide where their members are known")
    func applicationGroups() throws {
        let asg = DerivedSnapshot.group + "microsoft.network/applicationsecuritygroups/web"
        let rules = [
            #"{"name":"web","properties":{"direction":"Inbound","access":"Allow","priority":100,"protocol":"Tcp","sourceAddressPrefix":"*","sourcePortRange":"*","destinationApplicationSecurityGroups":[{"id":"\#(asg)"}],"destinationPortRange":"443"}}"#
        ]
        #expect(list(try fact(snapshot(inner: rules))) == [])
        let member = #","applicationSecurityGroups":[{"id":"\#(asg.uppercased())"}]"#
        #expect(list(try fact(snapshot(inner: rules, configuration: member))) == ["tcp 443-443 open"])
        var hidden = try snapshot(inner: rules)
        try hidden.hide("properties.ipConfigurations[0].properties.applicationSecurityGroups", .denied)
        #expect(list(try fact(hidden)) == ["?denied"])
    }

    @Test("a tie of allow and deny, which Azure refuses, leaves open what both cover")
    func ties() throws {
        let rules = [
            Self.rule("yes", "Allow", 100, ports: "22-23"), Self.rule("no", "Deny", 100, ports: "22"),
        ]
        #expect(list(try fact(snapshot(inner: rules))) == ["?unsupported"])
        let agreed = [
            Self.rule("first", "Deny", 90, ports: "20-30"), Self.rule("yes", "Allow", 100, ports: "22"),
            Self.rule("no", "Deny", 100, ports: "22"),
        ]
        #expect(list(try fact(snapshot(inner: agreed))) == [])
    }

    @Test("a group that was not collected leaves open what the other lets in, and nothing that it keeps out")
    func unknownGroup() throws {
        var open = try snapshot(outer: [], inner: [Self.rule("ssh", "Allow", 100, ports: "22")])
        open.resources.removeAll { $0.id == Self.outer }
        open.coverage.removeAll { $0.collection == NetworkExposures.groups }
        open.record(NetworkExposures.groups, .denied, scope: "/subscriptions/s1")
        #expect(list(try fact(open)) == ["?denied"])
        var closed = try snapshot(outer: [], inner: [])
        closed.resources.removeAll { $0.id == Self.outer }
        closed.coverage = open.coverage
        #expect(list(try fact(closed)) == [])
    }

    @Test("without any group a standard public address lets nothing in and a basic one everything")
    func noGroups() throws {
        #expect(list(try fact(snapshot(sku: "Standard"))) == [])
        #expect(
            list(try fact(snapshot(sku: "Basic"))) == ["tcp 0-65535 open", "udp 0-65535 open", "icmp 0-0 open"])
        let inside = try fact(snapshot(isPublic: false))
        #expect(list(inside, "exposed").count == 3)
        #expect(list(inside) == [])
        #expect(inside.text("hasPublicAddress") == "false")
    }

    @Test("a load balancer carries the ports that it forwards and no others")
    func loadBalancers() throws {
        let balancer = DerivedSnapshot.group + "microsoft.network/loadbalancers/lb"
        let pool = #","loadBalancerBackendAddressPools":[{"id":"\#(balancer)/backendAddressPools/p"}]"#
        let rules = [Self.rule("all", "Allow", 100, ports: "*")]
        var snapshot = try snapshot(inner: rules, configuration: pool, isPublic: false)
        let front = "\(balancer)/frontendIPConfigurations/f"
        let unread = try fact(snapshot)
        #expect(list(unread) == ["?outsideThisSource"])
        try snapshot.add(
            "Microsoft.Network/loadBalancers", balancer,
            #"{"sku":{"name":"Standard"},"properties":{"frontendIPConfigurations":[{"id":"\#(front)","properties":{"publicIPAddress":{"id":"\#(Self.address)"}}}],"loadBalancingRules":[{"properties":{"protocol":"Tcp","frontendPort":443,"backendPort":8443,"frontendIPConfiguration":{"id":"\#(front)"},"backendAddressPool":{"id":"\#(balancer)/backendAddressPools/P"}}}]}}"#
        )
        #expect(list(try fact(snapshot)) == ["tcp 8443-8443 open"])
    }

    @Test("a route to everywhere may make the tag VirtualNetwork mean everything")
    func defaultRoute() throws {
        let table = DerivedSnapshot.group + "microsoft.network/routetables/rt"
        var snapshot = try snapshot(inner: [], subnet: #","routeTable":{"id":"\#(table)"}"#)
        #expect(list(try fact(snapshot)) == ["?notCollected"])
        try snapshot.add(
            "Microsoft.Network/routeTables", table,
            #"{"properties":{"routes":[{"properties":{"addressPrefix":"10.9.0.0/16"}}]}}"#)
        #expect(list(try fact(snapshot)) == [])
        _ = snapshot.resources.popLast()
        try snapshot.add(
            "Microsoft.Network/routeTables", table,
            #"{"properties":{"routes":[{"properties":{"addressPrefix":"0.0.0.0/0"}}]}}"#)
        #expect(list(try fact(snapshot)) == ["?unsupported"])
    }

    @Test("rules that the source hides leave everything open, a hidden protocol what it could change")
    func hiddenRules() throws {
        var snapshot = try snapshot(inner: [Self.rule("ssh", "Allow", 100, ports: "22")])
        let place = try #require(snapshot.resources.firstIndex { $0.id == Self.inner })
        let group = snapshot.resources.remove(at: place)
        for (path, expected) in [
            ("properties.securityRules", ["?unparsable"]),
            ("properties.securityRules[0].properties.protocol", ["?unparsable"]),
            ("properties.securityRules[0].properties.priority", ["?unparsable"]),
        ] {
            var hidden = snapshot
            hidden.resources.append(group)
            try hidden.hide(path, .unparsable)
            #expect(list(try fact(hidden)) == expected)
        }
    }

    @Test("a subnet without an interface has a fact of its own, whose public addresses nobody knows")
    func emptySubnet() throws {
        var snapshot = try snapshot(outer: [Self.rule("web", "Allow", 100, ports: "443")])
        snapshot.resources.removeAll { $0.id == Self.interface }
        let fact = try #require(snapshot.facts(NetworkExposures.type).first)
        #expect(fact.id == Self.network + "/subnets/a/assay/exposure")
        #expect(list(fact.body, "exposed") == ["tcp 443-443 open"])
        #expect(fact.body.text("hasPublicAddress") == "?notCollected")
    }
}
