import AssayExpressions

/// AWS security group ingress in the CloudFormation shape: allow-only, so one open rule is enough.
enum SecurityGroupRules {
    private static let numbers = ["6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"]

    /// Whether a rule lets the internet reach the port.
    static func exposes(_ list: Value, port: Value, transport: Value?) -> Value {
        guard let elements = list.listElements, let port = port.int else {
            return .wrong("securityGroup.exposes", "a list of ingress rules and a port")
        }
        let wanted = transport?.string.map { [$0.lowercased()] } ?? ["tcp", "udp"]
        var isExposed = false
        for element in elements {
            guard let raw = element.member("IpProtocol"), let written = raw.string ?? raw.int.map({ String($0) }) else {
                return .wrong("securityGroup.exposes", "rules with `IpProtocol`")
            }
            guard let isOpen = isOpen(element) else {
                return .wrong("securityGroup.exposes", "address ranges as text")
            }
            let name = numbers[written] ?? written.lowercased()
            if name == "-1" || name == "all" {
                isExposed = isExposed || isOpen
                continue
            }
            guard wanted.contains(name) else { continue }
            guard let from = element.present("FromPort")?.wholeNumber, let to = element.present("ToPort")?.wholeNumber
            else { return .wrong("securityGroup.exposes", "rules with `FromPort` and `ToPort`") }
            // -1 stands for every port.
            if from == -1 || to == -1 || from <= port && port <= to { isExposed = isExposed || isOpen }
        }
        return .bool(isExposed)
    }

    private static func isOpen(_ rule: Value) -> Bool? {
        var isOpen = false
        for key in ["CidrIp", "CidrIpv6"] {
            guard let value = rule.present(key) else { continue }
            guard let text = value.string else { return nil }
            isOpen = isOpen || AddressPrefix(text).isInternet
        }
        return isOpen
    }
}
