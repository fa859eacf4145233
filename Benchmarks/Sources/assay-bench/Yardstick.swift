import AssayCore
import AssayFormats
import AssayHashing
import BenchEngine
import CYardstick

/// Y: what a bare parse of the same lines costs on the same core in the same run; SHA-256 of them without simdjson.
///
/// The file is held in memory, with its lines split beforehand.
struct Yardstick {
    private let bytes: [UInt8]
    private let size: Int
    private let ends: [UInt64]

    /// What Y is: simdjson with its version and instruction set, or `SHA-256`.
    static let name: String =
        yardstick_has_simdjson() == 1 ? unsafe String(cString: yardstick_simdjson_name()) : "SHA-256"

    init(_ path: String) throws {
        (bytes, size) = try Files.padded(path)
        var ends: [UInt64] = []
        for index in 0..<size where bytes[index] == 0x0A { ends.append(UInt64(index)) }
        if size > 0, bytes[size - 1] != 0x0A { ends.append(UInt64(size)) }
        self.ends = ends
    }

    var lines: Int { ends.count }
    var byteCount: Int { size }

    /// Processor seconds of one pass on the calling thread.
    func measure() throws -> Double {
        let start = Clocks.thread
        if yardstick_has_simdjson() == 1 {
            // SAFETY: 64 bytes behind the last line are readable, and every end lies inside the bytes.
            let parsed = unsafe bytes.withUnsafeBytes { bytes in
                unsafe ends.withUnsafeBufferPointer { ends in
                    unsafe yardstick_simdjson_parse_split(
                        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), ends.baseAddress, ends.count)
                }
            }
            guard parsed == ends.count else {
                throw BenchFailure("the yardstick parsed \(parsed) of \(ends.count) lines")
            }
        } else {
            var digest = StreamingDigest()
            digest.update(bytes)
            guard digest.finish().bytes.count == Digest.byteCount else { throw BenchFailure("no digest was made") }
        }
        return Clocks.thread - start
    }
}
