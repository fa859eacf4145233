import AssayCore

/// What one file says of the columns of one database, as T-SQL's catalogue views show them.
struct SqlColumnTable {
    /// One column, with one of the master keys that protect it.
    struct Row: Hashable {
        let schema: String
        let table: String
        let column: String
        let dataType: String?
        let encryption: Encryption
        let algorithm: String?
        let encryptionKey: String?
        let masterKey: MasterKey?
        let line: Int?
    }

    /// What `encryption_type` says.
    enum Encryption: Hashable {
        case none
        case deterministic
        case randomized
        /// The value is none that is documented, or is not there.
        case unknown(UnknownReason)

        /// The canonical word, or unknown.
        var tree: Tree {
            switch self {
            case .none: .string("none")
            case .deterministic: .string("deterministic")
            case .randomized: .string("randomized")
            case .unknown(let reason): .unknown(reason)
            }
        }
    }

    /// A column master key: where the key is, never the key.
    struct MasterKey: Hashable {
        let name: String
        let store: String?
        let path: String?
    }

    let source: ExportSource
    /// As `@@SERVERNAME` gives it.
    let server: String
    let database: String
    var rows: [Row] = []
    /// How many rows the query gave, the one for a database without columns included; nil when no row says it.
    var rowCount: Int?
    /// True when every row says that its reader may see every definition; nil when one does not say.
    var seesDefinitions: Bool? = true
    /// As `seesDefinitions`, for column master keys.
    var seesKeyDefinitions: Bool? = true
    /// True when a row says that the database has no columns.
    var isMarkedEmpty = false
    /// True when two rows disagree about `rowCount`.
    var isContradictory = false
    /// Rows of the file that could not be read, of whatever database.
    var badRows = 0
    /// True when the file broke off.
    var isCutShort = false

    /// The prefix of ids and the scope of coverage until the database is found in the scan.
    var place: String { "sql:\(Self.serverName(server))/\(Self.escaped(database.lowercased()))" }

    /// A server's name as Resource Manager knows it: a managed instance says its host name.
    static func serverName(_ name: String) -> String {
        let lowered = name.lowercased()
        guard lowered.contains(".database.") else { return escaped(lowered) }
        return escaped(String(lowered.prefix { $0 != "." }))
    }

    /// A name that may stand in an id: `/` would end it, `.` separates schema, table and column.
    static func escaped(_ name: String, dots: Bool = false) -> String {
        guard
            name.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") })
        else { return name }
        var text = ""
        for character in name {
            switch character {
            case "%": text += "%25"
            case "/": text += "%2F"
            case "." where dots: text += "%2E"
            default: text.append(character)
            }
        }
        return text
    }
}
