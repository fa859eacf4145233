import AssayCore
import AssayFormats

/// The resources of a spool in the order of a snapshot.
struct SpoolReading: Sendable {
    /// Where one resource stands.
    struct Entry: Sendable {
        let type: String
        let id: String
        let offset: Int
        let length: Int
    }

    let path: String
    let index: [Entry]

    /// Hands over every resource by type and id; of several readings of one the last, with the scopes of all.
    ///
    /// An assignment that several subscriptions inherit is listed by each of them: it lies in all. Memory is one
    /// resource beside the index.
    func forEach(_ take: (Resource) throws -> Void) throws {
        let slice = try FileSlice(path)
        let order = index.indices.sorted {
            (index[$0].type, index[$0].id, index[$0].offset) < (index[$1].type, index[$1].id, index[$1].offset)
        }
        var position = 0
        while position < order.count {
            let first = index[order[position]]
            var scopes: [[String]] = []
            var last: Resource?
            while position < order.count {
                let entry = index[order[position]]
                guard entry.id == first.id, entry.type == first.type else { break }
                position += 1
                let bytes = try slice.bytes(at: entry.offset, count: entry.length)
                guard case .resource(let resource) = try SnapshotLine(json: try JSONReader.read(bytes).root) else {
                    continue
                }
                scopes.append(resource.scope)
                last = resource
            }
            guard var resource = last else { continue }
            if Set(scopes).count > 1 { resource.scope = Self.union(scopes) }
            try take(resource)
        }
    }

    /// The scopes of all readings.
    ///
    /// The last subscription or tenant bounds what is looked for around a resource: where it lies in several
    /// subscriptions that is the tenant.
    static func union(_ scopes: [[String]]) -> [String] {
        let all = Set(scopes.flatMap(\.self))
        let subscriptions = all.filter { $0.hasPrefix("/subscriptions/") && $0.split(separator: "/").count == 2 }
        let tenants = all.filter { $0.hasPrefix("/tenants/") }
        let others = all.subtracting(subscriptions).subtracting(tenants)
        if subscriptions.count > 1 { return subscriptions.sorted() + tenants.sorted() + others.sorted() }
        return tenants.sorted() + subscriptions.sorted() + others.sorted()
    }
}
