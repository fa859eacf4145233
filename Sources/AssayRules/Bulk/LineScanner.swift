import CAssayMasks

/// Walks sealed lines: with `LineScanner+Replay.swift`, which drives it from slot records, and `BlockChecksum.swift` the
/// only files of the rules that read memory by address.
///
/// One scanner belongs to one thread. It reads a line once, visits the keys that some condition wants, skips everything
/// else by bitmaps, and turns each wanted value into the registers of its atoms. Bytes are trusted in form, never in
/// extent: every position is checked against the end of its line before a byte is read, and a line that does not have
/// the shape of a sealed one is left to the general reader as a whole.
///
/// SAFETY: all pointers are to memory that this value owns and frees, or to the chunk of the running call. A chunk has
/// 64 readable bytes behind its end, so that a word may be read at any of its positions. Indices come from
/// `TableLayout`, which lays every table out with the counts that are used here.
@safe struct LineScanner: ~Copyable {
    private let program: BulkProgram
    let nodes: UnsafeMutableBufferPointer<ScanTables.Node>
    private let entries: UnsafeMutableBufferPointer<ScanTables.Entry>
    private let text: UnsafeMutableBufferPointer<UInt8>
    let slots: UnsafeMutableBufferPointer<ScanTables.Slot>
    private let integers: UnsafeMutableBufferPointer<Int64>
    private let strings: UnsafeMutableBufferPointer<ScanTables.Entry>
    private let features: UnsafeMutableBufferPointer<ScanTables.Feature>
    private let patches: UnsafeMutableBufferPointer<ScanTables.Patch>
    private let below: UnsafeMutableBufferPointer<Int32>
    private let folds: UnsafeMutableBufferPointer<ScanTables.Fold>
    private let operations: UnsafeMutableBufferPointer<ScanTables.Operation>
    let scopes: UnsafeMutableBufferPointer<ScanTables.Scope>
    let pairs: UnsafeMutableBufferPointer<ScanTables.Pair>
    private let joins: UnsafeMutableBufferPointer<ScanTables.Join>
    private let exports: UnsafeMutableBufferPointer<Int32>
    let types: UnsafeMutableBufferPointer<ScanTables.TypeRecord>
    private let typeNames: Int32
    private let layout: LineLayout
    let mostPairs: Int
    private let template: UnsafeMutableBufferPointer<UInt8>
    private let truths: UnsafeMutableBufferPointer<UInt8>
    private let verdicts: UnsafeMutableBufferPointer<UInt8>
    let registers: UnsafeMutableBufferPointer<UInt8>
    private let codes: UnsafeMutableBufferPointer<UInt64>
    private let classes: UnsafeMutableBufferPointer<Bool>
    let captures: UnsafeMutableBufferPointer<Capture>
    private var blocks: UnsafeMutableBufferPointer<assay_block>
    private var escapes: UnsafeMutableBufferPointer<UInt64>
    private var lineEnds: UnsafeMutableBufferPointer<UInt32>
    var bytes: UnsafeRawPointer
    /// Where the words of the dictionary stand while slot records are replayed.
    var dictionaryText: UnsafeRawPointer
    private let trails: UnsafeMutableBufferPointer<Trail>
    private let trailText: UnsafeMutableBufferPointer<UInt8>
    /// By node: the trail of its first key, a trail of any key, how many there are.
    private let trailStarts: UnsafeMutableBufferPointer<Int32>
    private let trailHeads: UnsafeMutableBufferPointer<Int32>
    private let trailSizes: UnsafeMutableBufferPointer<Int32>
    private var trailCount = 0
    private var trailTextCount = 0
    private var blockCount = 0
    var unknownStart = 0
    var unknownEnd = 0
    private var elementCount = 0
    /// Filled with what a scan sees while `isRecording` is set.
    private var recorder = SlotRecordBuffer()
    private var isRecording = false
    private var memo: ValueMemo
    private var unknowns: [Int32: [[UInt8]: [Int32]]] = [:]
    private var foreignTypes: [[UInt8]: Int32] = [:]
    /// What other resources say; without it relations are left to the general reader.
    private let table: JoinTable?
    private var tableMemo = JoinTable.Memo()
    /// Set on the first of two passes: takes in what related resources say.
    private(set) var collector: JoinCollector?
    /// The record of resources that no rule is asked of.
    private let otherType: Int32

    /// What an atom over several values reads at one of its paths.
    struct Capture {
        var start: UInt32 = 0
        var length: UInt32 = 0
        /// How many keys lead into objects when nothing is there; `present`, `bad` or `word` otherwise.
        var depth: UInt32 = 0

        static let present = UInt32.max
        static let bad = UInt32.max - 1
        /// Present, and a word of the dictionary.
        static let word = UInt32.max - 2
    }

    /// A key as it was met in the objects of one node, and the key that came behind it.
    private struct Trail {
        var head: UInt64
        var tail: UInt64
        var length: Int32
        /// The node of a wanted key, -1 for others.
        var child: Int32
        var next: Int32
        /// Another key of the same node, or -1.
        var sibling: Int32
        var text: Int32
    }

    private static let trailLimit = 8192
    private static let trailTextLimit = 1 << 18

    /// Elements of one line beyond this number are left to the general reader, which counts the cost.
    private static let elementLimit = 4096

    init(_ program: BulkProgram, table: JoinTable? = nil, collects classifier: Classifier? = nil) {
        let tables = program.tables
        self.table = table
        collector = classifier.map { JoinCollector($0) }
        otherType = Int32(tables.types.count - 1)
        self.program = program
        unsafe nodes = Self.copy(tables.nodes)
        unsafe entries = Self.copy(tables.entries)
        unsafe text = Self.copy(tables.text)
        unsafe slots = Self.copy(tables.slots)
        unsafe integers = Self.copy(tables.integers)
        unsafe strings = Self.copy(tables.strings)
        unsafe features = Self.copy(tables.features)
        unsafe patches = Self.copy(tables.patches)
        unsafe below = Self.copy(tables.below)
        unsafe folds = Self.copy(tables.folds)
        unsafe operations = Self.copy(tables.operations)
        unsafe scopes = Self.copy(tables.scopes)
        unsafe pairs = Self.copy(tables.pairs)
        unsafe joins = Self.copy(tables.joins)
        unsafe exports = Self.copy(tables.exports)
        unsafe types = Self.copy(tables.types)
        typeNames = tables.typeNames
        layout = program.layout
        mostPairs = tables.types.reduce(0) { max($0, Int($1.pairCount)) }
        unsafe template = Self.copy(tables.template)
        unsafe truths = Self.copy(ScanTables.truths)
        unsafe verdicts = Self.copy(ScanTables.verdicts)
        unsafe registers = Self.copy(tables.template)
        unsafe codes = Self.copy([UInt64](repeating: 0, count: tables.codeWords))
        unsafe classes = Self.copy([Bool](repeating: false, count: tables.classCount))
        unsafe captures = Self.copy([Capture](repeating: Capture(), count: tables.captureCount))
        unsafe trails = .allocate(capacity: Self.trailLimit)
        unsafe trailText = .allocate(capacity: Self.trailTextLimit)
        unsafe trailStarts = Self.copy([Int32](repeating: -1, count: tables.nodes.count))
        unsafe trailHeads = Self.copy([Int32](repeating: -1, count: tables.nodes.count))
        unsafe trailSizes = Self.copy([Int32](repeating: 0, count: tables.nodes.count))
        unsafe blocks = .allocate(capacity: 1)
        unsafe escapes = .allocate(capacity: 1)
        unsafe lineEnds = .allocate(capacity: 65)
        unsafe bytes = UnsafeRawPointer(blocks.baseAddress.unsafelyUnwrapped)
        unsafe dictionaryText = unsafe bytes
        let words = max(tables.slots.map(\.words).max() ?? 1, tables.groups.map(\.words).max() ?? 1)
        memo = ValueMemo(words: Int(max(words, 1)))
    }

    deinit {
        unsafe nodes.deallocate()
        unsafe entries.deallocate()
        unsafe text.deallocate()
        unsafe slots.deallocate()
        unsafe integers.deallocate()
        unsafe strings.deallocate()
        unsafe features.deallocate()
        unsafe patches.deallocate()
        unsafe below.deallocate()
        unsafe folds.deallocate()
        unsafe operations.deallocate()
        unsafe scopes.deallocate()
        unsafe pairs.deallocate()
        unsafe joins.deallocate()
        unsafe exports.deallocate()
        unsafe types.deallocate()
        unsafe template.deallocate()
        unsafe truths.deallocate()
        unsafe verdicts.deallocate()
        unsafe registers.deallocate()
        unsafe codes.deallocate()
        unsafe classes.deallocate()
        unsafe captures.deallocate()
        unsafe trails.deallocate()
        unsafe trailText.deallocate()
        unsafe trailStarts.deallocate()
        unsafe trailHeads.deallocate()
        unsafe trailSizes.deallocate()
        unsafe blocks.deallocate()
        unsafe escapes.deallocate()
        unsafe lineEnds.deallocate()
    }

    private static func copy<Element>(_ array: [Element]) -> UnsafeMutableBufferPointer<Element> {
        let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(array.count, 1))
        _ = unsafe buffer.initialize(from: array)
        return unsafe buffer
    }

    @inline(__always)
    func pointer<Element>(
        _ buffer: UnsafeMutableBufferPointer<Element>, _ index: Int32
    ) -> UnsafePointer<Element> {
        unsafe UnsafePointer(buffer.baseAddress.unsafelyUnwrapped + Int(index))
    }

    // MARK: - Chunks

    /// Scans the lines of a chunk.
    ///
    /// - Parameters:
    ///   - chunk: whole lines; the last one may lack its end. 64 bytes behind it must be readable.
    ///   - block: receives the lines and their states.
    ///   - recording: receives the slot records of the lines.
    mutating func scan(
        _ chunk: UnsafeRawBufferPointer, into block: inout BulkBlock, recording: inout SlotRecordBuffer
    ) {
        swap(&recorder, &recording)
        recorder.beginChunk()
        isRecording = true
        unsafe scan(chunk, into: &block)
        isRecording = false
        swap(&recorder, &recording)
    }

    /// Scans the lines of a chunk.
    mutating func scan(_ chunk: UnsafeRawBufferPointer, into block: inout BulkBlock) {
        guard let start = chunk.baseAddress, chunk.count > 0 else {
            block.reserve(lines: 0, states: 0)
            return
        }
        unsafe bytes = start
        reserve(chunk.count)
        let found = unsafe assay_index(
            start.assumingMemoryBound(to: UInt8.self), chunk.count, blocks.baseAddress, escapes.baseAddress,
            lineEnds.baseAddress, lineEnds.count)
        let isSealed = found >= 0
        var count = Int(found)
        if !isSealed { count = unsafe Self.lines(of: chunk, into: lineEnds) }
        let last = count == 0 ? -1 : unsafe Int(lineEnds[count - 1])
        if last != chunk.count - 1 {
            unsafe lineEnds[count] = UInt32(chunk.count)
            count += 1
        }
        block.reserve(lines: count, states: count * mostPairs)
        var first = 0
        var stateCount = 0
        unsafe block.lineStorage.withUnsafeMutableBufferPointer { lines in
            unsafe block.stateStorage.withUnsafeMutableBufferPointer { states in
                for index in 0..<count {
                    let end = unsafe Int(lineEnds[index])
                    var type = BulkBlock.Line.unreadable
                    if isRecording { recorder.beginLine() }
                    if isSealed {
                        type = unsafe line(first, end, states.baseAddress.map { unsafe $0 + stateCount })
                    } else if end == first {
                        type = BulkBlock.Line.other
                    }
                    // Such a line may hold any resource: what joins would find is not certain.
                    if type == BulkBlock.Line.unreadable { collector?.isOpen = true }
                    unsafe lines[index] = BulkBlock.Line(
                        offset: UInt32(first), length: UInt32(end - first), type: type, firstState: Int32(stateCount))
                    if isRecording { recorder.endLine(type: type, length: end - first) }
                    if type >= 0 { stateCount += unsafe Int(types[Int(type)].pairCount) }
                    first = end + 1
                }
            }
        }
        block.lineCount = count
        block.stateCount = stateCount
    }

    private mutating func reserve(_ count: Int) {
        blockCount = (count + 63) / 64
        guard unsafe blocks.count < blockCount else { return }
        unsafe blocks.deallocate()
        unsafe escapes.deallocate()
        unsafe lineEnds.deallocate()
        unsafe blocks = .allocate(capacity: blockCount)
        unsafe escapes = .allocate(capacity: blockCount / 64 + 1)
        // One line end a byte is possible; one more for a last line without its end.
        // Counted by blocks, as the test above is: a longer chunk may come with as many blocks.
        unsafe lineEnds = .allocate(capacity: blockCount * 64 + 1)
    }

    /// Line ends by their bytes alone, for text in which a line ends inside a string.
    private static func lines(
        of chunk: UnsafeRawBufferPointer, into ends: UnsafeMutableBufferPointer<UInt32>
    ) -> Int {
        var count = 0
        for position in 0..<chunk.count where unsafe chunk[position] == 0x0A {
            unsafe ends[count] = UInt32(position)
            count += 1
        }
        return count
    }

    // MARK: - Lines

    /// Scans one line and writes its states; gives its type.
    private mutating func line(_ start: Int, _ end: Int, _ states: UnsafeMutablePointer<UInt8>?) -> Int32 {
        guard end > start else { return BulkBlock.Line.other }
        let type: Int32
        let root: Int
        switch layout {
        case .sealed:
            guard isResource(start, end) else {
                let opensResource = word(start) == 0x7275_6F73_6572_227B
                return opensResource ? BulkBlock.Line.unreadable : BulkBlock.Line.other
            }
            root = start + 13
            let close = nextQuote(start + 21)
            guard close < end else { return BulkBlock.Line.unreadable }
            type = self.type(start + 21, close)
        case .bare:
            guard byte(start) == UInt8(ascii: "{") else { return BulkBlock.Line.unreadable }
            root = start + 1
            guard let found = findType(root, end) else { return BulkBlock.Line.unreadable }
            type = found
        }
        if type == BulkBlock.Line.none, collector != nil, program.readsClassification {
            let record = unsafe types[Int(otherType)]
            let scope = unsafe pointer(scopes, record.scope)
            unsafe begin(scope)
            unknownStart = 0
            unknownEnd = 0
            if unsafe walk(scope.pointee.root, root, end, isOutermost: true) < 0 {
                collector?.isOpen = true
            } else {
                unsafe relate(otherType, record, scope)
            }
        }
        guard type >= 0, let states = unsafe states else { return type }
        let record = unsafe types[Int(type)]
        let scope = unsafe pointer(scopes, record.scope)
        beginValues()
        unsafe begin(scope)
        guard unsafe walk(scope.pointee.root, root, end, isOutermost: true) >= 0 else {
            if isRecording { recorder.fail() }
            collector?.isOpen = true
            for index in 0..<Int(record.pairCount) { unsafe states[index] = 0 }
            return type
        }
        unsafe conclude(type, record, scope, states)
        return type
    }

    /// Forgets the line before.
    @inline(__always)
    mutating func beginValues() {
        unknownStart = 0
        unknownEnd = 0
        elementCount = 0
    }

    /// Writes the states of a line all of whose values were taken in.
    @inline(__always)
    mutating func conclude(
        _ type: Int32, _ record: ScanTables.TypeRecord, _ scope: UnsafePointer<ScanTables.Scope>,
        _ states: UnsafeMutablePointer<UInt8>
    ) {
        if unknownEnd > unknownStart { forgetUnknown(type) }
        let isJoined = table != nil && (record.joinCount > 0 || record.classification >= 0)
        if isJoined || collector != nil && record.identity >= 0 {
            unsafe relate(type, record, scope)
        } else {
            unsafe finish(scope)
        }
        for index in 0..<Int(record.pairCount) {
            let pair = unsafe pairs[Int(record.pairs) + index]
            unsafe states[index] =
                verdicts[4 * Int(registers[Int(pair.when)]) + Int(registers[Int(pair.that)])]
        }
    }

    /// True for a line that begins with `{"resource":{"type":"`.
    private func isResource(_ start: Int, _ end: Int) -> Bool {
        end - start > 22 && word(start) == 0x7275_6F73_6572_227B
            && word(start + 8) == 0x7974_227B_3A22_6563
            && word(start + 16) & 0xFF_FFFF_FFFF == 0x22_3A22_6570
    }

    /// The index of the type whose name stands between two positions.
    private mutating func type(_ start: Int, _ end: Int) -> Int32 {
        // A name written with escapes is for whoever reads the line as a document.
        if holdsEscape(start, end) { return BulkBlock.Line.unreadable }
        let names = unsafe pointer(nodes, typeNames)
        let found = unsafe find(names, start, end - start)
        if found >= 0 { return found }
        let name = unsafe Array(UnsafeRawBufferPointer(start: bytes + start, count: end - start))
        if let known = foreignTypes[name] { return known }
        let index = program.typeIndices[String(decoding: name, as: UTF8.self).lowercased()] ?? BulkBlock.Line.none
        if foreignTypes.count < 4096 { foreignTypes[name] = index }
        return index
    }

    /// The type of a bare document, wherever its key stands at the outermost level; nil when it cannot be followed.
    private mutating func findType(_ start: Int, _ end: Int) -> Int32? {
        var position = start
        while position < end, byte(position) == UInt8(ascii: "\"") {
            let close = nextQuote(position + 1)
            guard close < end, byte(close + 1) == UInt8(ascii: ":") else { return nil }
            // The escapes of a key that spells `type` otherwise make it longer.
            let isType =
                close - position == 5
                ? word(position + 1) & 0xFFFF_FFFF == 0x6570_7974 : spells("type", position + 1, close)
            if isType, byte(close + 2) == UInt8(ascii: "\"") {
                let last = nextQuote(close + 3)
                guard last < end else { return nil }
                return type(close + 3, last)
            }
            position = skipValue(close + 2, end)
            guard position >= 0, position < end else { return nil }
            guard byte(position) == UInt8(ascii: ",") else { return BulkBlock.Line.none }
            position += 1
        }
        return nil
    }

    mutating func begin(_ scope: UnsafePointer<ScanTables.Scope>) {
        let start = unsafe Int(scope.pointee.registers)
        // SAFETY: registers start at multiples of eight in memory that is allocated with that alignment or a wider one.
        unsafe assay_copy(
            UnsafeMutableRawPointer(registers.baseAddress.unsafelyUnwrapped + start).assumingMemoryBound(
                to: UInt64.self),
            UnsafeRawPointer(template.baseAddress.unsafelyUnwrapped + start).assumingMemoryBound(to: UInt64.self),
            Int(scope.pointee.templateCount) / 8)
        for index in unsafe Int(scope.pointee.captures)..<Int(scope.pointee.captures + scope.pointee.captureCount) {
            unsafe captures[index] = Capture()
        }
    }

    mutating func finish(_ scope: UnsafePointer<ScanTables.Scope>) {
        if unsafe scope.pointee.groupCount > 0 {
            for group in unsafe Int(scope.pointee.groups)..<Int(scope.pointee.groups + scope.pointee.groupCount) {
                settle(group)
            }
        }
        var result = unsafe Int(scope.pointee.firstResult)
        for index in unsafe Int(scope.pointee.operations)..<Int(scope.pointee.operations + scope.pointee.operationCount)
        {
            let operation = unsafe operations[index]
            unsafe registers[result] =
                truths[
                    Int(operation.table) + 4 * Int(registers[Int(operation.a)]) + Int(registers[Int(operation.b)])]
            result += 1
        }
    }

    // MARK: - Relations

    /// Finishes a row whose type relates to others, or is related to.
    private mutating func relate(
        _ type: Int32, _ record: ScanTables.TypeRecord, _ scope: UnsafePointer<ScanTables.Scope>
    ) {
        let name = type == otherType ? "" : program.types[Int(type)].name
        guard let id = captured(record.identity).flatMap({ program.decoded($0) }),
            let scopes = program.texts(captured(record.scopes) ?? Array("[]".utf8))
        else {
            collector?.isOpen = true
            unsafe finish(scope)
            return
        }
        let identity = ResourceIdentity(
            type: name, id: String(decoding: id, as: UTF8.self),
            scope: scopes)
        if let table {
            for index in Int(record.joins)..<Int(record.joins + record.joinCount) {
                let join = unsafe joins[index]
                unsafe registers[Int(join.register)] = table.code(join, of: identity, &tableMemo)
            }
            if record.classification >= 0 {
                let (phi, financial) = table.classification(of: identity.id)
                unsafe registers[Int(record.classification)] = phi
                unsafe registers[Int(record.classification) + 1] = financial
            }
        }
        unsafe finish(scope)
        if collector != nil, program.readsClassification {
            let tags = captured(record.tags)
            collector?.classify(identity, tags: tags ?? Array("{}".utf8))
        }
        guard collector != nil, record.exportCount > 0 else { return }
        var codes: [UInt8] = []
        for index in Int(record.exports)..<Int(record.exports + record.exportCount) {
            codes.append(unsafe registers[Int(exports[index])])
        }
        let condition = captured(record.condition)
        collector?.add(
            Int(type), identity, codes, isConditional: condition != nil && condition != Array("null".utf8),
            program.uses[Int(type)])
    }

    /// The bytes of a captured value; nil when nothing was there.
    private func captured(_ index: Int32) -> [UInt8]? {
        guard index >= 0 else { return nil }
        let capture = unsafe captures[Int(index)]
        return value(of: capture)
    }

    private func value(of capture: Capture) -> [UInt8]? {
        guard capture.depth == Capture.present || capture.depth == Capture.word else { return nil }
        let base = unsafe capture.depth == Capture.word ? dictionaryText : bytes
        return unsafe Array(UnsafeRawBufferPointer(start: base + Int(capture.start), count: Int(capture.length)))
    }

    // MARK: - Objects

    /// Walks the members of an object from behind its brace.
    ///
    /// Gives the position behind its end, -1 when it cannot be followed. The outermost object is left as soon as all wanted keys were seen.
    private mutating func walk(_ index: Int32, _ start: Int, _ end: Int, isOutermost: Bool = false) -> Int {
        let node = unsafe pointer(nodes, index)
        var position = start
        if byte(position) == UInt8(ascii: "}") { return position + 1 }
        var wanted = unsafe node.pointee.childCount
        if wanted == 0 { return isOutermost ? position : skip(position, end) }
        var expected = unsafe trailStarts[Int(index)]
        var last: Int32 = -1
        while position < end, byte(position) == UInt8(ascii: "\"") {
            let child: Int32
            // Objects of one kind mostly have their keys in one order: look for the key that came next last time, and
            // for the one behind it where that one is left out.
            if !stands(expected, position + 1, end), expected >= 0 {
                expected = unsafe trails[Int(expected)].next
                if !stands(expected, position + 1, end) { expected = -1 }
            }
            if expected >= 0 {
                let trail = unsafe pointer(trails, expected)
                child = unsafe trail.pointee.child
                position += unsafe Int(trail.pointee.length) + 3
                last = expected
                expected = unsafe trail.pointee.next
            } else {
                let close = nextQuote(position + 1)
                guard close < end, byte(close + 1) == UInt8(ascii: ":") else { return -1 }
                var found = unsafe find(node, position + 1, close - position - 1)
                if found < 0, holdsEscape(position + 1, close) {
                    found = unsafe findEscaped(node, position + 1, close)
                }
                child = found
                last = follow(index, last, child, position + 1, close - position - 1)
                expected = last >= 0 ? unsafe trails[Int(last)].next : -1
                position = close + 2
            }
            if child >= 0 {
                position = visit(child, position, end)
                wanted -= 1
                if wanted == 0 || position < 0 { break }
            } else {
                position = skipValue(position, end)
            }
            guard position >= 0, position < end else { return -1 }
            let next = byte(position)
            if next == UInt8(ascii: "}") { return position + 1 }
            guard next == UInt8(ascii: ",") else { return -1 }
            position += 1
        }
        guard wanted == 0, position >= 0 else { return -1 }
        return isOutermost ? position : skip(position, end)
    }

    /// True when the key of a trail stands at a position, with the quote and colon behind it.
    @inline(__always)
    private func stands(_ index: Int32, _ start: Int, _ end: Int) -> Bool {
        guard index >= 0 else { return false }
        let trail = unsafe pointer(trails, index)
        let count = unsafe Int(trail.pointee.length)
        guard start + count + 2 <= end, half(start + count) == 0x3A22 else { return false }
        guard unsafe head(start, count) == trail.pointee.head else { return false }
        guard count > 8 else { return true }
        guard unsafe word(start + count - 8) == trail.pointee.tail else { return false }
        guard count > 16 else { return true }
        let text = unsafe Int(trail.pointee.text)
        var place = 8
        while place < count - 8 {
            let known = unsafe UnsafeRawPointer(trailText.baseAddress.unsafelyUnwrapped).loadUnaligned(
                fromByteOffset: text + place, as: UInt64.self)
            guard word(start + place) == UInt64(littleEndian: known) else { return false }
            place += 8
        }
        return true
    }

    /// Remembers that a key follows another in the objects of a node; gives the key's trail, -1 when there are too many.
    @inline(never)
    private mutating func follow(_ node: Int32, _ last: Int32, _ child: Int32, _ start: Int, _ count: Int) -> Int32 {
        var found = unsafe trailHeads[Int(node)]
        while found >= 0 {
            let trail = unsafe pointer(trails, found)
            if unsafe Int(trail.pointee.length) == count, stands(found, start, start + count + 2) { break }
            found = unsafe trail.pointee.sibling
        }
        if found < 0 {
            // Keys that are data would fill the table: a node has room for so many.
            guard trailCount < Self.trailLimit, trailTextCount + count + 8 <= Self.trailTextLimit,
                unsafe trailSizes[Int(node)] < 64
            else { return -1 }
            found = Int32(trailCount)
            trailCount += 1
            unsafe trailSizes[Int(node)] += 1
            for place in 0..<count { unsafe trailText[trailTextCount + place] = byte(start + place) }
            unsafe trails[Int(found)] = Trail(
                head: head(start, count), tail: count >= 8 ? word(start + count - 8) : 0,
                length: Int32(count), child: child, next: -1, sibling: trailHeads[Int(node)],
                text: Int32(trailTextCount))
            trailTextCount += count
            unsafe trailHeads[Int(node)] = found
        }
        let former = last >= 0 ? unsafe trails[Int(last)].next : unsafe trailStarts[Int(node)]
        guard former != found else { return found }
        // A key between two others that were neighbours: both ways stay open, since one key may be passed over.
        if former >= 0, unsafe trails[Int(found)].next < 0 { unsafe trails[Int(found)].next = former }
        if last >= 0 { unsafe trails[Int(last)].next = found } else { unsafe trailStarts[Int(node)] = found }
        return found
    }

    /// Behind the bracket that closes what surrounds a position.
    private func skip(_ position: Int, _ end: Int) -> Int {
        if byte(position) == UInt8(ascii: "}") { return position + 1 }
        let found = unsafe assay_skip(blocks.baseAddress, blockCount, position, 1)
        return found <= end ? Int(found) : -1
    }

    /// Takes in a wanted value; gives the position behind it, -1 when it cannot be followed.
    private mutating func visit(_ index: Int32, _ position: Int, _ end: Int) -> Int {
        let node = unsafe pointer(nodes, index)
        let isLeaf = unsafe node.pointee.mask < 0 && node.pointee.rows < 0
        if isLeaf, unsafe !node.pointee.isUnknownList { return unsafe take(node.pointee.slot, position, end) }
        let first = byte(position)
        if unsafe node.pointee.isUnknownList {
            let next = skipValue(position, end)
            if next > position + 2 {
                (unknownStart, unknownEnd) = (position, next)
                if isRecording {
                    unsafe recorder.unknownList(UnsafeRawBufferPointer(start: bytes + position, count: next - position))
                }
            }
            return next
        }
        if first == UInt8(ascii: "{"), unsafe node.pointee.mask >= 0 {
            if unsafe node.pointee.slot >= 0, unsafe keepsContainers(pointer(slots, node.pointee.slot)) {
                guard unsafe take(node.pointee.slot, position, end) >= 0 else { return -1 }
            }
            if isRecording { recorder.enter(Int(index)) }
            unsafe enter(node)
            return walk(index, position + 1, end)
        }
        if unsafe node.pointee.mask >= 0 {
            if isRecording { recorder.forget(Int(index)) }
            unsafe forget(node)
        }
        if first == UInt8(ascii: "["), unsafe node.pointee.rows >= 0 { return unsafe rows(index, node, position, end) }
        return unsafe node.pointee.slot >= 0 ? take(node.pointee.slot, position, end) : skipValue(position, end)
    }

    /// True for a slot whose lists and objects matter with all that is in them.
    @inline(__always)
    func keepsContainers(_ slot: UnsafePointer<ScanTables.Slot>) -> Bool {
        unsafe slot.pointee.wholeContainer || slot.pointee.capture >= 0
    }

    /// Notes that an object stands at a node: some of what may lie below it has one key less to go.
    @inline(__always)
    mutating func enter(_ node: UnsafePointer<ScanTables.Node>) {
        if unsafe node.pointee.slot >= 0, unsafe !keepsContainers(pointer(slots, node.pointee.slot)) {
            unsafe classify(node.pointee.slot, 4, 0, 0)
        }
        for patch in unsafe Int(node.pointee.patches)..<Int(node.pointee.patches + node.pointee.patchCount) {
            let patch = unsafe patches[patch]
            if patch.target >= 0 {
                store(patch.value, at: Int(patch.target))
            } else {
                unsafe captures[Int(~patch.target)].depth = UInt32(patch.value)
            }
        }
    }

    /// The atoms of what lies below a value that is no object cannot be told.
    mutating func forget(_ node: UnsafePointer<ScanTables.Node>) {
        for index in unsafe Int(node.pointee.below)..<Int(node.pointee.below + node.pointee.belowCount) {
            forget(unsafe below[index])
        }
    }

    private mutating func forget(_ index: Int32) {
        let slot = unsafe pointer(slots, index)
        for word in unsafe 0..<Int(slot.pointee.words) { unsafe store(0, at: Int(slot.pointee.register) + 8 * word) }
        if unsafe slot.pointee.capture >= 0 { unsafe captures[Int(slot.pointee.capture)].depth = Capture.bad }
    }

    /// Takes back what was read at or below the unknown paths of a sealed line.
    private mutating func forgetUnknown(_ type: Int32) {
        let list = unsafe Array(UnsafeRawBufferPointer(start: bytes + unknownStart, count: unknownEnd - unknownStart))
        let touched: [Int32]
        if let known = unknowns[type]?[list] {
            touched = known
        } else {
            touched = program.slots(touchedBy: list, of: type)
            if unknowns[type, default: [:]].count < 1024 { unknowns[type, default: [:]][list] = touched }
        }
        for slot in touched { forget(slot) }
    }

    // MARK: - Lists

    private mutating func rows(
        _ index: Int32, _ node: UnsafePointer<ScanTables.Node>, _ start: Int, _ end: Int
    ) -> Int {
        let slot = unsafe pointer(slots, node.pointee.slot)
        if unsafe keepsContainers(slot) {
            guard unsafe take(node.pointee.slot, start, end) >= 0 else { return -1 }
        } else {
            unsafe classify(node.pointee.slot, 3, start, start)
        }
        if isRecording { recorder.rows(Int(index)) }
        unsafe beginFolds(node)
        var position = start + 1
        if byte(position) == UInt8(ascii: "]") {
            if isRecording { recorder.endRows() }
            return position + 1
        }
        let scope = unsafe pointer(scopes, node.pointee.rows)
        while position < end {
            elementCount += 1
            if elementCount > Self.elementLimit {
                if isRecording { recorder.tooManyElements() }
                unsafe endFolds(node)
                let found = unsafe assay_skip(blocks.baseAddress, blockCount, position, 1)
                return found <= end ? Int(found) : -1
            }
            if isRecording { recorder.element() }
            unsafe begin(scope)
            position = unsafe visit(scope.pointee.root, position, end)
            guard position >= 0, position < end else { return -1 }
            unsafe finish(scope)
            unsafe fold(node)
            let next = byte(position)
            if next == UInt8(ascii: "]") {
                if isRecording { recorder.endRows() }
                return position + 1
            }
            guard next == UInt8(ascii: ",") else { return -1 }
            position += 1
        }
        return -1
    }

    /// The truths of a list without elements.
    @inline(__always)
    mutating func beginFolds(_ node: UnsafePointer<ScanTables.Node>) {
        for fold in unsafe Int(node.pointee.folds)..<Int(node.pointee.folds + node.pointee.foldCount) {
            let fold = unsafe folds[fold]
            unsafe registers[Int(fold.target)] = fold.isAll ? 1 : 2
        }
    }

    /// Folds one element into its list.
    @inline(__always)
    mutating func fold(_ node: UnsafePointer<ScanTables.Node>) {
        for fold in unsafe Int(node.pointee.folds)..<Int(node.pointee.folds + node.pointee.foldCount) {
            let fold = unsafe folds[fold]
            unsafe registers[Int(fold.target)] =
                truths[
                    (fold.isAll ? 0 : 16) + 4 * Int(registers[Int(fold.target)])
                        + Int(registers[Int(fold.element)])]
        }
    }

    /// Leaves a list with too many elements to the general reader.
    mutating func endFolds(_ node: UnsafePointer<ScanTables.Node>) {
        for fold in unsafe Int(node.pointee.folds)..<Int(node.pointee.folds + node.pointee.foldCount) {
            unsafe registers[Int(folds[fold].target)] = 0
        }
    }

    // MARK: - Values

    /// Classifies a value; gives the position behind it.
    private mutating func take(_ index: Int32, _ position: Int, _ end: Int) -> Int {
        guard index >= 0 else { return skipValue(position, end) }
        let slot = unsafe pointer(slots, index)
        let next: Int
        switch byte(position) {
        case UInt8(ascii: "\""):
            let close = nextQuote(position + 1)
            guard close < end else { return -1 }
            next = close + 1
            unsafe string(index, slot, position + 1, close)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            next = skipValue(position, end)
            guard next >= 0 else { return -1 }
            let isList = byte(position) == UInt8(ascii: "[")
            if unsafe slot.pointee.wholeContainer {
                unsafe recall(index, slot, position, next)
            } else {
                classify(index, isList ? 3 : 4, position, next)
            }
        case UInt8(ascii: "t"):
            next = position + 4
            classify(index, 1, position, next)
        case UInt8(ascii: "f"):
            next = position + 5
            classify(index, 2, position, next)
        case UInt8(ascii: "n"):
            next = position + 4
            classify(index, 0, position, next)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            next = nextEnd(position)
            guard next < end else { return -1 }
            unsafe number(index, slot, position, next)
        default: return -1
        }
        if unsafe slot.pointee.capture >= 0 {
            unsafe captures[Int(slot.pointee.capture)] = Capture(
                start: UInt32(position), length: UInt32(next - position), depth: Capture.present)
        }
        if isRecording, next <= end { unsafe note(index, slot, position, next) }
        return next <= end ? next : -1
    }

    /// Records a value; of a list or object that is seen as one class, only that it is one.
    @inline(never)
    private mutating func note(_ index: Int32, _ slot: UnsafePointer<ScanTables.Slot>, _ start: Int, _ end: Int) {
        let first = byte(start)
        let isContainer = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        guard isContainer, unsafe !keepsContainers(slot) else {
            let isEscaped = first == UInt8(ascii: "\"") && holdsEscape(start, end)
            unsafe recorder.take(
                index, UnsafeRawBufferPointer(start: bytes + start, count: end - start), isEscaped: isEscaped)
            return
        }
        // Each bracket closes two behind itself: `[` is 0x5B and `]` 0x5D, `{` is 0x7B and `}` 0x7D.
        let pair: [UInt8] = [first, first + 2]
        unsafe pair.withUnsafeBytes { unsafe recorder.take(index, $0, isEscaped: false) }
    }

    /// Classifies a value whose extent is known: what `take` does without looking for its end.
    mutating func takeValue(_ index: Int32, _ start: Int, _ end: Int, isEscaped: Bool) {
        let slot = unsafe pointer(slots, index)
        switch byte(start) {
        case UInt8(ascii: "\""):
            if unsafe isEscaped || end - start < 2 || slot.pointee.wholeString {
                unsafe recall(index, slot, start, end)
            } else {
                unsafe plainString(index, slot, start + 1, end - 1)
            }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if unsafe slot.pointee.wholeContainer {
                unsafe recall(index, slot, start, end)
            } else {
                classify(index, byte(start) == UInt8(ascii: "[") ? 3 : 4, start, end)
            }
        case UInt8(ascii: "t"): classify(index, 1, start, end)
        case UInt8(ascii: "f"): classify(index, 2, start, end)
        case UInt8(ascii: "n"): classify(index, 0, start, end)
        default: unsafe number(index, slot, start, end)
        }
        if unsafe slot.pointee.capture >= 0 {
            unsafe captures[Int(slot.pointee.capture)] = Capture(
                start: UInt32(start), length: UInt32(end - start), depth: Capture.present)
        }
    }

    private mutating func number(_ index: Int32, _ slot: UnsafePointer<ScanTables.Slot>, _ start: Int, _ end: Int) {
        var position = start
        let isNegative = byte(position) == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var value: Int64 = 0
        let isShort = end - position <= 18 && end > position
        var isInteger = isShort
        while isInteger, position < end {
            let digit = byte(position) &- UInt8(ascii: "0")
            isInteger = digit <= 9
            value = value &* 10 &+ Int64(digit)
            position += 1
        }
        guard isInteger, unsafe !slot.pointee.wholeNumber else {
            unsafe recall(index, slot, start, end)
            return
        }
        if isNegative { value = -value }
        var interval = 0
        for place in unsafe Int(slot.pointee.integers)..<Int(slot.pointee.integers + slot.pointee.integerCount) {
            let bound = unsafe integers[place]
            interval += (value > bound ? 1 : 0) + (value >= bound ? 1 : 0)
        }
        unsafe classify(index, Int(slot.pointee.firstInteger) + interval, start, end)
    }

    @inline(__always)
    private mutating func string(_ index: Int32, _ slot: UnsafePointer<ScanTables.Slot>, _ start: Int, _ end: Int) {
        if unsafe slot.pointee.wholeString || holdsEscape(start, end) {
            unsafe recall(index, slot, start - 1, end + 1)
        } else {
            unsafe plainString(index, slot, start, end)
        }
    }

    /// Classifies a string without escapes; the positions are those between its quotes.
    private mutating func plainString(
        _ index: Int32, _ slot: UnsafePointer<ScanTables.Slot>, _ start: Int, _ end: Int
    ) {
        let count = end - start
        var found = 0
        if unsafe slot.pointee.stringCount > 0 {
            let head = self.head(start, count)
            let tail = count >= 8 ? word(end - 8) : 0
            let first = unsafe strings.baseAddress.unsafelyUnwrapped + Int(slot.pointee.strings)
            let length = Int32(truncatingIfNeeded: count)
            // Without a branch: which of a few strings a value is cannot be foreseen.
            for place in unsafe 0..<Int(slot.pointee.stringCount) {
                let differs =
                    unsafe (first[place].head ^ head) | (first[place].tail ^ tail)
                    | UInt64(UInt32(bitPattern: first[place].length ^ length))
                found = differs == 0 ? place + 1 : found
            }
            if count > 16, found > 0 { found = unsafe longString(slot, start, count, head, tail) }
        }
        if unsafe slot.pointee.featureCount > 0 {
            for place in unsafe 0..<Int(slot.pointee.featureCount) {
                let feature = unsafe features[Int(slot.pointee.features) + place]
                found = found &* 2 &+ (has(feature, start, end) ? 1 : 0)
            }
        }
        unsafe classify(index, Int(slot.pointee.firstString) + found, start - 1, end + 1)
    }

    /// Strings that agree in their ends and length may differ between.
    @inline(never)
    private func longString(
        _ slot: UnsafePointer<ScanTables.Slot>, _ start: Int, _ count: Int, _ head: UInt64, _ tail: UInt64
    ) -> Int {
        for place in unsafe 0..<Int(slot.pointee.stringCount) {
            let entry = unsafe strings[Int(slot.pointee.strings) + place]
            guard entry.head == head, Int(entry.length) == count, entry.tail == tail else { continue }
            if isEqual(Int(entry.text), start, count) { return place + 1 }
        }
        return 0
    }

    private func has(_ feature: ScanTables.Feature, _ start: Int, _ end: Int) -> Bool {
        let length = Int(feature.length)
        guard end - start >= length else { return false }
        switch feature.kind {
        case .prefix: return isEqual(Int(feature.text), start, length)
        case .suffix: return isEqual(Int(feature.text), end - length, length)
        case .infix:
            guard length > 0 else { return true }
            let first = unsafe text[Int(feature.text)]
            var position = start
            while position <= end - length {
                if byte(position) == first, isEqual(Int(feature.text), position, length) { return true }
                position += 1
            }
            return false
        }
    }

    private func isEqual(_ place: Int, _ position: Int, _ length: Int) -> Bool {
        var index = 0
        while index < length {
            guard unsafe text[place + index] == byte(position + index) else { return false }
            index += 1
        }
        return true
    }

    /// Sets a slot's registers to the codes of a class; the first value of a class is shown to the evaluator.
    @inline(__always)
    mutating func classify(_ index: Int32, _ number: Int, _ start: Int, _ end: Int) {
        let slot = unsafe pointer(slots, index)
        if unsafe !classes[Int(slot.pointee.flags) + number] { unsafe learn(index, slot, number, start, end) }
        let words = unsafe Int(slot.pointee.words)
        let first = unsafe Int(slot.pointee.codes) + number * words
        for word in 0..<words { unsafe store(unsafe codes[first + word], at: Int(slot.pointee.register) + 8 * word) }
    }

    @inline(never)
    private mutating func learn(
        _ index: Int32, _ slot: UnsafePointer<ScanTables.Slot>, _ number: Int, _ start: Int, _ end: Int
    ) {
        unsafe classes[Int(slot.pointee.flags) + number] = true
        let value: [UInt8]
        switch number {
        // Of a list or object that is seen as one class, only that it is one matters.
        case 3: value = Array("[]".utf8)
        case 4: value = Array("{}".utf8)
        default: value = unsafe Array(UnsafeRawBufferPointer(start: bytes + start, count: end - start))
        }
        let found = program.codes(slot: index, value)
        for (word, code) in found.enumerated() {
            unsafe codes[Int(slot.pointee.codes) + number * Int(slot.pointee.words) + word] = code
        }
    }

    /// Sets a slot's registers to what the evaluator says of exactly these bytes.
    private mutating func recall(_ index: Int32, _ slot: UnsafePointer<ScanTables.Slot>, _ start: Int, _ end: Int) {
        let value = unsafe UnsafeRawBufferPointer(start: bytes + start, count: end - start)
        var place = unsafe memo.find(index, value)
        if place == -1 {
            let found = program.codes(slot: index, unsafe Array(value))
            place = unsafe memo.add(index, value, found)
        }
        for word in unsafe 0..<Int(slot.pointee.words) {
            unsafe store(memo.code(place, word), at: Int(slot.pointee.register) + 8 * word)
        }
    }

    /// Sets the registers of atoms over several values.
    private mutating func settle(_ index: Int) {
        let group = program.tables.groups[index]
        var key: [UInt8] = []
        var states: [SlotResolver.State] = []
        for place in Int(group.members)..<Int(group.members + group.memberCount) {
            let slot = unsafe pointer(slots, program.tables.groupMembers[place])
            let capture = unsafe captures[Int(slot.pointee.capture)]
            if capture.depth == Capture.bad {
                for word in 0..<Int(group.words) { store(0, at: Int(group.register) + 8 * word) }
                return
            }
            if let value = value(of: capture) {
                key += value
                key.append(0)
                states.append(.value(value))
            } else {
                key += [UInt8(truncatingIfNeeded: capture.depth), 1]
                states.append(.absent(depth: Int(capture.depth)))
            }
        }
        // A zero byte stands in no JSON text, so that no two lists of values have one key.
        let place = unsafe key.withUnsafeBytes { bytes in
            let found = unsafe memo.find(~Int32(index), bytes)
            return found != -1 ? found : unsafe memo.add(~Int32(index), bytes, program.codes(group: index, states))
        }
        for word in 0..<Int(group.words) { store(memo.code(place, word), at: Int(group.register) + 8 * word) }
    }

    // MARK: - Keys

    @inline(__always)
    private func find(_ node: UnsafePointer<ScanTables.Node>, _ start: Int, _ count: Int) -> Int32 {
        guard unsafe node.pointee.mask >= 0 else { return -1 }
        let head = self.head(start, count)
        let tail = count >= 8 ? word(start + count - 8) : 0
        let length = Int32(truncatingIfNeeded: count)
        let place = unsafe ScanTables.Entry.place(
            head: head, tail: tail, length: length, seed: node.pointee.seed, shift: node.pointee.shift)
        var entry = unsafe pointer(entries, node.pointee.entries + place)
        while true {
            let isSame =
                unsafe entry.pointee.head == head && entry.pointee.length == length && entry.pointee.tail == tail
            guard isSame else { return -1 }
            if unsafe count <= 16 || isEqual(Int(entry.pointee.text), start, count) { break }
            guard unsafe entry.pointee.next >= 0 else { return -1 }
            unsafe entry = unsafe pointer(entries, node.pointee.entries + entry.pointee.next)
        }
        return unsafe entry.pointee.child
    }

    /// A key written with escapes that it does not need.
    @inline(never)
    private func findEscaped(_ node: UnsafePointer<ScanTables.Node>, _ start: Int, _ end: Int) -> Int32 {
        for place in unsafe 0...node.pointee.mask {
            var next = place
            while next >= 0 {
                let entry = unsafe entries[Int(node.pointee.entries + next)]
                guard entry.length >= 0 else { break }
                let key = unsafe Array(text[Int(entry.text)..<Int(entry.text + entry.length)])
                if spells(key, start, end) { return entry.child }
                next = entry.next
            }
        }
        return -1
    }

    private func spells(_ key: String, _ start: Int, _ end: Int) -> Bool {
        holdsEscape(start, end) && spells(Array(key.utf8), start, end)
    }

    private func spells(_ key: [UInt8], _ start: Int, _ end: Int) -> Bool {
        let written = unsafe Array(UnsafeRawBufferPointer(start: bytes + start - 1, count: end - start + 2))
        return program.decoded(written) == key
    }

    /// True when a backslash stands between two positions.
    @inline(__always)
    private func holdsEscape(_ start: Int, _ end: Int) -> Bool {
        var block = start / 64
        while block * 64 < end {
            if unsafe escapes[block / 64] >> UInt64(block % 64) & 1 == 1 { return hasBackslash(start, end) }
            block += 1
        }
        return false
    }

    @inline(never)
    private func hasBackslash(_ start: Int, _ end: Int) -> Bool {
        (start..<end).contains { byte($0) == UInt8(ascii: "\\") }
    }

    // MARK: - Bytes

    @inline(__always)
    func byte(_ position: Int) -> UInt8 { unsafe bytes.load(fromByteOffset: position, as: UInt8.self) }

    @inline(__always)
    func word(_ position: Int) -> UInt64 {
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    @inline(__always)
    private func half(_ position: Int) -> UInt16 {
        unsafe UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt16.self))
    }

    /// The first eight bytes, zero behind the end.
    @inline(__always)
    private func head(_ position: Int, _ count: Int) -> UInt64 {
        let word = word(position)
        return count >= 8 ? word : word & (1 << UInt64(8 * count) &- 1)
    }

    @inline(__always)
    func store(_ code: UInt64, at register: Int) {
        unsafe UnsafeMutableRawPointer(registers.baseAddress.unsafelyUnwrapped).storeBytes(
            of: code.littleEndian, toByteOffset: register, as: UInt64.self)
    }

    /// The next quote that opens or closes a string at or behind a position; the end of the chunk when there is none.
    @inline(__always)
    private func nextQuote(_ position: Int) -> Int {
        var block = position / 64
        guard block < blockCount else { return blockCount * 64 }
        var bits = unsafe blocks[block].quotes >> UInt64(position % 64)
        if bits != 0 { return position + bits.trailingZeroBitCount }
        while true {
            block += 1
            guard block < blockCount else { return blockCount * 64 }
            bits = unsafe blocks[block].quotes
            if bits != 0 { return block * 64 + bits.trailingZeroBitCount }
        }
    }

    /// The next comma or closing bracket outside strings at or behind a position.
    @inline(__always)
    private func nextEnd(_ position: Int) -> Int {
        var block = position / 64
        guard block < blockCount else { return blockCount * 64 }
        var bits = unsafe blocks[block].ends >> UInt64(position % 64)
        if bits != 0 { return position + bits.trailingZeroBitCount }
        while true {
            block += 1
            guard block < blockCount else { return blockCount * 64 }
            bits = unsafe blocks[block].ends
            if bits != 0 { return block * 64 + bits.trailingZeroBitCount }
        }
    }

    /// The position behind a value that nobody wants, -1 when it cannot be followed.
    @inline(__always)
    private func skipValue(_ position: Int, _ end: Int) -> Int {
        switch byte(position) {
        case UInt8(ascii: "\""):
            let close = nextQuote(position + 1)
            return close < end ? close + 1 : -1
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let found = unsafe assay_skip(blocks.baseAddress, blockCount, position + 1, 1)
            return found <= end ? Int(found) : -1
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "t"), UInt8(ascii: "f"),
            UInt8(ascii: "n"):
            let next = nextEnd(position)
            return next < end ? next : -1
        default:
            // White space, say: what stands here is not sealed, and the next bracket may be of something else.
            return -1
        }
    }
}
