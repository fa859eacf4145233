import AssayCore

/// A query of the small part of the Kusto language that the simulator understands.
struct ResourceQuery: Sendable {
    struct Failure: Error {
        let message: String
    }

    private enum Step: Sendable {
        case keep([Condition])
        case project([String])
        case order([(name: String, isDescending: Bool)])
        case count(name: String, by: [String])
        case limit(Int)
    }

    private struct Condition: Sendable {
        let column: String
        let isNegated: Bool
        let ignoresCase: Bool
        let values: [String]
    }

    /// In lower case.
    let table: String
    private let steps: [Step]

    private static let tables: Set<String> = [
        "resources", "resourcecontainers", "advisorresources", "alertsmanagementresources", "authorizationresources",
        "guestconfigurationresources", "healthresources", "maintenanceresources", "policyresources",
        "recoveryservicesresources", "securityresources", "servicehealthresources", "resourcechanges",
    ]

    init(_ text: String) throws(Failure) {
        var parts = Self.split(text, at: "|").map { Self.tokens($0) }
        guard !parts.isEmpty else { throw Failure(message: "the query is empty") }
        let first = parts.removeFirst()
        guard first.count == 1, let name = first.first?.lowercased(), Self.tables.contains(name) else {
            throw Failure(message: "the table is not known")
        }
        table = name
        var steps: [Step] = []
        for part in parts { steps.append(try Self.step(part)) }
        self.steps = steps
    }

    /// True when rows carry their id to the end.
    var showsId: Bool {
        steps.allSatisfy { step in
            switch step {
            case .project(let names): names.contains("id")
            case .count: false
            default: true
            }
        }
    }

    /// Runs the steps over rows.
    func result(of rows: [Tree]) -> [Tree] {
        steps.reduce(rows) { rows, step in
            switch step {
            case .keep(let conditions): rows.filter { row in conditions.allSatisfy { Self.holds($0, row) } }
            case .project(let names):
                rows.map { row in .object(names.map { ($0, Self.value($0, row) ?? Tree(.null)) }) }
            case .order(let columns): Self.sorted(rows, columns)
            case .limit(let count): Array(rows.prefix(count))
            case .count(let name, let columns): Self.counted(rows, name, columns)
            }
        }
    }

    private static func value(_ column: String, _ row: Tree) -> Tree? {
        var current: Tree? = row
        for key in column.split(separator: ".") { current = current?[String(key)] }
        return current
    }

    private static func text(_ column: String, _ row: Tree) -> String {
        let found = value(column, row)
        return found?.stringValue ?? found?.numberText ?? ""
    }

    private static func holds(_ condition: Condition, _ row: Tree) -> Bool {
        let text = text(condition.column, row)
        let found = condition.values.contains { value in
            condition.ignoresCase ? value.lowercased() == text.lowercased() : value == text
        }
        return found != condition.isNegated
    }

    private static func sorted(_ rows: [Tree], _ columns: [(name: String, isDescending: Bool)]) -> [Tree] {
        rows.sorted { left, right in
            for column in columns {
                let first = text(column.name, left)
                let second = text(column.name, right)
                if first != second { return column.isDescending ? first > second : first < second }
            }
            return false
        }
    }

    private static func counted(_ rows: [Tree], _ name: String, _ columns: [String]) -> [Tree] {
        var counts: [[String]: Int] = [:]
        for row in rows { counts[columns.map { text($0, row) }, default: 0] += 1 }
        return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, count in
            .object(zip(columns, key).map { ($0, .string($1)) } + [(name, .int(count))])
        }
    }

    // MARK: Reading

    private static func step(_ tokens: [String]) throws(Failure) -> Step {
        guard let word = tokens.first?.lowercased() else { throw Failure(message: "a step is empty") }
        let rest = Array(tokens.dropFirst())
        switch word {
        case "where": return .keep(try conditions(rest))
        case "project", "distinct":
            guard word == "project" else { break }
            let names = rest.filter { $0 != "," }
            guard !names.isEmpty, names.allSatisfy({ isName($0) }) else { break }
            return .project(names)
        case "order", "sort":
            guard rest.first?.lowercased() == "by" else { break }
            let columns = list(Array(rest.dropFirst()))
            guard !columns.isEmpty, columns.allSatisfy({ (1...2).contains($0.count) && isName($0[0]) }) else { break }
            return .order(columns.map { ($0[0], ($0.count > 1 ? $0[1].lowercased() : "desc") == "desc") })
        case "take", "limit":
            guard rest.count == 1, let count = Int(rest[0]) else { break }
            return .limit(count)
        case "summarize": return try summary(rest)
        default: break
        }
        throw Failure(message: "the step '\(tokens.joined(separator: " "))' is not understood")
    }

    private static func summary(_ tokens: [String]) throws(Failure) -> Step {
        var rest = tokens
        var name = "count_"
        if rest.count > 1, rest[1] == "=" {
            name = rest[0]
            rest.removeFirst(2)
        }
        guard rest.starts(with: ["count", "(", ")"]) else { throw Failure(message: "only count() is understood") }
        rest.removeFirst(3)
        guard !rest.isEmpty else { return .count(name: name, by: []) }
        guard rest.removeFirst().lowercased() == "by" else { throw Failure(message: "`by` is expected") }
        let columns = rest.filter { $0 != "," }
        guard !columns.isEmpty, columns.allSatisfy({ isName($0) }) else {
            throw Failure(message: "columns are expected")
        }
        return .count(name: name, by: columns)
    }

    private static func conditions(_ tokens: [String]) throws(Failure) -> [Condition] {
        var found: [Condition] = []
        var rest = tokens[...]
        while !rest.isEmpty {
            if !found.isEmpty {
                guard rest.removeFirst().lowercased() == "and" else {
                    throw Failure(message: "only `and` is understood")
                }
            }
            guard let column = rest.popFirst(), isName(column), let operation = rest.popFirst()?.lowercased() else {
                throw Failure(message: "a comparison is expected")
            }
            var values: [String] = []
            if operation.contains("in") {
                guard rest.popFirst() == "(" else { throw Failure(message: "a list is expected") }
                while let token = rest.popFirst(), token != ")" {
                    if token == "," { continue }
                    guard let value = literal(token) else { throw Failure(message: "a text is expected") }
                    values.append(value)
                }
            } else {
                guard let token = rest.popFirst(), let value = literal(token) else {
                    throw Failure(message: "a text is expected")
                }
                values = [value]
            }
            guard ["=~", "==", "!=", "!~", "in", "in~", "!in", "!in~"].contains(operation) else {
                throw Failure(message: "the operator '\(operation)' is not understood")
            }
            found.append(
                Condition(
                    column: column, isNegated: operation.hasPrefix("!"), ignoresCase: operation.hasSuffix("~"),
                    values: values))
        }
        guard !found.isEmpty else { throw Failure(message: "a comparison is expected") }
        return found
    }

    private static func literal(_ token: String) -> String? {
        guard token.count >= 2, let quote = token.first, quote == "'" || quote == "\"", token.last == quote else {
            return nil
        }
        return String(token.dropFirst().dropLast())
    }

    private static func isName(_ token: String) -> Bool {
        token.first?.isLetter == true && token.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    }

    private static func list(_ tokens: [String]) -> [[String]] {
        tokens.split(separator: ",").map(Array.init)
    }

    private static func split(_ text: String, at mark: Character) -> [String] {
        var parts = [""]
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == mark {
                parts.append("")
                continue
            }
            parts[parts.count - 1].append(character)
        }
        return parts
    }

    private static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        var word = ""
        var quote: Character?
        func isOperator(_ character: Character) -> Bool { "=~!".contains(character) }
        for character in text {
            if let open = quote {
                word.append(character)
                if character == open {
                    tokens.append(word)
                    word = ""
                    quote = nil
                }
                continue
            }
            if character == "'" || character == "\"" {
                if !word.isEmpty { tokens.append(word) }
                word = String(character)
                quote = character
            } else if character.isWhitespace {
                if !word.isEmpty { tokens.append(word) }
                word = ""
            } else if "(),".contains(character) {
                if !word.isEmpty { tokens.append(word) }
                word = ""
                tokens.append(String(character))
            } else if isOperator(character) {
                // `in~` is one word; `type=~` is two.
                let joins = word.lowercased().hasSuffix("in") && character == "~" || word.allSatisfy(isOperator)
                if !joins, !word.isEmpty {
                    tokens.append(word)
                    word = ""
                }
                word.append(character)
            } else {
                if let last = word.last, isOperator(last), word.lowercased() != "!" {
                    tokens.append(word)
                    word = ""
                }
                word.append(character)
            }
        }
        if !word.isEmpty { tokens.append(word) }
        return tokens
    }
}
