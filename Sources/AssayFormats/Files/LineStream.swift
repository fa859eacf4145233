public import AssayCore
import Glibc
import Synchronization

/// A stream of lines, plain or gzip, handed out in chunks of whole lines to any number of threads.
///
/// One thread reads at a time. Memory is one chunk a thread, and what is left of the line that a chunk ended in.
public final class LineStream: Sendable {
    /// Some whole lines.
    public struct Chunk: Sendable {
        /// Place in the order of chunks, from 0.
        public let number: Int
        /// The lines, each with its end; the last line of a stream may lack it.
        public let bytes: [UInt8]
        /// Offset of the first byte in the stream, after inflating.
        public let offset: Int
        /// Offsets of lines over the limit that stood behind these lines and were left out.
        public let longLines: [Int]
    }

    private struct State: ~Copyable {
        var inflater: Inflater?
        /// Lines that were read and not handed out.
        var pending: [UInt8]
        var offset = 0
        var number = 0
        /// Where the line began that is being left out; nil outside such a line.
        var skipped: Int?
        var isAtEnd = false
    }

    /// The name for messages.
    public let path: String
    /// The first line without its end, empty when there is none.
    public let firstLine: [UInt8]
    private let descriptor: Int32
    private let limits: DocumentLimits
    private let chunkBytes: Int
    private let state: Mutex<State>

    /// Opens a file, or standard input for nil; gzip is told by the first bytes.
    public init(
        _ path: String?, chunkBytes: Int = 256 << 10, limits: DocumentLimits = DocumentLimits()
    ) throws(LineReader.Failure) {
        self.path = path ?? "standard input"
        self.limits = limits
        self.chunkBytes = chunkBytes
        if let path {
            descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .file(FileError(path: path, errno: errno)) }
        } else {
            descriptor = STDIN_FILENO
        }
        var state = State(inflater: nil, pending: [])
        var head: [UInt8] = []
        // A pipe may give one byte at a time.
        while head.count < 2 {
            let piece = try Self.piece(descriptor, self.path)
            head += piece
            if piece.isEmpty { break }
        }
        state.isAtEnd = head.isEmpty
        do throws(DocumentError) {
            if Gzip.isCompressed(head) { state.inflater = try Inflater() }
            try Self.take(head, &state)
        } catch {
            throw .document(error)
        }
        while !state.isAtEnd, !state.pending.contains(0x0A), state.pending.count <= limits.lineBytes {
            try Self.more(&state, descriptor, self.path)
        }
        firstLine = Array(state.pending.prefix { $0 != 0x0A })
        self.state = Mutex(state)
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    private static func piece(_ descriptor: Int32, _ path: String) throws(LineReader.Failure) -> ArraySlice<UInt8> {
        var buffer = [UInt8](repeating: 0, count: 128 << 10)
        while true {
            // SAFETY: the array keeps its bytes alive for the call, which writes no more than their count.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .file(FileError(path: path, errno: errno)) }
            return buffer[..<count]
        }
    }

    private static func take(_ bytes: [UInt8], _ state: inout State) throws(DocumentError) {
        guard state.inflater != nil else {
            state.pending += bytes
            return
        }
        var text: [UInt8] = []
        try state.inflater?.feed(bytes) { (piece) throws(DocumentError) in text += piece }
        state.pending += text
    }

    private static func more(
        _ state: inout State, _ descriptor: Int32, _ path: String
    ) throws(LineReader.Failure) {
        let piece = try piece(descriptor, path)
        do throws(DocumentError) {
            if piece.isEmpty {
                state.isAtEnd = true
                try state.inflater?.finish()
            } else {
                try take(Array(piece), &state)
            }
        } catch {
            state.isAtEnd = true
            throw .document(error)
        }
    }

    /// The next chunk; nil at the end.
    ///
    /// - Throws: when the input cannot be read or inflated further; what came before was handed out.
    public func next() throws(LineReader.Failure) -> Chunk? {
        let found: Result<Chunk?, LineReader.Failure> = state.withLock { state in
            do throws(LineReader.Failure) {
                return .success(try next(&state))
            } catch {
                return .failure(error)
            }
        }
        return try found.get()
    }

    private func next(_ state: inout State) throws(LineReader.Failure) -> Chunk? {
        var longLines: [Int] = []
        while true {
            if let start = state.skipped {
                guard let end = state.pending.firstIndex(of: 0x0A) else {
                    state.offset += state.pending.count
                    state.pending.removeAll(keepingCapacity: true)
                    guard !state.isAtEnd else {
                        state.skipped = nil
                        return chunk(0, &state, [start])
                    }
                    try Self.more(&state, descriptor, path)
                    continue
                }
                longLines.append(start)
                state.skipped = nil
                state.offset += end + 1
                state.pending.removeFirst(end + 1)
                return chunk(0, &state, longLines)
            }
            if state.pending.count >= chunkBytes || state.isAtEnd {
                if let last = state.pending.lastIndex(of: 0x0A) { return chunk(last + 1, &state, longLines) }
                if state.pending.count > limits.lineBytes {
                    state.skipped = state.offset
                    continue
                }
                if state.isAtEnd {
                    return state.pending.isEmpty ? nil : chunk(state.pending.count, &state, longLines)
                }
            }
            try Self.more(&state, descriptor, path)
        }
    }

    private func chunk(_ count: Int, _ state: inout State, _ longLines: [Int]) -> Chunk {
        let chunk = Chunk(
            number: state.number, bytes: Array(state.pending[..<count]), offset: state.offset, longLines: longLines)
        state.number += 1
        state.offset += count
        state.pending.removeFirst(count)
        return chunk
    }
}
