public import AssayCore
import AssayExpressions

/// Finds what makes a rule useless or misleading before it runs.
public struct RuleLinter {
    private let catalogue: RuleCatalogue
    private let types: Set<String>
    /// Known property paths by type in lower case; a type that is missing here is not checked.
    private let paths: [String: KnownPaths]

    /// - Parameters:
    ///   - catalogue: frameworks and defaults to check against.
    ///   - types: canonical types that sources can give.
    ///   - paths: known properties by type.
    public init(catalogue: RuleCatalogue, types: [String], paths: [String: KnownPaths] = [:]) {
        self.catalogue = catalogue
        self.types = Set(types)
        self.paths = paths
    }

    /// Everything found, errors first by place.
    public func lint(_ rules: [Rule]) -> [Diagnostic] {
        var found: [Diagnostic] = []
        var seen: [String: String] = [:]
        for rule in rules {
            if let other = seen.updateValue(rule.file, forKey: rule.id) {
                found.append(problem(rule, "rule-duplicate-id", "id `\(rule.id)` is also in `\(other)`", "rename one"))
            }
            found += lint(rule)
        }
        return found.sorted()
    }

    private func problem(
        _ rule: Rule, _ code: String, _ message: String, _ hint: String, severity: Diagnostic.Severity = .error
    ) -> Diagnostic {
        Diagnostic(
            code: code, severity: severity, message: "`\(rule.id)`: \(message)",
            location: Diagnostic.Location(path: rule.file), hint: hint)
    }

    private func lint(_ rule: Rule) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for type in [rule.appliesTo.type] + rule.relations.map(\.type) where !types.contains(type) {
            let near = types.first { $0.lowercased() == type.lowercased() }
            found.append(
                problem(
                    rule, "rule-unknown-type", "no source gives resources of type `\(type)`",
                    near.map { "write `\($0)`" } ?? "see `Catalogue/shapes` for the types that exist"))
        }
        found += requirementProblems(rule)
        found += caseProblems(rule)
        if rule.severityReason.isEmpty {
            found.append(
                problem(rule, "rule-no-severity-reason", "severity has no reason", "say why in `severityReason`"))
        }
        if rule.fix.steps.isEmpty {
            found.append(
                problem(rule, "rule-no-fix", "fix has no steps", "give at least one of portal, cli, terraform"))
        }
        do {
            let compiler = RuleCompiler(
                defaults: catalogue.defaults, asOf: RuleTester.defaultNow, frameworks: [], overrides: [:])
            let compiled = try compiler.compile(rule)
            found += conditionProblems(rule, compiled)
        } catch {
            found.append(
                problem(rule, "rule-condition", error.message, "see docs/rules.md for what conditions may use"))
        }
        return found
    }

    private func requirementProblems(_ rule: Rule) -> [Diagnostic] {
        var found: [Diagnostic] = []
        if rule.requirements.isEmpty {
            found.append(
                problem(
                    rule, "rule-no-requirement", "maps to no requirement", "add `requirements` with strength and reason"
                ))
        }
        for mapping in rule.requirements {
            let framework = catalogue.framework(mapping.framework)
            guard framework?.requirements.contains(where: { $0.id == mapping.requirement }) != true else { continue }
            found.append(
                problem(
                    rule, "rule-unknown-requirement", "requirement `\(mapping.qualifiedID)` does not exist",
                    "`assay rules frameworks` lists the ids"))
        }
        return found
    }

    private func caseProblems(_ rule: Rule) -> [Diagnostic] {
        let expected = Set(rule.cases.map(\.expected))
        var wanted: [VerdictState] = [.pass, .fail, .unknown]
        if rule.appliesTo.when != nil { wanted.append(.notApplicable) }
        return wanted.filter { !expected.contains($0) }.map { state in
            problem(
                rule, "rule-missing-case", "has no case that expects `\(state.rawValue)`",
                "a rule that was never seen to say `\(state.rawValue)` proves nothing")
        }
    }

    private func conditionProblems(_ rule: Rule, _ compiled: CompiledRule) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let conditions = [compiled.when].compactMap(\.self) + compiled.assertions
        let known = paths[rule.appliesTo.type.lowercased()]
        for condition in conditions {
            for path in condition.paths where path.variable == "resource" {
                guard let known, let unknown = known.firstUnknown(path.fields) else { continue }
                found.append(
                    problem(
                        rule, "rule-unknown-path", "`\(rule.appliesTo.type)` has no `\(unknown)`",
                        "check the spelling against the provider's reference, or add it to the shape table"))
            }
        }
        for relation in rule.relations
        where !conditions.contains(where: { $0.text.contains("related.\(relation.name)") }) {
            found.append(
                problem(
                    rule, "rule-unused-relation", "relation `\(relation.name)` is never read", "remove it",
                    severity: .warning))
        }
        for parameter in rule.parameters
        where !conditions.contains(where: { $0.text.contains("params.\(parameter.name)") }) {
            found.append(
                problem(
                    rule, "rule-unused-parameter", "parameter `\(parameter.name)` is never read", "remove it",
                    severity: .warning))
        }
        return found
    }
}

extension StaticPath {
    /// The names on the way; positions in arrays are left out.
    fileprivate var fields: [String] {
        steps.compactMap { step in
            if case .field(let name) = step { name } else { nil }
        }
    }
}

/// The property paths that a type is known to have.
public struct KnownPaths: Sendable {
    private let paths: Set<String>

    /// - Parameter paths: dotted paths without array positions; a path also makes those above it known.
    public init(_ paths: [String]) {
        var all: Set<String> = []
        for path in paths {
            var prefix = ""
            for step in path.split(separator: ".") {
                prefix += prefix.isEmpty ? String(step) : ".\(step)"
                all.insert(prefix)
            }
        }
        self.paths = all
    }

    /// The shortest prefix of the path that is not known, or nil; below a leaf of the table anything goes.
    func firstUnknown(_ steps: [String]) -> String? {
        var prefix = ""
        for step in steps {
            let next = prefix.isEmpty ? step : "\(prefix).\(step)"
            if !paths.contains(next) {
                let hasChildren = prefix.isEmpty || paths.contains { $0.hasPrefix(prefix + ".") }
                return hasChildren ? next : nil
            }
            prefix = next
        }
        return nil
    }
}
