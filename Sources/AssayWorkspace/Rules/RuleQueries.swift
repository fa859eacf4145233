public import AssayCore
import AssayFormats
public import AssayRules

/// What `assay rules` answers: lists, one rule, its cases, its faults.
public struct RuleQueries {
    private var catalogue: EmbeddedCatalogue

    /// Reads the embedded catalogue.
    public init() throws {
        catalogue = try EmbeddedCatalogue()
    }

    /// Rules of the catalogue, or of the folders named, that bear on a framework and a minimum severity.
    public func rules(at paths: [String], framework: String?, minimum: Severity?) throws -> [Rule] {
        var rules = try paths.flatMap { try RuleFiles.read($0) }
        if paths.isEmpty { rules = catalogue.rules.rules }
        return rules.filter { rule in
            (framework == nil || rule.requirements.contains { $0.framework == framework })
                && rule.severity >= minimum ?? .info
        }
        .sorted { $0.id < $1.id }
    }

    /// The rule with an id or an earlier name of it.
    public func rule(_ id: String, at paths: [String]) throws -> Rule {
        let own = try paths.flatMap { try RuleFiles.read($0) }
        guard let rule = own.first(where: { $0.id == id }) ?? catalogue.rules.rule(id) else {
            throw ConfigurationError("there is no rule `\(id)`", hint: "`assay rules list` shows their ids")
        }
        return rule
    }

    /// How a rule is read in bulk.
    func reading(of rule: Rule) throws -> RuleReading { try RuleReading(rule, in: catalogue.rules) }

    /// Runs the cases of the rules below the paths.
    public func test(_ paths: [String]) throws -> [RuleTester.Outcome] {
        let tester = RuleTester(catalogue: catalogue.rules)
        return try paths.flatMap { try RuleFiles.read($0) }.flatMap { tester.run($0) }
    }

    /// Reads and lints the rules below the paths; a file that cannot be read is a diagnostic among the others.
    public func lint(_ paths: [String]) throws -> [Diagnostic] {
        var rules: [Rule] = []
        var found: [Diagnostic] = []
        for path in paths {
            for file in try RuleFiles.files(path) {
                do {
                    rules += try RuleFiles.read(file)
                } catch let error as CatalogueError {
                    found.append(error.diagnostic)
                }
            }
        }
        let linter = RuleLinter(
            catalogue: catalogue.rules, types: catalogue.types, paths: catalogue.knownPaths)
        return (found + linter.lint(rules)).sorted()
    }

    /// Frameworks with their requirements.
    public var frameworks: [Framework] { catalogue.rules.frameworks }
    /// The default set of controls.
    public var controls: [Control] { catalogue.rules.controls }
}
