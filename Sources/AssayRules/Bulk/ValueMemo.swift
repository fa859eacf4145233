/// What the evaluator said of values that were taken as they are.
///
/// Short values stand in a fixed table, long ones in a dictionary. Both forget when they are full, so that memory stays bounded whatever the values are.
struct ValueMemo {
    private struct Entry {
        var hash: UInt64 = 0
        var slot: Int32 = 0
        var count: Int32 = -1
    }

    private static let shortLimit = 96
    private static let longLimit = 16_384
    private static let places = 8192
    private let words: Int
    private var entries: [Entry]
    private var texts: [UInt8]
    private var codes: [UInt64]
    private var long: [[UInt8]: Int] = [:]
    private var longCodes: [UInt64] = []

    /// - Parameter words: most words of codes that a value may have.
    init(words: Int) {
        self.words = words
        entries = Array(repeating: Entry(), count: Self.places)
        texts = Array(repeating: 0, count: Self.places * Self.shortLimit)
        codes = Array(repeating: 0, count: (Self.places + 1) * words)
    }

    private static func hash(_ slot: Int32, _ value: UnsafeRawBufferPointer) -> UInt64 {
        var hash = UInt64(UInt32(bitPattern: slot)) &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(value.count)
        var position = 0
        while position + 8 <= value.count {
            let word = unsafe value.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            hash = (hash ^ word) &* 0x2545_F491_4F6C_DD1D
            hash ^= hash >> 29
            position += 8
        }
        var rest: UInt64 = 0
        while position < value.count {
            rest = unsafe rest << 8 | UInt64(value[position])
            position += 1
        }
        hash = (hash ^ rest) &* 0x9FB2_1C65_1E98_DF25
        return hash ^ hash >> 32
    }

    private static func key(_ slot: Int32, _ value: UnsafeRawBufferPointer) -> [UInt8] {
        var key = unsafe Array(value)
        for shift in 0..<4 { key.append(UInt8(truncatingIfNeeded: slot >> (shift * 8))) }
        return key
    }

    /// The place of the codes of a value; -1 when it was not seen, or long ago.
    func find(_ slot: Int32, _ value: UnsafeRawBufferPointer) -> Int {
        guard value.count <= Self.shortLimit else {
            guard value.count <= Self.longLimit else { return -1 }
            return long[unsafe Self.key(slot, value)].map { -2 - $0 } ?? -1
        }
        let hash = unsafe Self.hash(slot, value)
        let home = Int(hash & UInt64(Self.places - 1))
        for step in 0..<2 {
            let place = home ^ step
            let entry = entries[place]
            guard entry.hash == hash, entry.slot == slot, Int(entry.count) == value.count else { continue }
            let start = place * Self.shortLimit
            if unsafe value.elementsEqual(texts[start..<start + value.count]) { return place }
        }
        return -1
    }

    /// Remembers the codes of a value and gives their place, valid until the next call.
    mutating func add(_ slot: Int32, _ value: UnsafeRawBufferPointer, _ found: [UInt64]) -> Int {
        guard value.count <= Self.shortLimit else {
            guard value.count <= Self.longLimit else {
                write(found, at: Self.places)
                return Self.places
            }
            if long.count >= 1024 {
                long.removeAll(keepingCapacity: true)
                longCodes.removeAll(keepingCapacity: true)
            }
            let index = longCodes.count / words
            longCodes += found + Array(repeating: 0, count: words - found.count)
            long[unsafe Self.key(slot, value)] = index
            return -2 - index
        }
        let hash = unsafe Self.hash(slot, value)
        var place = Int(hash & UInt64(Self.places - 1))
        if entries[place].count >= 0, entries[place ^ 1].count < 0 { place ^= 1 }
        entries[place] = Entry(hash: hash, slot: slot, count: Int32(value.count))
        for (index, byte) in unsafe Array(value).enumerated() { texts[place * Self.shortLimit + index] = byte }
        write(found, at: place)
        return place
    }

    private mutating func write(_ found: [UInt64], at place: Int) {
        for (word, code) in found.enumerated() { codes[place * words + word] = code }
    }

    /// A word of the codes at a place.
    func code(_ place: Int, _ word: Int) -> UInt64 {
        place >= 0 ? codes[place * words + word] : longCodes[(-2 - place) * words + word]
    }
}
