import AssayCatalogue
import AssayCore
import AssayRules

/// The catalogue of the product, compiled for bulk.
enum EngineCatalogue {
    static func catalogue() throws -> RuleCatalogue {
        var files: [(path: String, tree: Tree)] = []
        for (path, text) in Catalogue.files
        where !path.hasPrefix("shapes/") || path.hasPrefix("shapes/defaults-") {
            files.append((path, Tree(try JSONReader.read(text).root)))
        }
        return try RuleCatalogue(files: files)
    }

    static func evaluator() throws -> RuleEvaluator {
        try RuleEvaluator(catalogue: try catalogue(), frameworks: [], asOf: "2026-06-30T00:00:00Z")
    }
}
