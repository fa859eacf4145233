import AssayCore

/// A snapshot with the indexes that all facts need.
struct FactInputs {
    let resources: [Resource]
    let coverage: CollectionCoverage
    private let byType: [String: [Int]]
    private let byID: [String: Int]

    init(_ resources: [Resource], _ coverage: [Coverage]) {
        self.resources = resources
        self.coverage = CollectionCoverage(coverage)
        var byType: [String: [Int]] = [:]
        var byID: [String: Int] = [:]
        for (index, resource) in resources.enumerated() {
            byType[resource.type.lowercased(), default: []].append(index)
            byID[resource.id.lowercased()] = index
            if let declared = resource.declaredId?.lowercased(), byID[declared] == nil { byID[declared] = index }
        }
        for type in byType.keys { byType[type]?.sort { resources[$0].id < resources[$1].id } }
        self.byType = byType
        self.byID = byID
    }

    /// Resources of a type, sorted by id.
    func all(_ type: String) -> [Resource] { (byType[type.lowercased()] ?? []).map { resources[$0] } }

    /// The resource with this id, without regard to case.
    func resource(_ id: String) -> Resource? { byID[id.lowercased()].map { resources[$0] } }

    /// Why elements of a collection may be missing around a resource.
    func gap(_ collection: String, around resource: Resource) -> UnknownReason? {
        coverage.gap(collection, around: resource.id, scopes: resource.scope)?.reason
    }

    /// What a reference names.
    enum Target {
        case none
        /// A resource of the snapshot.
        case found(Resource)
        /// An id that no resource of the snapshot has, and why that may be.
        case missing(String, UnknownReason)
        case unknown(UnknownReason)
    }

    /// Follows a reference of a resource; in files a hidden value may be declared to point to one resource.
    func follow(_ reading: Reading, from resource: Resource, to collection: String) -> Target {
        switch reading {
        case .absent: return .none
        case .hidden(let reason, let path):
            let links = resource.links.filter { path.covers($0.path) }
            guard links.count == 1, let link = links.first, !link.isConditional, let target = self.resource(link.target)
            else { return .unknown(reason) }
            return .found(target)
        case .found(let node):
            guard let id = node.string else { return .unknown(.unmapped) }
            if let target = self.resource(id) { return .found(target) }
            // Known around it and not there: deleted, or of a place that this identity does not see.
            let gap = coverage.gap(collection, around: id.lowercased(), scopes: resource.scope)?.reason
            return .missing(id.lowercased(), gap ?? .outsideThisSource)
        }
    }

    /// A fact about a resource, as its child.
    func fact(_ type: String, about subject: Resource, _ suffix: String, name: String, body: Tree) -> Resource {
        fact(type, about: subject, suffix, name: name, body: Document(body).root)
    }

    /// A fact with a sealed body, which several facts may share.
    func fact(
        _ type: String, about subject: Resource, _ suffix: String, name: String, body: DocumentNode
    ) -> Resource {
        var origin = subject.origin
        origin.call = "derived from \(subject.type) \(subject.id)"
        return Resource(
            type: type, id: subject.id + "/assay/" + suffix, provider: .assay, scope: subject.scope, name: name,
            region: subject.region, tags: subject.tags, origin: origin, body: body)
    }
}

extension Tree {
    /// Texts as a list.
    static func texts(_ texts: [String]) -> Tree { .array(texts.map { .string($0) }) }

    /// A list that ends with an unknown element when it may be longer than it shows.
    static func list(_ elements: [Tree], openBecause reason: UnknownReason?) -> Tree {
        .array(elements + (reason.map { [.unknown($0)] } ?? []))
    }
}
