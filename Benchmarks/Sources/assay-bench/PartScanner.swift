import AssayCore
import AssayFormats
import AssayProgram
import AssayRules

/// What the scan of some lines found, free of the buffer that they stood in.
struct ScanPart: Sendable {
    /// One line that holds something.
    struct Line: Sendable {
        /// Offset of its first byte in the file.
        var offset: Int
        var length: Int
        /// The ordinal of its type; -1 for a line that no rule judges.
        var type: Int
        var firstState: Int
        var hash: LineHash
        /// Where its id stands in `ids`; empty where none was asked for.
        var id: Range<Int>
    }

    var lines: [Line] = []
    var states: [UInt8] = []
    var ids: [UInt8] = []
    /// Lines that the general reader was asked about, and pairs.
    var handedOver = (lines: 0, pairs: 0)

    func codes(of line: Line, width: Int) -> Range<Int> { line.firstState..<line.firstState + width }
}

/// Scans buffers on one thread, hands what values alone do not decide to the general reader, hashes lines.
struct PartScanner: ~Copyable {
    /// What to make of lines beside their states.
    struct Wants: OptionSet, Sendable {
        let rawValue: Int
        static let hashes = Wants(rawValue: 1)
        static let ids = Wants(rawValue: 2)
        /// Undecided pairs stay so.
        static let undecided = Wants(rawValue: 4)
    }

    private let setting: ScanSetting
    private let wants: Wants
    private let judge: LineJudge?
    private var worker: BulkWorker
    private var block = BulkBlock()

    init(_ setting: ScanSetting, judge: LineJudge?, wants: Wants) {
        self.setting = setting
        self.judge = judge
        self.wants = wants
        worker = BulkWorker(setting.program)
    }

    /// - Parameters:
    ///   - offset: the offset of the part in the file.
    ///   - masks: for the lines of a part, the pairs that are asked; nil asks all.
    mutating func scan(
        _ buffer: [UInt8], _ part: Range<Int>, at offset: Int, masks: ((Int) -> [UInt64]?)? = nil
    ) throws -> ScanPart {
        worker.scan(buffer, part, into: &block)
        var result = ScanPart()
        result.lines.reserveCapacity(block.lines.count)
        result.states = Array(block.states)
        for line in block.lines where line.length > 0 {
            let place = part.lowerBound + Int(line.offset)
            let range = place..<place + Int(line.length)
            guard line.type != BulkBlock.Line.unreadable else {
                throw BenchFailure("the line at byte \(offset + Int(line.offset)) cannot be followed")
            }
            let bytes = buffer.span.extracting(range)
            var found = ScanPart.Line(
                offset: offset + Int(line.offset), length: range.count, type: max(-1, Int(line.type)),
                firstState: Int(line.firstState), hash: LineHash(low: 0, high: 0), id: 0..<0)
            if wants.contains(.hashes) { found.hash = setting.hasher.hash(bytes) }
            if line.type >= 0 {
                if wants.contains(.ids), let id = LineIdentity.find(in: bytes) {
                    let start = result.ids.count
                    for index in id { result.ids.append(bytes[index]) }
                    found.id = start..<result.ids.count
                }
                if !wants.contains(.undecided) {
                    try settle(&result, found, bytes: buffer, range, mask: masks?(result.lines.count))
                }
            }
            result.lines.append(found)
        }
        return result
    }

    private func settle(
        _ result: inout ScanPart, _ line: ScanPart.Line, bytes: [UInt8], _ range: Range<Int>, mask: [UInt64]?
    ) throws {
        let width = setting.order.types[line.type].pairs.count
        var open: [Int] = []
        for pair in 0..<width where result.states[line.firstState + pair] == BulkState.undecided.rawValue {
            if let mask, mask[pair / 64] & (1 << UInt64(pair % 64)) == 0 { continue }
            open.append(pair)
        }
        guard !open.isEmpty else { return }
        guard let judge else { throw BenchFailure("a pair of the line at byte \(line.offset) is undecided") }
        let verdicts = try judge.verdicts(ofLine: Array(bytes[range]), type: Int32(line.type), pairs: open)
        guard verdicts.count == open.count else {
            throw BenchFailure("the general reader gave \(verdicts.count) verdicts for \(open.count) pairs")
        }
        for (pair, verdict) in zip(open, verdicts) { result.states[line.firstState + pair] = verdict.state.code }
        result.handedOver.lines += 1
        result.handedOver.pairs += open.count
    }
}
