public import AssayCore

/// What providers document an absent property to mean; read by rules through `default(path, table)`.
public struct DefaultsTable: Sendable {
    /// One documented default.
    public struct Entry: Sendable {
        /// What rules call it by, `azure.storage.minimumTlsVersion`; entries that share it differ in `since`.
        public let name: String
        /// What the provider takes for the property when it is absent.
        public let value: Tree
        /// The first API version or date it holds for, as text that sorts; nil for always.
        public let since: String?
        /// What absence means, in our own words; empty when the value says enough.
        public let note: String
        /// The provider's document and the property in it that says so.
        public let source: String
    }

    private var entries: [String: [Entry]] = [:]

    /// An empty table: every absent property stays unknown.
    public init() {}

    mutating func add(_ tree: Tree, file: String) throws(CatalogueError) {
        let reader = try FieldReader(tree, file: file, what: "defaults table")
        for tree in try reader.list("defaults") {
            let fields = try FieldReader(tree, file: file, what: "default")
            try fields.allow(["name", "value", "since", "note", "source"])
            guard let value = tree["value"] else { throw fields.failure("default has no `value`") }
            let entry = Entry(
                name: try fields.string("name"), value: value, since: try fields.optionalString("since"),
                note: try fields.optionalString("note") ?? "", source: try fields.string("source"))
            entries[entry.name, default: []].append(entry)
            entries[entry.name]?.sort { ($0.since ?? "") < ($1.since ?? "") }
        }
    }

    /// All names, sorted.
    public var names: [String] { entries.keys.sorted() }

    /// True when the default depends on the API version or date.
    func isVersioned(_ name: String) -> Bool { entries[name]?.contains { $0.since != nil } ?? false }

    /// The entry in force for an API version or, where there is none, at a date; nil when the name is not known.
    public func entry(_ name: String, at moment: String) -> Entry? {
        guard let candidates = entries[name] else { return nil }
        return candidates.last { ($0.since ?? "") <= moment }
    }
}
