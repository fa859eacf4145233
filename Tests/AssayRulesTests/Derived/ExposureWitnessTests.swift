import AssayCore
import AssayExpressions
import Testing

@testable import AssayRules

@Suite("witness packets")
struct ExposureWitnessTests {
    private struct Packet {
        let transport: String
        let source: IPAddress
        let sourcePort: Int
        let destination: IPAddress
        let port: Int
    }

    /// One rule as the test draws it, apart from the reader under test.
    private struct DrawnRule {
        let isAllow: Bool
        let priority: Int
        let transport: String
        let source: String
        let sourcePorts: ClosedRange<Int>
        let destination: String
        let ports: ClosedRange<Int>

        func matches(_ packet: Packet, network: CIDRBlock) throws -> Bool {
            guard transport == "*" || transport.lowercased() == packet.transport else { return false }
            if packet.transport != "icmp" {
                guard sourcePorts.contains(packet.sourcePort), ports.contains(packet.port) else { return false }
            }
            return try covers(source, packet.source, network) && covers(destination, packet.destination, network)
        }

        private func covers(_ text: String, _ address: IPAddress, _ network: CIDRBlock) throws -> Bool {
            switch text {
            case "*": true
            case "Internet": !network.contains(address)
            case "VirtualNetwork": network.contains(address)
            case "AzureLoadBalancer": address.text == "168.63.129.16"
            default: try CIDRBlock(text).contains(address)
            }
        }

        var json: String {
            NetworkExposureTests.rule(
                "r\(priority)", isAllow ? "Allow" : "Deny", priority, from: source, to: destination,
                ports: "\(ports.lowerBound)-\(ports.upperBound)",
                sourcePorts: "\(sourcePorts.lowerBound)-\(sourcePorts.upperBound)", transport: transport)
        }
    }

    private static let network = "10.0.0.0/16"
    private static let destination = "10.0.0.4"
    private static let platform = [
        DrawnRule(
            isAllow: true, priority: 65_000, transport: "*", source: "VirtualNetwork", sourcePorts: 0...65_535,
            destination: "VirtualNetwork", ports: 0...65_535),
        DrawnRule(
            isAllow: true, priority: 65_001, transport: "*", source: "AzureLoadBalancer", sourcePorts: 0...65_535,
            destination: "*", ports: 0...65_535),
        DrawnRule(
            isAllow: false, priority: 65_500, transport: "*", source: "*", sourcePorts: 0...65_535, destination: "*",
            ports: 0...65_535),
    ]

    private func draw(_ count: Int, _ generator: inout SeededGenerator) -> [DrawnRule] {
        let sources = [
            "*", "Internet", "VirtualNetwork", "0.0.0.0/1", "128.0.0.0/1", "20.0.0.0/8", "20.1.0.0/16", "93.0.0.0/7",
            "10.0.0.0/8", "AzureLoadBalancer", "::/0",
        ]
        let ends = [0, 21, 22, 80, 443, 444, 3389, 50_000, 65_535]
        func range(_ generator: inout SeededGenerator) -> ClosedRange<Int> {
            if generator.once(in: 3) { return 0...65_535 }
            let first = generator.pick(ends) ?? 0
            let second = generator.pick(ends) ?? 0
            return min(first, second)...max(first, second)
        }
        return (0..<count).map { place in
            DrawnRule(
                isAllow: generator.once(in: 2), priority: 100 + place,
                transport: generator.pick(["Tcp", "Udp", "Icmp", "*"]) ?? "*", source: generator.pick(sources) ?? "*",
                sourcePorts: range(&generator),
                destination: generator.pick(["*", "10.0.0.4/32", "10.0.0.0/24", "10.0.9.0/24", "VirtualNetwork"])
                    ?? "*",
                ports: range(&generator))
        }
    }

    private func isAllowed(_ packet: Packet, by groups: [[DrawnRule]]) throws -> Bool {
        let network = try CIDRBlock(Self.network)
        return try groups.allSatisfy { rules in
            let ordered = (rules + Self.platform).sorted { $0.priority < $1.priority }
            return try ordered.first { try $0.matches(packet, network: network) }?.isAllow ?? false
        }
    }

    private func filter(_ rules: [DrawnRule], _ id: String) throws -> PacketFilter {
        let json = #"{"properties":{"securityRules":[\#(rules.map(\.json).joined(separator: ","))]}}"#
        let group = Resource(
            type: NetworkExposures.groups, id: id, provider: .azure, name: id, origin: Origin(kind: .api),
            body: try JSONReader.read(Array(json.utf8)).root)
        return try PacketFilter.read(group).get()
    }

    @Test("every witness gets in and every other public packet is kept out", arguments: 0..<60)
    func simulate(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed) + 77)
        let groups = (0..<(seed % 2 + 1)).map { _ in draw(Int.random(in: 0...8, using: &generator), &generator) }
        let place = NetworkPlace(
            destination: AddressInterval(Self.destination), isBlock: false,
            network: [try #require(AddressInterval(Self.network))], routed: [], routeGap: nil, groups: [],
            gap: .missingPath)
        let filters = try groups.enumerated().map { try filter($0.element, "g\($0.offset)") }
        let outcome = ExposureSearch(filters: filters, place: place, family: .v4).run()
        #expect(outcome.gap == nil)
        let destination = try IPAddress(Self.destination)
        for exposure in outcome.exposures {
            let source = try #require(exposure.sources.first)
            for port in [exposure.ports.low, exposure.ports.high] {
                let witness = Packet(
                    transport: exposure.transport, source: try IPAddress(source.sample),
                    sourcePort: exposure.sourcePort, destination: destination, port: port)
                #expect(try isAllowed(witness, by: groups), "seed \(seed): \(witness)")
            }
            #expect(exposure.allowedBy.count == groups.count)
        }
        // Packets at and beside every edge, from every kind of public source.
        for source in ["20.1.2.3", "20.9.9.9", "93.0.0.1", "8.8.8.8", "200.1.1.1"] {
            for transport in ExposureSearch.transports {
                for port in [0, 1, 21, 22, 23, 79, 80, 81, 443, 444, 445, 3388, 3389, 3390, 50_001, 65_535] {
                    if transport == "icmp", port != 0 { continue }
                    let isExposed = outcome.exposures.contains {
                        $0.transport == transport && $0.ports.contains(port)
                    }
                    guard !isExposed else { continue }
                    for sourcePort in [0, 22, 50_000, 65_535] {
                        let packet = Packet(
                            transport: transport, source: try IPAddress(source), sourcePort: sourcePort,
                            destination: destination, port: port)
                        #expect(try !isAllowed(packet, by: groups), "seed \(seed): \(packet)")
                    }
                }
            }
        }
    }
}
