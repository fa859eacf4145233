/// How far one collection was looked at in one scope (`snapshot/1`).
public struct Coverage: Sendable, Hashable {
    /// What became of the attempt.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// All of it was read by an identity that may see all.
        case read
        /// A file or the user declares that this is all.
        case declared
        case denied
        case failed
        case interrupted
        case notRegistered
        case notLicensed
        case notAsked
    }

    /// The canonical type that was asked for.
    public var collection: String
    /// The scope that was looked at, written as in `Resource.scope`; empty for everywhere.
    public var scope: String
    /// Whether the collection is complete here, or what kept it from being so.
    public var state: State
    /// How many resources there are; its denominator is named by `call`.
    public var count: Int?
    /// How many pages were read; nil when the answer has no pages or the source does not say.
    public var pages: Int?
    /// The API call, or the words of who declares it: `declared in assay.yaml`; nil when the source names none.
    public var call: String?
    /// The provider's error code, `AuthorizationFailed`; nil when nothing failed.
    public var code: String?
    /// The provider's own words on what failed, redacted; nil when there are none.
    public var message: String?
    /// When it was looked at, RFC 3339 in UTC; nil when the source does not say.
    public var at: String?
    /// True when it holds only for what hangs on the scope itself, and says nothing of what lies deeper: the diagnostic
    /// settings of a subscription are not those of its resources.
    public var isDirect = false

    /// A record as a source makes it after its attempt.
    public init(
        collection: String, scope: String, state: State, count: Int? = nil, pages: Int? = nil, call: String? = nil,
        code: String? = nil, message: String? = nil, at: String? = nil
    ) {
        self.collection = collection
        self.scope = scope
        self.state = state
        self.count = count
        self.pages = pages
        self.call = call
        self.code = code
        self.message = message
        self.at = at
    }

    /// True when nothing of the collection can be missing in this scope: it was read, or there can be none without a
    /// licence or a registered provider that is not there (`notLicensed`, `notRegistered` with a count of 0).
    public var isKnown: Bool {
        switch state {
        case .read, .declared: true
        case .notLicensed, .notRegistered: count == 0
        case .denied, .failed, .interrupted, .notAsked: false
        }
    }

    /// Why a relation into this collection is unknown; nil when it is known.
    public var unknownReason: UnknownReason? {
        if isKnown { return nil }
        return switch state {
        case .read, .declared: nil
        case .denied: .denied
        case .failed: .failed
        case .interrupted: .interrupted
        case .notRegistered, .notLicensed, .notAsked: .notCollected
        }
    }

    /// Writes the record's object.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("collection", collection)
        writer.member("scope", scope)
        writer.member("state", state.rawValue)
        writer.member("count", count)
        writer.member("pages", pages)
        writer.member("call", call)
        writer.member("code", code)
        writer.member("message", message)
        writer.member("at", at)
        if isDirect { writer.member("direct", true) }
        writer.endObject()
    }

    /// Reads a record's object.
    public init(json node: DocumentNode) throws(SnapshotError) {
        guard let state = State(rawValue: try node.requiredString("state")) else {
            throw SnapshotError("coverage state `\(node["state"]?.stringValue ?? "")` is not known", at: node)
        }
        self.init(
            collection: try node.requiredString("collection"), scope: node["scope"]?.string ?? "", state: state,
            count: node["count"]?.int.map { Int($0) }, pages: node["pages"]?.int.map { Int($0) },
            call: node["call"]?.string, code: node["code"]?.string, message: node["message"]?.string,
            at: node["at"]?.string)
        isDirect = node["direct"]?.bool ?? false
    }
}
