import AssayCore
public import AssayFormats
import AssayStore
import Crypto
import Glibc

/// A folder with `assay.yaml` and `.assay/`: the state that lives from scan to scan.
public struct Workspace: Sendable {
    /// The folder that holds `assay.yaml`.
    public let folder: String

    var stateFolder: String { folder + "/.assay" }
    var storePath: String { stateFolder + "/store.sqlite" }
    var pendingEvidencePath: String { stateFolder + "/evidence/pending/events.jsonl" }
    var snapshotFolder: String { stateFolder + "/snapshots" }
    var collectingFolder: String { stateFolder + "/collecting" }
    private var keyPath: String { stateFolder + "/redaction.key" }

    /// Where the configuration stands.
    public static func configurationPath(_ folder: String) -> String { folder + "/assay.yaml" }

    /// Opens a workspace; nil when the folder has no state.
    public init?(existing folder: String) {
        guard (try? FileText.kind(folder + "/.assay")) == .folder else { return nil }
        self.folder = folder
    }

    /// Makes the state folder, and `assay.yaml` where there is none.
    public static func create(_ folder: String) throws(FileError) -> Workspace {
        try FileText.makeFolder(folder + "/.assay/evidence/pending")
        try FileText.makeFolder(folder + "/.assay/snapshots")
        if (try? FileText.kind(configurationPath(folder))) == nil {
            try FileText.write(Array(ConfigurationTemplate.text.utf8), to: configurationPath(folder))
        }
        // State holds findings and redacted snapshots; it is no part of a repository.
        if (try? FileText.kind(folder + "/.assay/.gitignore")) == nil {
            try FileText.write(Array("*\n".utf8), to: folder + "/.assay/.gitignore")
        }
        guard let workspace = Workspace(existing: folder) else {
            throw FileError(path: folder, reason: "the workspace could not be made")
        }
        _ = try workspace.redactionKey()
        return workspace
    }

    /// The key of redaction marks: 32 random bytes, made once and readable by the owner alone.
    func redactionKey() throws(FileError) -> [UInt8] {
        if let kept = try? FileText.read(keyPath), kept.count == 32 { return kept }
        guard (try? FileText.kind(keyPath)) == nil else {
            throw FileError(
                path: keyPath, reason: "is not a key of 32 bytes; marks of earlier scans could not be compared")
        }
        let key = Self.randomKey()
        try FileText.write(key, to: keyPath, isPrivate: true)
        return key
    }

    static func randomKey() -> [UInt8] { unsafe SymmetricKey(size: .bits256).withUnsafeBytes { unsafe Array($0) } }

    func store() throws -> FindingStore { try FindingStore(path: storePath) }

    /// Locks the workspace against other writers until the lock is let go.
    ///
    /// - Throws: `ConfigurationError` when another process holds it.
    func lock() throws -> WorkspaceLock {
        let path = stateFolder + "/lock"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path: path, reason: unsafe String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ConfigurationError(
                "another assay is writing to `\(folder)`", hint: "wait until it ends, or name another --workspace")
        }
        return WorkspaceLock(descriptor: descriptor)
    }
}

/// The right to write to a workspace; it ends when this is dropped, or the process.
final class WorkspaceLock: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}

enum ConfigurationTemplate {
    static let text = """
        # Assay workspace. `assay scan` reads this file; docs/workspace.md describes every field.
        assay: 1

        # Folders and files to scan, relative to this file.
        sources: []

        # Frameworks to report on: soc2, iso27001, hipaa.
        frameworks: [soc2]

        # Which resources hold PHI or financial data, and whose they are. Later entries override earlier ones.
        classification: []

        # Collections whose export holds all there is; without this, absence proves nothing.
        complete: []

        """
}
