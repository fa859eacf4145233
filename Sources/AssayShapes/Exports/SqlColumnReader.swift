import AssayCore
import AssayFormats

/// Reads the result of the query of `docs/sources.md` over SQL Server's catalogue views: which columns Always Encrypted
/// protects, and where the keys are.
///
/// It is known by the names of its columns, as separated values with a head or as the list that `FOR JSON PATH` gives.
/// Source: Microsoft's reference of `sys.columns`, `sys.column_encryption_keys`, `sys.column_encryption_key_values` and
/// `sys.column_master_keys`.
struct SqlColumnReader {
    /// The columns of the result.
    enum Field: Int, CaseIterable {
        case server, database, schema, table, column, dataType, encryption, algorithm, encryptionKey, masterKey,
            keyStore
        case keyPath, seesDefinitions, seesKeyDefinitions, rowCount

        /// In the order of the cases.
        private static let names = [
            "server_name", "database_name", "schema_name", "table_name", "column_name", "data_type", "encryption_type",
            "encryption_algorithm_name", "column_encryption_key", "column_master_key", "key_store_provider_name",
            "key_path", "sees_definitions", "sees_key_definitions", "row_count",
        ]

        /// As the query names it.
        var name: String { Self.names[rawValue] }

        /// What tells the result from any other table.
        static let telling: [Field] = [.table, .column, .encryption]
        /// What only says how complete the result is.
        static let optional: Set<Field> = [.seesDefinitions, .seesKeyDefinitions, .rowCount]
    }

    private static let mostReports = 5

    private let source: ExportSource
    private var tables: [SqlColumnTable] = []
    private var places: [[String]: Int] = [:]
    private var problems = 0
    private var badRows = 0
    private var isCutShort = false

    private init(source: ExportSource) {
        self.source = source
    }

    // MARK: Separated values

    /// False when the head is not that of the query.
    static func read(csv bytes: [UInt8], from source: ExportSource, into collector: inout Collector) -> Bool {
        for separator in [",", ";", "\t", "|"] as [Unicode.Scalar] {
            var reader = CSVReader(bytes, separator: UInt8(ascii: separator))
            guard let head = try? reader.next() else { continue }
            let names = head.cells.map { trimmed($0).lowercased() }
            guard Field.telling.allSatisfy({ names.contains($0.name) }) else { continue }
            collector.understand(source.file)
            let position = SourcePosition(line: head.line, column: 1)
            guard isUsable(names, at: position, from: source, into: &collector) else { return true }
            let columns = Field.allCases.map { field in names.firstIndex(of: field.name) }
            var this = SqlColumnReader(source: source)
            this.read(&reader, width: names.count, columns, into: &collector)
            this.finish(into: &collector)
            return true
        }
        return false
    }

    private mutating func read(
        _ reader: inout CSVReader, width: Int, _ columns: [Int?], into collector: inout Collector
    ) {
        do throws(DocumentError) {
            var isFirst = true
            while let row = try reader.next() {
                defer { isFirst = false }
                let cells = row.cells.map { Self.trimmed($0) }
                // sqlcmd draws a line below the head and counts the rows at the end.
                if isFirst, cells.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 == "-" } }) { continue }
                if cells.count == 1, cells[0].hasPrefix("("), cells[0].hasSuffix("affected)") { continue }
                let position = SourcePosition(line: row.line, column: 1)
                guard cells.count == width else {
                    refuse("the row has \(cells.count) cells, expected \(width)", at: position, into: &collector)
                    continue
                }
                let row = columns.map { index -> Cell in
                    guard let cell = index.map({ cells[$0] }) else { return .missing }
                    return cell.isEmpty || cell == "NULL" ? .null(cell) : .text(cell)
                }
                take(Row(cells: row), at: position, into: &collector)
            }
        } catch {
            isCutShort = true
            collector.report(
                error.code.rawValue, .error, error.message, in: source, at: error.position,
                hint: "export again; the rows before it are used and prove no absence")
        }
    }

    private static func trimmed(_ cell: String) -> String {
        func isInk(_ byte: UInt8?) -> Bool { byte.map { 0x21...0x7E ~= $0 } ?? true }
        if isInk(cell.utf8.first), isInk(cell.utf8.last) { return cell }
        var text = cell[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    // MARK: JSON

    /// False when no element has the members of the query.
    static func read(_ elements: [Tree], from source: ExportSource, into collector: inout Collector) -> Bool {
        let telling = [Field.server, .database, .table, .column]
        func isRow(_ tree: Tree) -> Bool { telling.filter { tree[$0.name] != nil }.count >= 3 }
        guard let first = elements.first(where: isRow) else { return false }
        collector.understand(source.file)
        let names = (first.members ?? []).map(\.key)
        guard isUsable(names, at: first.position, from: source, into: &collector) else { return true }
        var this = SqlColumnReader(source: source)
        for element in elements {
            guard element.members != nil else {
                this.refuse("the row is \(element.label)", at: element.position, into: &collector)
                continue
            }
            let row = Field.allCases.map { cell(element[$0.name]) }
            this.take(Row(cells: row), at: element.position, into: &collector)
        }
        this.finish(into: &collector)
        return true
    }

    private static func cell(_ value: Tree?) -> Cell {
        guard let value else { return .missing }
        return switch value.content {
        case .null: .null("")
        case .string(let text): text.isEmpty || text == "NULL" ? .null(text) : .text(text)
        case .number(let text): .text(text)
        case .bool(let flag): .text(flag ? "1" : "0")
        default: .wrong(value.label)
        }
    }

    // MARK: Rows

    /// A row of the result, whatever it is written in.
    private struct Row {
        /// In the order of the fields.
        let cells: [Cell]

        subscript(field: Field) -> Cell { cells[field.rawValue] }
    }

    /// A cell.
    private enum Cell {
        /// The result has no such column.
        case missing
        /// SQL's NULL; a name that reads `NULL` is written the same.
        case null(String)
        case text(String)
        case wrong(String)

        var value: String? { if case .text(let text) = self { text } else { nil } }
    }

    /// True when nothing that is needed is missing and nothing stands twice; otherwise the file is refused.
    private static func isUsable(
        _ names: [String], at position: SourcePosition?, from source: ExportSource, into collector: inout Collector
    ) -> Bool {
        let missing = Field.allCases.filter { !Field.optional.contains($0) && !names.contains($0.name) }
        let doubled = Field.allCases.filter { field in names.count { $0 == field.name } > 1 }
        guard let field = missing.first ?? doubled.first else { return true }
        let fields = missing.isEmpty ? doubled : missing
        collector.failed.insert(source.file)
        collector.report(
            "shape-wrong-type", .error,
            fields.count == 1
                ? "the export of columns \(missing.isEmpty ? "has twice" : "lacks") the column `\(field.name)`"
                : "the export of columns \(missing.isEmpty ? "has twice" : "lacks") \(fields.count) columns: "
                    + fields.map { "`\($0.name)`" }.joined(separator: ", "),
            in: source, at: position,
            hint: "run the query of docs/sources.md as it stands; in JSON with INCLUDE_NULL_VALUES")
        return false
    }

    private mutating func take(_ row: Row, at position: SourcePosition?, into collector: inout Collector) {
        for field in Field.allCases {
            guard case .wrong(let label) = row[field] else { continue }
            refuse("`\(field.name)` is \(label)", at: position, into: &collector)
            return
        }
        guard let server = row[.server].value, let database = row[.database].value else {
            refuse("the row names no server and database", at: position, into: &collector)
            return
        }
        let table = place(of: server, database)
        note(row, in: table)
        let names = [Field.schema, .table, .column].map { row[$0] }
        if names.allSatisfy({ $0.value == nil }) {
            tables[table].isMarkedEmpty = true
            return
        }
        var texts: [String] = []
        for name in names {
            switch name {
            case .text(let text): texts.append(text)
            // Beside other names it is a name.
            case .null(let text) where !text.isEmpty: texts.append(text)
            default: break
            }
        }
        guard texts.count == 3 else {
            refuse("the row does not name schema, table and column", at: position, into: &collector)
            return
        }
        let masterKey = row[.masterKey].value.map {
            SqlColumnTable.MasterKey(name: $0, store: row[.keyStore].value, path: row[.keyPath].value)
        }
        tables[table].rows.append(
            SqlColumnTable.Row(
                schema: texts[0], table: texts[1], column: texts[2], dataType: row[.dataType].value,
                encryption: encryption(row[.encryption], at: position, into: &collector),
                algorithm: row[.algorithm].value, encryptionKey: row[.encryptionKey].value, masterKey: masterKey,
                line: position?.line))
    }

    /// `sys.columns.encryption_type`: 1 is deterministic, 2 is randomized, NULL (or the query's 0) is not encrypted.
    private mutating func encryption(
        _ cell: Cell, at position: SourcePosition?, into collector: inout Collector
    ) -> SqlColumnTable.Encryption {
        switch cell {
        case .null: return .none
        case .text(let text):
            switch text.lowercased() {
            case "0", "none", "plaintext": return .none
            case "1", "deterministic": return .deterministic
            case "2", "randomized": return .randomized
            default:
                report("`encryption_type` is `\(text.prefix(40))`, expected 0, 1 or 2", at: position, into: &collector)
                return .unknown(.unparsable)
            }
        case .missing, .wrong:
            report("the row has no `encryption_type`", at: position, into: &collector)
            return .unknown(.notCollected)
        }
    }

    private mutating func place(of server: String, _ database: String) -> Int {
        if let known = places[[server, database]] { return known }
        places[[server, database]] = tables.count
        tables.append(SqlColumnTable(source: source, server: server, database: database))
        return tables.count - 1
    }

    /// What the row says of the whole result; what one row leaves out is not known.
    private mutating func note(_ row: Row, in table: Int) {
        func both(_ known: Bool?, _ field: Field) -> Bool? {
            guard let text = row[field].value, let known else { return nil }
            return known && text == "1"
        }
        tables[table].seesDefinitions = both(tables[table].seesDefinitions, .seesDefinitions)
        tables[table].seesKeyDefinitions = both(tables[table].seesKeyDefinitions, .seesKeyDefinitions)
        let count = row[.rowCount].value.flatMap { Int($0) }
        if let known = tables[table].rowCount, known != count { tables[table].isContradictory = true }
        tables[table].rowCount = tables[table].rowCount ?? count
    }

    private mutating func refuse(_ message: String, at position: SourcePosition?, into collector: inout Collector) {
        badRows += 1
        report(message, at: position, into: &collector)
    }

    /// The first few are named, the rest are counted.
    private mutating func report(_ message: String, at position: SourcePosition?, into collector: inout Collector) {
        problems += 1
        guard problems <= Self.mostReports else { return }
        collector.report(
            "shape-wrong-type", .error, message, in: source, at: position,
            hint: "run the query of docs/sources.md as it stands and save the result unchanged")
    }

    private mutating func finish(into collector: inout Collector) {
        if problems > Self.mostReports {
            collector.report(
                "shape-wrong-type", .error,
                "\(problems - Self.mostReports) more rows of the export of columns cannot be read", in: source, at: nil,
                hint: "run the query of docs/sources.md as it stands and save the result unchanged")
        }
        for table in tables { collector.understood[source.file, default: 0] += table.rows.count }
        for index in tables.indices {
            tables[index].badRows = badRows
            tables[index].isCutShort = isCutShort
        }
        collector.sqlColumns += tables
    }
}
