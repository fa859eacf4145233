import GRDB
import GRDBSQLite

/// A prepared statement that is bound and stepped by SQLite's own calls, which cost a third of GRDB's per row.
///
/// It may be used only inside the database access that it was prepared in.
@safe struct RawStatement {
    // SAFETY: GRDB's statement owns the handle and outlives every use, since this value holds it.
    private let statement: Statement
    private let handle: SQLiteStatement

    init(_ database: Database, _ sql: String) throws {
        statement = try database.cachedStatement(sql: sql)
        unsafe handle = statement.sqliteStatement
        try unsafe check(sqlite3_reset(handle))
        try unsafe check(sqlite3_clear_bindings(handle))
    }

    func bind(_ value: Int64, at place: Int32) throws {
        try unsafe check(sqlite3_bind_int64(handle, place, value))
    }

    /// Binds text until the next `run`, without a copy.
    ///
    /// - Parameter body: is called while the text is bound, and must run the statement.
    func binding<Result>(_ text: ArraySlice<UInt8>, at place: Int32, _ body: () throws -> Result) throws -> Result {
        // SAFETY: the bytes stay alive for the closure, and the parameter is unbound before it ends.
        try unsafe text.withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            try unsafe check(sqlite3_bind_text(handle, place, start, Int32(bytes.count), nil))
            defer { unsafe sqlite3_bind_null(handle, place) }
            return try body()
        }
    }

    /// Runs a statement that gives no row.
    func run() throws {
        let code = unsafe sqlite3_step(handle)
        guard code == SQLITE_DONE else { throw failure(code) }
        try unsafe check(sqlite3_reset(handle))
    }

    /// The first column of the only row; nil when there is none.
    func integer() throws -> Int64? {
        let code = unsafe sqlite3_step(handle)
        guard code == SQLITE_ROW || code == SQLITE_DONE else { throw failure(code) }
        let value = code == SQLITE_ROW ? unsafe sqlite3_column_int64(handle, 0) : nil
        try unsafe check(sqlite3_reset(handle))
        return value
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        let message = unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
        unsafe sqlite3_reset(handle)
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
    }
}
