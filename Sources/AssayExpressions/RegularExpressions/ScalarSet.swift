/// A set of Unicode scalar values as sorted, disjoint ranges that do not touch.
struct ScalarSet: Hashable, Sendable {
    private(set) var ranges: [ClosedRange<UInt32>]

    static let maximum: UInt32 = 0x10FFFF
    static let all = ScalarSet([0...maximum])
    static let newline = ScalarSet([0x0A...0x0A])

    /// The union of the ranges, which may overlap and have any order.
    init(_ ranges: [ClosedRange<UInt32>]) {
        self.ranges = []
        for range in ranges.sorted(by: { left, right in left.lowerBound < right.lowerBound }) {
            if let last = self.ranges.last, range.lowerBound <= last.upperBound &+ 1 {
                self.ranges[self.ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                self.ranges.append(range)
            }
        }
    }

    /// The scalar values from 0 to 10FFFF that are not in the set.
    var inverted: ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if next < range.lowerBound { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= ScalarSet.maximum { gaps.append(next...ScalarSet.maximum) }
        return ScalarSet(sorted: gaps)
    }

    // INVARIANT: the ranges are sorted and do not touch.
    private init(sorted ranges: [ClosedRange<UInt32>]) {
        self.ranges = ranges
    }

    func contains(_ scalar: UInt32) -> Bool {
        let index = firstIndex(endingAtOrAfter: scalar)
        return index < ranges.count && ranges[index].lowerBound <= scalar
    }

    /// The parts of the set between two scalar values, both included.
    func intersection(with bounds: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
        var index = firstIndex(endingAtOrAfter: bounds.lowerBound)
        var parts: [ClosedRange<UInt32>] = []
        while index < ranges.count, ranges[index].lowerBound <= bounds.upperBound {
            parts.append(ranges[index].clamped(to: bounds))
            index += 1
        }
        return parts
    }

    private func firstIndex(endingAtOrAfter scalar: UInt32) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// The classes of ASCII characters that Perl and POSIX name.
extension ScalarSet {
    static let digits = ScalarSet([0x30...0x39])
    static let wordCharacters = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// Perl's `\s`: tab, line feed, form feed, carriage return and space.
    static let spaces = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])

    /// The class of a POSIX name such as `alpha`.
    static func posix(_ name: String) -> ScalarSet? {
        switch name {
        case "alnum": ScalarSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A])
        case "alpha": ScalarSet([0x41...0x5A, 0x61...0x7A])
        case "ascii": ScalarSet([0x00...0x7F])
        case "blank": ScalarSet([0x09...0x09, 0x20...0x20])
        case "cntrl": ScalarSet([0x00...0x1F, 0x7F...0x7F])
        case "digit": digits
        case "graph": ScalarSet([0x21...0x7E])
        case "lower": ScalarSet([0x61...0x7A])
        case "print": ScalarSet([0x20...0x7E])
        case "punct": ScalarSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])
        case "space": ScalarSet([0x09...0x0D, 0x20...0x20])
        case "upper": ScalarSet([0x41...0x5A])
        case "word": wordCharacters
        case "xdigit": ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66])
        default: nil
        }
    }
}
