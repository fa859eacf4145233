import AssayCore
import AssayExpressions

/// The functions that rules have beside the standard ones of the expression language.
///
/// All are total: input of the wrong shape gives an error, and so an unknown verdict; nothing is guessed.
enum RuleFunctions {
    static let all: [FunctionDeclaration] = [
        FunctionDeclaration("isSecret", [FunctionOverload([.dyn], .bool)], implementation: { isSecret($0[0]) }),
        FunctionDeclaration("age", [FunctionOverload([.dyn, .timestamp], .int)], implementation: age),
        FunctionDeclaration(
            "ports.contains", [FunctionOverload([.dyn, .int], .bool)],
            implementation: { arguments in
                guard let port = arguments[1].int else { return .wrong("ports.contains", "a port number") }
                return PortSpecification(arguments[0]).map { .bool($0.contains(port)) }
                    ?? .wrong("ports.contains", "ports such as 22, \"20-30\" or \"*\"")
            }),
        FunctionDeclaration(
            "net.isInternet", [FunctionOverload([.dyn], .bool)],
            implementation: { arguments in
                guard let sources = arguments[0].textList else {
                    return .wrong("net.isInternet", "text or a list of it")
                }
                return .bool(sources.contains { AddressPrefix($0).isInternet })
            }),
        FunctionDeclaration(
            "nsg.exposes",
            [FunctionOverload([.dyn, .int], .bool), FunctionOverload([.dyn, .int, .string], .bool)],
            implementation: { arguments in
                NetworkSecurityRules.exposes(
                    arguments[0], port: arguments[1], transport: arguments.count > 2 ? arguments[2] : nil)
            }),
        FunctionDeclaration(
            "securityGroup.exposes",
            [FunctionOverload([.dyn, .int], .bool), FunctionOverload([.dyn, .int, .string], .bool)],
            implementation: { arguments in
                SecurityGroupRules.exposes(
                    arguments[0], port: arguments[1], transport: arguments.count > 2 ? arguments[2] : nil)
            }),
        FunctionDeclaration(
            "iam.statements", [FunctionOverload([.dyn], .dyn)],
            implementation: { arguments in
                PolicyDocument(arguments[0], assuming: .granting)?.value
                    ?? .wrong("iam.statements", "a policy document with statements")
            }),
        policy("iam.isAdmin", [.dyn]) { document, _ in document.grantsEverything },
        policy("iam.isPublic", [.dyn]) { document, _ in document.isPublic },
        policy("iam.requiresSecureTransport", [.dyn]) { document, _ in document.requiresSecureTransport },
        policy("iam.allows", [.dyn, .string]) { document, arguments in
            arguments[1].string.map { document.allows($0) }
        },
    ]

    /// A question to a policy.
    ///
    /// Where parts of the policy are not known it is asked twice, once as if they granted all they could and once as if
    /// they granted nothing; only an answer that stays the same is one.
    private static func policy(
        _ name: String, _ parameters: [CELType], _ body: @escaping @Sendable (PolicyDocument, [Value]) -> Bool?
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, [FunctionOverload(parameters, .bool)], unknowns: .acceptParts,
            implementation: { arguments in
                guard let granting = PolicyDocument(arguments[0], assuming: .granting),
                    let refusing = PolicyDocument(arguments[0], assuming: .refusing),
                    let most = body(granting, arguments), let least = body(refusing, arguments)
                else {
                    return arguments[0].nestedUnknown.map { .unknown($0) }
                        ?? .wrong(name, "a policy document with statements")
                }
                if most == least { return .bool(most) }
                return arguments[0].nestedUnknown.map { .unknown($0) } ?? .bool(most)
            })
    }

    private static func isSecret(_ value: Value) -> Value {
        guard let marker = value.member("$redacted") else { return .bool(false) }
        return .bool(marker.member("kind")?.string?.hasPrefix("secret/") ?? false)
    }

    private static func age(_ arguments: [Value]) -> Value {
        let moment: Timestamp
        switch arguments[0] {
        case .timestamp(let timestamp): moment = timestamp
        case .string(let text):
            guard let parsed = try? Timestamp(rfc3339: text) else { return .wrong("age", "an RFC 3339 time") }
            moment = parsed
        default: return .wrong("age", "an RFC 3339 time")
        }
        guard case .timestamp(let now) = arguments[1] else { return .wrong("age", "a time as second argument") }
        return .int((now.seconds - moment.seconds) / 86_400)
    }
}

extension Value {
    static func wrong(_ function: String, _ wanted: String) -> Value {
        .failure(.invalidArgument, "`\(function)` takes \(wanted)")
    }

    /// One text or a list of texts as a list; nil for anything else.
    var textList: [String]? {
        if let text = string { return [text] }
        guard let elements = listElements else { return nil }
        let texts = elements.compactMap(\.string)
        return texts.count == elements.count ? texts : nil
    }

    /// A whole number, also one written as text.
    var wholeNumber: Int64? { int ?? string.flatMap { Int64($0) } }

    /// A member that is there and not null.
    func present(_ key: String) -> Value? {
        guard let value = member(key) else { return nil }
        if case .null = value { return nil }
        return value
    }
}
