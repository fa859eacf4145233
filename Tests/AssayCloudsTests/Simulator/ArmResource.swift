import AssayCore

/// A resource of the simulated tenant.
struct ArmResource: Sendable {
    /// As the estate's author wrote it.
    let id: String
    /// `Namespace/type/childType`, as the estate's author wrote it.
    let type: String
    /// What a GET answers.
    var document: Tree
    /// In the list of resources and in Resource Graph.
    let isTracked: Bool

    /// The subscription's id, empty for resources outside.
    var subscription: String { ArmPath(id).subscription ?? "" }
}
