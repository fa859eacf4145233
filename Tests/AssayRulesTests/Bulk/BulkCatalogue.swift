import AssayCore
import AssayFormats
import Glibc

@testable import AssayRules

/// The project's own catalogue, cases included, as the tests of bulk evaluation use it.
enum BulkCatalogue {
    /// Rules, frameworks and defaults.
    static func catalogue() throws -> RuleCatalogue { try kept.get() }

    private static let kept = Result { try read() }

    private static func read() throws -> RuleCatalogue {
        let folder = String(#filePath.split(separator: "/Tests/")[0]) + "/Catalogue"
        let files = try FileText.paths(below: folder, suffix: ".yaml").map { path in
            (path: path, tree: try YAMLReader.read(FileText.read(folder + "/" + path)))
        }
        return try RuleCatalogue(files: files)
    }

    /// An evaluator and its bulk program; every rule is asked.
    ///
    /// - Parameter isUnderFrameworks: true asks rules with parameters of their own under several profiles.
    static func engine(
        isUnderFrameworks: Bool = false, layout: LineLayout = .sealed
    ) throws -> (evaluator: RuleEvaluator, program: BulkProgram) {
        let catalogue = try catalogue()
        let evaluator = try RuleEvaluator(
            catalogue: catalogue, frameworks: isUnderFrameworks ? catalogue.frameworks.map(\.id) : [],
            asOf: RuleTester.defaultNow)
        return (evaluator, BulkProgram(evaluator, layout: layout))
    }

    /// How often randomised tests run: `ASSAY_FUZZ_ROUNDS`, else once.
    static var rounds: Int {
        guard let text = unsafe getenv("ASSAY_FUZZ_ROUNDS") else { return 1 }
        return max(1, Int(unsafe String(cString: text)) ?? 1)
    }
}
