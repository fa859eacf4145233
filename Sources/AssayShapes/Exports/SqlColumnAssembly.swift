import AssayCore

/// Turns exported columns into resources of their own and says how complete they are.
///
/// Ids and scopes begin with `sql:<server>/<database>` until `SqlColumnPlacement` finds the database in the scan.
struct SqlColumnAssembly {
    let redactor: Redactor?
    private(set) var resources: [Resource] = []
    private(set) var coverage: [Coverage] = []
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var redactions: [Redaction] = []

    init(redactor: Redactor?) {
        self.redactor = redactor
    }

    /// A column with everything that its rows say of it.
    private struct Column {
        let row: SqlColumnTable.Row
        let source: ExportSource
        var masterKeys: Set<SqlColumnTable.MasterKey> = []
        var isDisputed = false
    }

    /// Reads all tables, of all files, one database after the other.
    mutating func add(_ tables: [SqlColumnTable]) {
        let databases = Dictionary(grouping: tables, by: \.place)
        for place in databases.keys.sorted() { add(database: databases[place] ?? [], at: place) }
    }

    private mutating func add(database tables: [SqlColumnTable], at place: String) {
        var columns: [String: Column] = [:]
        var keys: [String: (key: SqlColumnTable.MasterKey, table: SqlColumnTable, line: Int?)] = [:]
        var disputedKeys: Set<String> = []
        for table in tables.sorted(by: { $0.source.file < $1.source.file }) {
            var pairs: Set<String> = []
            var names: Set<String> = []
            for row in table.rows {
                let name = [row.schema, row.table, row.column].map { SqlColumnTable.escaped($0, dots: true) }
                    .joined(separator: ".")
                names.insert(name)
                pairs.insert("\(name)/\(row.masterKey?.name ?? "")")
                var column = columns[name] ?? Column(row: row, source: table.source)
                column.isDisputed = column.isDisputed || !column.row.agrees(with: row)
                if let key = row.masterKey {
                    column.masterKeys.insert(key)
                    if let known = keys[key.name], known.key != key { disputedKeys.insert(key.name) }
                    if keys[key.name] == nil { keys[key.name] = (key, table, row.line) }
                }
                columns[name] = column
            }
            cover(table, at: place, columns: names.count, pairs: pairs.count)
        }
        guard let first = tables.first else { return }
        for name in columns.keys.sorted() {
            guard let column = columns[name] else { continue }
            add(column, named: name, of: first, at: place)
        }
        for name in keys.keys.sorted() {
            guard let (key, table, line) = keys[name] else { continue }
            add(key, isDisputed: disputedKeys.contains(name), of: table, at: place, line: line)
        }
    }

    // MARK: Resources

    private mutating func add(_ column: Column, named name: String, of table: SqlColumnTable, at place: String) {
        let row = column.row
        var body: [(String, Tree)] = [
            ("server", .string(table.server)), ("database", .string(table.database)), ("schema", .string(row.schema)),
            ("table", .string(row.table)), ("column", .string(row.column)),
            ("dataType", row.dataType.map { .string($0) } ?? .unknown(.notCollected)),
            ("encryptionType", column.isDisputed ? .unknown(.failed) : row.encryption.tree),
        ]
        if row.encryption != .none || column.isDisputed {
            let keys = column.masterKeys.sorted { ($0.name, $0.path ?? "") < ($1.name, $1.path ?? "") }
            let missing = Tree.unknown(table.seesKeyDefinitions == false ? .denied : .notCollected)
            body += [
                ("algorithm", row.algorithm.map { .string($0) } ?? missing),
                ("columnEncryptionKey", row.encryptionKey.map { .string($0) } ?? missing),
                ("columnMasterKey", keys.first.map { .string($0.name) } ?? missing),
                ("columnMasterKeys", keys.isEmpty ? missing : .array(keys.map { .string($0.name) })),
            ]
            body += Self.location(of: keys.first, missing: missing)
        }
        if column.isDisputed {
            report(
                "shape-sources-disagree", .error, "rows differ about the encryption of column `\(name)`; it is unknown",
                column.source, row.line, "keep one export of the database, or export again")
        }
        add("Assay::Azure::SqlColumn", "\(place)/columns/\(name)", name, body, column.source, row.line)
    }

    private mutating func add(
        _ key: SqlColumnTable.MasterKey, isDisputed: Bool, of table: SqlColumnTable, at place: String, line: Int?
    ) {
        var body: [(String, Tree)] = [
            ("server", .string(table.server)), ("database", .string(table.database)), ("name", .string(key.name)),
        ]
        if isDisputed {
            body += ["keyStore", "keyPath", "keyVaultKeyId"].map { ($0, .unknown(.failed)) }
            report(
                "shape-sources-disagree", .error,
                "rows differ about the place of column master key `\(key.name)`; it is unknown", table.source, line,
                "keep one export of the database, or export again")
        } else {
            body += Self.location(of: key, missing: .unknown(.notCollected))
        }
        let id = "\(place)/columnmasterkeys/\(SqlColumnTable.escaped(key.name))"
        add("Assay::Azure::SqlColumnMasterKey", id, key.name, body, table.source, line)
    }

    private static func location(of key: SqlColumnTable.MasterKey?, missing: Tree) -> [(String, Tree)] {
        var members = [
            ("keyStore", key?.store.map { .string($0) } ?? missing),
            ("keyPath", key?.path.map { .string($0) } ?? missing),
        ]
        if let path = key?.path {
            VaultKeyPath.identifier(path).map { members.append(("keyVaultKeyId", .string($0))) }
        } else {
            members.append(("keyVaultKeyId", missing))
        }
        return members
    }

    private mutating func add(
        _ type: String, _ id: String, _ name: String, _ members: [(String, Tree)], _ source: ExportSource, _ line: Int?
    ) {
        let position = line.map { SourcePosition(line: $0, column: 1) }
        var body = Tree(Tree.object(members).content, at: position)
        if let redactor {
            let redacted = redactor.redact(body)
            body = redacted.tree
            redactions += redacted.redactions.map { Redaction(resource: id, path: $0.path, kind: $0.kind) }
        }
        resources.append(
            Resource(
                type: type, id: id, provider: .azure, name: name, origin: source.origin(at: position),
                body: Document(body).root))
    }

    // MARK: Coverage

    /// The catalogue views leave out silently what their reader may not see, so that only a result that names the
    /// permission and its own length proves that there are no other columns.
    private mutating func cover(_ table: SqlColumnTable, at place: String, columns count: Int, pairs: Int) {
        func record(_ collection: String, _ state: Coverage.State, _ count: Int?, _ message: String? = nil) {
            coverage.append(
                Coverage(
                    collection: collection, scope: place, state: state, count: count, call: "sys.columns",
                    message: message))
        }
        let columns = "Assay::Azure::SqlColumn"
        let keys = "Assay::Azure::SqlColumnMasterKey"
        let found = pairs + (table.isMarkedEmpty ? 1 : 0)
        let subject = "the export of database `\(table.database)`"
        let gap: (state: Coverage.State, message: String)?
        if table.isCutShort || table.isContradictory || table.rowCount.map({ $0 != found }) == true {
            gap = (
                .interrupted, "\(subject) has \(found) rows of \(table.rowCount.map { "\($0)" } ?? "an unknown number")"
            )
        } else if table.badRows > 0 {
            gap = (.failed, "\(table.badRows) rows of the file cannot be read")
        } else if table.seesDefinitions == false {
            gap = (.denied, "\(subject) was made without VIEW DEFINITION on the database")
        } else if table.seesDefinitions == nil || table.rowCount == nil {
            gap = (.notAsked, "\(subject) does not say how many rows there are and what its reader may see")
        } else {
            gap = nil
        }
        if let gap {
            for collection in [columns, keys] { record(collection, gap.state, nil, gap.message) }
            report(
                "shape-columns-incomplete", .warning, "\(gap.message); columns that it does not show are unknown",
                table.source, nil, "run the query of docs/sources.md with VIEW DEFINITION on the database")
            return
        }
        record(columns, .read, count)
        let hidden = table.rows.count { $0.encryption != .none && $0.masterKey == nil }
        if table.seesKeyDefinitions == true, hidden == 0 {
            record(keys, .read, Set(table.rows.compactMap(\.masterKey?.name)).count)
        } else if hidden > 0 || table.seesKeyDefinitions == false {
            let message = "\(subject) does not show every column master key"
            record(keys, .denied, nil, message)
            report(
                "shape-columns-incomplete", .warning, message, table.source, nil,
                "grant VIEW ANY COLUMN MASTER KEY DEFINITION and VIEW ANY COLUMN ENCRYPTION KEY DEFINITION")
        }
    }

    private mutating func report(
        _ code: String, _ severity: Diagnostic.Severity, _ message: String, _ source: ExportSource, _ line: Int?,
        _ hint: String
    ) {
        diagnostics.append(
            Diagnostic(
                code: code, severity: severity, message: message, location: .init(path: source.file, line: line),
                hint: hint))
    }
}

extension SqlColumnTable.Row {
    /// True when both can be rows of one column, whose key may have two values while a master key is rotated.
    fileprivate func agrees(with other: Self) -> Bool {
        encryption == other.encryption && encryptionKey == other.encryptionKey && algorithm == other.algorithm
            && dataType == other.dataType
    }
}

/// Key identifiers of Azure Key Vault and managed HSM, as `key_path` holds them for the provider `AZURE_KEY_VAULT`.
enum VaultKeyPath {
    private static let hosts = [
        ".vault.azure.net", ".vault.azure.cn", ".vault.usgovcloudapi.net", ".managedhsm.azure.net",
        ".managedhsm.azure.cn", ".managedhsm.usgovcloudapi.net",
    ]

    /// The identifier with its host in lower case; nil when the path names no key of a vault.
    static func identifier(_ path: String) -> String? {
        guard path.lowercased().hasPrefix("https://") else { return nil }
        let rest = path.dropFirst(8)
        let host = rest.prefix { $0 != "/" }.lowercased()
        let named = host.hasSuffix(":443") ? String(host.dropLast(4)) : host
        let steps = rest.dropFirst(host.count).split(separator: "/", omittingEmptySubsequences: true)
        guard hosts.contains(where: { named.hasSuffix($0) && named.count > $0.count }), steps.count >= 2,
            steps[0].lowercased() == "keys", !named.contains("@"), !path.contains("?"), !path.contains("#")
        else { return nil }
        return "https://\(named)/keys/" + steps.dropFirst().joined(separator: "/")
    }
}
