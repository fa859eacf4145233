import AssayExpressions

/// A set of ports as providers write it: 22, "22", "20-30", "*", a comma list, or a list of these.
struct PortSpecification {
    private let ranges: [ClosedRange<Int64>]

    init?(_ value: Value) {
        var ranges: [ClosedRange<Int64>] = []
        for element in value.listElements ?? [value] {
            if let number = element.int {
                ranges.append(number...number)
            } else if let text = element.string {
                guard let parsed = Self.parse(text) else { return nil }
                ranges += parsed
            } else {
                return nil
            }
        }
        self.ranges = ranges
    }

    private static func parse(_ text: String) -> [ClosedRange<Int64>]? {
        var ranges: [ClosedRange<Int64>] = []
        for part in text.split(separator: ",") {
            let part = part.trimmingSpaces
            if part == "*" {
                ranges.append(0...65_535)
                continue
            }
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0.trimmingSpaces) }
            guard ends.count <= 2, let low = ends[0], let high = ends[ends.count - 1], low <= high else { return nil }
            ranges.append(low...high)
        }
        return ranges
    }

    func contains(_ port: Int64) -> Bool { ranges.contains { $0.contains(port) } }
}

extension StringProtocol {
    /// Without spaces and tabs at both ends.
    var trimmingSpaces: String {
        var rest = Substring(self)
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
