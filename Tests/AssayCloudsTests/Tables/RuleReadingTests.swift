import AssayCore
import Testing

@testable import AssayClouds

@Suite("what rules read is collected")
struct RuleReadingTests {
    private static let tenant = "Assay::Azure::Tenant"
    private static let subscription = "Assay::Azure::Subscription"

    /// Types in lower case that the program derives itself, or reads from an export of a database.
    private static func own() throws -> Set<String> {
        let files = try CatalogueFiles.documents("shapes").filter {
            ["types-derived.yaml", "types-sql.yaml"].contains($0.name)
        }
        let types = files.flatMap { _, document in
            (document.root["azure"] ?? Document.empty.root).elements.compactMap { $0["type"]?.string }
        }
        #expect(types.count >= 6)
        #expect(types.allSatisfy { $0.hasPrefix("Assay::") })
        return Set(types.map { $0.lowercased() })
    }

    /// True when the type hangs on the parent, or on something that does.
    private static func hangs(_ type: String, on parent: String, _ table: CollectionTable) -> Bool {
        var seen: Set<String> = [type.lowercased()]
        var next = [type.lowercased()]
        while let one = next.popLast() {
            for entry in table.entries where entry.type.lowercased() == one {
                switch entry.owner {
                case .tenant: if parent == tenant { return true }
                case .managementGroup: break
                case .subscription: if parent == subscription { return true }
                case .resources(let owners):
                    for owner in owners.map({ $0.lowercased() }) {
                        if owner == parent.lowercased() { return true }
                        if seen.insert(owner).inserted { next.append(owner) }
                    }
                }
            }
        }
        return false
    }

    @Test("every type that a rule of Azure or Entra reads is collected, our own, or an anchor")
    func types() throws {
        let rules = try ReadingRule.all()
        #expect(rules.count >= 200)
        var known = try Self.own()
        known.formUnion(try CatalogueFiles.table().entries.map { $0.type.lowercased() })
        known.formUnion([Self.tenant.lowercased(), Self.subscription.lowercased()])
        for rule in rules {
            for type in [rule.type] + rule.related.map(\.type) {
                #expect(known.contains(type.lowercased()), "\(rule.id) reads \(type)")
            }
        }
    }

    @Test("children that a rule looks for are collected below the type that it applies to")
    func children() throws {
        let table = try CatalogueFiles.table()
        let own = try Self.own()
        var relations = 0
        for rule in try ReadingRule.all() {
            for related in rule.related where related.by == "child" && !own.contains(related.type.lowercased()) {
                relations += 1
                #expect(
                    Self.hangs(related.type, on: rule.type, table), "\(rule.id): \(related.type) below \(rule.type)")
            }
        }
        #expect(relations >= 50)
    }

    @Test("a parent that a rule looks for is one that its type hangs on")
    func parents() throws {
        let table = try CatalogueFiles.table()
        for rule in try ReadingRule.all() {
            for related in rule.related where related.by == "parent" {
                #expect(
                    Self.hangs(rule.type, on: related.type, table), "\(rule.id): \(rule.type) below \(related.type)")
            }
        }
    }
}
