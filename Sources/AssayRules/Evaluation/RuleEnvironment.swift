import AssayCore
import AssayExpressions

/// What rule conditions may use: see `docs/rules.md`.
enum RuleEnvironment {
    /// The variables of every rule condition.
    static let variables = ["resource", "meta", "params", "related", "now", "classification"]

    /// The environment of rule conditions under these default tables.
    static func make(defaults: DefaultsTable, asOf: String) -> ExpressionEnvironment {
        var environment = ExpressionEnvironment()
        for variable in variables { environment.declare(variable, variable == "now" ? .timestamp : .dyn) }
        for function in RuleFunctions.all { environment.register(function) }
        let date = String(asOf.prefix(10))
        environment.defaults = { name in
            defaults.entry(name, at: date).map { Value(Document($0.value).root) }
        }
        return environment
    }
}
