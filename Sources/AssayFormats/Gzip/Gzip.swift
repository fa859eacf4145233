public import AssayCore
import CZlib

/// gzip (RFC 1952) in memory.
public enum Gzip {
    /// True when the bytes start with the gzip magic.
    public static func isCompressed(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
    }

    /// How much larger than its input an inflated text may be.
    public static let ratioLimit = 200

    /// Inflates all members.
    ///
    /// - Parameters:
    ///   - bytes: the compressed bytes, one or more gzip members.
    ///   - limit: the largest result in bytes.
    /// - Throws: `DocumentError` for truncated or damaged input, a result over the limit, or a ratio over 200.
    public static func inflate(
        _ bytes: [UInt8], limit: Int = DocumentLimits().documentBytes
    ) throws(DocumentError) -> [UInt8] {
        var output: [UInt8] = []
        var inflater = try Inflater()
        try inflater.feed(bytes) { (piece) throws(DocumentError) in
            output += piece
            guard output.count <= limit else {
                throw DocumentError(
                    code: .tooLarge, message: "inflated text is larger than the limit of \(limit) bytes",
                    position: SourcePosition(line: 1, column: 1))
            }
        }
        try inflater.finish()
        return output
    }
}

/// A streaming gzip decoder over zlib.
@safe public struct Inflater: ~Copyable {
    // SAFETY: zlib keeps the address of the stream, so it lives at one heap address from init to deinit, is reached
    // only through this noncopyable owner, and is freed once.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isInsideMember = false
    private var consumed = 0
    private var produced = 0

    /// Starts a decoder.
    public init() throws(DocumentError) {
        unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let status = unsafe inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            unsafe stream.deallocate()
            throw Self.failure(.unsupported, "zlib cannot start (status \(status))")
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    private static func failure(_ code: DocumentError.Code, _ message: String) -> DocumentError {
        DocumentError(code: code, message: message, position: SourcePosition(line: 1, column: 1))
    }

    /// Decodes a piece of the input and hands on what comes out, at most 256 KiB at a time.
    public mutating func feed(
        _ bytes: [UInt8], output: (ArraySlice<UInt8>) throws(DocumentError) -> Void
    ) throws(DocumentError) {
        var input = bytes
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        var offset = 0
        while offset < input.count {
            let (status, used, made) = step(&input, from: offset, into: &buffer)
            offset += used
            consumed += used
            produced += made
            isInsideMember = status != Z_STREAM_END
            if made > 0 { try output(buffer[..<made]) }
            guard produced < 1 << 20 || produced / max(consumed, 1) <= Gzip.ratioLimit else {
                throw Self.failure(.tooLarge, "gzip ratio is over the limit of \(Gzip.ratioLimit)")
            }
            switch status {
            case Z_OK: continue
            case Z_STREAM_END:
                unsafe inflateReset(stream)
                // Some writers pad with zeros after the last member.
                if input[offset...].allSatisfy({ $0 == 0 }) { return }
            case Z_BUF_ERROR where used > 0 || made > 0: continue
            case Z_BUF_ERROR: return
            default:
                throw Self.failure(.syntax, "gzip data is damaged near byte \(consumed) of the compressed file")
            }
        }
    }

    private func step(_ input: inout [UInt8], from offset: Int, into buffer: inout [UInt8]) -> (Int32, Int, Int) {
        let available = input.count - offset
        let capacity = buffer.count
        return unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe buffer.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_in = source.baseAddress.map { unsafe $0 + offset }
                unsafe stream.pointee.avail_in = UInt32(available)
                unsafe stream.pointee.next_out = target.baseAddress
                unsafe stream.pointee.avail_out = UInt32(capacity)
                let status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
                return unsafe (
                    status, available - Int(stream.pointee.avail_in), capacity - Int(stream.pointee.avail_out)
                )
            }
        }
    }

    /// Throws when the input ended inside a member.
    public func finish() throws(DocumentError) {
        guard !isInsideMember, consumed > 0 else {
            throw Self.failure(.truncated, "gzip data ends before its last member does")
        }
    }
}
