import AssayCore
import AssayFormats

/// Lists the files below the paths a user names; links are never followed, hidden folders never entered.
struct FileWalker {
    /// A file to read: where it is, and its path as reports show it.
    struct Entry {
        let path: String
        let display: String
    }

    private(set) var entries: [Entry] = []
    private(set) var diagnostics: [Diagnostic] = []
    private let excluded: Set<String>

    /// - Parameter excluded: displayed paths of files that are not part of the estate.
    init(excluded: Set<String>) {
        self.excluded = excluded
    }

    mutating func walk(_ root: String) {
        visit(root, display: root, isRoot: true)
        entries.sort { $0.display.utf8.lexicographicallyPrecedes($1.display.utf8) }
    }

    private mutating func visit(_ path: String, display: String, isRoot: Bool) {
        do {
            switch try FileText.kind(path) {
            case .file: if !excluded.contains(display) { entries.append(Entry(path: path, display: display)) }
            case .folder:
                for name in try FileText.names(in: path) where !name.hasPrefix(".") && name != "node_modules" {
                    visit(path + "/" + name, display: display + "/" + name, isRoot: false)
                }
            case .link where isRoot:
                // The user named it, so the user means what it points to.
                guard try FileText.kind(following: path) == .folder else {
                    entries.append(Entry(path: path, display: display))
                    return
                }
                for name in try FileText.names(in: path) where !name.hasPrefix(".") {
                    visit(path + "/" + name, display: display + "/" + name, isRoot: false)
                }
            case .link: report("file-link", .warning, display, "a symbolic link is not followed", "scan its target")
            case .other: report("file-kind", .warning, display, "is neither a file nor a folder", "leave it out")
            }
        } catch {
            report("file-unreadable", .error, display, error.reason, "check the path and its permissions")
        }
    }

    private mutating func report(
        _ code: String, _ severity: Diagnostic.Severity, _ path: String, _ message: String, _ hint: String
    ) {
        diagnostics.append(
            Diagnostic(
                code: code, severity: severity, message: message, location: Diagnostic.Location(path: path), hint: hint)
        )
    }
}
