import AssayCore

/// Text that is put together from parts, some of which may be unknown.
struct ComposedText {
    private(set) var text = ""
    private(set) var unknown: UnknownReason?
    private(set) var isTooLong = false

    mutating func append(_ part: String) {
        guard text.utf8.count + part.utf8.count <= IntrinsicResolver.textLimit else {
            isTooLong = true
            return
        }
        text += part
    }

    /// An unknown part; its name takes its place where the whole is still worth having.
    mutating func append(unknown reason: UnknownReason, named name: String) {
        unknown = unknown ?? reason
        append("${\(name)}")
    }
}

extension IntrinsicResolver {
    /// `Fn::Sub`: text with names, and optionally an object with values of its own for some.
    mutating func substitute(_ value: Tree, at position: SourcePosition?) -> Tree {
        var text = value.scalarText
        var own: [String: Tree] = [:]
        if let operands = value.elements, operands.count == 2, let members = operands[1].members {
            text = operands[0].scalarText
            own = members.byKey
        }
        guard let text else { return malformed("Fn::Sub", "needs text, or text and an object", at: position) }
        let pieces = SubstitutionText.pieces(text)
        var composed = ComposedText()
        var resolved: [String: Tree] = [:]
        for piece in pieces {
            switch piece {
            case .literal(let literal): composed.append(literal)
            case .name(let name):
                let value: Tree
                if let known = resolved[name] {
                    value = known
                } else {
                    let found =
                        pieces.count == 1
                        ? variable(name, own: own, at: position)
                        : inArgument { $0.variable(name, own: own, at: position) }
                    guard let found else {
                        return malformed("Fn::Sub", "cannot put AWS::NoValue into text", at: position)
                    }
                    resolved[name] = found
                    value = found
                }
                if let reason = value.unknownReason {
                    composed.append(unknown: reason, named: name)
                } else if let part = value.scalarText {
                    composed.append(part)
                } else {
                    return malformed("Fn::Sub", "cannot put the list `\(name)` into text", at: position)
                }
            }
        }
        return finish(composed, at: position)
    }

    private mutating func variable(_ name: String, own: [String: Tree], at position: SourcePosition?) -> Tree? {
        if let value = own[name] { return resolve(value) }
        guard SubstitutionText.isName(name) else {
            return malformed("Fn::Sub", "has a name with characters that no name has", at: position)
        }
        if let parts = AttributeName.parts(name[...]) {
            return resource(parts.resource, attribute: parts.attribute, at: position)
        }
        return reference(to: name, at: position)
    }

    /// `Fn::Join`: a delimiter and a list of text.
    mutating func join(_ value: Tree, at position: SourcePosition?) -> Tree {
        guard let operands = value.elements, operands.count == 2, let delimiter = operands[0].scalarText else {
            return malformed("Fn::Join", "needs a delimiter and a list", at: position)
        }
        let list = argument(operands[1])
        if let reason = list?.unknownReason { return Tree(.unknown(reason), at: position) }
        guard let elements = list?.elements else { return malformed("Fn::Join", "needs a list", at: position) }
        // Names of unknown parts come from the call as written, where the list stands there.
        let written = operands[1].elements.flatMap { $0.count == elements.count ? $0 : nil }
        var composed = ComposedText()
        for (index, element) in elements.enumerated() {
            if index > 0 { composed.append(delimiter) }
            if let reason = element.unknownReason {
                composed.append(unknown: reason, named: written?[index]["Ref"]?.scalarText ?? "unknown")
            } else if let part = element.scalarText {
                composed.append(part)
            } else {
                return malformed("Fn::Join", "has an element that is not text", at: position)
            }
        }
        return finish(composed, at: position)
    }

    /// `Fn::Split`: a delimiter and text.
    mutating func split(_ value: Tree, at position: SourcePosition?) -> Tree {
        guard let operands = value.elements, operands.count == 2, let delimiter = operands[0].scalarText,
            !delimiter.isEmpty
        else { return malformed("Fn::Split", "needs a delimiter and text", at: position) }
        let source = argument(operands[1])
        if let reason = source?.unknownReason { return Tree(.unknown(reason), at: position) }
        guard let text = source?.scalarText else { return malformed("Fn::Split", "needs text", at: position) }
        let parts = SubstitutionText.split(text, by: delimiter)
        return charged(Tree(.array(parts.map { Tree(.string($0), at: position) }), at: position), at: position)
    }

    /// `Fn::Base64`: what the provider's own answer holds for such a property.
    mutating func base64(_ value: Tree, at position: SourcePosition?) -> Tree {
        let source = argument(value)
        if let reason = source?.unknownReason { return Tree(.unknown(reason), at: position) }
        guard let text = source?.scalarText else { return malformed("Fn::Base64", "needs text", at: position) }
        return bounded(Base64Text.encode(Array(text.utf8)), at: position)
    }

    private mutating func finish(_ composed: ComposedText, at position: SourcePosition?) -> Tree {
        guard !composed.isTooLong else { return tooLong(at: position) }
        if let reason = composed.unknown {
            // Which secret is read may be unknown; that the value is read from a secret store is not.
            return DynamicReference.isSecret(composed.text)
                ? bounded(composed.text, at: position) : Tree(.unknown(reason), at: position)
        }
        return bounded(composed.text, at: position)
    }

    /// Text that a function made, within the limits.
    mutating func bounded(_ text: String, at position: SourcePosition?) -> Tree {
        guard text.utf8.count <= Self.textLimit else { return tooLong(at: position) }
        return charged(literal(text, at: position), at: position)
    }

    private mutating func tooLong(at position: SourcePosition?) -> Tree {
        diagnostics.add(
            "cloudformation-expansion-too-large", .warning,
            "a composed text is longer than the limit of \(Self.textLimit) bytes", at: position, once: "text")
        return Tree(.unknown(.unsupported), at: position)
    }
}
