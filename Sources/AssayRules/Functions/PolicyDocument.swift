import AssayCore
import AssayExpressions

/// An IAM policy document (version 2012-10-17 grammar) with its single values made lists.
struct PolicyDocument {
    /// One statement.
    struct Statement {
        let sid: String
        let isAllow: Bool
        let actions: [String]
        let notActions: [String]
        let resources: [String]
        let notResources: [String]
        /// `*`, `AWS:…`, `Service:…`; empty in an identity policy.
        let principals: [String]
        let hasNotPrincipal: Bool
        let condition: Value?
    }

    /// How a value that is not known is read: as granting all it could, or as granting nothing.
    enum Assumption {
        case granting
        case refusing
    }

    let statements: [Statement]

    /// Reads an object, JSON text, or URL-encoded JSON text; nil when it is none of these or not a policy.
    init?(_ value: Value, assuming assumption: Assumption) {
        guard let document = Self.document(value), let raw = document.present("Statement") else { return nil }
        var statements: [Statement] = []
        for element in raw.listElements ?? [raw] {
            guard let statement = Statement(element, assuming: assumption) else { return nil }
            statements.append(statement)
        }
        self.statements = statements
    }

    private static func document(_ value: Value) -> Value? {
        guard let text = value.string else { return value.mapEntries == nil ? nil : value }
        let bytes = Array(text.utf8)
        let decoded = bytes.first == UInt8(ascii: "%") ? percentDecoded(bytes) : bytes
        return (try? JSONReader.read(decoded)).map { Value($0.root) }
    }

    private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                decoded.append(byte)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }

    /// Some Allow matches the action, and no Deny without condition takes it back for every resource.
    func allows(_ action: String) -> Bool {
        statements.contains { $0.isAllow && $0.matches(action) }
            && !statements.contains {
                !$0.isAllow && $0.condition == nil && $0.resources.contains("*") && $0.matches(action)
            }
    }

    /// Allow for every action on every resource.
    var grantsEverything: Bool {
        statements.contains { statement in
            statement.isAllow && statement.resources.contains { Wildcard.isEverything($0) }
                && statement.actions.contains { Wildcard.isEverything($0) || $0 == "*:*" }
        }
    }

    /// Allow to anyone without a condition that names who.
    var isPublic: Bool {
        statements.contains { statement in
            statement.isAllow
                && (statement.hasNotPrincipal
                    || statement.principals.contains { $0 == "*" || $0 == "AWS:*" || $0 == "CanonicalUser:*" })
                && !PolicyCondition.namesCaller(statement.condition)
        }
    }

    /// Deny to anyone for every action of the resource when the request is not encrypted.
    var requiresSecureTransport: Bool {
        statements.contains { statement in
            !statement.isAllow && statement.principals.contains { $0 == "*" || $0 == "AWS:*" }
                && statement.actions.contains { Wildcard.isEverything($0) || $0.hasSuffix(":*") }
                && PolicyCondition.deniesPlainTransport(statement.condition)
        }
    }

    /// The statements as a list of maps.
    var value: Value { .list(statements.map(\.value)) }
}

extension PolicyDocument.Statement {
    init?(_ value: Value, assuming assumption: PolicyDocument.Assumption) {
        let isGranting = assumption == .granting
        let isAllow: Bool
        switch value.member("Effect") {
        case .unknown?: isAllow = isGranting
        case let effect?:
            guard let text = effect.string?.lowercased(), text == "allow" || text == "deny" else { return nil }
            isAllow = text == "allow"
        case nil: return nil
        }
        // In an Allow, granting reads an unknown action as every action; in a Deny, as none.
        let reach: String? = isAllow == isGranting ? "*" : nil
        let exception: String? = isAllow == isGranting ? nil : "*"
        guard let actions = Self.texts(value, "Action", unknown: reach),
            let notActions = Self.texts(value, "NotAction", unknown: exception),
            let resources = Self.texts(value, "Resource", unknown: reach),
            let notResources = Self.texts(value, "NotResource", unknown: exception),
            let principals = Self.principals(value.present("Principal"), unknown: reach)
        else { return nil }
        var condition = value.present("Condition")
        if let unknown = condition?.nestedUnknown { condition = isAllow == isGranting ? nil : .unknown(unknown) }
        self.init(
            sid: value.present("Sid")?.string ?? "", isAllow: isAllow, actions: actions,
            notActions: notActions, resources: resources, notResources: notResources, principals: principals,
            hasNotPrincipal: value.present("NotPrincipal") != nil, condition: condition)
    }

    private static func principals(_ principal: Value?, unknown: String?) -> [String]? {
        guard let principal else { return [] }
        if case .unknown = principal { return unknown.map { [$0] } ?? [] }
        if let text = principal.string { return [text] }
        guard let entries = principal.mapEntries else { return nil }
        var principals: [String] = []
        for entry in entries {
            guard let kind = entry.key.string, let texts = texts(entry.value, unknown: unknown) else { return nil }
            principals += texts.map { "\(kind):\($0)" }
        }
        return principals
    }

    private static func texts(_ value: Value, _ key: String, unknown: String?) -> [String]? {
        guard let found = value.present(key) else { return [] }
        return texts(found, unknown: unknown)
    }

    /// Texts of one value or a list; an unknown one is what the assumption makes of it.
    private static func texts(_ value: Value, unknown: String?) -> [String]? {
        var texts: [String] = []
        for element in value.listElements ?? [value] {
            if case .unknown = element {
                if let unknown { texts.append(unknown) }
            } else if let text = element.string {
                texts.append(text)
            } else {
                return nil
            }
        }
        return texts
    }

    func matches(_ action: String) -> Bool {
        if !notActions.isEmpty { return !notActions.contains { Wildcard.matches($0, action) } }
        return actions.contains { Wildcard.matches($0, action) }
    }

    fileprivate var value: Value {
        func list(_ texts: [String]) -> Value { .list(texts.map { .string($0) }) }
        let members: [(String, Value)] = [
            ("sid", .string(sid)), ("effect", .string(isAllow ? "Allow" : "Deny")), ("actions", list(actions)),
            ("notActions", list(notActions)), ("resources", list(resources)), ("notResources", list(notResources)),
            ("principals", list(principals)), ("condition", condition ?? .map(MapValue([(String, Value)]()))),
        ]
        return .map(MapValue(members))
    }
}

/// `*` and `?` as IAM matches them, without regard to case.
enum Wildcard {
    static func isEverything(_ pattern: String) -> Bool { !pattern.isEmpty && pattern.allSatisfy { $0 == "*" } }

    static func matches(_ pattern: String, _ text: String) -> Bool {
        let pattern = Array(pattern.lowercased().utf8)
        let text = Array(text.lowercased().utf8)
        var p = 0
        var t = 0
        var star: (pattern: Int, text: Int)?
        // Linear in pattern × text at worst: only the last star is retried.
        while t < text.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = (p, t)
                p += 1
            } else if p < pattern.count, pattern[p] == text[t] || pattern[p] == UInt8(ascii: "?") {
                p += 1
                t += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                p = last.pattern + 1
                t = last.text + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// What a statement's condition says of the caller and of the transport.
enum PolicyCondition {
    private static let callerKeys: Set<String> = [
        "aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce",
        "aws:sourceorgid", "aws:principalorgid", "aws:principalorgpaths", "aws:principalarn", "aws:principalaccount",
        "aws:userid", "aws:sourceip", "aws:vpcsourceip", "kms:calleraccount", "s3:dataaccesspointaccount",
    ]
    private static let positive: Set<String> = [
        "stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress",
    ]

    /// True when some operator that must hold limits who may call to named callers.
    static func namesCaller(_ condition: Value?) -> Bool {
        if case .unknown? = condition { return true }
        for (name, key, values) in entries(condition)
        where positive.contains(name) && callerKeys.contains(key) && !values.isEmpty {
            let isOpen = values.contains { Wildcard.isEverything($0) || AddressPrefix($0).isInternet }
            if !isOpen { return true }
        }
        return false
    }

    static func deniesPlainTransport(_ condition: Value?) -> Bool {
        // A Deny without condition covers plain requests too.
        guard let condition else { return true }
        if case .unknown = condition { return false }
        return entries(condition).contains { name, key, values in
            (name == "bool" || name == "boolifexists") && key == "aws:securetransport"
                && values.map { $0.lowercased() } == ["false"]
        }
    }

    private static func entries(_ condition: Value?) -> [(name: String, key: String, values: [String])] {
        (condition?.mapEntries ?? []).flatMap { block in
            (block.value.mapEntries ?? []).map { entry in
                let values =
                    entry.value.textList ?? entry.value.bool.map { [$0 ? "true" : "false"] } ?? []
                return (block.key.string?.lowercased() ?? "", entry.key.string?.lowercased() ?? "", values)
            }
        }
    }
}
