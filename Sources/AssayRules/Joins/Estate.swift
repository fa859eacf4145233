public import AssayCore
import AssayExpressions

/// The resources of one evaluation, with what rules may ask about them: relations, coverage, classification.
public struct Estate: Sendable {
    /// In the order that they were given; indices elsewhere are places in this list.
    public let resources: [Resource]
    let coverage: CoverageIndex
    private let classifications: [Classification]
    private let joins: JoinIndex

    /// Indexes a snapshot for evaluation.
    ///
    /// - Parameters:
    ///   - resources: all resources, anchors included.
    ///   - coverage: what was and was not looked at.
    ///   - classifier: which resources hold PHI or financial data, and whose they are.
    ///   - rules: the rules that will be asked; their relations are indexed.
    public init(
        resources: [Resource], coverage: [Coverage], classifier: Classifier = Classifier(), rules: [Rule]
    ) {
        self.resources = resources
        self.coverage = CoverageIndex(coverage)
        classifications = Self.inherit(resources.map { classifier.classify($0) }, by: resources)
        joins = JoinIndex(
            resources: resources, declared: DeclaredReferences(resources), relations: rules.flatMap(\.relations))
    }

    /// What holds a resource classifies it: a container without tags of its own is as sensitive as its account.
    private static func inherit(_ own: [Classification], by resources: [Resource]) -> [Classification] {
        var stated: [String: Classification] = [:]
        for (resource, classification) in zip(resources, own) where classification != Classification() {
            stated[resource.id] = classification
        }
        return zip(resources, own).map { resource, own in
            var result = own
            var rest = resource.id[...]
            while let slash = rest.lastIndex(of: "/"), slash != rest.startIndex {
                rest = rest[..<slash]
                if let above = stated[String(rest)] { result.inherit(above) }
            }
            return result
        }
    }

    /// The classification of one resource.
    public func classification(of index: Int) -> Classification { classifications[index] }

    func classification(_ index: Int) -> Value { classifications[index].value }

    /// `meta` of a resource: everything of it but the body.
    func meta(_ index: Int) -> Value { Self.meta(of: resources[index]) }

    static func meta(of resource: Resource) -> Value {
        func text(_ value: String?) -> Value { .string(value ?? "") }
        let members: [(String, Value)] = [
            ("type", text(resource.type)), ("id", text(resource.id)), ("provider", text(resource.provider.rawValue)),
            ("scope", .list(resource.scope.map { .string($0) })), ("name", text(resource.name)),
            ("region", text(resource.region)),
            ("tags", .map(MapValue(resource.tags.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))),
            ("apiVersion", text(resource.apiVersion)),
        ]
        return .map(MapValue(members))
    }

    /// The value of `related` for one resource: a list a relation, open where more may exist.
    func related(to index: Int, _ relations: [Rule.Relation]) -> Value {
        .map(MapValue(relations.map { ($0.name, .list(list(index, $0))) }))
    }

    /// The resource whose value a trace's path reads: a related one for `related.name[2]…`, else the judged one.
    func resource(read path: String, by rule: Rule, of index: Int) -> Resource {
        guard let parsed = DocumentPath(path), parsed.steps.count > 2, case .key("related") = parsed.steps[0],
            case .key(let name) = parsed.steps[1], case .index(let position) = parsed.steps[2],
            let relation = rule.relations.first(where: { $0.name == name })
        else { return resources[index] }
        let found = joins.find(relation, of: index).indices
        return found.indices.contains(position) ? resources[found[position]] : resources[index]
    }

    private func list(_ index: Int, _ relation: Rule.Relation) -> ListValue {
        let found = joins.find(relation, of: index)
        let elements = found.indices.map { element -> Value in
            let members: [(String, Value)] = [
                ("resource", Value(resources[element].body)), ("meta", Self.meta(of: resources[element])),
            ]
            return .map(MapValue(members))
        }
        let missing =
            found.openness
            ?? (found.isClosed ? nil : coverage.gap(relation, around: ResourceIdentity(resources[index])))
        return ListValue(elements, openness: missing.map { UnknownCauses($0, path: "related.\(relation.name)") })
    }
}

extension Estate {
    /// Whether nothing of the type can be missing around this resource id: every record for its collection in a
    /// scope that encloses the id is read or declared, and there is one.
    public func isKnown(type: String, around id: String) -> Bool {
        coverage.isKnown(type: type, around: id)
    }
}
