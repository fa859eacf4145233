import AssayCore

/// How many resources of a type there are, as far as someone counted them.
///
/// A count stands only when every resource seen lies in a scope that was counted: a file that counts its own two
/// says nothing of the four beside it.
struct Denominator {
    let count: Int
    /// Who counted.
    let basis: String

    init?(_ resources: [Resource], counted records: [Coverage]) {
        var outermost: [Coverage] = []
        var scopes: Set<String> = []
        for record in records where record.isKnown && record.count != nil {
            let isInside = records.contains { other in
                other.isKnown && other.count != nil && other.scope != record.scope
                    && ScopePath.contains(other.scope, record.scope)
            }
            if !isInside, scopes.insert(record.scope).inserted { outermost.append(record) }
        }
        guard let first = outermost.first else { return nil }
        let isCovered = resources.allSatisfy { resource in
            outermost.contains { record in
                ScopePath.contains(record.scope, resource.id)
                    || resource.scope.contains { ScopePath.contains(record.scope, $0) }
            }
        }
        guard isCovered else { return nil }
        count = outermost.reduce(0) { $0 + ($1.count ?? 0) }
        basis = first.call ?? (first.state == .declared ? "declared by the file" : "counted by the source")
    }
}
