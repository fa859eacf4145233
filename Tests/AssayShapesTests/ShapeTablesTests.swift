import AssayCore
import AssayFormats
import AssayShapes
import Foundation
import Testing

@Suite struct ShapeTablesTests {
    private func tables(_ text: String) throws -> ShapeTables {
        try ShapeTables(documents: [("t.yaml", Document(try YAMLReader.read(Array(text.utf8))))])
    }

    @Test("every type that a rule of the catalogue names has a table")
    func ruleTypes() throws {
        let known = try ShapeFixtures.tables()
        var count = 0
        for (path, url) in try ShapeFixtures.files(below: ShapeFixtures.catalogue.appending(path: "rules"))
        where path.hasSuffix(".yaml") {
            let rule = try YAMLReader.read(Array(Data(contentsOf: url)))
            let related = rule["related"]?.members?.compactMap { $0.value["type"]?.stringValue } ?? []
            for type in [rule["applies_to"]?["type"]?.stringValue].compactMap({ $0 }) + related {
                count += 1
                #expect(known.spelling(ofType: type) == type, "\(path): \(type)")
            }
        }
        #expect(count > 50)
    }

    @Test(
        "a table that cannot be right is refused with its line",
        arguments: [
            ("azure:\n  - type: A/b\n    shaep: {}", 3), ("azure:\n  - type: A/b\n    shape: {x: strnig}", 3),
            ("azure:\n  - {type: A/b}\n  - {type: a/B}", 3), ("aws:\n  - shape: {}", 2),
            ("aws:\n  - type: A::B::C\n    shape: {x: [string, int]}", 3),
            ("aws:\n  - type: A::B::C\n    shape: {x: int, X: int}", 3),
            ("aws:\n  - type: A::B::C\n    api: {X: {to: Y, as: magic}}", 3), ("other: 1", 1),
            ("answers:\n  - {call: nothing}", 2),
        ])
    func refused(text: String, line: Int) throws {
        let error = #expect(throws: ShapeTableError.self) { try tables(text) }
        #expect(error?.name == "t.yaml")
        #expect(error?.position?.line == line)
    }

    @Test("an answer of a type without a table is refused")
    func unknownType() {
        #expect(throws: ShapeTableError.self) {
            try tables("answers:\n  - {call: a b, keys: [X], type: No::Such::Type, subject: account}")
        }
    }

    @Test("what is declared apart is folded into its parent")
    func folding() throws {
        let folding = try ShapeFixtures.tables().folding(
            ofType: "microsoft.network/networksecuritygroups/securityrules")
        #expect(folding?.parent == "Microsoft.Network/networkSecurityGroups")
        #expect(folding?.path.description == "properties.securityRules")
        #expect(
            try ShapeFixtures.tables().folding(ofType: "AWS::EC2::SecurityGroupIngress")?.parentProperty == "GroupId")
        #expect(try ShapeFixtures.tables().folding(ofType: "Microsoft.KeyVault/vaults") == nil)
    }

    @Test("known paths name lists and free names")
    func paths() throws {
        let paths = try ShapeFixtures.tables().knownPaths(ofType: "Microsoft.Storage/storageAccounts")
        #expect(paths.contains("properties.networkAcls.ipRules[].value"))
        #expect(paths.contains("properties.encryption.services.*.keyType"))
    }
}
