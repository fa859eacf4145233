import AssayCore
import AssayShapes
import Testing

@Suite("exported columns of SQL databases")
struct SqlColumnTests {
    private static let head = [
        "server_name", "database_name", "sees_definitions", "sees_key_definitions", "row_count", "schema_name",
        "table_name", "column_name", "data_type", "encryption_type", "encryption_algorithm_name",
        "column_encryption_key", "column_master_key", "key_store_provider_name", "key_path",
    ]
    private static let clear = "Clinic-SQL,Records,1,1,2,dbo,Patients,Id,int,0,NULL,NULL,NULL,NULL,NULL"
    private static let secret =
        "Clinic-SQL,Records,1,1,2,dbo,Patients,Diagnosis,nvarchar,2,AEAD_AES_256_CBC_HMAC_SHA_256,CEK1,CMK1,"
        + "AZURE_KEY_VAULT,https://Clinic.vault.azure.net/keys/cmk/0123"
    private static let place = "sql:clinic-sql/records"
    private static let database =
        "/subscriptions/s1/resourcegroups/r/providers/microsoft.sql/servers/clinic-sql/databases/records"

    private static func table(_ rows: [String], head: [String] = head, separator: String = ",", end: String = "\n")
        -> String
    {
        ([head.joined(separator: separator)] + rows).map { $0 + end }.joined()
    }

    private func outcome(_ texts: String..., redactor: Redactor? = ShapeFixtures.redactor) throws -> ShapeOutcome {
        var interpreter = ExportInterpreter(tables: try ShapeFixtures.tables(), redactor: redactor)
        for (index, text) in texts.enumerated() {
            let isUnderstood = interpreter.add(text: Array(text.utf8), file: "columns-\(index).csv")
            try #require(isUnderstood)
        }
        return interpreter.finish()
    }

    private func columns(_ outcome: ShapeOutcome) -> [Resource] {
        outcome.resources.filter { $0.type == "Assay::Azure::SqlColumn" }
    }

    private func state(_ outcome: ShapeOutcome, of type: String = "Assay::Azure::SqlColumn") -> [Coverage.State] {
        outcome.coverage.filter { $0.collection == type }.map(\.state)
    }

    @Test("a table of the query gives its columns, its master keys and proof that there are no others")
    func whole() throws {
        let outcome = try outcome(Self.table([Self.clear, Self.secret]))
        #expect(outcome.diagnostics.isEmpty)
        #expect(
            outcome.resources.map(\.id) == [
                "\(Self.place)/columns/dbo.Patients.Diagnosis", "\(Self.place)/columns/dbo.Patients.Id",
                "\(Self.place)/columnmasterkeys/CMK1",
            ])
        let diagnosis = try #require(outcome.resources.first)
        #expect(diagnosis.body["encryptionType"]?.string == "randomized")
        #expect(diagnosis.body["server"]?.string == "Clinic-SQL")
        #expect(diagnosis.body["keyVaultKeyId"]?.string == "https://clinic.vault.azure.net/keys/cmk/0123")
        #expect(diagnosis.body["columnMasterKeys"]?.elements.map(\.string) == ["CMK1"])
        #expect(diagnosis.origin.line == 3)
        let id = try #require(columns(outcome).last)
        #expect(id.body["encryptionType"]?.string == "none")
        #expect(id.body["columnMasterKey"] == nil)
        #expect(id.unknownPaths.isEmpty)
        #expect(outcome.coverage.map(\.state) == [.read, .read])
        #expect(outcome.coverage.map(\.count) == [2, 1])
        #expect(outcome.coverage.allSatisfy { $0.scope == Self.place })
        #expect(outcome.files == ["columns-0.csv": .understood(resources: 2)])
    }

    @Test(
        "what programs write around the rows changes nothing",
        arguments: [
            "capitals", "line ends", "semicolons", "quotes", "line below the head", "count at the end", "padding",
        ])
    func dialects(_ dialect: String) throws {
        let rows = [Self.clear, Self.secret]
        func quoted(_ row: String) -> String { row.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",") }
        let text =
            switch dialect {
            case "capitals": Self.table(rows, head: Self.head.map { $0.uppercased() })
            case "line ends": Self.table(rows, end: "\r\n")
            case "semicolons":
                Self.table(rows.map { $0.split(separator: ",").joined(separator: ";") }, separator: ";")
            case "quotes": Self.table(rows.map(quoted))
            case "line below the head": Self.table([Self.head.map { _ in "---" }.joined(separator: ",")] + rows)
            case "count at the end": Self.table(rows + ["", "(2 rows affected)"])
            default: Self.table(rows.map { $0.split(separator: ",").joined(separator: "  ,") })
            }
        let outcome = try outcome(text)
        #expect(outcome.diagnostics.isEmpty)
        #expect(columns(outcome).map { $0.body["encryptionType"]?.string } == ["randomized", "none"])
        #expect(state(outcome) == [.read])
    }

    @Test("names with quotes, dots, slashes and line ends keep their place in the id")
    func names() throws {
        let row = "q,d,1,1,3,\"a.b\",\"x/y\",\"say \"\"hi\"\"\nthere\",int,0,,,,,"
        let null = "q,d,1,1,3,dbo,T,NULL,int,1,A,K,M,MSSQL_CERTIFICATE_STORE,CurrentUser/My/AB"
        let twin = "q,d,1,1,3,a,b.x/y,\"say \"\"hi\"\"\nthere\",int,0,,,,,"
        let outcome = try outcome(Self.table([row, null, twin]))
        #expect(outcome.diagnostics.isEmpty)
        #expect(
            columns(outcome).map(\.id) == [
                "sql:q/d/columns/a%2Eb.x%2Fy.say \"hi\"\nthere", "sql:q/d/columns/a.b%2Ex%2Fy.say \"hi\"\nthere",
                "sql:q/d/columns/dbo.T.NULL",
            ])
        #expect(columns(outcome).last?.body["column"]?.string == "NULL")
        #expect(state(outcome) == [.read])
    }

    @Test(
        "an export proves nothing absent when its reader or its length is in doubt",
        arguments: [
            ("no permission", Coverage.State.denied), ("cut", .interrupted), ("longer", .interrupted),
            ("contradictory", .interrupted), ("open quote", .interrupted), ("short row", .failed),
            ("no proof", .notAsked),
        ])
    func doubts(_ doubt: String, _ expected: Coverage.State) throws {
        let other = Self.clear.split(separator: ",").map { $0 == "Id" ? "Other" : $0 }.joined(separator: ",")
        let text =
            switch doubt {
            case "no permission":
                Self.table([Self.clear, Self.secret.replacing("Records,1,1,2", with: "Records,0,1,2")])
            case "cut": Self.table([Self.clear])
            case "longer": Self.table([Self.clear, Self.secret, other])
            case "contradictory": Self.table([Self.clear, Self.secret.replacing("1,1,2", with: "1,1,3")])
            case "open quote": Self.table([Self.clear, Self.secret, "\"Clinic"])
            case "short row": Self.table([Self.clear, Self.secret, "Clinic-SQL,Records"])
            default:
                Self.table(
                    [Self.clear, Self.secret].map { $0.replacing(",1,1,2", with: "") },
                    head: Self.head.filter { !$0.hasPrefix("sees") && $0 != "row_count" })
            }
        let outcome = try outcome(text)
        #expect(state(outcome) == [expected])
        #expect(outcome.coverage.allSatisfy { !$0.isKnown })
        #expect(outcome.diagnostics.contains { $0.code == "shape-columns-incomplete" })
        #expect(!columns(outcome).isEmpty)
    }

    @Test("a database without columns is proved to have none")
    func empty() throws {
        let outcome = try outcome(Self.table(["q,d,1,1,1,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL"]))
        #expect(outcome.resources.isEmpty)
        #expect(outcome.coverage.map(\.state) == [.read, .read])
        #expect(outcome.coverage.map(\.count) == [0, 0])
    }

    @Test("missing and doubled columns of the table are named and nothing is used")
    func head() throws {
        let missing = try outcome(Self.table([], head: Self.head.filter { $0 != "key_path" && $0 != "server_name" }))
        #expect(missing.resources.isEmpty)
        #expect(missing.diagnostics.map(\.code) == ["shape-wrong-type"])
        #expect(missing.diagnostics.first?.message.contains("`server_name`, `key_path`") == true)
        #expect(missing.files.values.map { $0 } == [.failed])
        let doubled = try outcome(Self.table([], head: Self.head + ["key_path"]))
        #expect(doubled.diagnostics.first?.message.contains("twice the column `key_path`") == true)
        var interpreter = ExportInterpreter(tables: try ShapeFixtures.tables(), redactor: nil)
        let isUnderstood = interpreter.add(text: Array("table_name,column_name\na,b\n".utf8), file: "x.csv")
        #expect(!isUnderstood)
    }

    @Test("a value that is no encryption type is unknown, and only the first few of many bad rows are named")
    func wrongTypes() throws {
        let odd = try outcome(Self.table([Self.clear, Self.secret.replacing("nvarchar,2", with: "nvarchar,7")]))
        let column = try #require(columns(odd).first)
        #expect(column.unknownPaths.map(\.path.description) == ["encryptionType"])
        #expect(column.unknownPaths.map(\.reason) == [.unparsable])
        #expect(odd.diagnostics.map(\.code) == ["shape-wrong-type"])
        let many = try outcome(Self.table([Self.clear, Self.secret] + (0..<1000).map { "bad row \($0),x" }))
        #expect(many.diagnostics.count == 7)
        #expect(many.diagnostics.contains { $0.message.hasPrefix("995 more rows") })
    }

    @Test("a repeated row counts once, and rows that differ make the encryption unknown")
    func repeats() throws {
        let twice = try outcome(
            Self.table([Self.clear, Self.secret, Self.secret]), Self.table([Self.clear, Self.secret]))
        #expect(twice.diagnostics.isEmpty)
        #expect(columns(twice).count == 2)
        #expect(Set(state(twice)) == [.read])
        let opened = Self.secret.replacing("nvarchar,2", with: "nvarchar,1")
        let differing = try outcome(Self.table([Self.clear, Self.secret]), Self.table([Self.clear, opened]))
        #expect(differing.diagnostics.map(\.code) == ["shape-sources-disagree"])
        #expect(columns(differing).first?.unknownPaths.map(\.path.description) == ["encryptionType"])
    }

    @Test("while a master key is rotated a column has two rows and names both keys")
    func rotation() throws {
        let old = Self.secret.replacing("CMK1", with: "CMK0").replacing("AZURE_KEY_VAULT", with: "MSSQL_CNG_STORE")
        let rows = [Self.clear, Self.secret, old].map { $0.replacing("1,1,2", with: "1,1,3") }
        let outcome = try outcome(Self.table(rows))
        #expect(outcome.diagnostics.isEmpty)
        #expect(columns(outcome).count == 2)
        #expect(columns(outcome).first?.body["columnMasterKeys"]?.elements.map(\.string) == ["CMK0", "CMK1"])
        #expect(
            outcome.resources.filter { $0.type == "Assay::Azure::SqlColumnMasterKey" }.map(\.name) == ["CMK0", "CMK1"])
        #expect(outcome.coverage.map(\.count) == [2, 2])
    }

    @Test("keys that the exporting identity may not see are unknown, the encryption is not")
    func hiddenKeys() throws {
        let hidden = Self.secret.replacing(
            "CEK1,CMK1,AZURE_KEY_VAULT,https://Clinic.vault.azure.net/keys/cmk/0123",
            with: "NULL,NULL,NULL,NULL"
        ).replacing("1,1,2", with: "1,0,2")
        let outcome = try outcome(Self.table([Self.clear.replacing("1,1,2", with: "1,0,2"), hidden]))
        let column = try #require(columns(outcome).first)
        #expect(column.body["encryptionType"]?.string == "randomized")
        #expect(
            column.unknownPaths.map(\.path.description) == [
                "columnEncryptionKey", "columnMasterKey", "columnMasterKeys", "keyPath", "keyStore", "keyVaultKeyId",
            ])
        #expect(Set(column.unknownPaths.map(\.reason)) == [.denied])
        #expect(state(outcome) == [.read])
        #expect(state(outcome, of: "Assay::Azure::SqlColumnMasterKey") == [.denied])
    }

    @Test(
        "a key path is a vault's only with the host of a vault",
        arguments: [
            ("https://v.vault.azure.net/keys/k/1", "https://v.vault.azure.net/keys/k/1"),
            ("https://H.ManagedHSM.azure.net:443/keys/k", "https://h.managedhsm.azure.net/keys/k"),
            ("https://v.vault.azure.net.example/keys/k/1", nil), ("https://x@v.vault.azure.net/keys/k", nil),
            ("https://.vault.azure.net/keys/k", nil), ("https://v.vault.azure.net/secrets/k", nil),
            ("http://v.vault.azure.net/keys/k", nil), ("CurrentUser/My/BBF037EC", nil),
        ] as [(String, String?)])
    func vaultPaths(_ path: String, _ expected: String?) throws {
        let row = Self.secret.replacing("https://Clinic.vault.azure.net/keys/cmk/0123", with: path)
        let outcome = try outcome(Self.table([Self.clear, row]))
        #expect(outcome.resources.last?.body["keyVaultKeyId"]?.string == expected)
        #expect(outcome.resources.last?.unknownPaths.isEmpty == true)
    }

    @Test("the list that FOR JSON gives reads the same, and a member that is left out is unknown")
    func json() throws {
        let row = { (column: String, rest: String) in
            #"{"server_name":"q","database_name":"d","sees_definitions":1,"sees_key_definitions":1,"row_count":2,"#
                + #""schema_name":"dbo","table_name":"T","column_name":"\#(column)","data_type":"int","#
                + #""encryption_algorithm_name":null,"column_encryption_key":null,"column_master_key":null,"#
                + #""key_store_provider_name":null,"key_path":null\#(rest)}"#
        }
        let whole = try ShapeFixtures.outcome([
            ("a.json", "[\(row("A", #","encryption_type":0"#)),\(row("B", #","encryption_type":"0""#))]")
        ])
        #expect(whole.diagnostics.isEmpty)
        #expect(whole.resources.map { $0.body["encryptionType"]?.string } == ["none", "none"])
        #expect(whole.coverage.map(\.state) == [.read, .read])
        let partial = try ShapeFixtures.outcome([
            ("a.json", "[\(row("A", #","encryption_type":null"#)),\(row("B", "")),7]")
        ])
        #expect(partial.resources.map(\.unknownPaths.count) == [0, 8])
        #expect(partial.resources.last?.unknownPaths.first?.reason == .notCollected)
        #expect(state(partial) == [.failed])
        let bare = try ShapeFixtures.outcome([
            ("a.json", #"[{"server_name":"q","database_name":"d","table_name":"T","column_name":"A"}]"#)
        ])
        #expect(bare.resources.isEmpty)
        #expect(bare.diagnostics.first?.message.contains("`encryption_type`") == true)
    }

    @Test("columns move below the database that the same scan shows, with their coverage")
    func placement() throws {
        let outcome = try outcome(Self.table([Self.clear, Self.secret]))
        var resources = outcome.resources
        var coverage = outcome.coverage
        let alone = SqlColumnPlacement.place(&resources, &coverage)
        #expect(alone.map(\.code) == ["shape-database-not-found"])
        #expect(resources.map(\.id) == outcome.resources.map(\.id))
        let shown = try ShapeFixtures.outcome([
            (
                "d.json",
                #"{"id":"\#(Self.database)","name":"Records","type":"Microsoft.Sql/servers/databases","properties":{}}"#
            )
        ])
        resources += shown.resources
        #expect(SqlColumnPlacement.place(&resources, &coverage).isEmpty)
        let diagnosis = try #require(resources.first)
        #expect(diagnosis.id == "\(Self.database)/assay/columns/dbo.Patients.Diagnosis")
        #expect(diagnosis.scope == ["/subscriptions/s1", "/subscriptions/s1/resourcegroups/r"])
        #expect(resources[2].id == "\(Self.database)/assay/columnmasterkeys/CMK1")
        #expect(coverage.allSatisfy { $0.scope == Self.database })
        // The same export again, beside what is already placed.
        resources += outcome.resources
        #expect(SqlColumnPlacement.place(&resources, &coverage).isEmpty)
        #expect(resources.count == 5)
        let changed = try self.outcome(
            Self.table([Self.clear, Self.secret.replacing("nvarchar,2", with: "nvarchar,1")]))
        resources += changed.resources
        #expect(SqlColumnPlacement.place(&resources, &coverage).map(\.code) == ["resource-duplicate"])
        #expect(resources.count == 5)
    }

    @Test(
        "two databases that answer to one name leave the columns by themselves, and an instance is known by its host name"
    )
    func ambiguity() throws {
        let long = Self.table([Self.clear, Self.secret]).replacing(
            "Clinic-SQL", with: "Clinic-SQL.ab12.database.windows.net")
        let outcome = try outcome(long)
        #expect(outcome.coverage.allSatisfy { $0.scope == Self.place })
        func database(_ kind: String, _ group: String) -> (String, String) {
            let id =
                "/subscriptions/s1/resourceGroups/\(group)/providers/Microsoft.Sql/\(kind)/clinic-sql/databases/Records"
            return (
                "\(kind).json",
                #"{"id":"\#(id)","name":"Records","type":"Microsoft.Sql/\#(kind)/databases","properties":{}}"#
            )
        }
        let instance = try ShapeFixtures.outcome([database("managedInstances", "r")]).resources
        let both = try ShapeFixtures.outcome([database("managedInstances", "r"), database("servers", "r")]).resources
        var coverage = outcome.coverage
        var resources = outcome.resources + both
        #expect(SqlColumnPlacement.place(&resources, &coverage).map(\.severity) == [.warning])
        #expect(coverage == outcome.coverage)
        resources = outcome.resources + instance
        #expect(SqlColumnPlacement.place(&resources, &coverage).isEmpty)
        #expect(resources.first?.id.contains("/managedinstances/clinic-sql/databases/records/assay/columns/") == true)
    }

    @Test("a secret in a path is taken out before anything is sealed")
    func redaction() throws {
        let path = "Server=q;User Id=app;Password=Tr0ub4dor&3-horse;"
        let row = Self.secret.replacing("https://Clinic.vault.azure.net/keys/cmk/0123", with: path)
        let outcome = try outcome(Self.table([Self.clear, row]))
        #expect(!outcome.resources.contains { $0.body.description.contains("Tr0ub4dor") })
        #expect(outcome.redactions.map(\.path.description).contains("keyPath"))
        #expect(outcome.diagnostics.contains { $0.code == "shape-redacted" })
    }

    @Test("a hundred thousand columns are read in one pass")
    func many() throws {
        let rows = (0..<100_000).map { "q,d,1,1,100000,dbo,T\($0 / 100),C\($0 % 100),int,0,,,,," }
        let outcome = try outcome(Self.table(rows), redactor: nil)
        #expect(outcome.resources.count == 100_000)
        #expect(outcome.coverage.map(\.count) == [100_000, 0])
    }
}
