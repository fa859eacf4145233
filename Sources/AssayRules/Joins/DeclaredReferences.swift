import AssayCore

/// What files declare between their resources, by the id of the resource that declares it.
struct DeclaredReferences {
    private(set) var references: [String: [ResourceLink]] = [:]
    private(set) var conditions: [String: String] = [:]

    init(_ resources: [Resource]) {
        for resource in resources {
            if !resource.links.isEmpty { references[resource.id] = resource.links }
            if let condition = resource.condition { conditions[resource.id] = condition }
        }
    }
}
