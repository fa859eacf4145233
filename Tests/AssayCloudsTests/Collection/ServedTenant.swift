import AssayCore
import AssayFormats
import Glibc
import Testing

private let servedFolder: String? = unsafe getenv("ASSAY_SIMULATOR_SERVE").map { unsafe String(cString: $0) }

/// A large tenant for the built program, in a process of its own: `scripts/full` starts it and reads what it saw.
///
/// Not a test of its own: it runs only where `ASSAY_SIMULATOR_SERVE` names a folder, writes `url` there, and ends when
/// a file `stop` appears, or after an hour.
@Suite("served tenant", .enabled(if: servedFolder != nil))
struct ServedTenant {
    @Test("serves 50,000 resources until it is told to stop")
    func serves() async throws {
        let folder = try #require(servedFolder)
        var estate = Estate(tenantId: PlantedTenant.tenantId)
        for number in 0..<20 {
            let digits = number < 10 ? "0\(number)" : "\(number)"
            let id = "33333333-0000-4000-8000-0000000000\(digits)"
            estate.addSubscription(id, "large-\(digits)", in: PlantedTenant.tenantId)
            estate.addGroup("rg", in: "/subscriptions/\(id)")
            for index in 0..<2400 {
                try Self.add("Microsoft.Compute/disks", "disk-\(digits)-\(index)", id, &estate)
            }
            for index in 0..<50 {
                try Self.add("Microsoft.Storage/storageAccounts", "st\(digits)x\(index)", id, &estate)
                try Self.add("Microsoft.KeyVault/vaults", "kv-\(digits)-\(index)", id, &estate)
            }
        }
        var faults = Faults()
        faults.pageSize = 500
        faults.latency = 10
        // Both routes of the inventory sort all resources for every page here, which would measure the simulator.
        faults.denied = [.type("Microsoft.ResourceGraph/resources")]
        faults.denied += estate.subscriptions.map { .path("/subscriptions/\($0.id)/resources") }
        try await AzureSimulator.with(estate, faults: faults) { simulator in
            try FileText.write(Array(simulator.url.utf8), to: folder + "/url")
            let clock = ContinuousClock()
            let end = clock.now + .seconds(3600)
            while clock.now < end, (try? FileText.kind(folder + "/stop")) == nil {
                try await clock.sleep(for: .milliseconds(50))
            }
            let seen = simulator.observations
            let text =
                "requests \(seen.requests.count) highestInFlight \(seen.highestInFlight) wrong \(seen.wrong.count)\n"
            try FileText.write(Array(text.utf8), to: folder + "/seen")
        }
    }

    /// A resource of about 2 KB, as such documents are.
    private static func add(_ type: String, _ name: String, _ subscription: String, _ estate: inout Estate) throws {
        let id = "/subscriptions/\(subscription)/resourceGroups/rg/providers/\(type)/\(name)"
        let filler = (0..<20).map { ("setting\($0)", Tree.string(String(repeating: "v", count: 60))) }
        let document = Tree.object([
            ("id", .string(id)), ("name", .string(name)), ("type", .string(type)), ("location", .string("westeurope")),
            ("properties", .object([("provisioningState", .string("Succeeded")), ("filler", .object(filler))])),
        ])
        estate.put(document, id: id, type: type)
    }
}
