/// Says what a name means, for the checker and the compiler alike.
///
/// A name is a local of a macro, a declared variable, a type or a function. A local shadows every declared name
/// that starts with it; a leading dot skips locals and container.
struct NameResolver {
    /// What a whole dotted name stands for.
    enum Meaning {
        case variable(String)
        /// A type by its name.
        case type(String)
    }

    let tree: SyntaxTree
    let environment: ExpressionEnvironment

    /// The dotted name that a chain of plain selections spells.
    struct Qualified {
        var segments: [String]
        let isAbsolute: Bool

        var text: String { segments.joined(separator: ".") }
    }

    func qualified(_ id: SyntaxID) -> Qualified? {
        switch tree[id] {
        case .identifier(let name, let isAbsolute): return Qualified(segments: [name], isAbsolute: isAbsolute)
        case .select(let operand, let field, isOptional: false):
            guard var name = qualified(operand) else { return nil }
            name.segments.append(field)
            return name
        default: return nil
        }
    }

    /// What the whole chain means as one declared name; nil when it is a selection from a shorter one.
    func meaning(_ name: Qualified, isLocal: (String) -> Bool) -> Meaning? {
        if !name.isAbsolute, let first = name.segments.first, isLocal(first) { return nil }
        for candidate in environment.candidates(name.text, isAbsolute: name.isAbsolute) {
            if environment.variables[candidate] != nil { return .variable(candidate) }
            if CELType.denotations[candidate] != nil { return .type(candidate) }
        }
        return nil
    }

    /// The function that a call names, and whether its target is a namespace rather than a receiver.
    func function(
        _ name: String, target: SyntaxID?, isAbsolute: Bool, isLocal: (String) -> Bool
    ) -> (declaration: FunctionDeclaration, isReceiver: Bool)? {
        guard let target else {
            for candidate in environment.candidates(name, isAbsolute: isAbsolute) {
                if let found = environment.functions[candidate] { return (found, false) }
            }
            return nil
        }
        if let namespace = qualified(target), !(!namespace.isAbsolute && isLocal(namespace.segments[0])) {
            let full = namespace.text + "." + name
            for candidate in environment.candidates(full, isAbsolute: namespace.isAbsolute) {
                if let found = environment.functions[candidate] { return (found, false) }
            }
        }
        return environment.functions[name].map { ($0, true) }
    }
}
