import Synchronization

/// Hands the simulator to connections: the address is known only after the socket is bound.
final class HandlerBox: Sendable {
    private let simulator = Mutex<AzureSimulator?>(nil)

    func set(_ simulator: AzureSimulator) {
        self.simulator.withLock { $0 = simulator }
    }

    /// Nil in the moment before the server is complete.
    var value: AzureSimulator? { simulator.withLock { $0 } }
}
