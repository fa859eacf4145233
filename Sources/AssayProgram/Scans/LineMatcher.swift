public import AssayFormats

/// Finds, for one new line after the other, the line of the previous snapshot with the same bytes.
///
/// The line behind the last match is tried first, then a few behind it. A line that is not there may stand elsewhere:
/// a table of all previous lines is built once so many were missed that looking them up costs less than judging them
/// again. Missing a match is never wrong, it only costs an evaluation.
public struct LineMatcher {
    /// How far ahead a line is looked for before it is called missed.
    static let window = 32

    private var cursor: SnapshotIndexCursor
    private var expected = 0
    private var misses = 0
    /// The last match was where it was expected, so the next one is worth reading a block for.
    private var isInStep = true
    private let tableAfter: Int
    private var table: LineTable?
    private var match: LineMatch

    /// A matcher at the first line of both sides.
    ///
    /// - Parameters:
    ///   - previous: the index of the previous snapshot.
    ///   - tableAfter: after how many missed lines the table is built; nil takes one in 40, at least 256.
    public init(previous: SnapshotIndex, tableAfter: Int? = nil) {
        cursor = previous.cursor()
        self.tableAfter = tableAfter ?? max(256, previous.count / 40)
        match = LineMatch(previousLines: previous.count)
    }

    /// The previous line with the next new line's hash; nil when none was found.
    @discardableResult
    public mutating func next(_ hash: LineHash) throws(ScanFileError) -> Int? {
        let found = try find(hash)
        if let found {
            isInStep = found >= expected && found - expected < Self.window
            expected = found + 1
        }
        match.append(previous: found)
        return found
    }

    private mutating func find(_ hash: LineHash) throws(ScanFileError) -> Int? {
        if isInStep || table == nil {
            let end = max(expected, min(expected + Self.window, cursor.index.count))
            for line in expected..<end where try cursor.hash(at: line) == hash { return line }
        }
        misses += 1
        if table == nil, misses > tableAfter { table = try LineTable(of: cursor.index) }
        return table?.line(hash)
    }

    /// What was matched.
    public consuming func finish() -> LineMatch { match }

    /// Matches all lines of an index.
    public static func match(
        previous: SnapshotIndex, new: SnapshotIndex, tableAfter: Int? = nil
    ) throws(ScanFileError) -> LineMatch {
        var matcher = LineMatcher(previous: previous, tableAfter: tableAfter)
        var cursor = new.cursor()
        for line in 0..<new.count { try matcher.next(try cursor.hash(at: line)) }
        return matcher.finish()
    }
}
