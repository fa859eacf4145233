import AssayCore

/// Answers whether a collection is known around a resource.
struct CoverageIndex {
    private let records: [String: [Coverage]]

    init(_ coverage: [Coverage]) {
        records = Dictionary(grouping: coverage) { $0.collection.lowercased() }
    }

    /// Why a relation may have more elements than were found; nil when the collection is known there.
    ///
    /// Every record for the collection in an enclosing or enclosed scope must be read or declared, and at least one
    /// must enclose; without one nobody asked.
    func gap(_ relation: Rule.Relation, around resource: ResourceIdentity) -> UnknownReason? {
        let area = Self.area(relation.by, resource)
        let asked = (records[relation.type.lowercased()] ?? []) + (records["*"] ?? [])
        var isCovered = false
        for record in asked {
            let encloses = area.chain.contains { ScopePath.contains(record.scope, $0) }
            guard encloses || ScopePath.contains(area.inner, record.scope) else { continue }
            if let reason = record.unknownReason { return reason }
            isCovered = isCovered || encloses
        }
        if isCovered { return nil }
        return resource.scope.contains { $0.hasPrefix("file:") } ? .outsideThisSource : .notCollected
    }

    /// True when a record of the collection says more of some place than of the scopes that resources lie in, so that
    /// the gap around a resource may depend on its id.
    func isFinerThanScopes(_ type: String) -> Bool {
        (records[type.lowercased()] ?? []).contains { $0.scope.split(separator: "/").count > 2 }
            || (records["*"] ?? []).contains { $0.scope.split(separator: "/").count > 2 }
    }

    /// Whether the collection is known in the scopes that enclose an id.
    ///
    /// An id from a file (`unit#address`) lies in its unit; an ARN or `type|account|region|name` in its account.
    func isKnown(type: String, around id: String) -> Bool {
        var scopes = [id]
        if let hash = id.lastIndex(of: "#") { scopes.append("file:" + id[..<hash]) }
        let parts = id.split(separator: id.hasPrefix("arn:") ? ":" : "|", omittingEmptySubsequences: false)
        if id.hasPrefix("arn:"), parts.count > 5 { scopes.append("aws:\(parts[4]):\(parts[3])") }
        if id.contains("|"), parts.count > 3 { scopes.append("aws:\(parts[1]):\(parts[2])") }
        var isCovered = false
        for record in (records[type.lowercased()] ?? []) + (records["*"] ?? [])
        where scopes.contains(where: { ScopePath.contains(record.scope, $0) }) {
            guard record.isKnown else { return false }
            isCovered = true
        }
        return isCovered
    }

    /// The scope that must be known, and the scopes that enclose it.
    private static func area(
        _ kind: RelationKind, _ resource: ResourceIdentity
    ) -> (inner: String, chain: [String]) {
        switch kind {
        case .child: (resource.id, resource.scope + [resource.id])
        case .scope:
            (resource.boundary, resource.scope + [resource.boundary])
        case .parent, .references, .attachedTo:
            (resource.boundary, resource.scope)
        }
    }
}
