import AssayCore
import AssayExpressions

/// Facts on what the internet can send to a network interface, or to a subnet in which none was found.
///
/// `exposed` is what the network security groups let through, `reachable` the part of it that a public address or a
/// load balancer carries there. Proxies such as Application Gateway send from inside and are not a way.
enum NetworkExposures {
    static let type = "Assay::Azure::NetworkExposure"
    static let interfaces = "Microsoft.Network/networkInterfaces"
    static let networks = "Microsoft.Network/virtualNetworks"
    static let groups = "Microsoft.Network/networkSecurityGroups"
    static let sources = [interfaces, networks, groups, "Microsoft.Network/publicIPAddresses"]

    /// One fact for each interface and each subnet without one.
    static func facts(_ inputs: FactInputs) -> [Resource] {
        var survey = NetworkSurvey(inputs)
        var facts = inputs.all(interfaces).map { survey.fact(of: $0) }
        facts += survey.subnetsWithoutInterface.map { survey.fact(ofSubnet: $0) }
        return facts
    }
}
