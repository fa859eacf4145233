import AssayCore

/// Changes documents at random places in the ways in which real ones differ from what a rule expects.
struct DocumentMutator {
    var numbers: SeededGenerator
    /// Scalars that stand somewhere in the corpus: a condition is likely to compare with one of them.
    let scalars: [Tree]

    private static let awkward: [Tree] =
        [
            "0", "-0", "1", "-1", "7", "90", "365", "0.5", "90.0", "9e1", "1E400", "-1e-400", "9223372036854775807",
            "9223372036854775808", "-9223372036854775808", "12345678901234567890123", "443.0000000000000001",
        ].map { Tree(.number($0)) }
        + [
            "", "true", "90", "é", "\u{1F600}", "quote\" and \\ slash", "line\nbreak", "*", "0.0.0.0/0", "::/0",
            "TLS1_2",
            "tls1_2", "Enabled", "x", "y", "{", "[1]", "\u{0}", "null",
        ].map { Tree.string($0) }
        + [
            Tree(.null), .bool(true), .bool(false), .array([]), .object([]), .array([Tree(.null)]),
            .array([.array([.object([])])]), .object([("a", .object([("b", .array([.int(1)]))]))]),
        ]

    init(seed: UInt64, corpus: [Tree]) {
        numbers = SeededGenerator(seed: seed)
        var scalars: [Tree] = []
        for tree in corpus { Self.collect(tree, into: &scalars) }
        self.scalars = scalars
    }

    private static func collect(_ tree: Tree, into scalars: inout [Tree]) {
        switch tree.content {
        case .array(let elements): for element in elements { collect(element, into: &scalars) }
        case .object(let members): for member in members { collect(member.value, into: &scalars) }
        case .unknown: break
        default: scalars.append(Tree(tree.content))
        }
    }

    /// The document with a few changes.
    mutating func mutate(_ tree: Tree, changes: Int) -> Tree {
        var tree = tree
        for _ in 0..<changes { tree = changed(tree) }
        return tree
    }

    private mutating func value() -> Tree {
        let pool = numbers.once(in: 2) ? Self.awkward : scalars
        return numbers.pick(pool) ?? Tree(.null)
    }

    /// Goes down a random path and changes what stands there.
    private mutating func changed(_ tree: Tree) -> Tree {
        switch tree.content {
        case .object(var members) where !members.isEmpty && !numbers.once(in: 6):
            let index = Int.random(in: members.indices, using: &numbers)
            switch Int.random(in: 0..<12, using: &numbers) {
            case 0: members.remove(at: index)
            case 1:
                let key = members[index].key + "x"
                if !members.contains(where: { $0.key == key }) { members[index].key = key }
            case 2: members.shuffle(using: &numbers)
            case 3:
                let key = numbers.pick(["a", "Ab", "name", "value", "é\"\\"]) ?? "a"
                if !members.contains(where: { $0.key == key }) { members.append(Tree.Member(key, value())) }
            default: members[index].value = changed(members[index].value)
            }
            return Tree(.object(members))
        case .array(var elements) where !elements.isEmpty && !numbers.once(in: 6):
            let index = Int.random(in: elements.indices, using: &numbers)
            switch Int.random(in: 0..<8, using: &numbers) {
            case 0: elements.remove(at: index)
            case 1: elements.append(elements[index])
            case 2: elements.insert(value(), at: index)
            default: elements[index] = changed(elements[index])
            }
            return Tree(.array(elements))
        case .string(let text) where numbers.once(in: 3):
            switch Int.random(in: 0..<4, using: &numbers) {
            case 0: return .string(text + "x")
            case 1: return .string(String(text.dropLast()))
            case 2: return .string(text.uppercased())
            default: return .string("x" + text)
            }
        case .number(let text) where numbers.once(in: 2):
            // Conditions compare with bounds: what lies next to one tells them apart.
            return Int(text).map { .int($0 &+ (numbers.once(in: 2) ? 1 : -1)) } ?? value()
        default:
            switch Int.random(in: 0..<8, using: &numbers) {
            case 0: return .array([Tree(tree.content)])
            case 1: return .object([("value", Tree(tree.content))])
            case 2: return Tree(.null)
            default: return value()
            }
        }
    }

    /// Marks a random value as one that the source could not show.
    mutating func hidden(_ tree: Tree) -> Tree {
        let reasons: [UnknownReason] = [.denied, .unmapped, .knownAfterDeployment]
        let marker = Tree.unknown(numbers.pick(reasons) ?? .denied)
        switch tree.content {
        case .object(var members) where !members.isEmpty:
            let index = Int.random(in: members.indices, using: &numbers)
            members[index].value = numbers.once(in: 3) ? marker : hidden(members[index].value)
            return Tree(.object(members))
        case .array(var elements) where !elements.isEmpty:
            let index = Int.random(in: elements.indices, using: &numbers)
            elements[index] = numbers.once(in: 3) ? marker : hidden(elements[index])
            return Tree(.array(elements))
        default: return marker
        }
    }

    /// JSON of a tree in which some letters of strings and keys are written as escapes that they do not need.
    ///
    /// - Parameter plainKeys: keys whose spelling, and that of the text under them, stays.
    mutating func written(_ tree: Tree, escapes: Bool, plainKeys: Set<String> = []) -> [UInt8] {
        switch tree.content {
        case .array(let elements):
            var bytes: [UInt8] = [UInt8(ascii: "[")]
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += written(element, escapes: escapes)
            }
            return bytes + [UInt8(ascii: "]")]
        case .object(let members):
            var bytes: [UInt8] = [UInt8(ascii: "{")]
            for (index, member) in members.enumerated() {
                let isPlain = plainKeys.contains(member.key)
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += text(member.key, escapes: escapes && !isPlain) + [UInt8(ascii: ":")]
                bytes += written(
                    member.value, escapes: escapes && !(isPlain && member.value.stringValue != nil),
                    plainKeys: isPlain ? plainKeys : [])
            }
            return bytes + [UInt8(ascii: "}")]
        case .string(let text): return self.text(text, escapes: escapes)
        default:
            var writer = JSONWriter()
            writer.value(tree)
            return writer.bytes
        }
    }

    private mutating func text(_ text: String, escapes: Bool) -> [UInt8] {
        var writer = JSONWriter()
        writer.string(text)
        guard escapes, numbers.once(in: 3), !writer.bytes.contains(UInt8(ascii: "\\")) else { return writer.bytes }
        return writer.bytes.flatMap { byte -> [UInt8] in
            guard byte < 0x80, byte != UInt8(ascii: "\""), numbers.once(in: 4) else { return [byte] }
            let digits = String(byte, radix: 16)
            return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
        }
    }
}
