public import AssayCore

/// Writes `snapshot/1` line by line and hashes what it writes.
///
/// Memory is one line; the caller's sink decides where the bytes go.
public struct SnapshotWriter {
    private var digest = StreamingDigest()
    private var resources = 0
    private var coverage = 0
    private let sink: ([UInt8]) throws -> Void

    /// Writes the header to the sink.
    public init(header: SnapshotHeader, sink: @escaping ([UInt8]) throws -> Void) throws {
        self.sink = sink
        try line { writer in
            writer.beginObject()
            writer.key("snapshot")
            writer.beginObject()
            writer.member("version", SnapshotLine.schema.version)
            writer.member("collectedAt", header.collectedAt)
            writer.member("sources", header.sources)
            writer.member("tool", header.tool)
            writer.endObject()
            writer.endObject()
        }
    }

    private mutating func line(_ write: (inout JSONWriter) -> Void) throws {
        var writer = JSONWriter()
        write(&writer)
        let bytes = writer.bytes + [UInt8(ascii: "\n")]
        digest.update(bytes)
        try sink(bytes)
    }

    /// Writes one resource and returns the digest of its sealed bytes.
    @discardableResult
    public mutating func write(_ resource: Resource) throws -> Digest {
        resources += 1
        var sealed = JSONWriter()
        resource.write(to: &sealed)
        try line { writer in
            writer.beginObject()
            writer.key("resource")
            resource.write(to: &writer)
            writer.endObject()
        }
        return Digest(of: sealed.bytes)
    }

    /// Writes one coverage record.
    public mutating func write(_ record: Coverage) throws {
        coverage += 1
        try line { writer in
            writer.beginObject()
            writer.key("coverage")
            record.write(to: &writer)
            writer.endObject()
        }
    }

    /// Writes the last line and returns the digest of all lines before it.
    @discardableResult
    public mutating func finish() throws -> Digest {
        let digest = digest.finish()
        let counts = (resources, coverage)
        try line { writer in
            writer.beginObject()
            writer.key("end")
            writer.beginObject()
            writer.member("resources", counts.0)
            writer.member("coverage", counts.1)
            writer.member("sha256", digest.hexadecimal)
            writer.endObject()
            writer.endObject()
        }
        return digest
    }
}
