public import AssayCore

/// One leaf of a condition that decided its outcome: what was read, what was demanded, what was found.
///
/// Negations are folded in, so that an atom reads as the demand that the condition makes: `!(a == b)` gives `!=`.
public struct TraceAtom: Sendable {
    /// How the demand came out.
    public enum Outcome: String, Sendable {
        case `true`
        case `false`
        case unknown
        case error

        init(_ value: Value) {
            switch value {
            case .bool(true): self = .true
            case .bool(false): self = .false
            case .unknown: self = .unknown
            default: self = .error
            }
        }
    }

    /// Where the value stands, from the variable on (`resource.properties.rules[2].name`); empty when no variable
    /// was read.
    public let path: String
    /// `==`, `in`, `has`, `startsWith`, …; `not ` before a function when the demand is negated.
    public let operation: String
    /// What was demanded, as JSON-like text.
    public let expected: String
    /// What was found, as JSON-like text in full length; `absent` when the path leads nowhere.
    public let actual: String
    /// The document node at the path or, when there is none, the nearest one above it.
    public let node: DocumentNode?
    /// Whether the demand was met.
    public let result: Outcome
    /// The words of the condition that make the demand.
    public let source: String
    /// What else a reader must know, such as the name of a default that stood in; mostly empty.
    public let note: String
}

/// The value of a condition and why it came out so.
public struct Explanation: Sendable {
    /// The same value as `evaluate` gives.
    public let value: Value
    /// In the order of the condition's text; elements of a list in their own order.
    public let atoms: [TraceAtom]
}

extension Condition {
    /// The value under these variables with the atoms that decided it.
    ///
    /// - Parameter elementLimit: how many elements of a list are shown where every one of them took part.
    public func explain(_ activation: Activation, elementLimit: Int = 3) -> Explanation {
        let value = evaluate(activation)
        if case .error(let error) = value, error.code == .costExceeded {
            let atom = TraceAtom(
                path: "", operation: "evaluate", expected: "at most \(limits.cost) steps", actual: error.message,
                node: nil, result: .error, source: text, note: "")
            return Explanation(value: value, atoms: [atom])
        }
        // Leaves are evaluated again for what they read, so that this takes more steps than the evaluation did.
        var explainer = Explainer(
            program,
            evaluator: Evaluator(
                program, activation: activation, defaults: defaults, cost: min(limits.cost, .max / 8) * 4),
            elementLimit: elementLimit)
        return Explanation(value: value, atoms: explainer.explain(program.root, isNegated: false).atoms)
    }
}
