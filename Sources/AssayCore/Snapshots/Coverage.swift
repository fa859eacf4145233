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
    public var scope: String
    public var state: State
    /// How many resources there are; its denominator is named by `call`.
    public var count: Int?
    public var pages: Int?
    public var call: String?
    public var code: String?
    public var message: String?
    public var at: String?

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

    /// True when nothing of the collection can be missing in this scope.
    public var isKnown: Bool { state == .read || state == .declared }

    /// Why a relation into this collection is unknown; nil when it is known.
    public var unknownReason: UnknownReason? {
        switch state {
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
    }
}
