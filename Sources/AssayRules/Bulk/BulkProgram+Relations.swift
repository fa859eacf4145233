import AssayCore

extension BulkProgram {
    /// One relation of a rule with what it asks of its resources.
    struct Relation: Sendable {
        let relation: Rule.Relation
        /// The related type in the program.
        let type: Int32
        /// How many questions all relations ask of a resource of that type.
        let exportCount: Int
    }

    /// By which keys related resources of one type are looked for.
    struct RelationUses: Sendable {
        /// Types, in lower case, whose resources look for them inside themselves.
        var insideTypes: Set<String> = []
        var isScoped = false
        var isNamed = false

        /// False for an id that is known to be of no type that looks inside itself.
        func mayHold(_ id: Substring) -> Bool {
            let parts = id.split(separator: "/")
            guard let provider = parts.lastIndex(where: { $0.lowercased() == "providers" }) else { return true }
            let rest = parts[(provider + 1)...]
            // namespace/type/name/type/name…: every second part is a name.
            guard rest.count >= 3, rest.count % 2 == 1 else { return insideTypes.contains { !$0.contains("/") } }
            var type = rest[rest.startIndex].lowercased()
            for index in stride(from: rest.startIndex + 1, to: rest.endIndex, by: 2) {
                type += "/" + rest[index].lowercased()
            }
            return insideTypes.contains(type) || insideTypes.contains { !$0.contains("/") }
        }
    }

    /// True when some pair depends on other resources, or on what is said of them, in a way that a join table decides.
    public var hasJoins: Bool { !relations.isEmpty || readsClassification }
}
