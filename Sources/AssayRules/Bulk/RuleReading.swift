import AssayCore
import AssayExpressions

/// How a rule is read in bulk: what values alone decide, what is left to the general reader, and which paths it reads.
public struct RuleReading: Sendable {
    /// The rule under each profile that frameworks bring, with what is left over.
    public let pairs: [BulkPair]
    /// The paths of its conditions, in the order of their text.
    public let paths: [String]

    /// Compiles one rule for sealed lines.
    public init(_ rule: Rule, in catalogue: RuleCatalogue, asOf: String = RuleTester.defaultNow) throws(CatalogueError)
    {
        var single = catalogue
        single.keepOnly(rule)
        let frameworks = rule.requirements.isEmpty ? [] : catalogue.frameworks.map(\.id)
        let evaluator = try RuleEvaluator(catalogue: single, frameworks: frameworks, asOf: asOf)
        pairs = BulkProgram(evaluator, layout: .sealed).types.flatMap(\.pairs)
        var paths: [String] = []
        for compiled in evaluator.rules.values.joined() {
            for condition in (compiled.when.map { [$0] } ?? []) + compiled.assertions {
                for path in condition.paths.map(\.description) where !paths.contains(path) { paths.append(path) }
            }
        }
        self.paths = paths
    }
}
