import AssayCore

/// What reading gathers before anything is decided.
struct Collector {
    var fragments: [Fragment] = []
    var coverage: [Coverage] = []
    var childCoverage: [ChildCoverage] = []
    var listCoverage: [ListCoverage] = []
    var diagnostics: [Diagnostic] = []
    /// Fragments and understood answers of each file; a file is here once something of it was understood.
    var understood: [String: Int] = [:]
    /// Files that hold an error in place of an answer.
    var failed: Set<String> = []
    var seen: Set<String> = []
    /// The account that `sts get-caller-identity` names, by folder.
    var callers: [String: String] = [:]
    /// The tenant that `az account show` or Graph's organization names, by folder.
    var tenants: [String: String] = [:]
    /// Columns of databases, as SQL Server's catalogue views show them.
    var sqlColumns: [SqlColumnTable] = []
    private var orders: [String: Int] = [:]

    mutating func add(_ fragment: Fragment) {
        var fragment = fragment
        orders[fragment.file, default: 0] += 1
        fragment.order = orders[fragment.file, default: 0]
        fragments.append(fragment)
        understood[fragment.file, default: 0] += 1
    }

    /// Says that a file was understood though it shows no resource.
    mutating func understand(_ file: String) { understood[file, default: 0] += 0 }

    mutating func report(
        _ code: String, _ severity: Diagnostic.Severity, _ message: String, in source: ExportSource,
        at position: SourcePosition?, hint: String? = nil
    ) {
        diagnostics.append(
            Diagnostic(
                code: code, severity: severity, message: message,
                location: .init(path: source.file, line: position?.line, column: position?.column), hint: hint))
    }

    /// Names an empty list, which proves nothing unless a recorded request says of what it is.
    mutating func reportEmpty(_ what: String, in source: ExportSource, at position: SourcePosition?) {
        report(
            "shape-empty-list", .note, "\(what) is empty, which does not prove that there are none", in: source,
            at: position, hint: "declare the collection complete in the workspace if it is")
    }

    /// Takes the diagnostics of a walk that knows no file.
    mutating func take(_ found: [Diagnostic], in source: ExportSource) {
        for diagnostic in found {
            var placed = diagnostic
            placed.location?.path = source.file
            diagnostics.append(placed)
        }
    }
}

/// Where a document comes from.
struct ExportSource {
    /// The path relative to the scanned root.
    let file: String
    /// The request that the document says it answers.
    var call: String?
    /// When the document says it was made.
    var at: String?

    /// The folder's path without doubled or outer slashes; empty at the root.
    var folder: String { Self.folders(of: file).joined(separator: "/") }

    /// The names of the folders above a file.
    static func folders(of file: String) -> [String] { file.split(separator: "/").dropLast().map(String.init) }

    func origin(at position: SourcePosition?) -> Origin {
        Origin(kind: .file, call: call, path: file, line: position?.line, column: position?.column, at: at)
    }
}
