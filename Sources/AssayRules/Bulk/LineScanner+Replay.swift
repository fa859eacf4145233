/// What a replay looks up by event: the targets of a map once a dictionary, with the classes of its words as they are
/// learnt.
///
/// SAFETY: the memory is owned and freed here. Indices come from a `SlotReplayMap` of the scanner's own program and from
/// a `SlotRecord`, which holds the ranges of words inside their dictionary.
@safe struct ReplayTables: ~Copyable {
    struct Target {
        var action: SlotReplayMap.Action
        var node: Int32
        var slot: Int32
        /// The slot's first register and how many words of them it has.
        var register: Int32
        var words: Int32
        /// The value's words in the dictionary.
        var first: Int32
        var count: Int32
        /// Where the codes of its words stand in the cache.
        var cache: Int32
    }

    fileprivate let types: UnsafeMutableBufferPointer<SlotReplayMap.TypeMap>
    fileprivate let targets: UnsafeMutableBufferPointer<Target>
    /// Registers by word of a dictionary; all bits set where they are not known yet.
    fileprivate let cache: UnsafeMutableBufferPointer<UInt64>
    fileprivate let words: UnsafeMutableBufferPointer<(start: Int32, count: Int32, isEscaped: Bool)>
    fileprivate let texts: UnsafeMutableBufferPointer<UInt8>
    /// By dictionary: where its targets, words and texts start.
    fileprivate let starts: UnsafeMutableBufferPointer<(target: Int, word: Int, text: Int)>
    fileprivate let hasNewTypes: Bool

    init(_ map: SlotReplayMap, _ record: SlotRecord, _ program: BulkProgram) {
        var targets: [Target] = []
        var words: [(start: Int32, count: Int32, isEscaped: Bool)] = []
        var texts: [UInt8] = []
        var starts: [(target: Int, word: Int, text: Int)] = []
        var cache = 0
        for dictionary in record.dictionaries {
            starts.append((targets.count, words.count, texts.count))
            words += dictionary.words
            texts += dictionary.texts
            for target in map.targets {
                var found = Target(
                    action: target.action, node: target.node, slot: target.slot, register: 0, words: 0, first: 0,
                    count: 0, cache: Int32(cache))
                if target.slot >= 0 {
                    found.register = program.tables.slots[Int(target.slot)].register
                    found.words = program.tables.slots[Int(target.slot)].words
                }
                if target.value >= 0 {
                    let range = dictionary.values[Int(target.value)]
                    (found.first, found.count) = (range.first, range.count)
                    if target.action == .take { cache += Int(range.count * found.words) }
                }
                targets.append(found)
            }
        }
        // A word may be read at any position of a text.
        texts += Array(repeating: 0, count: BulkWorker.spare)
        unsafe types = Self.copy(map.types)
        unsafe self.targets = Self.copy(targets)
        unsafe self.words = Self.copy(words)
        unsafe self.texts = Self.copy(texts)
        unsafe self.starts = Self.copy(starts)
        unsafe self.cache = Self.copy(Array(repeating: UInt64.max, count: cache))
        typeCount = map.types.count
        targetCount = map.targets.count
        hasNewTypes = map.hasNewTypes
    }

    fileprivate let typeCount: Int
    private let targetCount: Int

    deinit {
        unsafe types.deallocate()
        unsafe targets.deallocate()
        unsafe cache.deallocate()
        unsafe words.deallocate()
        unsafe texts.deallocate()
        unsafe starts.deallocate()
    }

    private static func copy<Element>(_ array: [Element]) -> UnsafeMutableBufferPointer<Element> {
        let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(array.count, 1))
        _ = unsafe buffer.initialize(from: array)
        return unsafe buffer
    }
}

/// Drives the scanner from slot records instead of from lines.
///
/// Every event calls what the walk calls in its place, so that a replay and a scan agree by construction.
///
/// SAFETY: as in `LineScanner`; a block has 64 readable bytes behind its end, and a value is used only after its length
/// was checked against the end of its line's events.
extension LineScanner {
    /// Why a stretch of events ended.
    private enum Ending {
        case line
        case element
        case rows
        case tooManyElements
        case failure
        case damage
    }

    /// Lists in lists beyond this depth are no record of ours.
    private static let nestingLimit = 128
    private static let lineHead = 10

    /// Replays the records of a block.
    ///
    /// - Returns: nil, or where the block does not have the form of a record.
    mutating func replay(
        _ chunk: UnsafeRawBufferPointer, lines lineCount: Int, dictionary: Int, _ tables: borrowing ReplayTables,
        into block: inout BulkBlock
    ) -> Int? {
        block.reserve(lines: lineCount, states: lineCount * mostPairs)
        guard let start = chunk.baseAddress else { return lineCount == 0 ? nil : 0 }
        unsafe bytes = start
        let starts = unsafe tables.starts[dictionary]
        unsafe dictionaryText = unsafe UnsafeRawPointer(tables.texts.baseAddress.unsafelyUnwrapped + starts.text)
        var position = 0
        var offset = 0
        var stateCount = 0
        var damage: Int?
        unsafe block.lineStorage.withUnsafeMutableBufferPointer { lines in
            unsafe block.stateStorage.withUnsafeMutableBufferPointer { states in
                for index in 0..<lineCount {
                    let lineStart = position
                    guard chunk.count - position >= Self.lineHead else {
                        damage = lineStart
                        return
                    }
                    let head = word(position)
                    let recorded = Int16(truncatingIfNeeded: head)
                    let length = Int(head >> 16 & 0xFFFF_FFFF)
                    let count = Int(word(position + 6) & 0xFFFF_FFFF)
                    position += Self.lineHead
                    let end = position + count
                    guard end <= chunk.count, offset + length < 1 << 32 else {
                        damage = lineStart
                        return
                    }
                    var type = Int32(recorded)
                    if recorded >= 0 {
                        guard recorded < tables.typeCount else {
                            damage = lineStart
                            return
                        }
                        let map = unsafe tables.types[Int(recorded)]
                        type = map.type
                        if type >= 0 {
                            let pairCount = unsafe Int(types[Int(type)].pairCount)
                            let isWhole = unsafe line(
                                &position, end, type, tables, map, starts,
                                states.baseAddress.unsafelyUnwrapped + stateCount)
                            guard isWhole else {
                                damage = lineStart
                                return
                            }
                            unsafe lines[index] = BulkBlock.Line(
                                offset: UInt32(offset), length: UInt32(length), type: type,
                                firstState: Int32(stateCount))
                            stateCount += pairCount
                            position = end
                            offset += length + 1
                            continue
                        }
                    } else if type == BulkBlock.Line.none, tables.hasNewTypes {
                        type = BulkBlock.Line.notRecorded
                    }
                    unsafe lines[index] = BulkBlock.Line(
                        offset: UInt32(offset), length: UInt32(length), type: type, firstState: Int32(stateCount))
                    position = end
                    offset += length + 1
                }
            }
        }
        if damage == nil, position != chunk.count { damage = position }
        guard damage == nil else { return damage }
        block.lineCount = lineCount
        block.stateCount = stateCount
        return nil
    }

    private mutating func line(
        _ position: inout Int, _ end: Int, _ type: Int32, _ tables: borrowing ReplayTables,
        _ map: SlotReplayMap.TypeMap, _ starts: (target: Int, word: Int, text: Int),
        _ states: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        let record = unsafe types[Int(type)]
        let scope = unsafe pointer(scopes, record.scope)
        beginValues()
        unsafe begin(scope)
        let targets = unsafe UnsafePointer(
            tables.targets.baseAddress.unsafelyUnwrapped + starts.target + Int(map.first))
        switch unsafe events(&position, end, tables, targets, Int(map.count), starts.word, depth: 0) {
        case .line: unsafe conclude(type, record, scope, states)
        case .failure: for index in 0..<Int(record.pairCount) { unsafe states[index] = 0 }
        default: return false
        }
        return true
    }

    /// Replays events up to one that ends an element or a list, or to the end of the line.
    private mutating func events(
        _ start: inout Int, _ end: Int, _ tables: borrowing ReplayTables,
        _ targets: UnsafePointer<ReplayTables.Target>, _ count: Int, _ firstWord: Int, depth: Int
    ) -> Ending {
        // A position of its own, whose address nobody takes, stays in a machine register.
        var position = start
        defer { start = position }
        while position < end {
            var event = Int(byte(position))
            position &+= 1
            if event >= 0x80 {
                event = (event & 0x7F) << 8 | Int(byte(position))
                position &+= 1
            }
            if event < SlotRecordSchema.Event.first {
                switch event {
                case SlotRecordSchema.Event.element: return .element
                case SlotRecordSchema.Event.endOfRows: return .rows
                case SlotRecordSchema.Event.tooManyElements: return .tooManyElements
                case SlotRecordSchema.Event.failure: return .failure
                case SlotRecordSchema.Event.unknownList:
                    let (first, last) = extent(position, end)
                    guard last >= 0 else { return .damage }
                    noteUnknown(first, last)
                    position = last
                    continue
                default: return .damage
                }
            }
            event &-= SlotRecordSchema.Event.first
            guard event < count else { return .damage }
            let target = unsafe targets + event
            // Nearly every event is a value: a branch that is foreseen costs less than a jump through a table.
            if unsafe target.pointee.action == .take {
                let number = Int32(byte(position))
                if unsafe number < target.pointee.count {
                    position &+= 1
                    let place = unsafe Int(target.pointee.cache &+ number &* target.pointee.words)
                    let code = unsafe tables.cache[place]
                    if code == .max {
                        unsafe learn(target, number, place, tables, firstWord)
                        continue
                    }
                    unsafe store(code, at: Int(target.pointee.register))
                    if unsafe target.pointee.words > 1 {
                        for word in unsafe 1..<Int(target.pointee.words) {
                            unsafe store(
                                tables.cache[place + word], at: Int(target.pointee.register) + 8 * word)
                        }
                    }
                    continue
                }
                position = unsafe literal(position, end, target.pointee.slot)
                guard position >= 0 else { return .damage }
                continue
            }
            switch unsafe target.pointee.action {
            case .take: break
            case .capture:
                let number = Int32(byte(position))
                if unsafe number < target.pointee.count {
                    position += 1
                    unsafe takeWord(target.pointee.slot, tables.words[firstWord + Int(target.pointee.first + number)])
                } else {
                    position = unsafe literal(position, end, target.pointee.slot)
                    guard position >= 0 else { return .damage }
                }
            case .skipValue:
                let number = Int32(byte(position))
                position += 1
                if unsafe number < target.pointee.count { continue }
                guard number >= SlotRecordSchema.Form.plain else { return .damage }
                position = extent(position, end).last
                guard position >= 0 else { return .damage }
            case .enter: unsafe enter(pointer(nodes, target.pointee.node))
            case .forget: unsafe forget(pointer(nodes, target.pointee.node))
            case .rows, .skipRows:
                guard depth < Self.nestingLimit else { return .damage }
                var place = position
                let ending = unsafe rows(&place, end, tables, targets, event, count, firstWord, depth: depth)
                position = place
                guard ending == .rows else { return ending }
            case .skip: break
            }
        }
        return position == end && depth == 0 ? .line : .damage
    }

    private mutating func rows(
        _ position: inout Int, _ end: Int, _ tables: borrowing ReplayTables,
        _ targets: UnsafePointer<ReplayTables.Target>, _ event: Int, _ count: Int, _ firstWord: Int, depth: Int
    ) -> Ending {
        let target = unsafe targets[event]
        let isWalked = target.action == .rows
        if target.slot >= 0, unsafe !keepsContainers(pointer(slots, target.slot)) {
            classify(target.slot, 3, position, position)
        }
        if isWalked { unsafe beginFolds(pointer(nodes, target.node)) }
        var ending = unsafe events(&position, end, tables, targets, count, firstWord, depth: depth + 1)
        while ending == .element {
            if isWalked { unsafe begin(pointer(scopes, nodes[Int(target.node)].rows)) }
            ending = unsafe events(&position, end, tables, targets, count, firstWord, depth: depth + 1)
            if isWalked {
                unsafe finish(pointer(scopes, nodes[Int(target.node)].rows))
                unsafe fold(pointer(nodes, target.node))
            }
        }
        guard ending == .tooManyElements else { return ending }
        if isWalked { unsafe endFolds(pointer(nodes, target.node)) }
        return .rows
    }

    /// Where a value or list stands whose length is at a position; the last is -1 when it would end behind its line.
    @inline(__always)
    private func extent(_ start: Int, _ end: Int) -> (first: Int, last: Int) {
        var position = start
        var count = 0
        var shift = 0
        while position < end, shift < 35 {
            let next = Int(byte(position))
            position &+= 1
            count |= (next & 0x7F) << shift
            if next < 0x80 { return (position, count > 0 && count <= end &- position ? position &+ count : -1) }
            shift &+= 7
        }
        return (position, -1)
    }

    /// Takes in a value that stands in the record; gives the position behind it, -1 when there is none.
    @inline(__always)
    private mutating func literal(_ position: Int, _ end: Int, _ slot: Int32) -> Int {
        let form = byte(position)
        guard form >= SlotRecordSchema.Form.plain else { return -1 }
        let (first, last) = extent(position &+ 1, end)
        guard last >= 0 else { return -1 }
        takeValue(slot, first, last, isEscaped: form != SlotRecordSchema.Form.plain)
        return last
    }

    /// Shows a word to the slot for the first time and keeps the registers that it gave.
    @inline(never)
    private mutating func learn(
        _ target: UnsafePointer<ReplayTables.Target>, _ number: Int32, _ place: Int, _ tables: borrowing ReplayTables,
        _ firstWord: Int
    ) {
        unsafe takeWord(
            target.pointee.slot, tables.words[firstWord + Int(target.pointee.first + number)])
        for word in unsafe 0..<Int(target.pointee.words) {
            unsafe tables.cache[place + word] = unsafe loadWord(at: Int(target.pointee.register) + 8 * word)
        }
    }

    private mutating func takeWord(_ slot: Int32, _ word: (start: Int32, count: Int32, isEscaped: Bool)) {
        let line = unsafe bytes
        unsafe bytes = unsafe dictionaryText
        takeValue(slot, Int(word.start), Int(word.start + word.count), isEscaped: word.isEscaped)
        unsafe bytes = unsafe line
        captureWord(slot)
    }

    @inline(__always)
    private mutating func noteUnknown(_ start: Int, _ end: Int) { (unknownStart, unknownEnd) = (start, end) }

    private mutating func captureWord(_ slot: Int32) {
        let capture = unsafe pointer(slots, slot).pointee.capture
        if capture >= 0 { unsafe captures[Int(capture)].depth = Capture.word }
    }

    private func loadWord(at register: Int) -> UInt64 {
        unsafe UInt64(
            littleEndian: UnsafeRawPointer(registers.baseAddress.unsafelyUnwrapped).load(
                fromByteOffset: register, as: UInt64.self))
    }
}
