extension [UInt8] {
    /// Adds an integer's bytes, the lowest first.
    mutating func append(littleEndian value: some FixedWidthInteger) {
        for shift in stride(from: 0, to: value.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    /// The integer that stands at this index, the lowest byte first; the bytes must be there.
    func littleEndian<Value: FixedWidthInteger>(at index: Int, as type: Value.Type = Value.self) -> Value {
        var value: Value = 0
        for place in 0..<(Value.bitWidth / 8) {
            value |= Value(truncatingIfNeeded: self[index + place]) << (place * 8)
        }
        return value
    }
}
