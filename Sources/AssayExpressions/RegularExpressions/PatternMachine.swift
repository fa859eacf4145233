/// Follows all ways through a program at once, in order of priority, and so finds the leftmost match that a
/// backtracking matcher would prefer.
///
/// Each instruction is entered at most once for each position of the text: the steps are at most twice the number of
/// instructions times the number of positions, whatever the pattern.
struct PatternMachine {
    private let program: PatternProgram
    private let slotCount: Int
    private var current: Threads
    private var next: Threads
    private var pending: [Pending] = []
    private var slots: [Int]
    /// Entered and advanced instructions so far.
    private(set) var steps = 0

    /// The threads at one position: the instructions in order of priority, each with its captures.
    private struct Threads {
        /// A sparse set: `dense[sparse[pc]] == pc` for members, so that clearing costs nothing.
        var dense: [Int] = []
        var sparse: [Int]
        var captures: [Int]

        func contains(_ instruction: Int) -> Bool {
            let index = sparse[instruction]
            return index < dense.count && dense[index] == instruction
        }

        mutating func insert(_ instruction: Int) {
            sparse[instruction] = dense.count
            dense.append(instruction)
        }
    }

    private enum Pending {
        case enter(Int)
        case restore(slot: Int, position: Int)
    }

    /// - Parameter keepsCaptures: false reports only whether there is a match, at a lower cost.
    init(_ program: PatternProgram, keepsCaptures: Bool) {
        self.program = program
        slotCount = keepsCaptures ? program.slotCount : 0
        let count = program.instructions.count
        current = Threads(
            sparse: Array(repeating: 0, count: count), captures: Array(repeating: -1, count: count * slotCount))
        next = current
        slots = Array(repeating: -1, count: slotCount)
    }

    /// The slots of the first match at or after `start`, nil if there is none; empty if captures are not kept.
    mutating func firstMatch(in text: Span<UInt8>, from start: Int) -> [Int]? {
        var found: [Int]?
        var position = start
        next.dense.removeAll(keepingCapacity: true)
        if !program.isAnchored || start == 0 { enterStart(at: start, in: text) }
        while true {
            swap(&current, &next)
            next.dense.removeAll(keepingCapacity: true)
            if current.dense.isEmpty, found != nil || program.isAnchored { return found }
            let scalar = position < text.count ? UTF8Text.scalar(in: text, at: position) : nil
            // The list is not changed while its threads are advanced, but a loop over it would copy it.
            for index in current.dense.indices {
                let instruction = current.dense[index]
                steps += 1
                let accepts: Bool
                switch program.instructions[instruction] {
                case .character(let value):
                    accepts = scalar?.value == value
                case .set(let set):
                    accepts = scalar.map { scalar in program.sets[set].contains(scalar.value) } ?? false
                case .match:
                    found = Array(current.captures[captureRange(instruction)])
                    accepts = false
                default:
                    accepts = false
                }
                // Threads of lower priority cannot win any more.
                if case .match = program.instructions[instruction] { break }
                if accepts, let scalar {
                    let range = captureRange(instruction)
                    for slot in slots.indices { slots[slot] = current.captures[range.lowerBound + slot] }
                    enter(instruction + 1, at: position + scalar.width, in: text)
                }
            }
            if found != nil, slotCount == 0 { return found }
            guard let scalar else { return found }
            position += scalar.width
            // Once there is a match, one that starts later cannot win.
            if found == nil, !program.isAnchored { enterStart(at: position, in: text) }
        }
    }

    private mutating func enterStart(at position: Int, in text: Span<UInt8>) {
        for slot in slots.indices { slots[slot] = -1 }
        enter(0, at: position, in: text)
    }

    private func captureRange(_ instruction: Int) -> Range<Int> {
        instruction * slotCount..<(instruction + 1) * slotCount
    }

    /// Adds a thread and everything that it reaches without reading to the next list, in order of priority.
    private mutating func enter(_ start: Int, at position: Int, in text: Span<UInt8>) {
        pending.append(.enter(start))
        while let step = pending.popLast() {
            switch step {
            case .restore(let slot, let position): slots[slot] = position
            case .enter(let instruction):
                guard !next.contains(instruction) else { continue }
                steps += 1
                next.insert(instruction)
                switch program.instructions[instruction] {
                case .jump(let target): pending.append(.enter(target))
                case .split(let preferred, let other):
                    pending.append(.enter(other))
                    pending.append(.enter(preferred))
                case .save(let slot):
                    if slot < slotCount {
                        pending.append(.restore(slot: slot, position: slots[slot]))
                        slots[slot] = position
                    }
                    pending.append(.enter(instruction + 1))
                case .assertion(let assertion):
                    if UTF8Text.holds(assertion, in: text, at: position) { pending.append(.enter(instruction + 1)) }
                case .character, .set, .match:
                    for slot in slots.indices { next.captures[instruction * slotCount + slot] = slots[slot] }
                }
            }
        }
    }
}
