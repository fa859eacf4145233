public import AssayCore
import AssayHashing

/// Reads `assay.rule/1`.
public enum RuleReader {
    private static let fields: Set<String> = [
        "rule", "id", "title", "description", "rationale", "severity", "severityReason", "formerly", "applies_to",
        "params", "related", "assert", "requirements", "equivalents", "fix", "cases",
    ]

    /// Reads one rule.
    ///
    /// - Parameters:
    ///   - tree: the document.
    ///   - file: its path, for errors.
    public static func read(_ tree: Tree, file: String) throws(CatalogueError) -> Rule {
        let reader = try FieldReader(tree, file: file, what: "rule")
        let format = try reader.string("rule")
        guard format == "assay.rule/1" else {
            throw reader.failure("format `\(format)` is not supported, this program reads `assay.rule/1`")
        }
        try reader.allow(fields)
        let severityText = try reader.string("severity")
        guard let severity = Severity(rawValue: severityText) else {
            throw reader.failure(
                "severity `\(severityText)` is none of critical, high, medium, low, info", at: tree["severity"])
        }
        let assertions = try assertions(reader)
        guard !assertions.isEmpty else { throw reader.failure("rule asserts nothing") }
        return Rule(
            id: try reader.string("id"), title: try reader.string("title"),
            description: try reader.optionalString("description"), rationale: try reader.string("rationale"),
            severity: severity, severityReason: try reader.optionalString("severityReason") ?? "",
            formerly: try reader.strings("formerly"), appliesTo: try applicability(reader),
            parameters: try parameters(reader), relations: try relations(reader), assertions: assertions,
            requirements: try mappings(reader), equivalents: try equivalents(reader), fix: try fix(reader),
            cases: try cases(reader), version: try version(of: tree, reader), file: file)
    }

    private static func version(of tree: Tree, _ reader: FieldReader) throws(CatalogueError) -> String {
        var document = tree
        document["cases"] = nil
        do {
            return Digest(of: try CanonicalJSON.encode(document)).hexadecimal
        } catch {
            throw reader.failure("rule holds a number that JSON cannot carry exactly")
        }
    }

    private static func applicability(_ reader: FieldReader) throws(CatalogueError) -> Rule.Applicability {
        guard let tree = reader.tree["applies_to"] else { throw reader.failure("rule has no `applies_to`") }
        let fields = try FieldReader(tree, file: reader.file, what: "`applies_to`")
        try fields.allow(["type", "when"])
        return Rule.Applicability(type: try fields.string("type"), when: try fields.optionalString("when"))
    }

    private static func parameters(_ reader: FieldReader) throws(CatalogueError) -> [Rule.Parameter] {
        var parameters: [Rule.Parameter] = []
        for member in try reader.members("params") {
            let fields = try FieldReader(member.value, file: reader.file, what: "parameter `\(member.key)`")
            try fields.allow(["type", "default", "profiles", "description"])
            guard let value = member.value["default"] else {
                throw fields.failure("parameter `\(member.key)` has no `default`")
            }
            var profiles: [String: Tree] = [:]
            for profile in try fields.members("profiles") { profiles[profile.key] = profile.value }
            parameters.append(
                Rule.Parameter(
                    name: member.key, type: try fields.string("type"), default: value, profiles: profiles,
                    description: try fields.optionalString("description")))
        }
        return parameters
    }

    private static func relations(_ reader: FieldReader) throws(CatalogueError) -> [Rule.Relation] {
        var relations: [Rule.Relation] = []
        for member in try reader.members("related") {
            let fields = try FieldReader(member.value, file: reader.file, what: "relation `\(member.key)`")
            try fields.allow(["type", "by"])
            let text = try fields.string("by")
            guard let kind = RelationKind(text) else {
                throw fields.failure(
                    "`by: \(text)` is none of child, parent, scope, attachedTo(path), references(path)")
            }
            relations.append(Rule.Relation(name: member.key, type: try fields.string("type"), by: kind))
        }
        return relations
    }

    private static func assertions(_ reader: FieldReader) throws(CatalogueError) -> [Rule.Assertion] {
        var assertions: [Rule.Assertion] = []
        for tree in try reader.list("assert") {
            let fields = try FieldReader(tree, file: reader.file, what: "assertion")
            try fields.allow(["that", "message"])
            assertions.append(
                Rule.Assertion(that: try fields.string("that"), message: try fields.string("message")))
        }
        return assertions
    }

    private static func mappings(_ reader: FieldReader) throws(CatalogueError) -> [RequirementMapping] {
        var mappings: [RequirementMapping] = []
        for tree in try reader.list("requirements") {
            let fields = try FieldReader(tree, file: reader.file, what: "requirement")
            try fields.allow(["id", "strength", "reason"])
            let id = try fields.string("id")
            let strengthText = try fields.string("strength")
            guard let colon = id.firstIndex(of: ":"),
                let strength = RequirementMapping.Strength(rawValue: strengthText)
            else {
                throw fields.failure(
                    "requirement `\(id)` needs the form `framework:id` and a strength of full, partial or supporting")
            }
            mappings.append(
                RequirementMapping(
                    framework: String(id[..<colon]), requirement: String(id[id.index(after: colon)...]),
                    strength: strength, reason: try fields.string("reason")))
        }
        return mappings
    }

    private static func equivalents(
        _ reader: FieldReader
    ) throws(CatalogueError) -> [(engine: String, ids: [String])] {
        guard let tree = reader.tree["equivalents"] else { return [] }
        let fields = try FieldReader(tree, file: reader.file, what: "`equivalents`")
        var found: [(engine: String, ids: [String])] = []
        for member in tree.members ?? [] { found.append((member.key, try fields.strings(member.key))) }
        return found
    }

    private static func fix(_ reader: FieldReader) throws(CatalogueError) -> Rule.Fix {
        guard let tree = reader.tree["fix"] else { throw reader.failure("rule has no `fix`") }
        let fields = try FieldReader(tree, file: reader.file, what: "`fix`")
        let channels = ["portal", "cli", "terraform", "bicep", "cloudformation"]
        try fields.allow(Set(channels + ["effortHours", "downtime", "role", "irreversible"]))
        var steps: [(channel: String, text: String)] = []
        for channel in channels {
            if let text = try fields.optionalString(channel) { steps.append((channel, text)) }
        }
        let hours = try fields.list("effortHours").compactMap { $0.numberText.flatMap { Double($0) } }
        guard hours.isEmpty || hours.count == 2 && hours[0] <= hours[1] else {
            throw fields.failure("`effortHours` must be a low and a high number", at: tree["effortHours"])
        }
        return Rule.Fix(
            steps: steps, effortHours: hours.count == 2 ? (hours[0], hours[1]) : nil,
            downtime: try fields.optionalString("downtime"), role: try fields.optionalString("role"),
            isIrreversible: tree["irreversible"]?.boolValue ?? false)
    }

    private static func cases(_ reader: FieldReader) throws(CatalogueError) -> [RuleCase] {
        var cases: [RuleCase] = []
        for tree in try reader.list("cases") {
            let fields = try FieldReader(tree, file: reader.file, what: "case")
            try fields.allow(["name", "given", "expect", "path"])
            let expectation = try fields.string("expect")
            guard let expected = VerdictState(rawValue: expectation) else {
                throw fields.failure("`expect: \(expectation)` is not a verdict", at: tree["expect"])
            }
            let given = try FieldReader(
                tree["given"] ?? Tree(.object([])), file: reader.file, what: "`given`")
            try given.allow(["resources", "coverage", "params", "profile", "now"])
            cases.append(
                RuleCase(
                    name: try fields.string("name"), resources: try given.list("resources"),
                    coverage: try given.list("coverage"),
                    parameters: try given.members("params").map { ($0.key, $0.value) },
                    profile: try given.optionalString("profile"), now: try given.optionalString("now"),
                    expected: expected, position: tree.position))
        }
        return cases
    }
}

extension RelationKind {
    /// Reads `child`, `parent`, `scope`, `attachedTo(path)` or `references(path)`.
    init?(_ text: String) {
        func argument(_ name: String) -> String? {
            guard text.hasPrefix(name + "("), text.hasSuffix(")") else { return nil }
            let path = text.dropFirst(name.count + 1).dropLast()
            return path.isEmpty ? nil : String(path)
        }
        switch text {
        case "child": self = .child
        case "parent": self = .parent
        case "scope": self = .scope
        default:
            if let path = argument("attachedTo") {
                self = .attachedTo(path)
            } else if let path = argument("references") {
                self = .references(path)
            } else {
                return nil
            }
        }
    }
}
