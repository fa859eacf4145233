import AssayCore
import AssayShapes
import Testing

@Suite struct CanonicalShaperTests {
    private func canonical(_ type: String, _ json: String) throws -> (Tree, [Diagnostic]) {
        try CanonicalShaper(tables: ShapeFixtures.tables()).canonical(type: type, body: try ShapeFixtures.tree(json))
    }

    /// What a value under `enabled: bool`, `days: int` or `name: string` becomes; nil for unknown.
    static let scalars: [(path: String, json: String, result: String?)] = [
        ("StorageEncrypted", "true", "true"), ("StorageEncrypted", #""true""#, "true"),
        ("StorageEncrypted", #""False""#, "false"),
        ("StorageEncrypted", "1", nil), ("StorageEncrypted", #""yes""#, nil), ("StorageEncrypted", "{}", nil),
        ("BackupRetentionPeriod", #""90""#, "90"), ("BackupRetentionPeriod", "90.0", "90"),
        ("BackupRetentionPeriod", "90.5", nil),
        ("BackupRetentionPeriod", #""9e1""#, nil), ("BackupRetentionPeriod", #""""#, nil),
        ("BackupRetentionPeriod", #""+7""#, nil),
        ("BackupRetentionPeriod", "99999999999999999999", nil), ("BackupRetentionPeriod", "true", nil),
        ("Port", "5432", #""5432""#), ("Port", "[]", nil), ("VPCSecurityGroups", #""sg-1""#, nil),
        ("VPCSecurityGroups", "[1]", #"["1"]"#),
    ]

    @Test("a scalar gets its provider's kind or becomes unknown", arguments: scalars)
    func scalar(path: String, json: String, result: String?) throws {
        let (body, diagnostics) = try canonical("AWS::RDS::DBInstance", #"{"\#(path)":\#(json)}"#)
        var writer = JSONWriter()
        if let value = body[path], !value.isUnknown { writer.value(value) }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == result ?? "")
        #expect(body[path]?.isUnknown == (result == nil))
        #expect(diagnostics.map(\.code) == (result == nil ? ["shape-scalar-unmapped"] : []))
    }

    @Test("known names get the table's spelling and others stay")
    func spelling() throws {
        let (body, diagnostics) = try canonical(
            "microsoft.storage/STORAGEACCOUNTS",
            #"{"Properties":{"ENCRYPTION":{"keyVaultProperties":{"keyName":"k"}},"Novel":1,"minimumtlsversion":null}}"#)
        let (expected, _) = try canonical(
            "Microsoft.Storage/storageAccounts",
            #"{"properties":{"encryption":{"keyvaultproperties":{"keyname":"k"}},"Novel":1}}"#)
        #expect(body["properties"]?["encryption"]?["keyvaultproperties"]?["keyname"]?.stringValue == "k")
        #expect(Document(body).root.description == Document(expected).root.description)
        #expect(diagnostics.isEmpty)
    }

    @Test("a name in two cases keeps the table's and names the other")
    func twice() throws {
        let (body, diagnostics) = try canonical(
            "AWS::RDS::DBInstance", #"{"storageEncrypted":false,"StorageEncrypted":true}"#)
        #expect(body["StorageEncrypted"]?.boolValue == true)
        #expect(diagnostics.map(\.code) == ["shape-name-twice"])
    }

    @Test("what is unknown stays unknown, and a type without a table stays as it is")
    func untouched() throws {
        let shaper = CanonicalShaper(tables: try ShapeFixtures.tables())
        let unknown = Tree.object([("StorageEncrypted", .unknown(.knownAfterDeployment))])
        #expect(shaper.canonical(type: "AWS::RDS::DBInstance", body: unknown).0 == unknown)
        let other = Tree.object([("storageEncrypted", .string("true"))])
        #expect(shaper.canonical(type: "Some::Other::Type", body: other).0 == other)
    }

    @Test(
        "a policy document is read from text, plain or URL-encoded",
        arguments: [
            #""{\"Version\":\"2012-10-17\"}""#, #""%7B%22Version%22%3A%222012-10-17%22%7D""#,
            #"{"Version":"2012-10-17"}"#,
        ])
    func policies(json: String) throws {
        let (body, diagnostics) = try canonical("AWS::S3::BucketPolicy", #"{"PolicyDocument":\#(json)}"#)
        #expect(body["PolicyDocument"]?["Version"]?.stringValue == "2012-10-17")
        #expect(diagnostics.isEmpty)
    }

    @Test("tags and names are taken from where each cloud has them")
    func tagsAndNames() throws {
        let shaper = CanonicalShaper(tables: try ShapeFixtures.tables())
        let bucket = try ShapeFixtures.tree(
            #"{"BucketName":"b","Tags":[{"Key":"data","Value":"phi"},{"Key":"x","Value":{}}]}"#)
        #expect(shaper.tags(type: "AWS::S3::Bucket", body: bucket) == ["data": "phi"])
        #expect(shaper.name(type: "AWS::S3::Bucket", body: bucket) == "b")
        let account = try ShapeFixtures.tree(#"{"name":"a","tags":{"data":"phi","cost":7}}"#)
        #expect(shaper.tags(type: "Microsoft.Storage/storageAccounts", body: account) == ["data": "phi", "cost": "7"])
        #expect(shaper.name(type: "Microsoft.Storage/storageAccounts", body: account) == "a")
    }
}
