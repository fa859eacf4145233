import AssayCore
import AssayFormats
import AssayHashing
import AssayRules

/// One input of an evaluation: where its lines come from, what shape they have, and whether their form is trusted.
struct EvaluateInput {
    /// Where lines come from.
    enum Lines {
        case chunks(LineChunks)
        case stream(LineStream)
    }

    /// The name for messages.
    let name: String
    let lines: Lines
    let layout: LineLayout
    /// The first line, when it is a snapshot's.
    let header: SnapshotHeader?
    /// The last line of a sealed file; nil where it is not known before the end is reached.
    let end: SnapshotEnd?
    /// True for a sealed file of this program: header and last line are there, so its lines are taken as sealed.
    var isTrusted: Bool

    /// Opens a file, or standard input for `-`, and tells by the first line what it holds; nil when it is empty.
    static func open(_ path: String, chunkBytes: Int = 256 << 10) throws -> EvaluateInput? {
        guard path != "-" else { return try stream(try self.stream(of: nil, chunkBytes)) }
        let isFile: Bool
        do {
            isFile = try FileText.kind(following: path) == .file
        } catch {
            throw ConfigurationError("cannot read \(error)", hint: "name a file of JSON lines, or `-`")
        }
        guard isFile else { return try stream(try self.stream(of: path, chunkBytes)) }
        let slice = try FileSlice(path)
        let limit = DocumentLimits().lineBytes
        let head = try line(of: slice, from: 0, limit: limit)
        if Gzip.isCompressed(head) { return try stream(try self.stream(of: path, chunkBytes)) }
        guard slice.size > 0 else { return nil }
        let (layout, header) = try kind(head, name: path)
        let end = header == nil ? nil : try lastLine(of: slice, limit: limit)
        let isOwn = header.map { $0.tool.hasPrefix("assay ") } ?? false
        return EvaluateInput(
            name: path, lines: .chunks(try LineChunks(path, chunkBytes: chunkBytes)), layout: layout, header: header,
            end: end,
            isTrusted: isOwn && end != nil)
    }

    private static func stream(of path: String?, _ chunkBytes: Int) throws -> LineStream {
        do {
            return try LineStream(path, chunkBytes: chunkBytes)
        } catch {
            throw failure(error, name: path ?? "standard input")
        }
    }

    static func failure(_ error: LineReader.Failure, name: String) -> any Error {
        switch error {
        case .file(let error): error
        case .document(let error): FileError(path: name, reason: error.message)
        }
    }

    private static func stream(_ stream: LineStream) throws -> EvaluateInput? {
        guard !stream.firstLine.isEmpty else { return nil }
        let (layout, header) = try kind(stream.firstLine, name: stream.path)
        return EvaluateInput(
            name: stream.path, lines: .stream(stream), layout: layout, header: header, end: nil, isTrusted: false)
    }

    private static func kind(
        _ line: [UInt8], name: String
    ) throws(ConfigurationError) -> (layout: LineLayout, header: SnapshotHeader?) {
        let hint = "a line is a snapshot's `{\"resource\":{…}}`, or a provider's document with `type` and `id`"
        let document: Document
        do {
            document = try JSONReader.read(line)
        } catch {
            throw ConfigurationError("the first line of `\(name)` is no JSON: \(error)", hint: hint)
        }
        if document.root["snapshot"] != nil {
            do {
                guard case .header(let header) = try SnapshotLine(json: document.root) else {
                    throw SnapshotError("line is no snapshot header", at: nil)
                }
                return (.sealed, header)
            } catch {
                throw ConfigurationError("`\(name)`: \(error)", hint: "collect again with this version")
            }
        }
        for key in ["resource", "coverage", "end"] where document.root[key]?.kind == .object { return (.sealed, nil) }
        guard document.root["type"]?.string != nil else {
            throw ConfigurationError("cannot tell what the lines of `\(name)` are", hint: hint)
        }
        return (.bare, nil)
    }

    // MARK: - Ends of a file

    /// The line that starts at a position, without its end.
    private static func line(of slice: FileSlice, from position: Int, limit: Int) throws(FileError) -> [UInt8] {
        var count = 64 << 10
        while true {
            let bytes = try slice.bytes(at: position, count: min(count, slice.size - position))
            if let end = bytes.firstIndex(of: 0x0A) { return Array(bytes[..<end]) }
            if position + bytes.count >= slice.size || count > limit { return bytes }
            count *= 4
        }
    }

    /// The snapshot's end, when the file closes with one.
    private static func lastLine(of slice: FileSlice, limit: Int) throws(FileError) -> SnapshotEnd? {
        let count = min(4096, slice.size)
        var tail = try slice.bytes(at: slice.size - count, count: count)
        guard tail.last == 0x0A else { return nil }
        tail.removeLast()
        guard let start = tail.lastIndex(of: 0x0A) else { return nil }
        let line = Array(tail[(start + 1)...])
        do {
            guard case .end(let end) = try SnapshotLine(json: try JSONReader.read(line).root) else { return nil }
            return end
        } catch {
            // A line that is no end: the file is not whole, which the reading of it will say.
            return nil
        }
    }

    /// True when the lines before the last match the digest in it.
    func matchesDigest() throws -> Bool {
        guard case .chunks(let chunks) = lines, let end else { return false }
        let slice = try FileSlice(chunks.path)
        var tail = try slice.bytes(at: max(0, slice.size - 4096), count: min(4096, slice.size))
        tail.removeLast()
        guard let start = tail.lastIndex(of: 0x0A) else { return false }
        let count = slice.size - (tail.count - start)
        var digest = StreamingDigest()
        var position = 0
        var buffer: [UInt8] = []
        while position < count {
            let piece = min(1 << 20, count - position)
            try slice.read(into: &buffer, at: position, count: piece)
            digest.update(buffer)
            position += piece
        }
        return digest.finish().hexadecimal == end.sha256
    }
}
