import AssayCore
import AssayTemplates

/// An outcome as plain values that a case can state: unknown values are `{"$unknown": reason}`.
struct OutcomeView {
    let outcome: TemplateOutcome

    static func value(_ tree: Tree) -> Tree {
        switch tree.content {
        case .unknown(let reason): .object([("$unknown", .string(reason.rawValue))])
        case .array(let elements): .array(elements.map(value))
        case .object(let members): .object(members.map { ($0.key, value($0.value)) })
        default: Tree(tree.content)
        }
    }

    /// A value with members in order of their keys and scalars as text, so that spelling of numbers does not count.
    static func loose(_ tree: Tree) -> Tree {
        switch tree.content {
        case .number(let text): .string(text)
        case .bool(let flag): .string(flag ? "true" : "false")
        case .array(let elements): .array(elements.map(loose))
        case .object(let members):
            .object(members.map { ($0.key, loose($0.value)) }.sorted { $0.0 < $1.0 })
        default: Tree(tree.content)
        }
    }

    static func sorted(_ tree: Tree) -> Tree {
        switch tree.content {
        case .array(let elements): .array(elements.map(sorted))
        case .object(let members):
            .object(members.map { ($0.key, sorted($0.value)) }.sorted { $0.0 < $1.0 })
        default: Tree(tree.content)
        }
    }

    static func text(_ tree: Tree) -> String {
        var writer = JSONWriter(indent: 1)
        writer.value(tree)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    static func logicalId(_ id: String) -> String { String(id.drop { $0 != "#" }.dropFirst()) }

    private func object(_ value: (Resource) -> Tree?) -> Tree {
        .object(outcome.resources.compactMap { one in value(one).map { (Self.logicalId(one.id), $0) } })
    }

    var bodies: Tree { object { Self.value(Tree($0.body)) } }
    var types: Tree { object { .string($0.type) } }
    var names: Tree { object { .string($0.name) } }
    var tags: Tree {
        object { resource in
            resource.tags.isEmpty
                ? nil : .object(resource.tags.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        }
    }
    var conditions: Tree {
        .object(outcome.conditions.sorted { $0.key < $1.key }.map { (Self.logicalId($0.key), .string($0.value)) })
    }
    var diagnostics: Tree {
        .array(
            outcome.diagnostics.sorted().map { .string("\($0.location?.line ?? 0) \($0.severity.rawValue) \($0.code)") }
        )
    }
    var coverage: Tree {
        .array(
            outcome.coverage.map { record in
                .string("\(record.collection) \(record.state.rawValue)\(record.count.map { " \($0)" } ?? "")")
            })
    }
    /// `Resource path → Target.Attribute`, `part` and `maybe` where they hold.
    var references: Tree {
        .array(
            outcome.resources.flatMap { resource in
                (outcome.references[resource.id] ?? []).map { reference in
                    let attribute = reference.attribute.map { ".\($0)" } ?? ""
                    return .string(
                        "\(Self.logicalId(resource.id)) \(reference.path) → \(Self.logicalId(reference.target))\(attribute)"
                            + (reference.isWhole ? "" : " part") + (reference.isConditional ? " maybe" : ""))
                }
            })
    }

    /// Line and column of a value: `Bucket` alone is the resource's origin, `Bucket Tags[0].Key` a place in its body.
    func position(_ place: String) -> String? {
        let parts = place.split(separator: " ", maxSplits: 1)
        guard let name = parts.first,
            let resource = outcome.resources.first(where: { Self.logicalId($0.id) == name })
        else { return nil }
        guard parts.count == 2 else {
            return "\(resource.origin.line ?? 0):\(resource.origin.column ?? 0)"
        }
        guard let path = DocumentPath(String(parts[1])), let node = resource.body[path] else { return nil }
        return "\(node.position.line):\(node.position.column)"
    }
}
