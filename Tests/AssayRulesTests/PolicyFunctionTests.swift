import AssayCore
import AssayExpressions
import Testing

@testable import AssayRules

/// Functions of rules over small inputs, as data: expression, input JSON (`"unknown"` strings stand for unknown
/// values under the key `?`), expected value.
@Suite("rule functions")
struct PolicyFunctionTests {
    private func evaluate(_ text: String, _ json: String) throws -> String {
        let environment = RuleEnvironment.make(defaults: DefaultsTable(), asOf: RuleTester.defaultNow)
        let tree = Self.markUnknown(Tree(try JSONReader.read(Array(json.utf8)).root))
        var activation = Activation()
        activation["resource"] = Value(Document(tree).root)
        activation["now"] = .timestamp(try Timestamp(rfc3339: RuleTester.defaultNow))
        switch try Condition(text, in: environment).evaluate(activation) {
        case .bool(let flag): return "\(flag)"
        case .int(let number): return "\(number)"
        case .unknown: return "unknown"
        case .error: return "error"
        case let other: return other.typeName
        }
    }

    /// The string `?` stands for a value that is not known.
    private static func markUnknown(_ tree: Tree) -> Tree {
        switch tree.content {
        case .string("?"): .unknown(.denied)
        case .array(let elements): .array(elements.map(markUnknown))
        case .object(let members): .object(members.map { ($0.key, markUnknown($0.value)) })
        default: tree
        }
    }

    private static func rule(
        _ priority: Int, _ access: String, _ source: String, _ port: String, transport: String = "Tcp"
    ) -> String {
        """
        {"name":"r\(priority)","properties":{"direction":"Inbound","access":"\(access)","priority":\(priority),\
        "protocol":"\(transport)","sourceAddressPrefix":"\(source)","sourcePortRange":"*",\
        "destinationAddressPrefix":"*","destinationPortRange":"\(port)"}}
        """
    }

    @Test(
        "network security rules are evaluated by priority",
        arguments: [
            ([rule(100, "Allow", "*", "22")], "true"), ([rule(100, "Allow", "10.0.0.0/8", "22")], "false"),
            ([rule(100, "Deny", "*", "22"), rule(200, "Allow", "*", "22")], "false"),
            ([rule(200, "Deny", "*", "22"), rule(100, "Allow", "Internet", "20-30")], "true"),
            ([rule(100, "Deny", "203.0.113.0/24", "22"), rule(200, "Allow", "*", "*")], "true"),
            ([rule(100, "Deny", "Internet", "*", transport: "*"), rule(200, "Allow", "0.0.0.0/0", "22")], "false"),
            ([rule(100, "Deny", "0.0.0.0/0", "22"), rule(200, "Allow", "*", "22")], "true"),
            ([rule(100, "Deny", "*", "22", transport: "Udp"), rule(200, "Allow", "*", "22")], "true"),
            ([rule(100, "Allow", "VirtualNetwork", "22")], "false"), ([rule(100, "Allow", "*", "443")], "false"),
            ([rule(100, "Allow", "128.0.0.0/1", "22")], "true"), ([], "false"),
            (["{\"properties\":{\"direction\":\"Inbound\"}}"], "error"), ([rule(100, "Allow", "?", "22")], "unknown"),
        ])
    func evaluatesSecurityRules(_ rules: [String], _ expected: String) throws {
        #expect(
            try evaluate("nsg.exposes(resource.rules, 22)", "{\"rules\":[\(rules.joined(separator: ","))]}") == expected
        )
    }

    @Test(
        "security groups are open to both address families",
        arguments: [
            (#"{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}"#, "true"),
            (#"{"IpProtocol":"tcp","FromPort":0,"ToPort":65535,"CidrIpv6":"::/0"}"#, "true"),
            (#"{"IpProtocol":"-1","CidrIp":"0.0.0.0/0"}"#, "true"),
            (#"{"IpProtocol":-1,"CidrIp":"10.0.0.0/8"}"#, "false"),
            (#"{"IpProtocol":"udp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}"#, "false"),
            (#"{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"SourceSecurityGroupId":"sg-1"}"#, "false"),
            (#"{"IpProtocol":"tcp","CidrIp":"0.0.0.0/0"}"#, "error"), (#"{"CidrIp":"0.0.0.0/0"}"#, "error"),
            (#"{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"?"}"#, "unknown"),
        ])
    func evaluatesSecurityGroups(_ rule: String, _ expected: String) throws {
        #expect(try evaluate(#"securityGroup.exposes(resource.rules, 22, "tcp")"#, "{\"rules\":[\(rule)]}") == expected)
    }

    @Test(
        "policies answer only what does not depend on their unknown parts",
        arguments: [
            ("iam.isAdmin", #"{"Effect":"Allow","Action":"*","Resource":"*"}"#, "true"),
            ("iam.isAdmin", #"{"Effect":"Allow","Action":["s3:Get*"],"Resource":"*"}"#, "false"),
            ("iam.isAdmin", #"{"Effect":"Allow","Action":["s3:Get*"],"Resource":"?"}"#, "false"),
            ("iam.isAdmin", #"{"Effect":"Allow","Action":"*","Resource":"?"}"#, "unknown"),
            ("iam.isAdmin", #"{"Effect":"Deny","Action":"*","Resource":"*"}"#, "false"),
            ("iam.isPublic", #"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"?"}"#, "true"),
            (
                "iam.isPublic", #"{"Effect":"Allow","Principal":{"AWS":"?"},"Action":"s3:GetObject","Resource":"*"}"#,
                "unknown"
            ),
            (
                "iam.isPublic",
                #"{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":"a","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}}"#,
                "false"
            ),
            (
                "iam.isPublic",
                #"{"Effect":"Allow","Principal":"*","Action":"a","Resource":"*","Condition":{"StringLike":{"aws:SourceArn":"*"}}}"#,
                "true"
            ),
            (
                "iam.isPublic",
                #"{"Effect":"Allow","Principal":"*","Action":"a","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}"#,
                "true"
            ),
            (
                "iam.isPublic", #"{"Effect":"Allow","Principal":"*","Action":"a","Resource":"*","Condition":"?"}"#,
                "unknown"
            ),
            (
                "iam.isPublic",
                #"{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::1:root"},"Action":"a","Resource":"*"}"#, "true"
            ),
            (
                "iam.requiresSecureTransport",
                #"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#,
                "true"
            ),
            (
                "iam.requiresSecureTransport",
                #"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"?","Condition":{"Bool":{"aws:SecureTransport":false}}}"#,
                "true"
            ),
            (
                "iam.requiresSecureTransport",
                #"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}"#,
                "false"
            ),
            ("iam.isPublic", #"{"Effect":"Perhaps"}"#, "error"), ("iam.isPublic", #""?""#, "unknown"),
        ])
    func evaluatesPolicies(_ function: String, _ statement: String, _ expected: String) throws {
        #expect(try evaluate("\(function)(resource.p)", "{\"p\":{\"Statement\":[\(statement)]}}") == expected)
    }

    @Test("a policy may be JSON text, also percent-encoded")
    func readsEncodedPolicies() throws {
        let plain = #"{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"#
        let encoded =
            "%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22*%22%2C%22Resource%22%3A%22*%22%7D%7D"
        #expect(try evaluate("iam.isAdmin(resource.p)", "{\"p\":\"\(plain)\"}") == "true")
        #expect(try evaluate("iam.isAdmin(resource.p)", "{\"p\":\"\(encoded)\"}") == "true")
        #expect(try evaluate("iam.isAdmin(resource.p)", "{\"p\":\"{broken\"}") == "error")
    }

    @Test(
        "ports, addresses, ages and secrets",
        arguments: [
            (#"ports.contains("20-30, 443", 22)"#, "true"), (#"ports.contains(["80","*"], 22)"#, "true"),
            ("ports.contains(22, 22)", "true"), (#"ports.contains("", 22)"#, "false"),
            (#"ports.contains("a", 22)"#, "error"),
            (#"net.isInternet(["10.0.0.0/8","::/0"])"#, "true"), (#"net.isInternet("AzureCloud")"#, "false"),
            (#"net.isInternet("fc00::/7")"#, "false"), (#"net.isInternet("2000::/3")"#, "true"),
            (#"age("2026-06-20T12:00:00Z", now)"#, "10"), (#"age("yesterday", now)"#, "error"),
            ("isSecret(resource.s)", "true"), ("isSecret(resource.t)", "false"), (#"isSecret("x")"#, "false"),
        ])
    func evaluatesSmallFunctions(_ text: String, _ expected: String) throws {
        let json =
            #"{"s":{"$redacted":{"kind":"secret/token","mac":"00"}},"t":{"$redacted":{"kind":"phi/ssn","mac":"00"}}}"#
        #expect(try evaluate(text, json) == expected)
    }
}
