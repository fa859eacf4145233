public import AssayCore
import Yams

/// Reads YAML 1.2 (core schema) into a `Tree` with positions.
///
/// Refused: duplicate keys, keys that are not scalars, several documents in one text, and anything over the limits.
/// Aliases are expanded; the expansion counts against a budget, so that a small text cannot become a huge tree.
public enum YAMLReader {
    /// How many values one text may expand to.
    static let valueLimit = 4_000_000

    /// Reads one document.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text.
    ///   - limits: size and depth.
    ///   - tag: receives a local tag such as `!Ref` with the value it stands before, and returns what takes its place.
    public static func read(
        _ bytes: [UInt8], limits: DocumentLimits = DocumentLimits(),
        tag: (_ tag: String, _ value: Tree) -> Tree = { $1 }
    ) throws(DocumentError) -> Tree {
        let start = SourcePosition(line: 1, column: 1)
        guard bytes.count <= limits.documentBytes else {
            throw DocumentError(
                code: .tooLarge, message: "document has \(bytes.count) bytes, the limit is \(limits.documentBytes)",
                position: start)
        }
        if let offset = UTF8Check.firstInvalid(bytes) {
            let before = bytes[..<offset]
            let line = before.count { $0 == UInt8(ascii: "\n") } + 1
            let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            throw DocumentError(
                code: .invalidUTF8, message: "bytes are not valid UTF-8",
                position: SourcePosition(line: line, column: offset - lineStart + 1))
        }
        try NestingGuard.check(bytes, depth: limits.depth)
        let node: Node?
        do {
            let parser = try Parser(
                yaml: String(decoding: bytes, as: UTF8.self), resolver: .default.removing(.merge))
            node = try parser.singleRoot()
        } catch let error as YamlError {
            throw DocumentError(yaml: error)
        } catch {
            throw DocumentError(code: .syntax, message: "\(error)", position: start)
        }
        guard let node else {
            throw DocumentError(code: .empty, message: "document is empty", position: start)
        }
        var budget = valueLimit
        return try tree(node, depth: limits.depth, budget: &budget, tag: tag)
    }

    private static func tree(
        _ node: Node, depth: Int, budget: inout Int, tag apply: (String, Tree) -> Tree
    ) throws(DocumentError) -> Tree {
        let position = node.mark.map { SourcePosition(line: $0.line, column: $0.column) }
        func failure(_ code: DocumentError.Code, _ message: String) -> DocumentError {
            DocumentError(code: code, message: message, position: position ?? SourcePosition(line: 1, column: 1))
        }
        budget -= 1
        guard budget > 0 else { throw failure(.tooLarge, "document expands to more than \(valueLimit) values") }
        guard depth > 0 else { throw failure(.tooDeep, "nesting is deeper than the limit") }
        let content: Tree.Content
        switch node {
        case .scalar(let scalar): content = scalarContent(scalar, node: node)
        case .sequence(let sequence):
            var elements: [Tree] = []
            for element in sequence {
                elements.append(try tree(element, depth: depth - 1, budget: &budget, tag: apply))
            }
            content = .array(elements)
        case .mapping(let mapping):
            var members: [Tree.Member] = []
            var seen: Set<String> = []
            for (keyNode, valueNode) in mapping {
                guard case .scalar(let key) = keyNode else { throw failure(.unsupported, "a key must be a scalar") }
                guard seen.insert(key.string).inserted else {
                    throw DocumentError(
                        code: .duplicateKey, message: "key `\(key.string)` stands twice in one mapping",
                        position: keyNode.mark.map { SourcePosition(line: $0.line, column: $0.column) }
                            ?? SourcePosition(line: 1, column: 1))
                }
                var value = try tree(valueNode, depth: depth - 1, budget: &budget, tag: apply)
                // A block value starts below its key; the key's line is the one to point at.
                if value.members != nil || value.elements != nil, let mark = keyNode.mark {
                    value.position = SourcePosition(line: mark.line, column: mark.column)
                }
                members.append(Tree.Member(key.string, value))
            }
            content = .object(members)
        case .alias: throw failure(.unsupported, "an alias names an anchor that does not exist")
        }
        let value = Tree(content, at: position)
        let tag = node.tag.rawValue
        return tag.hasPrefix("!") && tag.count > 1 ? apply(tag, value) : value
    }

    private static func scalarContent(_ scalar: Node.Scalar, node: Node) -> Tree.Content {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        if node.tag.rawValue.hasPrefix("!") && node.tag.rawValue != "!" { return .string(scalar.string) }
        return YAMLScalar.resolve(scalar.string)
    }
}

extension DocumentError {
    fileprivate init(yaml error: YamlError) {
        let start = SourcePosition(line: 1, column: 1)
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(
                code: problem.contains("duplicate") ? .duplicateKey : .syntax, message: problem,
                position: SourcePosition(line: mark.line, column: mark.column))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { "`\($0)`" }.sorted().joined(separator: ", ")
            self.init(
                code: .duplicateKey, message: "\(keys) stands twice in one mapping",
                position: SourcePosition(line: context.mark.line, column: context.mark.column))
        case .reader(let problem, _, _, _): self.init(code: .syntax, message: problem, position: start)
        case .memory: self.init(code: .tooLarge, message: "the parser ran out of memory", position: start)
        default: self.init(code: .syntax, message: "\(error)", position: start)
        }
    }
}
