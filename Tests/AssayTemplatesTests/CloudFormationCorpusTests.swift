import AssayCore
import AssayFormats
import AssayTemplates
import Foundation
import Testing

/// The folder of data that others made; nil where it is not at hand.
enum SharedData {
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["ASSAY_SHARED"].map { URL(fileURLWithPath: $0) }
        let checkout = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = named ?? checkout.deletingLastPathComponent().appendingPathComponent("shared")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static var isHere: Bool { folder != nil }
}

@Suite(
    "CloudFormation templates of others",
    .enabled(if: SharedData.isHere, "needs ../shared or the folder that ASSAY_SHARED names"))
struct CloudFormationCorpusTests {
    private func files(_ suffix: String) throws -> [URL] {
        let folder = try #require(SharedData.folder).appendingPathComponent("corpus/cloudformation")
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (found?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.pathExtension == suffix }
            .sorted { $0.path < $1.path }
    }

    private func tree(_ file: URL) throws -> Tree {
        let bytes = [UInt8](try Data(contentsOf: file))
        return file.pathExtension == "json"
            ? Tree(try JSONReader.read(bytes).root) : try YAMLReader.read(bytes, tag: CloudFormationReader.tag)
    }

    /// What decides values, scalars as text: twins that differ here were never twins.
    private func written(_ tree: Tree) -> [Tree] {
        func entries(_ section: String, _ keys: Set<String>) -> Tree {
            .object(
                (tree[section]?.members ?? []).map { member in
                    let members = (member.value.members ?? []).filter { keys.contains($0.key) }
                    return (member.key, Tree(.object(members)))
                })
        }
        return [
            entries("Parameters", ["Type", "Default"]), tree["Mappings"] ?? .object([]),
            tree["Conditions"] ?? .object([]), entries("Resources", ["Type", "Condition", "Properties"]),
        ].map { OutcomeView.loose($0) }
    }

    @Test("YAML and JSON twins give the same resources, relations and coverage")
    func twins() throws {
        var same = 0
        var different: [String] = []
        for yaml in try files("yaml") {
            let json = yaml.deletingPathExtension().appendingPathExtension("json")
            guard FileManager.default.fileExists(atPath: json.path) else { continue }
            let name = yaml.deletingPathExtension().lastPathComponent
            let trees = [try tree(yaml), try tree(json)]
            let views = trees.map { OutcomeView(outcome: CloudFormationReader().read($0, unit: "t")) }
            #expect(views[0].outcome.resources.count > 0, "\(name)")
            let aspects = views.map { view in
                let relations = Set((view.references.elements ?? []).compactMap(\.stringValue)).sorted()
                return [
                    OutcomeView.loose(view.bodies), view.types, view.names, view.tags, view.conditions, view.coverage,
                ]
                .map { OutcomeView.text(OutcomeView.sorted($0)) } + relations
            }
            if aspects[0] == aspects[1] {
                same += 1
            } else {
                #expect(written(trees[0]) != written(trees[1]), "\(name) is read differently")
                different.append(name)
            }
        }
        print("twins: \(same) the same, written differently: \(different)")
        #expect(same >= 10)
        #expect(different.count < same)
    }

    @Test("every resource of every template is read, with a position that is inside the file")
    func all() throws {
        for file in try files("yaml") + files("json") {
            let tree = try tree(file)
            #expect(CloudFormationReader.isTemplate(tree), "\(file.lastPathComponent)")
            let outcome = CloudFormationReader().read(tree, unit: "t")
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            for resource in outcome.resources {
                let line = try #require(resource.origin.line)
                let text = try #require(lines.indices.contains(line - 1) ? lines[line - 1] : nil)
                #expect(text.contains(OutcomeView.logicalId(resource.id)), "\(file.lastPathComponent):\(line)")
            }
            let errors = outcome.diagnostics.filter { $0.severity == .error }
            #expect(errors.isEmpty, "\(file.lastPathComponent) \(errors)")
        }
    }

    @Test("the templates of a rule registry are all read")
    func registry() throws {
        let file = try #require(SharedData.folder).appendingPathComponent("aws-policy/guard-registry-tests.json")
        let document = try JSONReader.read([UInt8](try Data(contentsOf: file)))
        var templates = 0
        var declared = 0
        var read = 0
        var missing: [String: Int] = [:]
        var codes: [String: Int] = [:]
        for suite in document.root.members {
            for one in suite.value.elements {
                guard let input = one["input"] else { continue }
                let tree = Tree(input)
                templates += 1
                let outcome = CloudFormationReader().read(tree, unit: "t")
                let typed = (tree["Resources"]?.members ?? []).filter { $0.value["Type"]?.stringValue != nil }
                declared += typed.count
                read += outcome.resources.count
                let ids = Set(outcome.resources.map(\.id))
                for member in typed where !ids.contains("t#\(member.key)") {
                    missing[member.value["Type"]?.stringValue ?? "", default: 0] += 1
                }
                for diagnostic in outcome.diagnostics { codes[diagnostic.code, default: 0] += 1 }
                if let resources = tree["Resources"]?.members, typed.count < resources.count {
                    #expect(
                        outcome.diagnostics.contains { $0.severity == .error },
                        "\(suite.key) \(one["name"]?.stringValue ?? "") drops a resource without a word")
                }
            }
        }
        print(
            "registry: \(templates) templates, \(declared) typed resources, \(read) read, \(codes), not a resource of their own: \(missing)"
        )
        #expect(templates > 1000)
        #expect(read <= declared && read > declared * 9 / 10)
    }
}
