/// What the scan of one chunk found: lines in their order, states a line.
public struct BulkBlock: Sendable {
    /// One line of the chunk.
    public struct Line: Sendable {
        /// Offset of its first byte in the chunk.
        public var offset: UInt32
        /// Length without the line end.
        public var length: UInt32
        /// Index of the type in the program; `none` for a resource that no rule asks about, `other` for a line that is
        /// no resource, `unreadable` for one that the scanner cannot follow.
        public var type: Int32
        /// Index of the line's first state.
        public var firstState: Int32

        static let empty = Line(offset: 0, length: 0, type: other, firstState: 0)

        /// A resource of a type that no rule asks about.
        public static let none: Int32 = -1
        /// A line that holds no resource.
        public static let other: Int32 = -2
        /// A line that does not have the shape of a sealed line.
        public static let unreadable: Int32 = -3
        /// A line of which a slot record does not hold what the program reads: only the snapshot can tell.
        public static let notRecorded: Int32 = -4
    }

    var lineStorage: [Line] = []
    var stateStorage: [UInt8] = []
    var stateCount = 0
    var lineCount = 0

    /// An empty block; reused from chunk to chunk it keeps its memory.
    public init() {}

    /// The lines in their order.
    public var lines: ArraySlice<Line> { lineStorage[..<lineCount] }
    /// `BulkState` raw values; those of a line are its type's pairs in order.
    public var states: ArraySlice<UInt8> { stateStorage[..<stateCount] }

    /// Sets one state, after the general reader has said what it is.
    public mutating func settle(_ index: Int, _ state: BulkState) { stateStorage[index] = state.rawValue }

    mutating func reserve(lines: Int, states: Int) {
        if lineStorage.count < lines {
            lineStorage += repeatElement(.empty, count: lines - lineStorage.count)
        }
        if stateStorage.count < states {
            stateStorage += repeatElement(0, count: states - stateStorage.count)
        }
        lineCount = 0
        stateCount = 0
    }
}
