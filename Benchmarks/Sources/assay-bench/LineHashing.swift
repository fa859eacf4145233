import AssayCore
import AssayFormats
import AssayProgram
import AssayRules
import Glibc

/// Makes the index of a snapshot that has none: every byte is hashed, and only lines that are new are scanned for their
/// type.
enum LineHashing {
    static func index(
        _ path: String, _ setting: ScanSetting, previous: String, _ digest: Digest, to target: String
    ) throws {
        let chunks = try LineChunks(path)
        let former = try SnapshotIndex(path: previous, hasher: setting.hasher)
        guard former.order == setting.order.digest else { throw BenchFailure("the old index is of another order") }
        var matcher = LineMatcher(previous: former)
        var cursor = former.cursor()
        var scanner = PartScanner(setting, judge: nil, wants: .undecided)
        var writer = try SnapshotIndexWriter(path: target, order: setting.order.digest, hasher: setting.hasher)
        var reader = LineChunks.Reader(chunks, spare: BulkWorker.spare)
        for chunk in 0..<chunks.count {
            let (lines, offset) = try reader.read(chunk)
            var start = lines.lowerBound
            while start < lines.upperBound {
                let end = newline(in: reader.buffer, start..<lines.upperBound) ?? lines.upperBound
                defer { start = end + 1 }
                guard end > start else { continue }
                let hash = setting.hasher.hash(reader.buffer.span.extracting(start..<end))
                let type: Int
                if let line = try matcher.next(hash) {
                    type = try cursor.record(at: line).type
                } else {
                    let found = try scanner.scan(reader.buffer, start..<end, at: offset + start - lines.lowerBound)
                    guard let line = found.lines.first else { throw BenchFailure("a line holds nothing") }
                    type = line.type
                }
                try writer.append(
                    SnapshotIndexRecord(
                        offset: offset + start - lines.lowerBound, length: end - start, type: type, hash: hash))
            }
        }
        try writer.finish(snapshot: digest, isSynced: false)
    }

    static func newline(in buffer: [UInt8], _ range: Range<Int>) -> Int? {
        unsafe buffer.withUnsafeBytes { bytes -> Int? in
            // SAFETY: the range lies inside the buffer, which is alive for the closure.
            guard let base = bytes.baseAddress, let found = unsafe memchr(base + range.lowerBound, 0x0A, range.count)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}
