import AssayCore
import AssayShapes
import Foundation
import Testing

/// Answers that Azure gave, and the published examples of its documentation: next to the checkout, never inside.
@Suite struct RecordedAnswersTests {
    @Test(
        "every recorded Azure answer is understood or named",
        .enabled(if: ShapeFixtures.shared != nil, "no shared facts"))
    func recorded() throws {
        let folder = try #require(ShapeFixtures.shared).appending(path: "azure-api/recorded")
        var counts = (files: 0, understood: 0, resources: 0, records: 0, unnamed: 0)
        var codes: [String: Int] = [:]
        for (path, url) in try ShapeFixtures.files(below: folder) where path.hasSuffix(".json") {
            counts.files += 1
            let tree = Tree(try JSONReader.read(Array(Data(contentsOf: url))).root)
            var interpreter = ExportInterpreter(tables: try ShapeFixtures.tables(), redactor: ShapeFixtures.redactor)
            interpreter.add(tree, file: path)
            let outcome = interpreter.finish()
            if case .understood = outcome.files[path] { counts.understood += 1 }
            for diagnostic in outcome.diagnostics { codes[diagnostic.code, default: 0] += 1 }
            counts.resources += outcome.resources.count
            for record in tree.elements ?? [] {
                counts.records += 1
                let lines = (record.position?.line ?? 0)...Self.lastLine(record)
                let isShown =
                    outcome.resources.contains { lines.contains($0.origin.line ?? 0) }
                    || outcome.diagnostics.contains { lines.contains($0.location?.line ?? 0) }
                    || record["response_body"]?["value"]?.elements?.isEmpty == true
                    // The same resource was read again further down.
                    || record["response_body"].map { Self.names(outcome.resources, in: $0) } == true
                    || record["status"]?.numberText == "404"
                if !isShown {
                    counts.unnamed += 1
                    Issue.record("\(path):\(lines.lowerBound) leaves no trace")
                }
            }
        }
        print("recorded answers:", counts, codes.sorted { $0.key < $1.key })
        #expect(counts.files > 100)
        #expect(counts.unnamed == 0)
    }

    @Test(
        "every answer of the published examples is understood or named",
        .enabled(if: ShapeFixtures.shared != nil, "no shared facts"))
    func examples() throws {
        let folder = try #require(ShapeFixtures.shared).appending(path: "azure-api/examples")
        var counts = (answers: 0, understood: 0, failed: 0, resources: 0)
        for (path, url) in try ShapeFixtures.files(below: folder) where path.hasSuffix(".json") {
            let tree = Tree(try JSONReader.read(Array(Data(contentsOf: url))).root)
            let answers = (tree["examples"]?.elements ?? []).flatMap { example in
                (example["responses"]?.members ?? []).filter { $0.key.hasPrefix("2") }.compactMap { $0.value["body"] }
                    + [example["response"]].compactMap { $0 }
            }
            for answer in answers where answer.members?.isEmpty == false {
                counts.answers += 1
                var interpreter = ExportInterpreter(
                    tables: try ShapeFixtures.tables(), redactor: ShapeFixtures.redactor)
                interpreter.add(answer, file: path)
                let outcome = interpreter.finish()
                counts.resources += outcome.resources.count
                // The published Graph pages show placeholders such as "Boolean".
                #expect(
                    path.hasPrefix("MicrosoftGraph")
                        || !outcome.diagnostics.contains { $0.code == "shape-scalar-unmapped" })
                switch outcome.files[path] {
                case .understood: counts.understood += 1
                case .failed: counts.failed += 1
                default:
                    #expect(outcome.diagnostics.contains { $0.code == "shape-not-understood" })
                }
            }
        }
        print("published examples:", counts)
        #expect(counts.answers > 500)
    }

    private static func lastLine(_ tree: Tree) -> Int {
        let below = (tree.members?.map(\.value) ?? tree.elements ?? []).map { lastLine($0) }
        return max(tree.position?.line ?? 0, below.max() ?? 0)
    }

    private static func names(_ resources: [Resource], in body: Tree) -> Bool {
        let elements = body["value"]?.elements ?? [body]
        return elements.allSatisfy { element in
            guard let id = element["id"]?.stringValue?.lowercased() else { return false }
            return resources.contains { $0.id == id }
        }
    }
}
