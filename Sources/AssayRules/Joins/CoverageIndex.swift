import AssayCore

/// Answers whether a collection is known around a resource.
///
/// Records are found by their scope, so that an answer costs the depth of an id and not the number of records.
struct CoverageIndex {
    /// The records of one collection.
    private struct Collection {
        /// Places in `all` by lower-cased scope.
        var byScope: [String: [Int]] = [:]
        /// Scopes of records that leave something open, sorted, with their places.
        var open: [(scope: String, place: Int)] = []
        /// True when some record holds only for what hangs on its scope.
        var hasDirect = false
    }

    private let all: [Coverage]
    private let collections: [String: Collection]
    private let finer: Set<String>

    init(_ coverage: [Coverage]) {
        var collections: [String: Collection] = [:]
        var finer: Set<String> = []
        for (place, record) in coverage.enumerated() {
            let name = record.collection.lowercased()
            let scope = record.scope.lowercased()
            collections[name, default: Collection()].byScope[scope, default: []].append(place)
            if !record.isKnown { collections[name, default: Collection()].open.append((scope, place)) }
            if record.isDirect { collections[name]?.hasDirect = true }
            if record.isDirect || scope.split(separator: "/").count > 2 { finer.insert(name) }
        }
        for name in collections.keys { collections[name]?.open.sort { ($0.scope, $0.place) < ($1.scope, $1.place) } }
        self.collections = collections
        self.finer = finer
        all = coverage
    }

    /// Why a relation may have more elements than were found; nil when the collection is known there.
    ///
    /// Every record for the collection in an enclosing or enclosed scope must be read or declared, and at least one
    /// must enclose; without one nobody asked. A record of what hangs on its scope alone (`direct`) encloses that scope
    /// and nothing below it; where a collection has such records, they alone say what hangs on one resource, since a
    /// record of the whole subscription is about the resources that were asked.
    func gap(_ relation: Rule.Relation, around resource: ResourceIdentity) -> UnknownReason? {
        let area = Self.area(relation.by, resource)
        let inner = area.inner.lowercased()
        var isCovered = false
        var found: Int?
        func see(_ place: Int) {
            let record = all[place]
            guard record.isKnown else {
                found = min(found ?? place, place)
                return
            }
            isCovered = true
        }
        for name in [relation.type.lowercased(), "*"] {
            guard let collection = collections[name] else { continue }
            for scope in Set(area.chain.flatMap { Self.enclosing($0.lowercased()) }) {
                for place in collection.byScope[scope] ?? [] {
                    let record = all[place]
                    let counts =
                        if record.isDirect {
                            relation.by == .child && scope == inner
                        } else {
                            relation.by != .child || !collection.hasDirect || record.state == .declared
                                || !record.isKnown
                        }
                    if counts { see(place) }
                }
            }
            var next = Self.firstIndex(in: collection.open, from: inner)
            while next < collection.open.count {
                let (scope, place) = collection.open[next]
                guard scope.hasPrefix(inner) else { break }
                next += 1
                guard ScopePath.contains(inner, scope) else { continue }
                // What hangs on a resource deeper inside is no child of this one.
                if relation.by == .child, scope != inner, !ResourceIdentity.isChild(scope, of: inner) { continue }
                see(place)
            }
        }
        if let found { return all[found].unknownReason }
        if isCovered { return nil }
        return resource.scope.contains { $0.hasPrefix("file:") } ? .outsideThisSource : .notCollected
    }

    /// The scope and everything above it, the empty scope included.
    private static func enclosing(_ scope: String) -> [String] {
        var scopes = ["", scope]
        var rest = scope[...]
        while let end = rest.lastIndex(where: { $0 == "/" || $0 == ":" }) {
            rest = rest[..<end]
            scopes.append(String(rest))
        }
        return scopes
    }

    private static func firstIndex(in open: [(scope: String, place: Int)], from scope: String) -> Int {
        var low = 0
        var high = open.count
        while low < high {
            let middle = (low + high) / 2
            if open[middle].scope < scope { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// True when a record of the collection says more of some place than of the scopes that resources lie in, so that
    /// the gap around a resource may depend on its id.
    func isFinerThanScopes(_ type: String) -> Bool {
        finer.contains(type.lowercased()) || finer.contains("*")
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
        for name in [type.lowercased(), "*"] {
            guard let collection = collections[name] else { continue }
            for scope in Set(scopes.flatMap { Self.enclosing($0.lowercased()) }) {
                for place in collection.byScope[scope] ?? []
                where !all[place].isDirect || Self.isExtension(id, of: scope) {
                    guard all[place].isKnown else { return false }
                    isCovered = true
                }
            }
        }
        return isCovered
    }

    /// True when the id is that of an extension resource right on the scope.
    private static func isExtension(_ id: String, of scope: String) -> Bool {
        ResourceIdentity.isChild(id.lowercased(), of: scope)
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
