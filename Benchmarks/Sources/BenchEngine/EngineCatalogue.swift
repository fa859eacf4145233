import AssayCatalogue
import AssayCore
package import AssayRules

/// The catalogue of the product, compiled for bulk.
package enum EngineCatalogue {
    /// The date of evaluation, fixed so that counts repeat.
    package static let asOf = "2026-06-30T00:00:00Z"

    /// The rules of the packed catalogue with the defaults that they name.
    package static func catalogue() throws -> RuleCatalogue {
        var files: [(path: String, tree: Tree)] = []
        for (path, text) in Catalogue.files
        where !path.hasPrefix("shapes/") || path.hasPrefix("shapes/defaults-") {
            files.append((path, Tree(try JSONReader.read(text).root)))
        }
        return try RuleCatalogue(files: files)
    }

    /// The catalogue's rules, checked.
    package static func evaluator() throws -> RuleEvaluator {
        try RuleEvaluator(catalogue: try catalogue(), frameworks: [], asOf: asOf)
    }
}
