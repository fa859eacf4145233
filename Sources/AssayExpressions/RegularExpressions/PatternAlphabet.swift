/// The scalars that a program cannot tell apart, as numbered classes: an automaton needs one transition for each class.
struct PatternAlphabet: Sendable {
    /// A scalar of each class.
    let representatives: [UInt32]
    private let asciiClasses: [Int]
    /// The first scalars of the intervals whose scalars are all of one class, ascending.
    private let starts: [UInt32]
    private let classes: [Int]

    /// The number of intervals times the number of tests that is still worth the work.
    private static let maximumWork = 1 << 22
    private static let maximumClasses = 1 << 10

    /// Nil when the program tells too many scalars apart.
    init?(_ program: PatternProgram) {
        var tested: Set<UInt32> = []
        for case .character(let value) in program.instructions { tested.insert(value) }
        let sets =
            tested.map { value in ScalarSet([value...value]) } + program.sets.map(\.set)
            + [ScalarSet.newline, ScalarSet.wordCharacters]
        var bounds: Set<UInt32> = [0]
        for range in sets.lazy.flatMap(\.ranges) {
            bounds.insert(range.lowerBound)
            if range.upperBound < ScalarSet.maximum { bounds.insert(range.upperBound + 1) }
        }
        guard bounds.count * sets.count <= PatternAlphabet.maximumWork else { return nil }
        let starts = bounds.sorted()
        var signatures = [[UInt64]](
            repeating: Array(repeating: 0, count: (sets.count + 63) / 64), count: starts.count)
        for (setIndex, set) in sets.enumerated() {
            for (index, start) in starts.enumerated() where set.contains(start) {
                signatures[index][setIndex / 64] |= 1 << UInt64(setIndex % 64)
            }
        }
        var numbers: [[UInt64]: Int] = [:]
        var representatives: [UInt32] = []
        var classes: [Int] = []
        for (start, signature) in zip(starts, signatures) {
            let number = numbers[signature] ?? representatives.count
            if number == representatives.count {
                numbers[signature] = number
                representatives.append(start)
            }
            classes.append(number)
        }
        guard representatives.count <= PatternAlphabet.maximumClasses else { return nil }
        self.representatives = representatives
        self.starts = starts
        self.classes = classes
        asciiClasses = (0..<128).map { scalar in
            classes[PatternAlphabet.interval(of: scalar, in: starts)]
        }
    }

    func classIndex(of scalar: UInt32) -> Int {
        scalar < 128 ? asciiClasses[Int(scalar)] : classes[PatternAlphabet.interval(of: scalar, in: starts)]
    }

    private static func interval(of scalar: UInt32, in starts: [UInt32]) -> Int {
        // INVARIANT: starts[low] <= scalar, and scalar < starts[high] where high is an index.
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= scalar { low = middle } else { high = middle }
        }
        return low
    }
}
