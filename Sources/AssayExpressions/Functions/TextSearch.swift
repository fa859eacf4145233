/// Finds a text inside another in linear time, so that no input makes a search quadratic (Knuth–Morris–Pratt).
struct TextSearch {
    private let part: [UInt8]
    /// For each prefix of the part, the length of the longest shorter prefix that it ends in.
    private let borders: [Int]

    init(_ part: [UInt8]) {
        self.part = part
        var borders = [Int](repeating: 0, count: part.count)
        var length = 0
        for index in part.indices.dropFirst() {
            while length > 0, part[index] != part[length] { length = borders[length - 1] }
            if part[index] == part[length] { length += 1 }
            borders[index] = length
        }
        self.borders = borders
    }

    /// Where the part first stands at or after an offset; nil when it does not.
    func first(in text: [UInt8], from start: Int = 0) -> Range<Int>? {
        guard !part.isEmpty else { return start <= text.count ? start..<start : nil }
        var matched = 0
        var index = start
        while index < text.count {
            while matched > 0, text[index] != part[matched] { matched = borders[matched - 1] }
            if text[index] == part[matched] { matched += 1 }
            index += 1
            if matched == part.count { return index - matched..<index }
        }
        return nil
    }

    /// Where the part last starts at or before an offset; nil when it does not.
    func last(in text: [UInt8], upTo end: Int) -> Range<Int>? {
        guard !part.isEmpty else { return end <= text.count ? end..<end : nil }
        var found: Range<Int>?
        var matched = 0
        for index in text.indices {
            while matched > 0, matched == part.count || text[index] != part[matched] { matched = borders[matched - 1] }
            if text[index] == part[matched] { matched += 1 }
            guard matched == part.count else { continue }
            let start = index + 1 - matched
            if start > end { break }
            found = start..<index + 1
        }
        return found
    }
}
