import AssayCore

extension IntrinsicResolver {
    /// The value of a function call, or nil for `AWS::NoValue`.
    mutating func evaluate(_ call: IntrinsicCall, at position: SourcePosition?) -> Tree? {
        if call.hasSiblings, call.name != "Fn::Transform", call.name != "Fn::ForEach" {
            return malformed(call.name, "stands beside other members", at: position)
        }
        switch call.name {
        case "Ref":
            guard let name = call.argument.scalarText else {
                return malformed("Ref", "needs the name of a parameter or resource", at: position)
            }
            return reference(to: name, at: position)
        case "Fn::GetAtt": return attribute(call.argument, at: position)
        case "Fn::If": return choose(call.argument, at: position)
        case "Fn::Sub": return substitute(call.argument, at: position)
        case "Fn::Join": return join(call.argument, at: position)
        case "Fn::Split": return split(call.argument, at: position)
        case "Fn::Select": return select(call.argument, at: position)
        case "Fn::FindInMap": return findInMap(call.argument, at: position)
        case "Fn::Base64": return base64(call.argument, at: position)
        case "Fn::Length": return length(call.argument, at: position)
        case "Fn::ToJsonString": return jsonText(call.argument, at: position)
        default:
            // What the arguments refer to still is a relation.
            _ = argument(call.argument)
            return unsupported(call.name, at: position)
        }
    }

    private mutating func attribute(_ value: Tree, at position: SourcePosition?) -> Tree {
        var parts = value.elements ?? []
        if let text = value.stringValue { parts = AttributeName.split(text, at: position).elements ?? [] }
        guard parts.count == 2, let name = parts[0].stringValue else {
            return malformed("Fn::GetAtt", "needs a resource and the name of an attribute", at: position)
        }
        guard let attribute = argument(parts[1])?.stringValue else {
            return Tree(.unknown(.knownAfterDeployment), at: position)
        }
        return resource(name, attribute: attribute, at: position)
    }

    private mutating func select(_ value: Tree, at position: SourcePosition?) -> Tree? {
        guard let operands = value.elements, operands.count == 2 else {
            return malformed("Fn::Select", "needs an index and a list", at: position)
        }
        let index = argument(operands[0])
        // Only the chosen element of a written list is a value here; the others are not used.
        if let written = operands[1].elements, let text = index?.scalarText {
            guard let index = Int(text), written.indices.contains(index) else {
                return malformed("Fn::Select", "has an index outside of its list", at: position)
            }
            return resolve(written[index])
        }
        let list = argument(operands[1])
        if let reason = index?.unknownReason ?? list?.unknownReason { return Tree(.unknown(reason), at: position) }
        guard let elements = list?.elements, let index = index?.scalarText.flatMap({ Int($0) }),
            elements.indices.contains(index)
        else { return malformed("Fn::Select", "needs an index inside of a list", at: position) }
        return charged(elements[index], at: position)
    }

    private mutating func findInMap(_ value: Tree, at position: SourcePosition?) -> Tree? {
        guard let operands = value.elements, (3...4).contains(operands.count) else {
            return malformed("Fn::FindInMap", "needs a mapping and two keys", at: position)
        }
        let names = operands.prefix(3).map { argument($0) }
        if let reason = names[0]?.unknownReason { return Tree(.unknown(reason), at: position) }
        guard let mapping = names[0]?.scalarText.flatMap({ template.mappings[$0] }) else {
            return fallback(operands, at: position)
                ?? malformed("Fn::FindInMap", "names a mapping that is not defined", at: position)
        }
        var candidates = [mapping]
        var reason: UnknownReason?
        for name in names.dropFirst() {
            if let found = name?.unknownReason {
                // Any entry may be meant: they are all looked at.
                reason = reason ?? found
                candidates = candidates.flatMap { $0.members?.map(\.value) ?? [] }
            } else if let key = name?.scalarText {
                candidates = candidates.compactMap { $0[key] }
            } else {
                return malformed("Fn::FindInMap", "has a key that is not text", at: position)
            }
        }
        guard let first = candidates.first else {
            return fallback(operands, at: position)
                ?? malformed("Fn::FindInMap", "names an entry that its mapping does not have", at: position)
        }
        guard let reason else { return mapped(first, at: position) }
        let isAlike = operands.count == 3 && candidates.dropFirst().allSatisfy { first.isSameValue(as: $0) }
        return isAlike ? mapped(first, at: position) : Tree(.unknown(reason), at: position)
    }

    /// The `DefaultValue` of a look-up that finds nothing.
    private mutating func fallback(_ operands: [Tree], at position: SourcePosition?) -> Tree? {
        operands.count == 4 ? operands[3]["DefaultValue"].flatMap { resolve($0) } : nil
    }

    /// Mappings hold text and lists of text; functions are not followed there.
    private mutating func mapped(_ value: Tree, at position: SourcePosition?) -> Tree {
        let elements = value.elements ?? [value]
        guard elements.allSatisfy({ $0.scalarText != nil }) else {
            return malformed("Fn::FindInMap", "finds a value that is neither text nor a list of text", at: position)
        }
        var result = value
        if let text = value.stringValue { result = literal(text, at: value.position) }
        if value.elements != nil {
            result.content = .array(
                elements.map { one in one.stringValue.map { literal($0, at: one.position) } ?? one })
        }
        return charged(result, at: position)
    }

    private mutating func length(_ value: Tree, at position: SourcePosition?) -> Tree {
        let list = argument(value)
        guard let elements = list?.elements else {
            if let reason = list?.unknownReason { return Tree(.unknown(reason), at: position) }
            return malformed("Fn::Length", "needs a list", at: position)
        }
        // An unknown element may turn out to be left out.
        if let reason = elements.lazy.compactMap(\.unknownReason).first { return Tree(.unknown(reason), at: position) }
        return Tree(.number(String(elements.count)), at: position)
    }

    private mutating func jsonText(_ value: Tree, at position: SourcePosition?) -> Tree {
        guard let resolved = argument(value), resolved.elements != nil || resolved.members != nil || resolved.isUnknown
        else { return malformed("Fn::ToJsonString", "needs an object or a list", at: position) }
        if let reason = resolved.firstUnknown { return Tree(.unknown(reason), at: position) }
        var writer = JSONWriter()
        writer.value(resolved)
        return bounded(String(decoding: writer.bytes, as: UTF8.self), at: position)
    }
}
