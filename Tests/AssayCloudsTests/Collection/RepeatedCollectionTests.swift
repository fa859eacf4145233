import AssayCore
import AssayFormats
import AssayWorkspace
import Foundation
import Testing

/// A second collection asks less where the activity log shows that nothing changed, and never misses a change.
@Suite("repeated collection")
struct RepeatedCollectionTests {
    private static func collect(
        _ simulator: AzureSimulator, _ folder: String, at time: String, isFresh: Bool = false
    ) async throws -> CollectSummary {
        var request = PlantedScanTests.request(simulator)
        request.pacing = JumpingPacing()
        request.isFresh = isFresh
        return try await Collect(
            request, output: folder + "/out.jsonl", workspace: folder, clock: FixedClock(time)
        ).run()
    }

    private static func text(_ folder: String) throws -> String {
        String(decoding: try FileText.read(folder + "/out.jsonl"), as: UTF8.self)
    }

    @Test("spares calls below unchanged resources, says from when answers are, and sees what the log names")
    func sparesCalls() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Workspace.create(folder)
        let tenant = try PlantedTenant(now: PlantedScanTests.now)
        let account = PlantedTenant.id(
            tenant.production, "rg-data", "Microsoft.Storage/storageAccounts", "stclinic")
        try await AzureSimulator.with(tenant.estate) { simulator in
            _ = try await Self.collect(simulator, folder, at: "2026-06-30T12:00:00Z")
            let all = simulator.observations.requests.count
            let settings = simulator.observations.count(path: "/providers/Microsoft.Insights/diagnosticSettings")

            simulator.forgetObservations()
            let second = try await Self.collect(simulator, folder, at: "2026-07-01T12:00:00Z")
            #expect(second.exitCode == 0)
            #expect(simulator.observations.requests.count < all - 50)
            #expect(
                simulator.observations.count(path: "/providers/Microsoft.Insights/diagnosticSettings") < settings / 2)
            #expect(
                try Self.text(folder).contains(
                    "the answer of then: the activity log names no change since\",\"at\":\"2026-06-30T12:00:00Z\""))

            // A change below an account, and its event: that account is asked again, and no other.
            try simulator.change { estate in
                let blob = account + "/blobServices/default"
                estate.set(blob, "properties.deleteRetentionPolicy.enabled", .bool(false))
                estate.activity[PlantedTenant.productionId] = [
                    .object([("resourceId", .string(blob)), ("eventTimestamp", .string("2026-07-01T15:00:00Z"))])
                ]
            }
            simulator.forgetObservations()
            _ = try await Self.collect(simulator, folder, at: "2026-07-02T12:00:00Z")
            #expect(simulator.observations.count(path: "storageAccounts/stclinic/blobServices") >= 1)
            #expect(simulator.observations.count(path: "storageAccounts/sttrial/blobServices?") == 0)
            let changed = try #require(
                try Self.text(folder).split(separator: "\n").first {
                    $0.contains("\"type\":\"Microsoft.Storage/storageAccounts/blobServices\"")
                        && $0.lowercased().contains("stclinic/")
                })
            #expect(changed.contains("\"deleteRetentionPolicy\":{\"enabled\":false"))

            // Asked to, it asks everything.
            simulator.forgetObservations()
            let fresh = try await Self.collect(simulator, folder, at: "2026-07-02T13:00:00Z", isFresh: true)
            #expect(fresh.exitCode == 0)
            #expect(simulator.observations.requests.count >= all)

            // Answers grow old: after seven days they are asked for anew.
            simulator.forgetObservations()
            _ = try await Self.collect(simulator, folder, at: "2026-07-12T13:00:00Z")
            #expect(simulator.observations.requests.count >= all)
        }
    }

    @Test("asks everything where the activity log may not be read")
    func asksWithoutLog() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Workspace.create(folder)
        let tenant = try PlantedTenant(now: PlantedScanTests.now)
        var faults = Faults()
        faults.denied = [.type("Microsoft.Insights/eventtypes/values")]
        try await AzureSimulator.with(tenant.estate, faults: faults) { simulator in
            _ = try await Self.collect(simulator, folder, at: "2026-06-30T12:00:00Z")
            let all = simulator.observations.requests.count
            simulator.forgetObservations()
            let second = try await Self.collect(simulator, folder, at: "2026-07-01T12:00:00Z")
            #expect(simulator.observations.requests.count >= all)
            #expect(second.table.contains("the activity log could not be read whole"))
        }
    }
}
