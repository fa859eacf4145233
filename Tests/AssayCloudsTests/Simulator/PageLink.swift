/// Opaque places in a list: bound to the list that they were made for.
enum PageLink {
    /// The token of a place.
    static func token(_ offset: Int, in subject: String) -> String {
        "w" + String(UInt64(offset) ^ mark(subject), radix: 36)
    }

    /// The place of a token; nil for one that was not made for this list.
    static func offset(_ token: String, in subject: String) -> Int? {
        guard token.hasPrefix("w"), let value = UInt64(token.dropFirst(), radix: 36) else { return nil }
        let offset = value ^ mark(subject)
        return offset < 10_000_000 ? Int(offset) : nil
    }

    private static func mark(_ subject: String) -> UInt64 {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in subject.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return state
    }
}
