import AssayCore

/// A small part of OData's filters: comparisons of a path with a literal, joined by `and`, or all by `or`.
struct ODataFilter: Sendable {
    private struct Comparison: Sendable {
        let path: [String]
        let operation: String
        let literal: String
    }

    private let comparisons: [Comparison]
    private let isAny: Bool
    /// True when the directory answers the filter only with the header `ConsistencyLevel: eventual`.
    var isAdvanced: Bool { comparisons.contains { $0.operation == "ne" } }

    /// Reads a filter; nil for what goes beyond the part.
    init?(_ text: String) {
        let words = Self.words(text)
        guard !words.isEmpty, (words.count + 1) % 4 == 0 else { return nil }
        var comparisons: [Comparison] = []
        var joins: Set<String> = []
        for start in stride(from: 0, to: words.count, by: 4) {
            let operation = words[start + 1].lowercased()
            guard ["eq", "ne", "ge", "gt", "le", "lt"].contains(operation) else { return nil }
            comparisons.append(
                Comparison(
                    path: words[start].split(separator: "/").map(String.init), operation: operation,
                    literal: words[start + 2]))
            if start + 3 < words.count { joins.insert(words[start + 3].lowercased()) }
        }
        guard joins.isSubset(of: ["and"]) || joins == ["or"] else { return nil }
        self.comparisons = comparisons
        isAny = joins == ["or"]
    }

    /// True when a document satisfies the filter.
    func matches(_ document: Tree) -> Bool {
        isAny
            ? comparisons.contains { Self.holds($0, document) } : comparisons.allSatisfy { Self.holds($0, document) }
    }

    private static func holds(_ comparison: Comparison, _ document: Tree) -> Bool {
        var current: Tree? = document
        for key in comparison.path {
            current = current?.members?.first { $0.key.lowercased() == key.lowercased() }?.value
        }
        let text: String =
            switch current?.content {
            case .string(let text): text.lowercased()
            case .number(let text): text
            case .bool(let flag): flag ? "true" : "false"
            default: "null"
            }
        let literal = comparison.literal.lowercased()
        switch comparison.operation {
        case "eq": return text == literal
        case "ne": return text != literal
        case "ge": return text != "null" && text >= literal
        case "gt": return text != "null" && text > literal
        case "le": return text != "null" && text <= literal
        default: return text != "null" && text < literal
        }
    }

    /// Words and quoted literals; a quote within a literal is doubled.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        var hadQuote = false
        for character in text {
            if character == "'" {
                if isQuoted { hadQuote = true }
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                if !word.isEmpty || hadQuote { words.append(word) }
                word = ""
                hadQuote = false
            } else if "()".contains(character), !isQuoted {
                return []
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty || hadQuote { words.append(word) }
        return isQuoted ? [] : words
    }
}
