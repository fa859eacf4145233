public import AssayCore
import Glibc

/// Reads a text file line by line, gzip or plain, with memory for one line.
public enum LineReader {
    /// Why lines stopped coming.
    public enum Failure: Error, Sendable {
        case file(FileError)
        case document(DocumentError)
    }

    /// Calls `body` with each line, its number from 1, and whether a line end closed it.
    ///
    /// - Parameters:
    ///   - path: the file; a gzip file is told by its first bytes.
    ///   - limits: the longest line.
    ///   - body: receives a line without its end; returns false to stop.
    public static func lines(
        of path: String, limits: DocumentLimits = DocumentLimits(),
        _ body: (_ line: [UInt8], _ number: Int, _ isClosed: Bool) -> Bool
    ) throws(Failure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .file(FileError(path: path, errno: errno)) }
        defer { close(descriptor) }
        var splitter = LineSplitter(limit: limits.lineBytes)
        var failure: DocumentError?
        var isFirst = true
        var isCompressed = false
        var isStopped = false
        var inflater: Inflater?
        do throws(FileError) {
            try FileText.pieces(descriptor, path: path) { piece throws(FileError) in
                guard failure == nil, !isStopped else { return }
                do throws(DocumentError) {
                    if isFirst {
                        isFirst = false
                        isCompressed = Gzip.isCompressed(Array(piece.prefix(2)))
                        if isCompressed { inflater = try Inflater() }
                    }
                    if isCompressed {
                        try inflater?.feed(Array(piece)) { (text) throws(DocumentError) in
                            isStopped = try !splitter.feed(text, body)
                        }
                    } else {
                        isStopped = try !splitter.feed(piece, body)
                    }
                } catch {
                    failure = error
                }
            }
        } catch {
            throw .file(error)
        }
        if let failure { throw .document(failure) }
        guard !isStopped else { return }
        do {
            try inflater?.finish()
        } catch {
            splitter.finish(body)
            throw .document(error)
        }
        splitter.finish(body)
    }
}

/// Cuts a stream of bytes into lines.
struct LineSplitter {
    let limit: Int
    private var pending: [UInt8] = []
    private var number = 1

    init(limit: Int) {
        self.limit = limit
    }

    /// False when the body asked to stop.
    mutating func feed(
        _ bytes: ArraySlice<UInt8>, _ body: ([UInt8], Int, Bool) -> Bool
    ) throws(DocumentError) -> Bool {
        var rest = bytes
        while let end = rest.firstIndex(of: 0x0A) {
            pending += rest[..<end]
            try check()
            guard body(pending, number, true) else { return false }
            pending.removeAll(keepingCapacity: true)
            number += 1
            rest = rest[(end + 1)...]
        }
        pending += rest
        try check()
        return true
    }

    private func check() throws(DocumentError) {
        guard pending.count <= limit else {
            throw DocumentError(
                code: .tooLarge, message: "line is longer than the limit of \(limit) bytes",
                position: SourcePosition(line: number, column: 1))
        }
    }

    /// Hands on a last line that no line end closed.
    func finish(_ body: ([UInt8], Int, Bool) -> Bool) {
        if !pending.isEmpty { _ = body(pending, number, false) }
    }
}
