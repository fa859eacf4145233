import AssayCore
import AssayTemplates
import Testing

@Suite("CloudFormation templates")
struct CloudFormationCaseTests {
    @Test("the cases are found")
    func cases() {
        #expect(CloudFormationCase.all.count >= 9)
    }

    @Test("a template gives the resources that its case states", arguments: CloudFormationCase.all)
    func read(_ one: CloudFormationCase) throws {
        let outcomes = try one.outcomes()
        #expect(!outcomes.isEmpty, "\(one.file) has no template")
        #expect(one.expect["resources"] != nil, "\(one.file) expects nothing")
        for (language, outcome) in outcomes {
            let view = OutcomeView(outcome: outcome)
            let shown: [(String, Tree)] = [
                ("resources", view.bodies), ("types", view.types), ("names", view.names), ("tags", view.tags),
                ("conditions", view.conditions), ("coverage", view.coverage), ("references", view.references),
            ]
            for (aspect, actual) in shown {
                guard let expected = one.expect[aspect] else { continue }
                expectSame(actual, expected, "\(one.file) \(language) \(aspect)")
            }
            // Diagnostics have lines, and these differ between twins.
            let told = one.expect["diagnostics"] ?? .array([])
            if language == "yaml" {
                expectSame(view.diagnostics, told, "\(one.file) diagnostics")
            } else {
                #expect(outcome.diagnostics.count == told.elements?.count, "\(one.file) json diagnostics")
            }
            for place in one.expect["positions"]?[language]?.members ?? [] {
                #expect(view.position(place.key) == place.value.stringValue, "\(one.file) \(language) \(place.key)")
            }
        }
    }

    private func expectSame(_ actual: Tree, _ expected: Tree, _ what: String) {
        let actual = OutcomeView.sorted(actual)
        let expected = OutcomeView.sorted(expected)
        if actual != expected {
            Issue.record("\(what)\nactual: \(OutcomeView.text(actual))\nexpected: \(OutcomeView.text(expected))")
        }
    }
}
