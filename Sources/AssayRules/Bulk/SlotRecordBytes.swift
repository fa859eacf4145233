/// Reads numbers and texts of a slot record; whatever the bytes are, it stays inside them.
struct SlotRecordCursor {
    /// The bytes end before what should stand there, or a number is too large to be one.
    struct Failure: Error {}

    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    mutating func byte() throws(Failure) -> UInt8 {
        guard position < bytes.endIndex else { throw Failure() }
        defer { position += 1 }
        return bytes[position]
    }

    /// A number below 2^62.
    mutating func number() throws(Failure) -> Int {
        var value = 0
        for shift in stride(from: 0, to: 62, by: 7) {
            let next = try byte()
            guard shift < 56 || next < 64 else { throw Failure() }
            value |= Int(next & 0x7F) << shift
            if next < 0x80 { return value }
        }
        throw Failure()
    }

    /// A number that counts things of at least one byte each in what is left.
    mutating func count() throws(Failure) -> Int {
        let value = try number()
        guard value <= bytes.endIndex - position else { throw Failure() }
        return value
    }

    mutating func text() throws(Failure) -> [UInt8] {
        let count = try count()
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    /// Eight bytes, the lowest first.
    mutating func word() throws(Failure) -> UInt64 {
        var value: UInt64 = 0
        for shift in 0..<8 { value |= UInt64(try byte()) << UInt64(8 * shift) }
        return value
    }
}

extension [UInt8] {
    /// Seven bits a byte, the lowest first; the last byte is below 128.
    mutating func append(number: Int) {
        var rest = UInt(bitPattern: number)
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    mutating func append(text: [UInt8]) {
        append(number: text.count)
        self += text
    }

    mutating func append(word: UInt64) {
        for shift in 0..<8 { append(UInt8(truncatingIfNeeded: word >> UInt64(8 * shift))) }
    }
}
