/// Why a pattern is not a regular expression of this engine, and where.
public struct RegularExpressionError: Error, Hashable, Sendable {
    /// The kinds of reasons.
    public enum Kind: Hashable, Sendable {
        /// A group is not closed.
        case missingParenthesis
        /// A `)` closes no group.
        case unexpectedParenthesis
        /// A character class is not closed.
        case missingBracket
        /// The pattern ends in a single backslash.
        case trailingBackslash
        /// An escape sequence is not known.
        case invalidEscape
        /// A range of a class runs backwards, or a class name is not known.
        case invalidClassRange
        /// What follows `(?` is no group, flag or name.
        case invalidGroup
        /// Two groups have one name.
        case duplicateGroupName
        /// A repetition has nothing to repeat.
        case missingRepetitionArgument
        /// A repetition follows a repetition.
        case invalidRepetition
        /// A repetition asks for more than 1,000 copies, or its bounds are in the wrong order.
        case repetitionTooLarge
        /// The pattern refers back to what a group matched, which cannot be matched in linear time.
        case backreference
        /// The pattern looks ahead or behind, which this engine does not offer.
        case lookaround
        /// The pattern uses syntax that RE2 does not offer either, such as atomic groups.
        case unsupportedSyntax
        /// A Unicode property is not known or not supported; general categories are, scripts are not.
        case unsupportedProperty
        /// Groups are nested too deeply.
        case nestingTooDeep
        /// The pattern is too long or compiles to too many instructions.
        case patternTooLarge
        /// A replacement refers to a group that the pattern does not have, or has a wrong escape.
        case invalidReplacement
    }

    /// The kind of reason.
    public let kind: Kind
    /// Where `fragment` starts in the UTF-8 of the pattern.
    public let offset: Int
    /// The part of the pattern that is at fault.
    public let fragment: String
}

extension RegularExpressionError: CustomStringConvertible {
    /// The reason in words, the fragment in backticks.
    public var message: String {
        let reason =
            switch kind {
            case .missingParenthesis: "a group is not closed"
            case .unexpectedParenthesis: "there is no group to close"
            case .missingBracket: "a character class is not closed"
            case .trailingBackslash: "the pattern ends in a backslash"
            case .invalidEscape: "the escape is not known"
            case .invalidClassRange: "the class or its range is not valid"
            case .invalidGroup: "the group is not valid"
            case .duplicateGroupName: "the group name is used twice"
            case .missingRepetitionArgument: "there is nothing to repeat"
            case .invalidRepetition: "a repetition cannot be repeated"
            case .repetitionTooLarge: "the repetition is out of range (0 to 1000)"
            case .backreference: "back references are not supported"
            case .lookaround: "looking ahead and behind is not supported"
            case .unsupportedSyntax: "the syntax is not supported"
            case .unsupportedProperty: "the Unicode property is not supported"
            case .nestingTooDeep: "groups are nested too deeply"
            case .patternTooLarge: "the pattern is too large"
            case .invalidReplacement: "the replacement is not valid"
            }
        return "\(reason) at offset \(offset): `\(fragment)`"
    }

    /// The same as ``message``.
    public var description: String { message }
}
