/// A subscription of the simulated tenant.
struct SimulatedSubscription: Sendable, Hashable {
    let id: String
    let name: String
    /// The name of the management group that it is in.
    let group: String
    var state = "Enabled"
    /// Whether the identity has any role in it.
    var isVisible = true

    var path: String { "/subscriptions/" + id }
}
