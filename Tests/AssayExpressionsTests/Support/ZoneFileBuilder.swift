/// Builds TZif files (RFC 9636) for tests.
struct ZoneFileBuilder {
    var version: UInt8 = UInt8(ascii: "2")
    /// Offsets in seconds, with whether it is daylight saving time.
    var types: [(offset: Int32, isDaylight: Bool)] = [(0, false)]
    var transitions: [(time: Int64, type: UInt8)] = []
    var leapSeconds = 0
    var footer: String? = ""

    private func number(_ value: Int64, size: Int) -> [UInt8] {
        (0..<size).reversed().map { index in UInt8(truncatingIfNeeded: value >> Int64(8 * index)) }
    }

    private func part(timeSize: Int, isEmpty: Bool) -> [UInt8] {
        var bytes = Array("TZif".utf8) + [version] + Array(repeating: 0, count: 15)
        let counts = isEmpty ? [0, 0, 0, 0, 1, 1] : [0, 0, leapSeconds, transitions.count, types.count, 4]
        bytes += counts.flatMap { count in number(Int64(count), size: 4) }
        guard !isEmpty else { return bytes + Array(repeating: 0, count: 7) }
        bytes += transitions.flatMap { transition in number(transition.time, size: timeSize) }
        bytes += transitions.map(\.type)
        bytes += types.flatMap { type in number(Int64(type.offset), size: 4) + [type.isDaylight ? 1 : 0, 0] }
        bytes += Array("XYZ\0".utf8)
        return bytes + Array(repeating: 0, count: leapSeconds * (timeSize + 4))
    }

    func bytes() -> [UInt8] {
        guard version != 0 else { return part(timeSize: 4, isEmpty: false) }
        let footer = footer.map { footer in Array("\n\(footer)\n".utf8) } ?? []
        return part(timeSize: 4, isEmpty: true) + part(timeSize: 8, isEmpty: false) + footer
    }
}
