/// Finds the modules that a Swift file imports, by its text.
enum ImportScanner {
    static func modules(in text: String) -> [String] {
        let pattern =
            #/^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)/#
        var isInString = false
        var modules: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let quotes = line.ranges(of: "\"\"\"").count
            if quotes % 2 == 1 { isInString.toggle() }
            guard !isInString, quotes == 0 else { continue }
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if let match = trimmed.firstMatch(of: pattern) { modules.append(String(match.output.1)) }
        }
        return modules
    }
}
