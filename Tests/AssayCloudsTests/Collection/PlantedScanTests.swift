import AssayCore
import AssayFormats
import AssayProgram
import AssayRules
import AssayWorkspace
import Foundation
import Testing

/// The whole way: sign-in, collection, derived facts, rules, against the simulated tenant.
@Suite("scan of a live tenant")
struct PlantedScanTests {
    static let clock = FixedClock("2026-06-30T12:00:00Z")
    /// Seconds since 1970 of the clock above.
    static let now: Int64 = 1_782_820_800

    /// How the command line would ask, with everything at the simulator.
    static func request(_ simulator: AzureSimulator) -> AzureRequest {
        AzureRequest(
            tenant: simulator.tenantId, resourceManager: simulator.url, graph: simulator.url,
            environment: [
                "AZURE_TENANT_ID": simulator.tenantId, "AZURE_CLIENT_ID": simulator.estate.identity.clientId,
                "AZURE_CLIENT_SECRET": simulator.estate.identity.secret, "AZURE_AUTHORITY_HOST": simulator.url,
            ])
    }

    static func scan(
        _ simulator: AzureSimulator, _ change: (inout ScanRequest) -> Void = { _ in }
    ) async throws -> ScanResult {
        var request = ScanRequest(paths: ["azure"], listsAllVerdicts: true)
        request.azure = Self.request(simulator)
        request.azure.pacing = JumpingPacing()
        change(&request)
        return try await Scan(request, clock: clock).run()
    }

    @Test("gives exactly the planted findings")
    func findsPlanted() async throws {
        let tenant = try PlantedTenant(now: Self.now)
        let result = try await AzureSimulator.with(tenant.estate) { simulator in
            let result = try await Self.scan(simulator)
            let wrong = simulator.observations.wrong
            #expect(wrong.isEmpty, "\(wrong.prefix(20))")
            #expect(simulator.observations.writes.isEmpty)
            return result
        }
        Self.expect(result, tenant)
    }

    /// Exactly the planted findings, and nothing that could not be told.
    static func expect(_ result: ScanResult, _ tenant: PlantedTenant) {
        let found = Set(
            result.verdicts.filter { $0.state == .fail }.map { PlantedFinding($0.rule, $0.resource.id) })
        #expect(lines(tenant.expected.subtracting(found)) == "", "planted and not found")
        #expect(lines(found.subtracting(tenant.expected)) == "", "found and not planted")
        let unknown = Self.unknown(result)
        #expect(lines(Set(unknown.map { PlantedFinding($0.rule, $0.resource.id) })) == "", "unknown")
    }

    /// What could not be told, but for the one thing that Resource Manager does not have: encrypted columns.
    private static func unknown(_ result: ScanResult) -> [Verdict] {
        result.verdicts.filter { $0.state == .unknown && $0.rule != "azure-sql-always-encrypted-database" }
    }

    private static func lines(_ findings: Set<PlantedFinding>) -> String {
        findings.map { "\($0.rule) \($0.resource)" }.sorted().joined(separator: "\n")
    }

    /// rule, resource and state of every verdict.
    private static func vector(_ result: ScanResult) -> Set<String> {
        Set(result.verdicts.map { "\($0.rule) \($0.profile) \($0.resource.id) \($0.state.rawValue)" })
    }

    @Test("gives the same verdicts when calls are throttled, refused for a moment, cut off and signed out")
    func survivesFaults() async throws {
        let tenant = try PlantedTenant(now: Self.now)
        var faults = Faults()
        faults.tooMany = 0.025
        faults.unavailable = 0.025
        faults.cut = 0.02
        faults.retryAfter = 0
        faults.tokenRequests = 150
        faults.capitalIds = ["Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults"]
        let calm = try await AzureSimulator.with(tenant.estate) { try await Self.scan($0) }
        let shaken = try await AzureSimulator.with(tenant.estate, faults: faults) { simulator in
            let result = try await Self.scan(simulator)
            let seen = simulator.observations
            #expect(seen.count(status: 429) > 5)
            #expect(seen.count(status: 503) > 5)
            #expect(seen.count(status: 401) > 0)
            return result
        }
        #expect(Self.vector(shaken) == Self.vector(calm))
        Self.expect(shaken, tenant)
    }

    @Test("says the same, or unknown, where half of all calls fail for a moment")
    func survivesHalf() async throws {
        let tenant = try PlantedTenant(now: Self.now)
        var faults = Faults()
        faults.tooMany = 0.25
        faults.unavailable = 0.25
        faults.longestRun = 12
        faults.seed = 7
        let result = try await AzureSimulator.with(tenant.estate, faults: faults) { try await Self.scan($0) }
        let found = Set(
            result.verdicts.filter { $0.state == .fail }.map { PlantedFinding($0.rule, $0.resource.id) })
        #expect(found == tenant.expected)
        #expect(Self.unknown(result).isEmpty)
    }

    @Test("says unknown, and names the call, where what hangs on storage accounts is denied")
    func namesDeniedCalls() async throws {
        let tenant = try PlantedTenant(now: Self.now)
        var faults = Faults()
        faults.denied = [.type("Microsoft.Storage/storageAccounts/*")]
        let result = try await AzureSimulator.with(tenant.estate, faults: faults) { try await Self.scan($0) }
        let soft = result.verdicts.filter { $0.rule == "azure-storage-blob-soft-delete" && $0.state != .notApplicable }
        #expect(!soft.isEmpty)
        for verdict in soft {
            #expect(verdict.state == .unknown)
            #expect(verdict.reason?.code == "denied")
        }
        // No rule that looks below an account passes or fails on what it could not see.
        let open = result.coverage.filter { $0.state == .denied }
        #expect(open.contains { $0.collection == "Microsoft.Storage/storageAccounts/blobServices" })
        #expect(
            open.allSatisfy {
                $0.call?.hasPrefix("GET /") == true && $0.code == "AuthorizationFailed" || $0.message != nil
            })
        #expect(result.summary.exitCode == 1 || result.summary.exitCode == 3)
        #expect(result.diagnostics.contains { $0.code == "azure-call-denied" && $0.message.contains("blobServices") })
        // What needs no call below the accounts is as before.
        #expect(result.verdicts.contains { $0.rule == "azure-storage-min-tls" && $0.state == .fail })
    }

    @Test("keeps no token, no secret and no assertion in any file or message")
    func keepsNoSecrets() async throws {
        let tenant = try PlantedTenant(now: Self.now)
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Workspace.create(folder)
        let (result, tokens) = try await AzureSimulator.with(tenant.estate) { simulator in
            let result = try await Self.scan(simulator) { $0.workspace = folder }
            return (result, simulator.observations.issuedTokens + [simulator.estate.identity.secret])
        }
        #expect(!tokens.isEmpty)
        let files = try FileText.paths(below: folder, suffix: "")
        #expect(files.contains { $0.hasSuffix(".calls.jsonl") })
        var texts = try files.map { String(decoding: try FileText.read(folder + "/" + $0), as: UTF8.self) }
        texts.append("\(result.diagnostics) \(result.coverage)")
        for text in texts { for token in tokens { #expect(!text.contains(token)) } }
        // A finished collection leaves one behind for the next to build on, and nothing of its own.
        let spools = files.filter { $0.contains("collecting/") }
        #expect(!spools.isEmpty)
        #expect(spools.allSatisfy { $0.contains(".last/") })
    }
}
