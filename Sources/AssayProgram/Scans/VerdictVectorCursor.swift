public import AssayCore

/// Reads the lines of a verdict vector.
///
/// Two blocks of 4096 lines are in memory while lines come in their order, at most 256 (15 MiB, a million lines) when
/// they do not.
public struct VerdictVectorCursor {
    private struct Block {
        var number = -1
        var bytes: [UInt8] = []
        /// The type of each line; -1 for none.
        var types: [Int32] = []
        /// Where the states of each line start.
        var starts: [Int32] = []
    }

    /// What is read.
    public let vector: VerdictVector

    /// A block stands at its number modulo their count, a power of two.
    private var blocks = [Block](repeating: Block(), count: 2)
    private var last = -1
    private var returns = 0
    private static let blockLimit = 256

    init(_ vector: VerdictVector) {
        self.vector = vector
    }

    /// The slot of the block that a line stands in, which is in memory then.
    private mutating func slot(ofLine line: Int) throws(ScanFileError) -> Int {
        precondition(line >= 0 && line < vector.summary.lines, "a line of the vector")
        let number = line / VerdictVectorLayout.blockLines
        let slot = number & (blocks.count - 1)
        if blocks[slot].number == number { return slot }
        if number <= last { makeRoom() }
        last = max(last, number)
        let place = number & (blocks.count - 1)
        try load(number, into: &blocks[place])
        return place
    }

    /// Doubles the blocks in memory each time that as many were read again.
    private mutating func makeRoom() {
        returns += 1
        guard returns >= blocks.count, blocks.count < Self.blockLimit else { return }
        returns = 0
        var wider = [Block](repeating: Block(), count: blocks.count * 2)
        for block in blocks where block.number >= 0 { wider[block.number & (wider.count - 1)] = block }
        blocks = wider
    }

    private func load(_ number: Int, into block: inout Block) throws(ScanFileError) {
        block.number = -1
        try vector.block(number, into: &block.bytes)
        let first = number * VerdictVectorLayout.blockLines
        let lines = min(VerdictVectorLayout.blockLines, vector.summary.lines - first)
        var position = VerdictVectorLayout.blockHeaderCount + lines * 2
        guard block.bytes.count >= position, block.bytes.littleEndian(at: 0, as: UInt32.self) == UInt32(lines),
            block.bytes.littleEndian(at: 4, as: UInt32.self) == UInt32(truncatingIfNeeded: block.bytes.count - position)
        else {
            throw vector.damaged("block \(number) is not as long as it states")
        }
        block.types.removeAll(keepingCapacity: true)
        block.starts.removeAll(keepingCapacity: true)
        for line in 0..<lines {
            let ordinal: UInt16 = block.bytes.littleEndian(at: VerdictVectorLayout.blockHeaderCount + line * 2)
            let type = ordinal == VerdictVectorLayout.noType ? -1 : Int(ordinal)
            guard type < vector.order.types.count else { throw vector.damaged("line \(first + line) has no such type") }
            block.types.append(Int32(type))
            block.starts.append(Int32(position))
            let width = vector.order.width(ofType: type)
            guard position + (width + 1) / 2 <= block.bytes.count, Self.areStates(block.bytes, position, width) else {
                throw vector.damaged("line \(first + line) has a verdict that is none")
            }
            position += (width + 1) / 2
        }
        guard position == block.bytes.count else { throw vector.damaged("block \(number) is longer than its lines") }
        block.number = number
    }

    private static func areStates(_ bytes: [UInt8], _ position: Int, _ width: Int) -> Bool {
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
        Int(blocks[try slot(ofLine: line)].types[line % VerdictVectorLayout.blockLines])
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
        let slot = try slot(ofLine: line)
        let start = Int(blocks[slot].starts[line % VerdictVectorLayout.blockLines])
        let byte = blocks[slot].bytes[start + pair / 2]
        return pair % 2 == 0 ? byte & 15 : byte >> 4
    }

    /// Copies a line as it is packed.
    mutating func copy(line: Int, type: Int, to writer: inout VerdictVectorWriter) throws(ScanFileError) {
        let slot = try slot(ofLine: line)
        let place = line % VerdictVectorLayout.blockLines
        let start = Int(blocks[slot].starts[place])
        let width = vector.order.width(ofType: Int(blocks[slot].types[place]))
        try writer.append(type: type, packed: blocks[slot].bytes, start..<(start + (width + 1) / 2))
    }
}
