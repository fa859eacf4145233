/// A management group of the simulated tenant.
struct ManagementGroup: Sendable, Hashable {
    let name: String
    let displayName: String
    /// The name of the group above; nil for the root group.
    let parent: String?

    var id: String { "/providers/Microsoft.Management/managementGroups/" + name }
}
