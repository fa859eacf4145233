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
        if let extraPath { try FileText.write(collected.bytes, to: extraPath, isPrivate: true) }
        if let workspace {
            let name = "\(workspace.snapshotFolder)/\(digest.hexadecimal)"
            try FileText.write(collected.bytes, to: name + ".jsonl", isPrivate: true)
            try FileText.write(received, to: name + ".sha256", isPrivate: true)
            if let calls { try Self.copy(calls, to: name + ".calls.jsonl") }
        }
        return digest
    }

    /// Copies a file of records in pieces, readable by the owner alone.
    static func copy(_ path: String, to target: String) throws {
        let slice = try FileSlice(path)
        var sink = try FileSink(target, isPrivate: true)
        for position in stride(from: 0, to: slice.size, by: 1 << 20) {
            try sink.write(try slice.bytes(at: position, count: min(1 << 20, slice.size - position)))
        }
        try sink.finish()
    }

    private final class Collector {
        var bytes: [UInt8] = []
    }
}
