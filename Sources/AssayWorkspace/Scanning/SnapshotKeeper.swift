import AssayCore
import AssayFormats

/// Seals a snapshot, and writes it where the workspace and the user want it.
struct SnapshotKeeper {
    let workspace: Workspace?
    let extraPath: String?

    /// The digest of the sealed lines.
    func keep(_ snapshot: Snapshot) throws -> Digest {
        let collected = Collector()
        var writer = try SnapshotWriter(header: snapshot.header) { collected.bytes += $0 }
        for resource in snapshot.resources { try writer.write(resource) }
        for record in snapshot.coverage { try writer.write(record) }
        let digest = try writer.finish()
        if let extraPath { try FileText.write(collected.bytes, to: extraPath) }
        if let workspace {
            try FileText.write(collected.bytes, to: "\(workspace.snapshotFolder)/\(digest.hexadecimal).jsonl")
        }
        return digest
    }

    private final class Collector {
        var bytes: [UInt8] = []
    }
}
