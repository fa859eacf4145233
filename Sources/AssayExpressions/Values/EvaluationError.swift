/// Why an expression has no value: a stable code and a sentence.
///
/// A missing key or field has its own code, `absent`, because a rule may give a default for it; every other code is
/// a fault of the rule or of the input.
public final class EvaluationError: Sendable {
    /// The closed set of causes.
    public enum Code: String, Sendable, CaseIterable {
        /// A map has no such key, or a document no such member.
        case absent
        /// A list index lies outside the list.
        case outOfBounds
        /// No function or operator takes operands of these types.
        case noSuchOverload
        /// Division or modulus by zero.
        case divideByZero
        /// The result does not fit its type.
        case overflow
        /// An argument of the right type has a value that is not allowed.
        case invalidArgument
        /// A map literal names one key twice.
        case duplicateKey
        /// A name that is not declared, or a variable that the host did not bind.
        case undeclared
        /// A function that is declared but has no implementation.
        case unboundFunction
        /// Evaluation used up its step budget.
        case costExceeded
    }

    /// The cause, for programs.
    public let code: Code
    /// Lower-case wording without a final period; the user's own words stand in backticks.
    public let message: String

    /// An error with its code and message.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension EvaluationError: CustomStringConvertible {
    /// The message; the code is for programs.
    public var description: String { message }
}
