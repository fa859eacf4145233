public import AssayCore

/// Reads the lines of a verdict vector, fastest in their order, with one block of 4096 lines in memory.
public struct VerdictVectorCursor {
    /// What is read.
    public let vector: VerdictVector

    private var block = -1
    private var bytes: [UInt8] = []
    /// The type of each line of the block; -1 for none.
    private var types: [Int32] = []
    /// Where the states of each line of the block start.
    private var starts: [Int32] = []

    init(_ vector: VerdictVector) {
        self.vector = vector
    }

    private mutating func place(ofLine line: Int) throws(ScanFileError) -> Int {
        precondition(line >= 0 && line < vector.summary.lines, "a line of the vector")
        let number = line / VerdictVectorLayout.blockLines
        if number != block { try load(number) }
        return line % VerdictVectorLayout.blockLines
    }

    private mutating func load(_ number: Int) throws(ScanFileError) {
        block = -1
        try vector.block(number, into: &bytes)
        let first = number * VerdictVectorLayout.blockLines
        let lines = min(VerdictVectorLayout.blockLines, vector.summary.lines - first)
        var position = VerdictVectorLayout.blockHeaderCount + lines * 2
        guard bytes.count >= position, bytes.littleEndian(at: 0, as: UInt32.self) == UInt32(lines),
            bytes.littleEndian(at: 4, as: UInt32.self) == UInt32(truncatingIfNeeded: bytes.count - position)
        else {
            throw vector.damaged("block \(number) is not as long as it states")
        }
        types.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        for line in 0..<lines {
            let ordinal: UInt16 = bytes.littleEndian(at: VerdictVectorLayout.blockHeaderCount + line * 2)
            let type = ordinal == VerdictVectorLayout.noType ? -1 : Int(ordinal)
            guard type < vector.order.types.count else { throw vector.damaged("line \(first + line) has no such type") }
            types.append(Int32(type))
            starts.append(Int32(position))
            let width = vector.order.width(ofType: type)
            guard position + (width + 1) / 2 <= bytes.count, checkStates(at: position, width) else {
                throw vector.damaged("line \(first + line) has a verdict that is none")
            }
            position += (width + 1) / 2
        }
        guard position == bytes.count else { throw vector.damaged("block \(number) is longer than its lines") }
        block = number
    }

    private func checkStates(at position: Int, _ width: Int) -> Bool {
        for index in 0..<((width + 1) / 2) {
            let low = bytes[position + index] & 15
            let high = bytes[position + index] >> 4
            let isLast = index * 2 + 1 == width
            guard low >= 1, low <= VerdictState.lastCode, high <= VerdictState.lastCode, (high == 0) == isLast else {
                return false
            }
        }
        return true
    }

    /// The ordinal of a line's type; -1 for a line that no rule judges.
    public mutating func type(ofLine line: Int) throws(ScanFileError) -> Int {
        Int(types[try place(ofLine: line)])
    }

    /// The states of a line, in the order of its type's pairs.
    public mutating func states(ofLine line: Int) throws(ScanFileError) -> [VerdictState] {
        let width = vector.order.width(ofType: try type(ofLine: line))
        var states: [VerdictState] = []
        for pair in 0..<width {
            guard let state = VerdictState(code: try code(ofLine: line, pair: pair)) else {
                throw vector.damaged("line \(line) has a verdict that is none")
            }
            states.append(state)
        }
        return states
    }

    /// The code of one pair of a line.
    mutating func code(ofLine line: Int, pair: Int) throws(ScanFileError) -> UInt8 {
        let byte = bytes[Int(starts[try place(ofLine: line)]) + pair / 2]
        return pair % 2 == 0 ? byte & 15 : byte >> 4
    }

    /// The states of a line as they are packed.
    mutating func packed(ofLine line: Int) throws(ScanFileError) -> ArraySlice<UInt8> {
        let place = try place(ofLine: line)
        let start = Int(starts[place])
        return bytes[start..<(start + (vector.order.width(ofType: Int(types[place])) + 1) / 2)]
    }
}
