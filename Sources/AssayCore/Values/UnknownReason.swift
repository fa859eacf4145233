/// Why a value, a collection or a verdict is not known.
///
/// A closed set: readers may switch over it exhaustively.
public enum UnknownReason: String, Sendable, Hashable, CaseIterable {
    /// The provider refused the call.
    case denied
    /// The call failed for another reason.
    case failed
    /// Nobody asked for it, or the source cannot show that it was complete.
    case notCollected
    /// Collection stopped before it was reached.
    case interrupted
    /// The bytes could not be parsed.
    case unparsable
    /// A language feature or format that is not understood.
    case unsupported
    /// No table says how this source's attribute maps to the canonical shape.
    case unmapped
    /// The document has no such path and the rule does not say what absence means.
    case missingPath
    /// It lives outside the files that were read.
    case outsideThisSource
    /// Relations were not available to the reader, as in a stream without context.
    case relationsUnavailable
    /// Only a deployment can tell.
    case knownAfterDeployment
    /// The rule itself failed on this input.
    case ruleError
}
