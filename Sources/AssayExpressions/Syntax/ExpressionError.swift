public import AssayCore

/// Why an expression was refused: every problem found, in source order.
public struct ExpressionError: Error, Sendable {
    /// One problem at one place of the expression.
    public struct Problem: Sendable, Hashable {
        /// The closed set of causes.
        public enum Code: String, Sendable, CaseIterable {
            /// The text is not an expression.
            case syntax = "expression-syntax"
            /// The text is longer or nested deeper than the limits allow.
            case tooLarge = "expression-too-large"
            /// A macro is used with the wrong arguments.
            case macro = "expression-macro"
            /// A name that nothing declares.
            case undeclared = "expression-undeclared"
            /// No overload of a function or operator takes these types.
            case noSuchOverload = "expression-no-such-overload"
            /// A type where another one is needed.
            case typeMismatch = "expression-type-mismatch"
            /// A regular expression, default table or other constant that cannot work.
            case invalidConstant = "expression-invalid-constant"
        }

        /// The cause, for programs.
        public let code: Code
        /// Lower-case wording without a final period; the user's own words stand in backticks.
        public let message: String
        /// Line and column inside the expression, both from 1, the column in UTF-8 bytes.
        public let position: SourcePosition

        /// A problem with its code, message and place.
        public init(code: Code, message: String, position: SourcePosition) {
            self.code = code
            self.message = message
            self.position = position
        }
    }

    /// Never empty.
    public let problems: [Problem]

    init(_ problems: [Problem]) {
        self.problems = problems
    }
}

extension ExpressionError: CustomStringConvertible {
    /// One line a problem: `1:5: message`.
    public var description: String {
        problems.map { "\($0.position.line):\($0.position.column): \($0.message)" }.joined(separator: "\n")
    }
}
