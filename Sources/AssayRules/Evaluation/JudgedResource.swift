import AssayCore
import AssayExpressions

/// A resource as rules see it: in its estate, or alone.
struct JudgedResource {
    /// What is judged.
    let resource: Resource
    private let classification: Value
    /// Where its relations come from; nil when nobody can say what is related.
    private let place: (estate: Estate, index: Int)?

    /// A resource of an estate.
    init(_ index: Int, in estate: Estate) {
        resource = estate.resources[index]
        classification = estate.classification(index)
        place = (estate, index)
    }

    /// A resource of which nothing else is known: its relations, and what it would inherit, are unknown.
    init(alone resource: Resource, classifier: Classifier) {
        self.resource = resource
        classification = Self.alone(classifier.classify(resource), resource.id)
        place = nil
    }

    /// What the resource itself does not state may be stated by what holds it.
    private static func alone(_ own: Classification, _ id: String) -> Value {
        guard case .map(let known) = own.value, let slash = id.lastIndex(of: "/"), slash != id.startIndex else {
            return own.value
        }
        return .map(
            MapValue(
                known.entries.map { entry -> (String, Value) in
                    let name = entry.key.string ?? ""
                    let isOpen =
                        switch name {
                        case "environment": own.environment.isEmpty
                        case "owner": own.owner.isEmpty
                        default: !own.isStated
                        }
                    guard isOpen else { return (name, entry.value) }
                    return (name, .unknown(UnknownCauses(.relationsUnavailable, path: "classification.\(name)")))
                }))
    }

    /// The variables that all rules share.
    func activation(now: Value, defaults: DefaultsTable) -> Activation {
        var activation = Activation()
        activation["resource"] = Value(resource.body)
        activation["meta"] = Estate.meta(of: resource)
        activation["now"] = now
        activation["classification"] = classification
        if let version = resource.apiVersion {
            activation.defaults = { name in
                defaults.entry(name, at: version).map { Value(Document($0.value).root) }
            }
        }
        return activation
    }

    /// The value of `related`.
    func related(_ relations: [Rule.Relation]) -> Value {
        guard let place else {
            return .map(
                MapValue(
                    relations.map {
                        ($0.name, .unknown(UnknownCauses(.relationsUnavailable, path: "related.\($0.name)")))
                    }))
        }
        return place.estate.related(to: place.index, relations)
    }

    /// The resource whose value a trace's path reads.
    func resource(read path: String, by rule: Rule) -> Resource {
        place?.estate.resource(read: path, by: rule, of: place?.index ?? 0) ?? resource
    }
}
