import AssayCore

/// Why a line of the bench rules cannot be lowered.
struct BenchRuleError: Error, CustomStringConvertible {
    /// What is wrong and where in the line, lower case.
    let description: String

    init(_ message: String, at node: DocumentNode) {
        description = "\(message) at `\(node.path)`"
    }
}

/// The front end of the bench rules: their small JSON form to CEL text that is two-valued by construction.
///
/// The reference evaluator knows no errors: a path that is missing makes every comparison false, `ne` is the negation
/// of `eq`, and values of different JSON types are never equal. So every read is guarded by `.?` and every operator by
/// the type that it needs.
enum BenchRules {
    /// How far the text guards a path against values on the way that are no objects.
    enum Guards {
        /// Only the elements of arrays; a resource whose inner steps are no objects is an error, which generated
        /// inputs never have.
        case elements
        /// Every step, for documents of any shape.
        case everyStep
    }

    /// Lowers one line, `{"id":…,"type":…,"expr":[operator, …]}`; throws on a form that is not known.
    static func lower(
        _ line: DocumentNode, guards: Guards = .elements
    ) throws(BenchRuleError) -> (id: String, type: String, condition: String) {
        guard let id = line["id"]?.string, let type = line["type"]?.string, let expression = line["expr"] else {
            throw BenchRuleError("a rule needs `id`, `type` and `expr`", at: line)
        }
        let lowering = Lowering(guards: guards)
        return (id, type, try lowering.condition(expression, on: "resource", depth: 0))
    }

    /// Reads a file of rules, one JSON object a line.
    static func read(
        _ bytes: [UInt8], guards: Guards = .elements
    ) throws -> [(id: String, type: String, condition: String)] {
        var rules: [(id: String, type: String, condition: String)] = []
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            let document = try JSONReader.read(Array(line), firstLine: number + 1)
            rules.append(try lower(document.root, guards: guards))
        }
        return rules
    }
}

/// One expression on its way down.
private struct Lowering {
    let guards: BenchRules.Guards

    func condition(_ node: DocumentNode, on root: String, depth: Int) throws(BenchRuleError) -> String {
        guard let name = node[0]?.string else {
            throw BenchRuleError("an expression starts with its operator", at: node)
        }
        switch name {
        case "and", "or":
            var parts: [String] = []
            for operand in node.elements.dropFirst() {
                parts.append(try condition(operand, on: root, depth: depth))
            }
            guard !parts.isEmpty else { return name == "and" ? "true" : "false" }
            return parts.count == 1 ? parts[0] : "(" + parts.joined(separator: name == "and" ? " && " : " || ") + ")"
        case "not":
            guard let operand = node[1] else { throw BenchRuleError("`not` needs an expression", at: node) }
            return "!(" + (try condition(operand, on: root, depth: depth)) + ")"
        case "ne": return "!(" + (try comparison("eq", node, on: root, depth: depth)) + ")"
        default: return try comparison(name, node, on: root, depth: depth)
        }
    }

    /// A comparison of what stands at the path; false where the path leads nowhere.
    private func comparison(
        _ name: String, _ node: DocumentNode, on root: String, depth: Int
    ) throws(BenchRuleError) -> String {
        guard let text = node[1]?.string else { throw BenchRuleError("`\(name)` needs a path", at: node) }
        let steps = text.isEmpty ? [] : text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let path = Path(root: root, steps: steps)
        let conditions = try guardedSteps(path) + [test(name, node, path, depth: depth)]
        return conditions.count == 1 ? conditions[0] : "(" + conditions.joined(separator: " && ") + ")"
    }

    /// That every step but the last leads to an object, where that is asked for.
    private func guardedSteps(_ path: Path) -> [String] {
        guard guards == .everyStep else { return [] }
        return path.steps.indices.dropFirst().map { count in
            "type(\(Path(root: path.root, steps: Array(path.steps[..<count])).optional)) == map"
        }
    }

    private func test(
        _ name: String, _ node: DocumentNode, _ path: Path, depth: Int
    ) throws(BenchRuleError) -> String {
        if name == "exists" { return "\(path.optional) != null" }
        guard let operand = node[2] else { throw BenchRuleError("`\(name)` needs an operand", at: node) }
        switch name {
        case "eq": return try equality(path, operand)
        case "in": return try membership(path, operand)
        case "ge", "le":
            guard let number = operand.int else { throw BenchRuleError("`\(name)` needs an integer", at: operand) }
            return "(\(path.isType("int")) && \(path.plain) \(name == "ge" ? ">=" : "<=") \(number))"
        case "contains", "starts", "matches":
            guard let text = operand.string else { throw BenchRuleError("`\(name)` needs a text", at: operand) }
            let function = name == "starts" ? "startsWith" : name
            return "(\(path.isType("string")) && \(path.plain).\(function)(\(Self.literal(text))))"
        case "all", "any":
            let element = "e\(depth)"
            let inner = try elementCondition(operand, element, depth: depth)
            return "(\(path.isType("list")) && \(path.plain).\(name == "all" ? "all" : "exists")(\(element), \(inner)))"
        default: throw BenchRuleError("operator `\(name)` is not known", at: node)
        }
    }

    /// The condition of one element, which may be no object.
    private func elementCondition(
        _ node: DocumentNode, _ element: String, depth: Int
    ) throws(BenchRuleError) -> String {
        let text = try condition(node, on: element, depth: depth + 1)
        switch fieldless(node) {
        case nil: return text
        case true: return "type(\(element)) != map || \(text)"
        case false: return "type(\(element)) == map && \(text)"
        }
    }

    /// What an expression says of a value without fields; nil when it reads the value itself or nothing.
    ///
    /// Comparisons at paths are false there, so that one guard of the element stands for one at each comparison.
    private func fieldless(_ node: DocumentNode) -> Bool? {
        switch node[0]?.string {
        case "and", "or":
            let parts = node.elements.dropFirst().map { fieldless($0) }
            guard !parts.isEmpty, !parts.contains(nil) else { return nil }
            return node[0]?.string == "and" ? !parts.contains(false) : parts.contains(true)
        case "not": return node[1].flatMap { fieldless($0) }.map { !$0 }
        case "ne": return node[1]?.string?.isEmpty == false ? true : nil
        default: return node[1]?.string?.isEmpty == false ? false : nil
        }
    }

    private func equality(_ path: Path, _ operand: DocumentNode) throws(BenchRuleError) -> String {
        switch operand.kind {
        case .string, .bool: return "\(path.optional) == \(try Self.literal(operand))"
        // A double never equals an integer here, which CEL compares by value.
        case .number where operand.int != nil:
            return "(\(path.isType("int")) && \(path.plain) == \(try Self.literal(operand)))"
        case .null: return "type(\(path.optional(otherwise: "false"))) == null_type"
        default: throw BenchRuleError("a comparison with this value is not known", at: operand)
        }
    }

    private func membership(_ path: Path, _ operand: DocumentNode) throws(BenchRuleError) -> String {
        let candidates = Array(operand.elements)
        guard operand.kind == .array else { throw BenchRuleError("`in` needs a list", at: operand) }
        guard !candidates.isEmpty else { return "false" }
        if candidates.allSatisfy({ $0.kind == .string || $0.kind == .bool }) {
            var literals: [String] = []
            for candidate in candidates { literals.append(try Self.literal(candidate)) }
            return "\(path.optional) in [\(literals.joined(separator: ", "))]"
        }
        var choices: [String] = []
        for candidate in candidates { choices.append(try equality(path, candidate)) }
        return "(" + choices.joined(separator: " || ") + ")"
    }

    private static func literal(_ node: DocumentNode) throws(BenchRuleError) -> String {
        switch node.kind {
        case .string: return literal(node.stringValue)
        case .bool: return node.boolValue ? "true" : "false"
        case .number: return node.numberText
        default: throw BenchRuleError("a literal of this kind is not known", at: node)
        }
    }

    fileprivate static func literal(_ text: String) -> String {
        var escaped = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": escaped += "\\" + String(scalar)
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped + "\""
    }
}

/// A path below a variable, written as CEL.
private struct Path {
    let root: String
    let steps: [String]

    /// The value, null where there is none.
    var optional: String { optional(otherwise: "null") }

    /// The value, or the other one where there is none.
    ///
    /// The checker takes an index with a text for one into a map of some one type, which a plain `null` would settle.
    func optional(otherwise: String) -> String {
        guard !steps.isEmpty else { return root }
        let other = steps.allSatisfy(Self.isIdentifier) ? otherwise : "dyn(\(otherwise))"
        return root + steps.map { Self.step($0, isOptional: true) }.joined() + ".orValue(\(other))"
    }

    /// The value where a guard says that it is there.
    var plain: String { root + steps.map { Self.step($0, isOptional: false) }.joined() }

    func isType(_ name: String) -> String { "type(\(optional)) == \(name)" }

    private static func isIdentifier(_ name: String) -> Bool {
        name.utf8.first.map { !(0x30...0x39).contains($0) } ?? false
            && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x5F }
            && !["in", "true", "false", "null"].contains(name)
    }

    /// `.name`, or `["na:me"]` for what is no identifier.
    private static func step(_ name: String, isOptional: Bool) -> String {
        if isIdentifier(name) { return (isOptional ? ".?" : ".") + name }
        return "[" + (isOptional ? "?" : "") + Lowering.literal(name) + "]"
    }
}
