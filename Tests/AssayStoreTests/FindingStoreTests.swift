import AssayProgram
import AssayStore
import Foundation
import GRDB
import Testing

@Suite("finding store")
struct FindingStoreTests {
    private static let scan = ScanRecord(
        id: "s1", collectedAt: "2026-03-02T08:00:00Z", asOf: "2026-03-02T08:00:00Z", snapshotDigest: "a",
        verdictDigest: "b", isComplete: true)

    private static func record(_ resource: String, state: Finding.State = .open) -> FindingRecord {
        FindingRecord(
            key: FindingKey(rule: "r", resource: resource, profile: "default"), resourceType: "T",
            resourceName: resource,
            state: state, firstSeen: "2026-03-02T08:00:00Z", lastSeen: "2026-03-02T08:00:00Z",
            resolvedAt: state == .resolved ? "2026-03-03T08:00:00Z" : nil,
            resolution: state == .resolved ? "fixed" : nil)
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func outcome(_ records: [FindingRecord], _ transitions: [FindingTransition] = []) -> FindingLedger.Outcome {
        FindingLedger.Outcome(records: records, transitions: transitions)
    }

    @Test("what a scan keeps is there when the file is opened again")
    func keeps() throws {
        try inFolder { folder in
            let kept = [Self.record("a"), Self.record("b", state: .resolved)]
            try FindingStore(path: folder + "/s.sqlite").keep(Self.scan) { _ in outcome(kept) }
            let store = try FindingStore(path: folder + "/s.sqlite")
            #expect(try store.records() == kept)
            #expect(try store.scans() == [Self.scan])
        }
    }

    @Test("an update that throws leaves everything as it was")
    func rollsBack() throws {
        struct Stop: Error {}
        try inFolder { folder in
            let store = try FindingStore(path: folder + "/s.sqlite")
            try store.keep(Self.scan) { _ in outcome([Self.record("a")]) }
            #expect(throws: Stop.self) { try store.keep(Self.scan) { _ in throw Stop() } }
            #expect(try store.records() == [Self.record("a")])
        }
    }

    @Test("the schema refuses what no ledger writes")
    func checksSchema() throws {
        try inFolder { folder in
            let store = try FindingStore(path: folder + "/s.sqlite")
            var odd = Self.record("a")
            odd.resolution = "forgotten"
            #expect(throws: DatabaseError.self) { try store.keep(Self.scan) { _ in outcome([odd]) } }
            var open = Self.record("a")
            open.resolvedAt = "2026-03-03T08:00:00Z"
            #expect(throws: DatabaseError.self) { try store.keep(Self.scan) { _ in outcome([open]) } }
            #expect(try store.records().isEmpty)
        }
    }

    @Test("a file of a newer version is refused by name")
    func refusesNewer() throws {
        try inFolder { folder in
            let path = folder + "/s.sqlite"
            _ = try FindingStore(path: path)
            try DatabaseQueue(path: path).write { database in
                try database.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 later')")
            }
            #expect(throws: StoreError.self) { _ = try FindingStore(path: path) }
        }
    }

    @Test("a file that is not a database is refused and left alone")
    func refusesForeignFile() throws {
        try inFolder { folder in
            let path = folder + "/s.sqlite"
            let foreign = Data(repeating: 0x41, count: 8_192)
            try foreign.write(to: URL(filePath: path))
            #expect(throws: (any Error).self) { _ = try FindingStore(path: path) }
            #expect(try Data(contentsOf: URL(filePath: path)) == foreign)
        }
    }

    @Test("a second writer waits, and neither loses the other's findings")
    func serialisesWriters() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/s.sqlite"
        _ = try FindingStore(path: path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try FindingStore(path: path).keep(Self.scan) { records in
                        FindingLedger.Outcome(
                            records: (records + [Self.record("r\(number)")]).sorted {
                                $0.key.resource < $1.key.resource
                            },
                            transitions: [])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try FindingStore(path: path).records().count == 8)
    }
}
