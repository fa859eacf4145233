import AssayCore
package import AssayRules

/// The bench rules as a catalogue of the product.
package enum EngineRules {
    /// A program over the rules of a file; ids are `R001` and on in the order of the file.
    package static func program(_ path: String, layout: LineLayout, times: Int = 1) throws -> BulkProgram {
        BulkProgram(try evaluator(path, times: times), layout: layout)
    }

    /// - Parameters:
    ///   - times: how often each rule is asked, each time under another id and of another path of the tree.
    ///   - changing: gives the condition that stands in place of a rule's own; rules are counted from 0.
    package static func evaluator(
        _ path: String, times: Int = 1, changing: (Int, String) -> String = { $1 }
    ) throws -> RuleEvaluator {
        let lines = try BenchRules.read(try Files.read(path))
        var files: [(path: String, tree: Tree)] = []
        for round in 0..<times {
            for (index, line) in lines.enumerated() {
                let (id, type, original) = line
                let condition = changing(index, original)
                let name = round == 0 ? id : "\(id)-\(round)"
                // A copy must not share its atoms with the original, or more rules would cost nothing.
                let text = round == 0 ? condition : "(\(condition)) || size(\"\(round)\") == 0"
                files.append(("rules/\(name).yaml", rule(name, type, text)))
            }
        }
        return try RuleEvaluator(
            catalogue: try RuleCatalogue(files: files), frameworks: [], asOf: "2026-06-30T00:00:00Z")
    }

    private static func rule(_ id: String, _ type: String, _ condition: String) -> Tree {
        .object([
            ("rule", .string("assay.rule/1")), ("id", .string(id)), ("title", .string("bench")),
            ("rationale", .string("bench")), ("severity", .string("low")),
            ("applies_to", .object([("type", .string(type))])),
            ("fix", .object([("cli", .string("bench")), ("effortHours", .array([.int(1), .int(1)]))])),
            ("assert", .array([.object([("that", .string(condition)), ("message", .string("bench"))])])),
        ])
    }
}
