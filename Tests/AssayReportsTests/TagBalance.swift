/// Finds markup whose tags do not close in order.
enum TagBalance {
    private static let void: Set<String> = ["meta", "br", "input", "img", "link", "hr", "wbr"]

    /// What is wrong first, or nil.
    static func problem(in text: String) -> String? {
        var open: [String] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else { return "a tag does not end" }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("?") || tag.hasPrefix("!") || tag.hasSuffix("/") { continue }
            if tag.hasPrefix("/") {
                guard let last = open.popLast(), last == tag.dropFirst() else { return "</\(tag.dropFirst())>" }
                continue
            }
            let name = String(tag.prefix { $0 != " " })
            if !void.contains(name) { open.append(name) }
        }
        return open.isEmpty ? nil : "<\(open[open.count - 1])>"
    }
}
