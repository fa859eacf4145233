/// Why a TZif file cannot be used.
struct ZoneFileError: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

/// The changes of a zone's offset as a TZif file of version 1 to 4 lists them (RFC 9636), and the rule after the last.
///
/// Before the first change the first type counts (§3.2). After the last one the rule of the footer counts; files of
/// version 1 have none and keep the last offset.
struct ZoneTable: Hashable, Sendable {
    /// The moments of change in Unix seconds, strictly ascending.
    private let transitions: [Int64]
    /// `offsets[i]` holds from `transitions[i]` on.
    private let offsets: [Int32]
    private let offsetBefore: Int32
    private let rule: ZoneRule?

    static let maximumFileSize = 1 << 20

    init(tzif bytes: [UInt8]) throws(ZoneFileError) {
        guard bytes.count <= ZoneTable.maximumFileSize else { throw ZoneFileError("it is larger than 1 MiB") }
        var reader = ZoneFileReader(bytes)
        let first = try reader.header()
        let block: ZoneFileReader.Block
        if first.version == 1 {
            block = try reader.block(first, timeSize: 4)
            rule = nil
        } else {
            try reader.skip(first.size(timeSize: 4))
            let second = try reader.header()
            guard second.version == first.version else { throw ZoneFileError("its two headers differ in version") }
            block = try reader.block(second, timeSize: 8)
            let footer = try reader.footer()
            rule = footer.isEmpty ? nil : try ZoneRule(posix: footer, version: second.version)
        }
        transitions = block.transitions
        offsets = block.types.map { type in block.offsets[type] }
        offsetBefore = block.offsets[0]
    }

    func offset(at seconds: Int64) -> Int {
        guard let first = transitions.first, let last = transitions.last else {
            return rule?.offset(at: seconds) ?? Int(offsetBefore)
        }
        if seconds < first { return Int(offsetBefore) }
        if seconds >= last { return rule?.offset(at: seconds) ?? Int(offsets[offsets.count - 1]) }
        // INVARIANT: transitions[low] <= seconds < transitions[high].
        var low = 0
        var high = transitions.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds { low = middle } else { high = middle }
        }
        return Int(offsets[low])
    }
}

/// Reads the parts of a TZif file in order and checks every count against the bytes that are left.
private struct ZoneFileReader {
    struct Header {
        var version: Int
        var utIndicators: Int
        var standardIndicators: Int
        var leapSeconds: Int
        var transitions: Int
        var types: Int
        var characters: Int

        /// The size of the data block; counts are below 2^32, so the sum cannot overflow.
        func size(timeSize: Int) -> Int {
            transitions * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4)
                + standardIndicators + utIndicators
        }
    }

    struct Block {
        var transitions: [Int64] = []
        var types: [Int] = []
        var offsets: [Int32] = []
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func skip(_ count: Int) throws(ZoneFileError) {
        guard count <= bytes.count - position else { throw ZoneFileError("it is truncated") }
        position += count
    }

    /// A big-endian number in two's complement of `size` bytes.
    private mutating func number(size: Int) throws(ZoneFileError) -> Int64 {
        let start = position
        try skip(size)
        var value: Int64 = bytes[start] >= 0x80 ? -1 : 0
        for byte in bytes[start..<position] { value = value << 8 | Int64(byte) }
        return value
    }

    private mutating func count() throws(ZoneFileError) -> Int {
        Int(try number(size: 4) & 0xFFFF_FFFF)
    }

    mutating func header() throws(ZoneFileError) -> Header {
        let start = position
        try skip(20)
        guard bytes[start..<start + 4].elementsEqual("TZif".utf8) else { throw ZoneFileError("it is not a TZif file") }
        let version: Int
        switch bytes[start + 4] {
        case 0: version = 1
        case let digit where (UInt8(ascii: "2")...UInt8(ascii: "9")).contains(digit):
            version = Int(digit - UInt8(ascii: "0"))
        default: throw ZoneFileError("its version is not known")
        }
        let header = Header(
            version: version, utIndicators: try count(), standardIndicators: try count(), leapSeconds: try count(),
            transitions: try count(), types: try count(), characters: try count())
        guard header.size(timeSize: 4) <= bytes.count - position else { throw ZoneFileError("it is truncated") }
        return header
    }

    mutating func block(_ header: Header, timeSize: Int) throws(ZoneFileError) -> Block {
        guard header.size(timeSize: timeSize) <= bytes.count - position else { throw ZoneFileError("it is truncated") }
        guard header.leapSeconds == 0 else { throw ZoneFileError("it counts leap seconds") }
        guard header.types > 0, header.types <= 256 else { throw ZoneFileError("it has no usable local time type") }
        guard header.characters > 0 else { throw ZoneFileError("it has no designations") }
        guard [0, header.types].contains(header.utIndicators), [0, header.types].contains(header.standardIndicators)
        else { throw ZoneFileError("its indicators do not fit its types") }
        var block = Block()
        for _ in 0..<header.transitions {
            let time = try number(size: timeSize)
            guard block.transitions.last.map({ last in last < time }) ?? true else {
                throw ZoneFileError("its changes are not in order")
            }
            block.transitions.append(time)
        }
        for _ in 0..<header.transitions {
            let type = Int(bytes[position])
            try skip(1)
            guard type < header.types else { throw ZoneFileError("a change has an unknown local time type") }
            block.types.append(type)
        }
        for _ in 0..<header.types {
            let offset = try number(size: 4)
            // RFC 9636 §3.2: more than -25 hours and less than 26 hours.
            guard (-89_999...93_599).contains(offset) else { throw ZoneFileError("an offset is not plausible") }
            guard bytes[position] <= 1, Int(bytes[position + 1]) < header.characters else {
                throw ZoneFileError("a local time type is not valid")
            }
            try skip(2)
            block.offsets.append(Int32(offset))
        }
        try skip(header.characters + header.standardIndicators + header.utIndicators)
        return block
    }

    mutating func footer() throws(ZoneFileError) -> [UInt8] {
        let rest = bytes[position...]
        guard rest.first == UInt8(ascii: "\n"),
            let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\n"))
        else { throw ZoneFileError("its footer is truncated") }
        return Array(rest[(position + 1)..<end])
    }
}
