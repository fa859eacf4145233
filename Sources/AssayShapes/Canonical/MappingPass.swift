import AssayCore

/// Applies a mapping to one element of an answer.
///
/// A member that no rule names is carried under its own name with a
/// capital first letter, so that nothing is lost.
struct MappingPass {
    /// What diagnostics call the element.
    let label: String
    var diagnostics: [Diagnostic] = []

    init(label: String) {
        self.label = label
    }

    /// The mapped object; nil when the element is not an object.
    mutating func mapped(_ element: Tree, by mapping: PropertyMapping, carriesRest: Bool = true) -> Tree? {
        guard let members = element.members else {
            report(element, "the element is \(element.label), expected an object")
            return nil
        }
        var body = Tree(.object([]), at: element.position)
        for member in members {
            if case .null = member.value.content { continue }
            guard let rules = mapping.rules[member.key.lowercased()] else { continue }
            for rule in rules where !rule.target.isEmpty {
                guard let source = member.value.descendant(rule.source.dropFirst()) else { continue }
                if source.isNothing { continue }
                guard let value = transformed(source, by: rule) else { continue }
                body.set(value, at: DocumentPath(steps: rule.target.map { .key($0) }))
            }
        }
        guard carriesRest else { return body }
        for member in members where mapping.rules[member.key.lowercased()] == nil {
            if member.value.isNothing { continue }
            let name = member.key.capitalisedFirst
            if body[name] == nil { body[name] = member.value }
        }
        return body
    }

    private mutating func transformed(_ value: Tree, by rule: MappingRule) -> Tree? {
        if value.isUnknown { return value }
        switch rule.transform {
        case .copy: return value
        case .json:
            guard value.stringValue != nil else { return value }
            if let parsed = EmbeddedJSON.parse(value) { return parsed }
            return refuse(value, rule, "text that is not JSON", reason: .unparsable)
        case .tags: return tags(value, rule)
        case .cannedACL:
            return CannedACL.name(ofGrants: value).map { Tree(.string($0), at: value.position) } ?? refused(value)
        case .values(let words):
            let word = value.stringValue ?? value.numberText ?? value.boolValue.map { $0 ? "true" : "false" } ?? ""
            guard let mapped = words[word.lowercased()] else {
                return refuse(value, rule, "a word the table does not list")
            }
            if case .null = mapped.content { return nil }
            return Tree(mapped.content, at: value.position)
        case .each(let mapping):
            guard let elements = value.elements else {
                let inner = mapped(value, by: mapping) ?? refused(value)
                // An object whose members all say nothing is how some answers write what is not configured.
                return inner.members?.isEmpty == true && value.members?.isEmpty == false ? nil : inner
            }
            var kept: [Tree] = []
            for element in elements { kept.append(mapped(element, by: mapping) ?? refused(element)) }
            return Tree(.array(kept), at: value.position)
        case .pick(let name):
            guard let elements = value.elements else { return refuse(value, rule, "not a list") }
            return Tree(
                .array(elements.map { $0.member(ignoringCase: name) ?? ($0.stringValue == nil ? refused($0) : $0) }),
                at: value.position)
        case .first(let name):
            guard let elements = value.elements else { return refuse(value, rule, "not a list") }
            return elements.first.map { $0.member(ignoringCase: name) ?? refused($0) }
        case .take(let name, let condition):
            guard let elements = value.elements else { return refuse(value, rule, "not a list") }
            let chosen = elements.first { $0.member(ignoringCase: condition)?.boolValue == true }
            guard let taken = chosen?.member(ignoringCase: name) else {
                return Tree(.unknown(.notCollected), at: value.position)
            }
            return EmbeddedJSON.parse(taken) ?? taken
        case .dictionary(let key, let content):
            guard let elements = value.elements else { return refuse(value, rule, "not a list") }
            var entries = Tree(.object([]), at: value.position)
            for element in elements {
                guard let name = element.member(ignoringCase: key)?.stringValue else { continue }
                if let entry = element.member(ignoringCase: content), entry.content != .null { entries[name] = entry }
            }
            return entries
        case .spread(let keep, let over): return spread(value, rule, keep: keep, over: over)
        }
    }

    private mutating func spread(
        _ value: Tree, _ rule: MappingRule, keep: [String], over: [MappingRule.Spread]
    ) -> Tree {
        guard let elements = value.elements else { return refuse(value, rule, "not a list") }
        var flat: [Tree] = []
        for element in elements {
            guard element.members != nil else {
                flat.append(refuse(element, rule, "not a list of objects"))
                continue
            }
            var base: [(String, Tree)] = []
            for name in keep {
                if let kept = element.member(ignoringCase: name), kept.content != .null { base.append((name, kept)) }
            }
            var count = 0
            for spread in over {
                let source = spread.sources.lazy.compactMap { element.member(ignoringCase: $0) }
                    .first { $0.content != .null }
                guard let source else { continue }
                for entry in source.elements ?? [source] {
                    count += 1
                    let object = spread.wrap.flatMap { name in
                        entry.stringValue.map { _ in Tree.object([(name, entry)]) }
                    }
                    guard var merged = mapped(object ?? entry, by: spread.mapping) else {
                        flat.append(refused(entry))
                        continue
                    }
                    merged = Tree(
                        .object(base.map { Tree.Member($0.0, $0.1) } + (merged.members ?? [])), at: entry.position)
                    flat.append(merged)
                }
            }
            // An element without any inner entry still says what its own members say.
            if count == 0 { flat.append(Tree(.object(base.map { Tree.Member($0.0, $0.1) }), at: element.position)) }
        }
        return Tree(.array(flat), at: value.position)
    }

    private mutating func tags(_ value: Tree, _ rule: MappingRule) -> Tree {
        var tags: [Tree] = []
        if let members = value.members {
            for member in members { tags.append(.object([("Key", .string(member.key)), ("Value", member.value)])) }
        } else if let elements = value.elements {
            for element in elements {
                let key = element.member(ignoringCase: "Key") ?? element.member(ignoringCase: "TagKey")
                guard let key, key.stringValue != nil else {
                    tags.append(refuse(element, rule, "not a tag"))
                    continue
                }
                let text = element.member(ignoringCase: "Value") ?? element.member(ignoringCase: "TagValue")
                tags.append(
                    Tree(.object([.init("Key", key), .init("Value", text ?? .string(""))]), at: element.position))
            }
        } else {
            return refuse(value, rule, "not tags")
        }
        return Tree(.array(tags), at: value.position)
    }

    private func refused(_ value: Tree) -> Tree { Tree(.unknown(.unmapped), at: value.position) }

    private mutating func refuse(
        _ value: Tree, _ rule: MappingRule, _ why: String, reason: UnknownReason = .unmapped
    ) -> Tree {
        report(value, "`\(rule.source.joined(separator: "."))` is \(why); the value is unknown")
        return Tree(.unknown(reason), at: value.position)
    }

    private mutating func report(_ value: Tree, _ message: String) {
        diagnostics.append(
            Diagnostic(
                code: "shape-wrong-type", severity: .warning, message: "\(label): \(message)",
                location: .init(at: value.position)))
    }
}

extension Tree {
    /// Null, or an object of nulls, which is how AWS Config writes what is not configured.
    var isNothing: Bool {
        if let members { return !members.isEmpty && members.allSatisfy { $0.value.isNothing } }
        return content == .null
    }

    /// The member with this name, an exact one first, then one that differs in case only.
    func member(ignoringCase name: String) -> Tree? {
        if let exact = self[name] { return exact }
        let wanted = name.lowercased()
        return members?.first { $0.key.lowercased() == wanted }?.value
    }

    /// The value below these names, without regard to case.
    func descendant(_ names: some Sequence<String>) -> Tree? {
        var current = self
        for name in names {
            guard let next = current.member(ignoringCase: name) else { return nil }
            current = next
        }
        return current
    }
}

extension String {
    /// The same text with a capital first letter.
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
