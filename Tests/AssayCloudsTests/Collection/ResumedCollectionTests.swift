import AssayCore
import AssayFormats
import AssayWorkspace
import Foundation
import Synchronization
import Testing

/// A collection that was stopped goes on from what is on disk.
@Suite("interrupted collection")
struct ResumedCollectionTests {
    private static func collect(
        _ simulator: AzureSimulator, _ folder: String, stopAfter requests: Int? = nil
    ) async throws -> CollectSummary {
        var request = PlantedScanTests.request(simulator)
        request.pacing = JumpingPacing()
        request.isFresh = true
        let observer = ScanObserver(isCancelled: {
            requests.map { simulator.observations.requests.count >= $0 } ?? false
        })
        return try await Collect(
            request, output: folder + "/out.jsonl", workspace: folder, clock: PlantedScanTests.clock, observer: observer
        ).run()
    }

    @Test("asks again only for what was not read whole, and ends with the same snapshot")
    func goesOn() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Workspace.create(folder)
        let tenant = try PlantedTenant(now: PlantedScanTests.now)
        var faults = Faults()
        faults.latency = 5
        try await AzureSimulator.with(tenant.estate, faults: faults) { simulator in
            let whole = try await Self.collect(simulator, folder)
            let expected = try Self.lines(folder + "/out.jsonl")
            let all = simulator.observations.requests.count
            #expect(whole.exitCode == 0)

            simulator.forgetObservations()
            let stopped = try await Self.collect(simulator, folder, stopAfter: all / 2)
            #expect(stopped.exitCode == 3)
            #expect(String(decoding: stopped.json, as: UTF8.self).contains("collection-interrupted"))
            #expect(try Self.unfinished(folder) == 1)
            let first = simulator.observations.requests.count
            #expect(first < all)

            simulator.forgetObservations()
            let resumed = try await Self.collect(simulator, folder)
            #expect(resumed.exitCode == 0)
            // Lists that were under way are read again; the rest is not.
            #expect(simulator.observations.requests.count < all)
            let lines = try Self.lines(folder + "/out.jsonl")
            let isSame = lines == expected
            #expect(isSame, "\(Set(lines).subtracting(expected).map { $0.prefix(300) }.sorted().prefix(5))")
            #expect(try Self.unfinished(folder) == 0)
        }
    }

    /// Collections on disk that are not finished.
    private static func unfinished(_ folder: String) throws -> Int {
        try FileText.paths(below: folder + "/.assay", suffix: "units.jsonl").count { !$0.contains(".last/") }
    }

    /// The lines of a snapshot but for the last, whose digest covers them.
    private static func lines(_ path: String) throws -> [Substring] {
        String(decoding: try FileText.read(path), as: UTF8.self).split(separator: "\n").dropLast()
    }

    @Test("requests under way stay at the limit")
    func holdsLimit() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Workspace.create(folder)
        let tenant = try PlantedTenant(now: PlantedScanTests.now)
        var faults = Faults()
        faults.latency = 20
        try await AzureSimulator.with(tenant.estate, faults: faults) { simulator in
            var request = PlantedScanTests.request(simulator)
            request.concurrency = 6
            let summary = try await Collect(
                request, output: folder + "/out.jsonl", workspace: nil, clock: PlantedScanTests.clock
            ).run()
            #expect(summary.exitCode == 0)
            #expect(simulator.observations.highestInFlight == 6)
        }
    }
}
