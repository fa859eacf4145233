import Testing

@testable import AssayRules

@Suite("default controls")
struct ControlTests {
    @Test("every rule of the catalogue tests a control")
    func coverRules() throws {
        let catalogue = try BulkCatalogue.catalogue()
        let tested = Set(catalogue.controls.flatMap(\.rules))
        #expect(!tested.isEmpty)
        #expect(catalogue.rules.map(\.id).filter { !tested.contains($0) } == [])
    }

    @Test("a control is tested by rules that exist and speak of a requirement of the control")
    func shareRequirements() throws {
        let catalogue = try BulkCatalogue.catalogue()
        let rules = Dictionary(uniqueKeysWithValues: catalogue.rules.map { ($0.id, $0) })
        for control in catalogue.controls {
            for id in control.rules {
                let rule = try #require(rules[id], "\(control.id) names `\(id)`")
                let requirements = rule.requirements.map(\.qualifiedID)
                #expect(!Set(control.requirements).isDisjoint(with: requirements), "\(control.id) and \(id)")
            }
        }
    }
}
