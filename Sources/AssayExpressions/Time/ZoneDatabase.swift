import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Resolves offsets and IANA time-zone names, and keeps the zones that it has read.
///
/// Names are read from TZif files (RFC 9636) of the machine, not from the binary: on a machine without the package
/// tzdata every name but `UTC` is the error ``TimeError/zoneDatabaseMissing(name:)``, never silently UTC. `Local` and
/// `localtime` are refused, since a verdict must not depend on where it is computed.
public final class ZoneDatabase: Sendable {
    private let load: @Sendable (String) -> [UInt8]?
    private let zones = Mutex<[String: CivilZone]>([:])

    /// Creates a database over a function that gives the bytes of the TZif file of a zone, or nil if there is none.
    ///
    /// The function is called with names of letters, digits and `_+-.` in parts separated by `/`; no part starts with a
    /// point, so that a name joined to a folder stays inside it.
    public init(load: @escaping @Sendable (String) -> [UInt8]?) {
        self.load = load
    }

    /// The database that the operating system keeps in `directory`.
    public static func system(directory: String = "/usr/share/zoneinfo") -> ZoneDatabase {
        ZoneDatabase { name in ZoneDatabase.bytes(ofFile: directory + "/" + name) }
    }

    /// The zone for `UTC`, an offset (`+01:30`, `-02:00`, `02:00`) or an IANA name (`America/St_Johns`).
    ///
    /// - Throws: ``TimeError/invalidZone(text:)``, ``TimeError/unknownZone(name:)``,
    ///   ``TimeError/zoneDatabaseMissing(name:)`` or ``TimeError/damagedZone(name:reason:)``.
    public func zone(_ text: String) throws(TimeError) -> CivilZone {
        if text == "UTC" { return .utc }
        if text.utf8.contains(UInt8(ascii: ":")) {
            guard let offset = ZoneDatabase.fixedOffset(text) else { throw .invalidZone(text: text) }
            return CivilZone(name: text, fixedOffset: offset)
        }
        guard ZoneDatabase.isZoneName(text) else { throw .invalidZone(text: text) }
        if let known = zones.withLock({ zones in zones[text] }) { return known }
        guard let bytes = load(text) else {
            // Every database has a file for UTC: without it the name is not wrong, the database is not there.
            guard load("UTC") != nil || load("Etc/UTC") != nil else { throw .zoneDatabaseMissing(name: text) }
            throw .unknownZone(name: text)
        }
        let table: ZoneTable
        do throws(ZoneFileError) {
            table = try ZoneTable(tzif: bytes)
        } catch {
            throw .damagedZone(name: text, reason: error.reason)
        }
        let zone = CivilZone(name: text, table: table)
        zones.withLock { zones in zones[text] = zone }
        return zone
    }

    private static func fixedOffset(_ text: String) -> Int? {
        var digits = ArraySlice(Array(text.utf8))
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        let field = Array(digits)
        guard field.count == 5, field[2] == UInt8(ascii: ":"),
            let hourTens = field[0].decimalDigit, let hourOnes = field[1].decimalDigit,
            let minuteTens = field[3].decimalDigit, let minuteOnes = field[4].decimalDigit,
            hourTens * 10 + hourOnes < 24, minuteTens < 6
        else { return nil }
        let offset = (hourTens * 10 + hourOnes) * 3_600 + (minuteTens * 10 + minuteOnes) * 60
        return isNegative ? -offset : offset
    }

    private static func isZoneName(_ text: String) -> Bool {
        guard (1...64).contains(text.utf8.count), !["Local", "localtime", "posixrules"].contains(text) else {
            return false
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            part.first != nil && part.first != UInt8(ascii: ".") && part.allSatisfy(isNameByte)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default:
            false
        }
    }

    private static func bytes(ofFile path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        // One byte more than a zone may have, so that a file that is too large is seen as such by the reader.
        while bytes.count <= ZoneTable.maximumFileSize {
            // SAFETY: the buffer belongs to `chunk` and `read` writes at most its count into it.
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
        }
        return bytes
    }
}
