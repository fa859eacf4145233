/// Transitions that wait for their transaction, with all text in one run of bytes.
struct TransitionBatch {
    struct Row {
        var pair: Int32
        /// Index into `resources`.
        var resource: Int32
        /// Index into `traces`; -1 for none.
        var trace: Int32
        var old: UInt8
        var new: UInt8
    }

    private(set) var rows: [Row] = []
    private(set) var resources: [Range<Int>] = []
    private(set) var traces: [Range<Int>] = []
    private var text: [UInt8] = []

    subscript(_ range: Range<Int>) -> ArraySlice<UInt8> { text[range] }

    /// The text's size, which bounds the batch together with the number of rows.
    var textCount: Int { text.count }

    /// Starts the transitions of a resource; one that got none is forgotten.
    mutating func begin(resource id: Span<UInt8>) {
        if let last = resources.last, rows.last.map({ Int($0.resource) }) != resources.count - 1 {
            resources.removeLast()
            text.removeSubrange(last.lowerBound...)
        }
        resources.append(append(id))
    }

    /// The resources that have transitions: all but perhaps the last.
    var usedResources: ArraySlice<Range<Int>> { resources.prefix(rows.last.map { Int($0.resource) + 1 } ?? 0) }

    /// Adds a transition of the resource that was begun last.
    mutating func append(pair: Int, old: UInt8, new: UInt8, trace: [UInt8]?) {
        var index = -1
        if let trace {
            index = traces.count
            traces.append(append(trace.span))
        }
        rows.append(
            Row(pair: Int32(pair), resource: Int32(resources.count - 1), trace: Int32(index), old: old, new: new))
    }

    private mutating func append(_ bytes: Span<UInt8>) -> Range<Int> {
        let start = text.count
        for index in bytes.indices { text.append(bytes[index]) }
        return start..<text.count
    }
}
