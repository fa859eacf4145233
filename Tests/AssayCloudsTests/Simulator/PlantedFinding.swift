/// A finding that a scan of the planted tenant must have.
struct PlantedFinding: Sendable, Hashable {
    let rule: String
    /// As in a verdict: in lower case.
    let resource: String

    init(_ rule: String, _ resource: String) {
        self.rule = rule
        self.resource = resource.lowercased()
    }
}
