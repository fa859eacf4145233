import AssayCore
import AssayProgram
import AssayWorkspace
import Testing

@Suite("scans with exported columns of SQL databases")
struct SqlColumnScanTests {
    private static let database =
        "/subscriptions/s1/resourceGroups/r/providers/Microsoft.Sql/servers/clinic-sql/databases/Records"
    private static let columns = """
        server_name,database_name,sees_definitions,sees_key_definitions,row_count,schema_name,table_name,column_name,\
        data_type,encryption_type,encryption_algorithm_name,column_encryption_key,column_master_key,\
        key_store_provider_name,key_path
        clinic-sql,Records,1,1,2,dbo,Patients,Id,int,0,NULL,NULL,NULL,NULL,NULL
        clinic-sql,Records,1,1,2,dbo,Patients,Name,nvarchar,2,A,CEK,CMK,MSSQL_CNG_STORE,Provider/Key

        """
    private static let scope = """
        assay: 1
        classification:
          - {types: [Microsoft.Sql/servers/databases], phi: true}
          - {types: ["Assay::Azure::SqlColumn"], phi: false}
          - {types: ["Assay::Azure::SqlColumn"], when: "resource.table == 'Patients'", phi: true}

        """

    /// Scans the database, with the bytes of an export beside it where there are any.
    private func scan(_ export: [UInt8]?) async throws -> ScanResult {
        try await Scenario.inFolder { folder in
            let body =
                #"{"id":"\#(Self.database)","name":"Records","type":"Microsoft.Sql/servers/databases","properties":{}}"#
            try Scenario.write(body, folder + "/database.json")
            try Scenario.write(Self.scope, folder + "/assay.yaml")
            if let export { try Scenario.write(export, folder + "/columns.csv") }
            return try await Scenario.scan([folder])
        }
    }

    private func states(_ result: ScanResult, _ rule: String) -> Set<String> {
        Set(result.verdicts.filter { $0.rule == rule }.map { "\($0.resource.name) \($0.state.rawValue)" })
    }

    private static func utf16(_ text: String) -> [UInt8] {
        [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    @Test("without an export a database with health data is unknown")
    func noExport() async throws {
        let result = try await scan(nil)
        #expect(states(result, "azure-sql-always-encrypted-database") == ["Records unknown"])
        #expect(states(result, "azure-sql-always-encrypted-phi").isEmpty)
    }

    @Test(
        "an export decides the database, its columns and its keys, whatever its encoding",
        arguments: [Array(columns.utf8), [0xEF, 0xBB, 0xBF] + Array(columns.utf8), utf16(columns)])
    func export(_ bytes: [UInt8]) async throws {
        let result = try await scan(bytes)
        #expect(states(result, "azure-sql-always-encrypted-database") == ["Records pass"])
        #expect(
            states(result, "azure-sql-always-encrypted-phi") == [
                "dbo.Patients.Id fail", "dbo.Patients.Name pass",
            ])
        #expect(states(result, "azure-sql-always-encrypted-key-vault") == ["CMK fail"])
        #expect(!result.diagnostics.contains { $0.code == "shape-database-not-found" })
    }

    @Test("bytes that are no text are named and prove nothing")
    func noText() async throws {
        let result = try await scan(Array(Self.columns.utf8) + [0xE4, 0x0A])
        #expect(result.diagnostics.contains { $0.code == "document-invalid-utf8" })
        #expect(states(result, "azure-sql-always-encrypted-database") == ["Records unknown"])
    }
}
