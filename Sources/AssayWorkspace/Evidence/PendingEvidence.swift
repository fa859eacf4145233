import AssayCore
import AssayFormats
import Glibc

/// Appends events as canonical JSON lines until the evidence log takes them over, in order.
///
/// A line is synced before `record` returns. A process that is killed can leave a last line without its end; the
/// next writer cuts that off, since nobody was told that it was kept.
final class PendingEvidence: EvidenceRecorder {
    private let descriptor: Int32
    private let path: String

    init(path: String) throws(FileError) {
        self.path = path
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path: path, reason: unsafe String(cString: strerror(errno))) }
        try Self.cutUnfinishedLine(descriptor, path)
    }

    deinit { close(descriptor) }

    private static func cutUnfinishedLine(_ descriptor: Int32, _ path: String) throws(FileError) {
        var end = lseek(descriptor, 0, SEEK_END)
        var byte: UInt8 = 0
        while end > 0 {
            guard unsafe pread(descriptor, &byte, 1, end - 1) == 1 else {
                throw FileError(path: path, reason: "cannot be read")
            }
            if byte == 0x0A { break }
            end -= 1
        }
        guard ftruncate(descriptor, end) == 0, lseek(descriptor, 0, SEEK_END) == end else {
            throw FileError(path: path, reason: "an unfinished last line could not be cut off")
        }
    }

    func record(_ event: EvidenceEvent) throws {
        try FileText.append(try event.canonicalBytes() + [0x0A], to: descriptor, path: path)
        guard fdatasync(descriptor) == 0 else { throw FileError(path: path, reason: "could not be synced") }
    }
}

/// Takes events of a scan that keeps nothing.
struct DiscardedEvidence: EvidenceRecorder {
    func record(_ event: EvidenceEvent) {}
}
