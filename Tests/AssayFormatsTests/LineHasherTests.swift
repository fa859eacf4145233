import AssayFormats
import AssayHashing
import Testing

@Suite("line hash")
struct LineHasherTests {
    private static let key = (0..<32).map { UInt8($0) }

    @Test("the same bytes have the same hash under the same secret, however they are handed in")
    func isStable() throws {
        let hasher = try #require(LineHasher(key: Self.key))
        let again = try #require(LineHasher(key: Self.key))
        for count in [0, 1, 3, 8, 16, 17, 128, 129, 240, 241, 1_024, 70_000] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            #expect(hasher.hash(bytes) == again.hash(bytes))
            let span = again.hash(bytes.span)
            #expect(hasher.hash(bytes) == span)
        }
    }

    /// Values of `XXH3_128bits_withSecret` of xxHash 0.8.1 with the secret that `XXH3_generateSecret` makes of the key;
    /// an index of one build must be read by the next.
    @Test(
        "hashes are those of XXH3",
        arguments: [
            (0, 0x43DB_5BB2_7562_87EB, 0x51FF_867E_424B_B5F5),
            (3, 0x58AC_FD01_F202_8BE3, 0xDBBC_C038_6C62_59EB),
            (12, 0x15F6_C881_E8F4_BC5C, 0x93EF_28BD_15B3_3893),
            (100, 0xC724_85E6_4AC6_4A53, 0x8CD3_1D4D_9A1F_24B0),
            (200, 0xF39A_A744_AD26_C8E1, 0x0B9E_AF90_5D86_775D),
            (2000, 0xC3E5_EDD0_49FC_4AD8, 0x339D_9A19_E297_234C),
            (5000, 0x98FA_93E7_780F_5867, 0xB94B_3D3D_53C0_E9B8),
        ])
    func isXXH3(_ count: Int, _ low: UInt64, _ high: UInt64) throws {
        let hasher = try #require(LineHasher(key: Self.key))
        #expect(hasher.hash((0..<count).map { UInt8(truncatingIfNeeded: $0) }) == LineHash(low: low, high: high))
    }

    @Test("another secret gives other hashes and another fingerprint")
    func isKeyed() throws {
        let hasher = try #require(LineHasher(key: Self.key))
        let other = try #require(LineHasher(key: Self.key.reversed()))
        #expect(hasher.fingerprint != other.fingerprint)
        for count in [0, 1, 20, 300] {
            let bytes = [UInt8](repeating: 1, count: count)
            #expect(hasher.hash(bytes) != other.hash(bytes))
        }
    }

    @Test("any changed bit changes the hash")
    func seesEveryBit() throws {
        let hasher = try #require(LineHasher(key: Self.key))
        let bytes = (0..<600).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        var seen: Set<LineHash> = [hasher.hash(bytes)]
        for bit in 0..<(bytes.count * 8) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(seen.insert(hasher.hash(changed)).inserted)
        }
    }

    @Test("a key or a secret of the wrong length makes no hasher")
    func refusesShort() {
        #expect(LineHasher(key: [UInt8](repeating: 1, count: 31)) == nil)
        #expect(LineHasher(secret: [UInt8](repeating: 1, count: 191)) == nil)
        #expect(LineHasher(secret: [UInt8](repeating: 1, count: 193)) == nil)
    }
}
