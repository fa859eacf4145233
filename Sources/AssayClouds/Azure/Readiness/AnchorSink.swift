import AssayCore
import Synchronization

/// Takes the anchors of a search for subscriptions for their names, and nothing else.
final class AnchorSink: CollectionSink {
    private let found = Mutex<[String: String]>([:])

    /// The name of a scope, by its id in lower case.
    func name(of scope: String) -> String? { found.withLock { $0[scope] } }

    func finished(_ unit: String) async throws -> CollectionUnit? { nil }

    func resources(of unit: CollectionUnit, _ take: @Sendable ([Resource]) async throws -> Void) async throws {}

    func append(_ resources: [Resource], unit: String) async throws {
        found.withLock { found in
            for resource in resources { found[resource.id.lowercased()] = resource.name }
        }
    }

    func finish(_ unit: CollectionUnit) async throws {}

    func add(_ call: CallRecord) async {}
}
