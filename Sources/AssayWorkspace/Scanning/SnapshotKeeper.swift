import AssayCore
import AssayFormats
import AssayHashing

/// Seals a snapshot, and writes it where the workspace and the user want it.
struct SnapshotKeeper {
    let workspace: Workspace?
    let extraPath: String?

    /// Keeps the sealed lines, and the list of files that they came from, and gives the digest of the lines.
    ///
    /// - Parameter calls: the file of the records of live calls, which is kept beside the snapshot.
    func keep(_ snapshot: Snapshot, received: [UInt8], calls: String? = nil) throws -> Digest {
        let collected = Collector()
        var writer = try SnapshotWriter(header: snapshot.header) { collected.bytes += $0 }
        for resource in snapshot.resources { try writer.write(resource) }
        for record in snapshot.coverage { try writer.write(record) }
        let digest = try writer.finish()
        if let extraPath { try FileText.write(collected.bytes, to: extraPath) }
        if let workspace {
            let name = "\(workspace.snapshotFolder)/\(digest.hexadecimal)"
            try FileText.write(collected.bytes, to: name + ".jsonl", isPrivate: true)
            try FileText.write(received, to: name + ".sha256", isPrivate: true)
            if let calls {
                try FileText.write(try FileText.read(calls, limit: 4 << 30), to: name + ".calls.jsonl", isPrivate: true)
            }
        }
        return digest
    }

    private final class Collector {
        var bytes: [UInt8] = []
    }
}
