/// 64-bit FNV-1a (RFC 9923) of a resource's id: finds a row, never decides that two ids are one.
enum ResourceHash {
    static func of(_ id: some Sequence<UInt8>) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Int64(bitPattern: hash)
    }
}
