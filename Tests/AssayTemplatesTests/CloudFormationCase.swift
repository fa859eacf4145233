import AssayCore
import AssayFormats
import AssayTemplates
import Foundation
import Testing

/// One case file: a template in YAML, where it matters its twin in JSON, and what comes of it.
struct CloudFormationCase: CustomTestStringConvertible {
    let file: String
    let given: Tree
    let expect: Tree

    var testDescription: String { given["name"]?.stringValue ?? file }

    static let all: [CloudFormationCase] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/CloudFormation")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            let bytes = [UInt8]((try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data())
            let tree = (try? YAMLReader.read(bytes)) ?? .object([])
            return CloudFormationCase(file: name, given: tree, expect: tree["expect"] ?? .object([]))
        }
    }()

    /// The template in each language that the case has.
    func trees() throws -> [Tree] {
        var trees: [Tree] = []
        if let yaml = given["yaml"]?.stringValue {
            trees.append(try YAMLReader.read(Array(yaml.utf8), tag: CloudFormationReader.tag))
        }
        if let json = given["json"]?.stringValue { trees.append(Tree(try JSONReader.read(Array(json.utf8)).root)) }
        return trees
    }

    /// The outcome of the YAML text, then of the JSON text where there is one.
    func outcomes() throws -> [(language: String, outcome: TemplateOutcome)] {
        let parameters = (given["parameters"]?.members ?? []).map { ($0.key, $0.value) }
        return try zip(["yaml", "json"], trees()).map { language, tree in
            let outcome = CloudFormationReader().read(
                tree, unit: "t", parameters: Dictionary(parameters) { first, _ in first })
            return (language, outcome)
        }
    }
}
