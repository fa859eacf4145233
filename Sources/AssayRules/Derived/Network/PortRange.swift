/// Ports from one to another, both included.
struct PortRange: Hashable {
    let low: Int
    let high: Int

    static let all = PortRange(low: 0, high: 65_535)

    /// Reads `22`, `20-30` or `*`; nil for anything else.
    init?(_ text: String) {
        let text = text.trimmingSpaces
        if text == "*" {
            self = .all
            return
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0.trimmingSpaces) }
        guard ends.count == 1 || ends.count == 2, let low = ends[0], let high = ends[ends.count - 1], low <= high,
            low >= 0, high <= 65_535
        else { return nil }
        self.init(low: low, high: high)
    }

    init(low: Int, high: Int) {
        self.low = low
        self.high = high
    }

    func contains(_ other: PortRange) -> Bool { low <= other.low && other.high <= high }
    func contains(_ port: Int) -> Bool { low <= port && port <= high }

    /// What both have; nil when that is nothing.
    func intersection(_ other: PortRange) -> PortRange? {
        let low = max(low, other.low)
        let high = min(high, other.high)
        return low <= high ? PortRange(low: low, high: high) : nil
    }

    /// The pieces that the ends of some ranges cut all ports into.
    static func pieces(_ ranges: [PortRange]) -> [PortRange] {
        var starts: Set<Int> = [0]
        for range in ranges {
            starts.insert(range.low)
            if range.high < 65_535 { starts.insert(range.high + 1) }
        }
        let sorted = starts.sorted()
        return sorted.indices.map { place in
            PortRange(low: sorted[place], high: place + 1 < sorted.count ? sorted[place + 1] - 1 : 65_535)
        }
    }
}
