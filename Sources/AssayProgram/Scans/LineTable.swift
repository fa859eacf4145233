import AssayFormats

/// Where each line stands, by the hash of its bytes or of its resource's id: open addressing, 16 bytes × 1.5 a line.
///
/// A slot keeps 96 bits of the hash and the line; of equal lines the first is found.
struct LineTable {
    private struct Slot {
        var high: UInt64 = 0
        var low: UInt32 = 0
        /// The line plus one; zero marks a free slot.
        var line: UInt32 = 0
    }

    private var slots: [Slot]

    /// An empty table for at most this many lines.
    init(lines: Int) {
        slots = [Slot](repeating: Slot(), count: lines + lines / 2 + 8)
    }

    init(of index: SnapshotIndex) throws(ScanFileError) {
        self.init(lines: index.count)
        var cursor = index.cursor()
        for line in 0..<index.count { insert(try cursor.hash(at: line), line) }
    }

    /// The low half of the low word chooses the slot, its high half is kept.
    private func home(_ hash: LineHash) -> Int {
        Int((hash.low & 0xFFFF_FFFF).multipliedFullWidth(by: UInt64(slots.count) << 32).high)
    }

    mutating func insert(_ hash: LineHash, _ line: Int) {
        let low = UInt32(truncatingIfNeeded: hash.low >> 32)
        var slot = home(hash)
        while slots[slot].line != 0 {
            if slots[slot].high == hash.high, slots[slot].low == low { return }
            slot = slot + 1 == slots.count ? 0 : slot + 1
        }
        slots[slot] = Slot(high: hash.high, low: low, line: UInt32(line + 1))
    }

    /// The first line with this hash.
    func line(_ hash: LineHash) -> Int? {
        let low = UInt32(truncatingIfNeeded: hash.low >> 32)
        var slot = home(hash)
        while slots[slot].line != 0 {
            if slots[slot].high == hash.high, slots[slot].low == low { return Int(slots[slot].line) - 1 }
            slot = slot + 1 == slots.count ? 0 : slot + 1
        }
        return nil
    }
}
