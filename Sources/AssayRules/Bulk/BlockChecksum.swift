/// XXH64 (xxHash specification 0.1.1) with seed 0: finds damage in a file of our own, never proves anything.
///
/// SAFETY: every load is of eight, four or one byte at a position that was checked to be so far from the end.
enum BlockChecksum {
    private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
        0x27D4_EB2F_1656_67C5
    )

    /// The checksum of a part of a buffer.
    static func of(_ bytes: [UInt8], _ part: Range<Int>) -> UInt64 {
        unsafe bytes.withUnsafeBytes { unsafe of(UnsafeRawBufferPointer(rebasing: $0[part])) }
    }

    /// The checksum of a buffer.
    static func of(_ bytes: [UInt8]) -> UInt64 { of(bytes, bytes.indices) }

    private static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let (p1, p2, p3, p4, p5) = primes
        let count = bytes.count
        var position = 0
        var hash: UInt64
        if count >= 32 {
            var (a, b, c, d): (UInt64, UInt64, UInt64, UInt64) = (p1 &+ p2, p2, 0, 0 &- p1)
            while position + 32 <= count {
                a = unsafe round(a, word(bytes, position))
                b = unsafe round(b, word(bytes, position + 8))
                c = unsafe round(c, word(bytes, position + 16))
                d = unsafe round(d, word(bytes, position + 24))
                position += 32
            }
            hash = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
            for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* p1 &+ p4 }
        } else {
            hash = p5
        }
        hash = hash &+ UInt64(count)
        while position + 8 <= count {
            hash = unsafe rotate(hash ^ round(0, word(bytes, position)), 27) &* p1 &+ p4
            position += 8
        }
        if position + 4 <= count {
            let half = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
            hash = rotate(hash ^ UInt64(UInt32(littleEndian: half)) &* p1, 23) &* p2 &+ p3
            position += 4
        }
        while position < count {
            hash = unsafe rotate(hash ^ UInt64(bytes[position]) &* p5, 11) &* p1
            position += 1
        }
        hash = (hash ^ hash >> 33) &* p2
        hash = (hash ^ hash >> 29) &* p3
        return hash ^ hash >> 32
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> UInt64 {
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotate(lane &+ word &* primes.1, 31) &* primes.0
    }

    @inline(__always)
    private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 { value &<< bits | value &>> (64 - bits) }
}
