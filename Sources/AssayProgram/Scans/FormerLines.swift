public import AssayFormats

/// For resources whose bytes changed, the line that each had in the previous snapshot; and what is gone.
///
/// Only changed lines are read for their ids. Memory is 24 bytes a changed line of the previous snapshot and 8 a
/// changed line of the new one.
public struct FormerLines: Sendable {
    /// Previous lines whose resource no new line names, ascending.
    public private(set) var gone: [Int] = []
    /// Number of new lines whose resource no previous line names.
    public private(set) var appearedCount = 0
    private var lines: [UInt32] = []
    private var formers: [UInt32] = []

    /// Joins the changed lines of both sides by resource.
    ///
    /// - Parameters:
    ///   - match: what did not change.
    ///   - hasher: of the workspace's secret; ids are joined by their hashes.
    ///   - previousID: the id of the resource on a previous line; nil for a line that is no resource.
    ///   - newID: the same for a new line.
    public init<Failure>(
        _ match: LineMatch, hasher: LineHasher, previousID: (_ line: Int) throws(Failure) -> [UInt8]?,
        newID: (_ line: Int) throws(Failure) -> [UInt8]?
    ) throws(Failure) {
        var unmatched: [UInt32] = []
        match.forEachUnmatchedPrevious { unmatched.append(UInt32($0)) }
        var table = LineTable(lines: unmatched.count)
        for (place, line) in unmatched.enumerated() {
            if let id = try previousID(Int(line)) {
                table.insert(hasher.hash(id), place)
            } else {
                unmatched[place] = .max
            }
        }
        for run in match.runs where run.previous < 0 {
            for line in run.line..<(run.line + run.count) {
                guard let id = try newID(line) else { continue }
                guard let place = table.line(hasher.hash(id)), unmatched[place] != .max else {
                    appearedCount += 1
                    continue
                }
                lines.append(UInt32(line))
                formers.append(unmatched[place])
                unmatched[place] = .max
            }
        }
        gone = unmatched.filter { $0 != .max }.map(Int.init)
    }

    /// The previous line of the resource on a changed new line; nil when it appeared.
    public func former(ofLine line: Int) -> Int? {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if lines[middle] < line { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && lines[low] == line ? Int(formers[low]) : nil
    }
}
