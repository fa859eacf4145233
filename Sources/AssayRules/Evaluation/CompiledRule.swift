import AssayCore
import AssayExpressions

/// A rule with its conditions compiled and its parameters settled per profile.
struct CompiledRule {
    /// Parameters under which the rule is asked.
    struct Profile {
        /// `default`, or a framework's id.
        let name: String
        let parameters: Value
    }

    let rule: Rule
    let when: Condition?
    let assertions: [Condition]
    let profiles: [Profile]
    /// True when the rule has relations, so that the join must run.
    let isRelational: Bool
}

/// Compiles rules and says what is wrong with those that do not compile.
struct RuleCompiler {
    private let environment: ExpressionEnvironment
    private let frameworks: [String]
    private let overrides: [String: Tree]

    /// - Parameters:
    ///   - defaults: what providers document.
    ///   - asOf: the evaluation date.
    ///   - frameworks: ids of the frameworks asked for; each may bring its own parameters.
    ///   - overrides: a user's parameter values, by `rule.parameter`.
    init(defaults: DefaultsTable, asOf: String, frameworks: [String], overrides: [String: Tree]) {
        environment = RuleEnvironment.make(defaults: defaults, asOf: asOf)
        self.frameworks = frameworks
        self.overrides = overrides
    }

    func compile(_ rule: Rule) throws(CatalogueError) -> CompiledRule {
        let when: Condition?
        if let text = rule.appliesTo.when {
            when = try condition(text, of: rule, what: "applies_to.when")
        } else {
            when = nil
        }
        var assertions: [Condition] = []
        for (index, assertion) in rule.assertions.enumerated() {
            assertions.append(try condition(assertion.that, of: rule, what: "assert[\(index)]"))
        }
        return CompiledRule(
            rule: rule, when: when, assertions: assertions, profiles: profiles(of: rule),
            isRelational: !rule.relations.isEmpty)
    }

    private func condition(_ text: String, of rule: Rule, what: String) throws(CatalogueError) -> Condition {
        do {
            return try Condition(text, in: environment)
        } catch {
            throw CatalogueError(
                file: rule.file, message: "\(what) of `\(rule.id)`: \(error)", position: nil)
        }
    }

    /// One profile a framework asked for whose parameters differ; frameworks with the same values share `default`.
    private func profiles(of rule: Rule) -> [CompiledRule.Profile] {
        let mapped = Set(rule.requirements.map(\.framework))
        var profiles: [CompiledRule.Profile] = []
        let asked = frameworks.filter { mapped.contains($0) || mapped.isEmpty }
        for framework in asked.isEmpty ? [""] : asked {
            let differs = rule.parameters.contains { parameter in
                overrides["\(rule.id).\(parameter.name)"] == nil && parameter.profiles[framework] != nil
                    && parameter.profiles[framework]?.content != parameter.default.content
            }
            let name = differs ? framework : "default"
            guard !profiles.contains(where: { $0.name == name }) else { continue }
            profiles.append(.init(name: name, parameters: parameters(of: rule, profile: name)))
        }
        return profiles
    }

    private func parameters(of rule: Rule, profile: String) -> Value {
        let members = rule.parameters.map { parameter in
            Tree.Member(
                parameter.name,
                overrides["\(rule.id).\(parameter.name)"] ?? parameter.profiles[profile] ?? parameter.default)
        }
        return Value(Document(Tree(.object(members))).root)
    }
}
