/// Chances that depend on a seed and on what is asked, never on the order in which requests happen to arrive.
struct SeededChance: Sendable {
    let seed: UInt64

    /// A number in 0..<1 for a text and a count.
    func value(_ text: String, _ count: Int) -> Double {
        var state = seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(count + 1)
        for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
        state ^= state >> 31
        return Double(state >> 11) / Double(1 << 53)
    }
}
