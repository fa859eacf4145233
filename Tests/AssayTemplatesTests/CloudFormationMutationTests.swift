import AssayCore
import AssayTemplates
import Testing

@Suite("damaged CloudFormation templates")
struct CloudFormationMutationTests {
    /// A linear congruential generator, so that every run damages the same places.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test("whatever is damaged, reading ends and every declared resource is accounted for")
    func mutate() throws {
        var generator = Generator(state: 7)
        var templates: [Tree] = []
        for one in CloudFormationCase.all { templates += try one.trees() }
        var parts: [Tree] = []
        for template in templates { collect(template, into: &parts) }
        #expect(parts.count > 500)
        for _ in 0..<3000 {
            guard var template = templates.randomElement(using: &generator) else { return }
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                guard let part = parts.randomElement(using: &generator) else { return }
                template = replaced(in: template, by: part, using: &generator)
            }
            let outcome = CloudFormationReader().read(template, unit: "t")
            let readable = (template["Resources"]?.members ?? []).filter { member in
                !member.key.hasPrefix("Fn::") && member.value["Type"]?.stringValue?.isEmpty == false
            }
            #expect(outcome.resources.count <= readable.count)
            for id in outcome.references.keys { #expect(outcome.resources.contains { $0.id == id }) }
            for resource in outcome.resources {
                for reference in outcome.references[resource.id] ?? [] where !reference.isConditional {
                    #expect(resource.body.at(reference.path) != nil, "\(reference.path)")
                }
            }
        }
    }

    private func collect(_ tree: Tree, into parts: inout [Tree]) {
        parts.append(tree)
        for member in tree.members ?? [] { collect(member.value, into: &parts) }
        for element in tree.elements ?? [] { collect(element, into: &parts) }
    }

    private func replaced(in tree: Tree, by part: Tree, using generator: inout Generator) -> Tree {
        guard Int.random(in: 0..<6, using: &generator) > 0 else { return part }
        var tree = tree
        if var members = tree.members, let index = members.indices.randomElement(using: &generator) {
            members[index].value = replaced(in: members[index].value, by: part, using: &generator)
            tree.content = .object(members)
        } else if var elements = tree.elements, let index = elements.indices.randomElement(using: &generator) {
            elements[index] = replaced(in: elements[index], by: part, using: &generator)
            tree.content = .array(elements)
        } else {
            return part
        }
        return tree
    }
}

extension DocumentNode {
    /// The value at a path, or the unknown value that covers it.
    fileprivate func at(_ path: DocumentPath) -> DocumentNode? {
        var node = self
        for step in path.steps {
            if node.kind == .unknown { return node }
            guard let next = node[DocumentPath(steps: [step])] else { return nil }
            node = next
        }
        return node
    }
}
