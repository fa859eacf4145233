import AssayCore

/// What resources are said to hold, for those of which something is said: nine bytes each, by a hash of the id.
///
/// A resource that says nothing of itself is as sensitive as what holds it.
struct ClassificationTable: Sendable {
    /// One statement.
    struct Statement: Sendable {
        var phi: Bool
        var financial: Bool
    }

    private var stated: [UInt64: UInt8] = [:]

    mutating func add(_ id: String, _ statement: Statement) {
        stated[JoinCollector.hash(id)] = (statement.phi ? 1 : 0) | (statement.financial ? 2 : 0)
    }

    mutating func add(_ other: ClassificationTable) { stated.merge(other.stated) { first, _ in first } }

    /// What is said of the resource itself, or of the nearest one that it lies in; nil when nobody says.
    func statement(_ id: String) -> Statement? {
        if let own = self[id] { return own }
        var rest = id[...]
        while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")), slash != rest.startIndex {
            rest = rest[..<slash]
            if let above = self[String(rest)] { return above }
        }
        return nil
    }

    private subscript(id: String) -> Statement? {
        stated[JoinCollector.hash(id)].map {
            Statement(phi: $0 & 1 != 0, financial: $0 & 2 != 0)
        }
    }
}

/// Classifies resources by their tags and the scope file while a worker of the first pass goes along.
struct ClassificationReader: Sendable {
    private let classifier: Classifier
    private var byTags: [Key: ClassificationTable.Statement?] = [:]

    private struct Key: Hashable {
        let type: String
        let tags: [String: String]
    }

    init(_ classifier: Classifier) {
        self.classifier = classifier
    }

    /// What is said of a resource itself; nil when nothing is.
    mutating func statement(
        _ identity: ResourceIdentity, tags: [String: String]
    ) -> ClassificationTable.Statement? {
        let key = Key(type: identity.type, tags: tags)
        if !classifier.readsIdentity, let known = byTags[key] { return known }
        let resource = Resource(
            type: identity.type, id: identity.id, provider: .azure, scope: identity.scope, name: "", region: nil,
            tags: tags, apiVersion: nil, origin: Origin(kind: .api), body: Document.empty.root)
        let found = classifier.classify(resource)
        let statement: ClassificationTable.Statement? =
            found.isStated
            ? ClassificationTable.Statement(phi: found.phi, financial: found.financial) : nil
        if byTags.count > 4096 { byTags.removeAll(keepingCapacity: true) }
        byTags.updateValue(statement, forKey: key)
        return statement
    }
}
