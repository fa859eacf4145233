import AssayClouds
import AssayCore
import AssayFormats
import Foundation
import Synchronization
import Testing

@testable import AssayWorkspace

/// What is on disk while a tenant is read, and what is made of it after a run was killed.
@Suite("spool of a collection")
struct CollectionSpoolTests {
    private static let purpose = "tenant t1, everything"
    private static let started = "2026-06-30T12:00:00Z"

    /// A folder of its own that is gone afterwards.
    private static func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spool-\(UUID().uuidString)").path()
        do {
            try await body(folder + "/spool")
        } catch {
            try FileManager.default.removeItem(atPath: folder)
            throw error
        }
        try FileManager.default.removeItem(atPath: folder)
    }

    private static func open(_ folder: String, _ purpose: String = purpose, at started: String = started) throws
        -> CollectionSpool
    {
        try FileText.makeFolder(String(folder.dropLast("/spool".count)))
        return try CollectionSpool(folder: folder, purpose: purpose, started: started)
    }

    private static func resource(
        _ id: String, type: String = "T/a", scope: [String] = ["/tenants/t1", "/subscriptions/s1"], note: String = ""
    ) -> Resource {
        Resource(
            type: type, id: id, provider: .azure, scope: scope, name: id, region: nil, tags: [:], apiVersion: nil,
            origin: Origin(kind: .api, call: "GET /x", at: "2026-06-30T12:00:00Z"),
            body: Document(.object([("note", .string(note))])).root)
    }

    private static func unit(_ key: String, _ count: Int) -> CollectionUnit {
        CollectionUnit(key: key, count: count, pages: 1, call: "GET /\(key)", at: "2026-06-30T12:00:00Z")
    }

    /// Reads a unit whole.
    private static func fill(_ spool: CollectionSpool, _ key: String, _ resources: Resource...) async throws {
        for resource in resources { try await spool.append([resource], unit: key) }
        try await spool.finish(unit(key, resources.count))
    }

    private static func ids(_ spool: CollectionSpool) async throws -> [String] {
        var ids: [String] = []
        try await spool.reading().forEach { ids.append("\($0.type) \($0.id)") }
        return ids
    }

    /// The ids of a kept unit, part by part.
    private static func taken(_ spool: CollectionSpool, _ key: String) async throws -> [[String]] {
        let unit = try #require(await spool.finished(key))
        let kept = Mutex<[[String]]>([])
        try await spool.resources(of: unit) { resources in kept.withLock { $0.append(resources.map(\.id)) } }
        return kept.withLock { $0 }
    }

    private static func cut(_ path: String, by bytes: Int) throws {
        let text = try FileText.read(path)
        try FileText.write(Array(text.dropLast(bytes)), to: path)
    }

    // MARK: Going on

    @Test("a unit that was read whole is there after a new start, in the parts that it came in")
    func resumes() async throws {
        try await Self.withFolder { folder in
            try await Self.fill(try Self.open(folder), "u1", Self.resource("/a/1"), Self.resource("/a/2"))
            let spool = try Self.open(folder)
            #expect(await spool.resumed == 1)
            #expect(await spool.finished("u1") == Self.unit("u1", 2))
            #expect(await spool.finished("u2") == nil)
            #expect(try await Self.taken(spool, "u1") == [["/a/1"], ["/a/2"]])
            #expect(try await Self.ids(spool) == ["T/a /a/1", "T/a /a/2"])
        }
    }

    @Test("a unit without resources is whole too")
    func resumesEmpty() async throws {
        try await Self.withFolder { folder in
            try await Self.fill(try Self.open(folder), "none")
            let spool = try Self.open(folder)
            #expect(await spool.finished("none")?.count == 0)
            #expect(try await Self.taken(spool, "none").isEmpty)
        }
    }

    @Test("a unit that was not finished is read again, and its leftovers are in no snapshot")
    func unfinished() async throws {
        try await Self.withFolder { folder in
            let first = try Self.open(folder)
            try await Self.fill(first, "u1", Self.resource("/a/1"))
            try await first.append([Self.resource("/a/left")], unit: "u2")
            let spool = try Self.open(folder)
            #expect(await spool.finished("u2") == nil)
            _ = try await Self.taken(spool, "u1")
            try await Self.fill(spool, "u2", Self.resource("/a/2"))
            #expect(try await Self.ids(spool) == ["T/a /a/1", "T/a /a/2"])
            #expect(try await Self.taken(spool, "u2") == [["/a/2"]])
        }
    }

    @Test("what another collection left is thrown away", arguments: ["tenant t2, everything", "", purpose + " "])
    func otherPurpose(_ purpose: String) async throws {
        try await Self.withFolder { folder in
            try await Self.fill(try Self.open(folder), "u1", Self.resource("/a/1"))
            let spool = try Self.open(folder, purpose)
            #expect(await spool.resumed == 0)
            #expect(await spool.finished("u1") == nil)
            #expect(try FileText.read(folder + "/resources.jsonl").isEmpty)
            #expect(try await Self.ids(spool).isEmpty)
        }
    }

    // MARK: Torn files

    @Test(
        "a last line of units that is torn counts for nothing, and the next is written in its place",
        arguments: [1, 2, 30])
    func tornUnits(_ bytes: Int) async throws {
        try await Self.withFolder { folder in
            let first = try Self.open(folder)
            try await Self.fill(first, "u1", Self.resource("/a/1"))
            try await Self.fill(first, "u2", Self.resource("/a/2"))
            try Self.cut(folder + "/units.jsonl", by: bytes)
            let spool = try Self.open(folder)
            #expect(await spool.resumed == 1)
            #expect(await spool.finished("u2") == nil)
            try await Self.fill(spool, "u2", Self.resource("/a/2"), Self.resource("/a/3"))
            let again = try Self.open(folder)
            #expect(await again.resumed == 2)
            #expect(try await Self.taken(again, "u1") == [["/a/1"]])
            #expect(try await Self.taken(again, "u2") == [["/a/2"], ["/a/3"]])
        }
    }

    @Test("a unit whose resources are not all there is read again")
    func truncatedResources() async throws {
        try await Self.withFolder { folder in
            let first = try Self.open(folder)
            try await Self.fill(first, "u1", Self.resource("/a/1"))
            try await Self.fill(first, "u2", Self.resource("/a/2"))
            try Self.cut(folder + "/resources.jsonl", by: 1)
            let spool = try Self.open(folder)
            #expect(await spool.resumed == 1)
            #expect(await spool.finished("u2") == nil)
            // The new part stands behind the torn line and is found there.
            try await Self.fill(spool, "u2", Self.resource("/a/3"))
            #expect(try await Self.taken(spool, "u1") == [["/a/1"]])
            #expect(try await Self.taken(spool, "u2") == [["/a/3"]])
            #expect(try await Self.taken(try Self.open(folder), "u2") == [["/a/3"]])
        }
    }

    @Test(
        "a line of units that says something else ends what is taken over",
        arguments: [
            "nonsense", "{}", #"{"key":"u2","count":1,"call":"GET /u2","at":"x","kept":1,"parts":[]}"#,
            #"{"key":"u2","count":1,"call":"GET /u2","at":"x","kept":1,"parts":[[0,999999,1]]}"#,
            #"{"key":"u2","count":1,"call":"GET /u2","at":"x","kept":1,"parts":[[-5,10,1]]}"#,
            #"{"key":"u2","count":1,"call":"GET /u2","at":"x","kept":1,"parts":[[0,10]]}"#,
        ])
    func oddUnits(_ line: String) async throws {
        try await Self.withFolder { folder in
            try await Self.fill(try Self.open(folder), "u1", Self.resource("/a/1"))
            let path = folder + "/units.jsonl"
            try FileText.write(try FileText.read(path) + Array((line + "\n").utf8), to: path)
            let spool = try Self.open(folder)
            #expect(await spool.resumed == 1)
            #expect(await spool.finished("u2") == nil)
            #expect(try await Self.taken(spool, "u1") == [["/a/1"]])
        }
    }

    @Test("a unit whose resources were overwritten is read again and does not end every later run")
    func overwrittenResources() async throws {
        try await Self.withFolder { folder in
            try await Self.fill(try Self.open(folder), "u1", Self.resource("/a/1"))
            let path = folder + "/resources.jsonl"
            // What a machine that lost its power leaves: the length is there, the bytes are not.
            try FileText.write(Array(repeating: 0, count: try FileText.read(path).count), to: path)
            let spool = try Self.open(folder)
            #expect(await spool.finished("u1") == nil)
        }
    }

    // MARK: Order and scopes

    @Test("resources are handed over by type and id, whatever the order they came in")
    func order() async throws {
        try await Self.withFolder { folder in
            let spool = try Self.open(folder)
            try await Self.fill(spool, "u1", Self.resource("/b", type: "T/b"), Self.resource("/z"), Self.resource("/a"))
            try await Self.fill(spool, "u2", Self.resource("/a", type: "T/b"), Self.resource("/m"), Self.resource("/B"))
            #expect(try await Self.ids(spool) == ["T/a /B", "T/a /a", "T/a /m", "T/a /z", "T/b /a", "T/b /b"])
        }
    }

    @Test("of a resource that was read twice the last reading stays, in the scopes of all")
    func union() async throws {
        try await Self.withFolder { folder in
            let spool = try Self.open(folder)
            let group = "/providers/microsoft.management/managementgroups/g"
            try await Self.fill(
                spool, "u1", Self.resource("/a", scope: ["/tenants/t1", "/subscriptions/s2", group], note: "first"))
            try await Self.fill(
                spool, "u2", Self.resource("/a", scope: ["/tenants/t1", "/subscriptions/s1"], note: "last"))
            var read: [Resource] = []
            try await spool.reading().forEach { read.append($0) }
            #expect(read.count == 1)
            #expect(read.first?.body["note"]?.string == "last")
            #expect(read.first?.scope == ["/subscriptions/s1", "/subscriptions/s2", "/tenants/t1", group])
        }
    }

    @Test(
        "the scopes of one subscription stay below the tenant, those of several above it",
        arguments: [
            ([["/tenants/t"], ["/tenants/t", "/subscriptions/s"]], ["/tenants/t", "/subscriptions/s"]),
            (
                [["/tenants/t", "/subscriptions/b"], ["/tenants/t", "/subscriptions/a"]],
                ["/subscriptions/a", "/subscriptions/b", "/tenants/t"]
            ),
            (
                [["/tenants/t", "/subscriptions/a", "/subscriptions/a/resourcegroups/r"], ["/tenants/t"]],
                ["/tenants/t", "/subscriptions/a", "/subscriptions/a/resourcegroups/r"]
            ),
        ])
    func scopes(_ scopes: [[String]], _ union: [String]) {
        #expect(SpoolReading.union(scopes) == union)
        #expect(SpoolReading.union(scopes.reversed()) == union)
    }

    @Test("a resource that was read twice in the same scopes keeps their order")
    func sameScopes() async throws {
        try await Self.withFolder { folder in
            let spool = try Self.open(folder)
            let scope = ["/tenants/t1", "/subscriptions/s1", "/a", "/Z"]
            try await Self.fill(spool, "u1", Self.resource("/a", scope: scope), Self.resource("/a", scope: scope))
            var read: [Resource] = []
            try await spool.reading().forEach { read.append($0) }
            #expect(read.map(\.scope) == [scope])
        }
    }

    // MARK: The collection before

    @Test("a finished collection is kept for the next, which starts empty")
    func keeps() async throws {
        try await Self.withFolder { folder in
            let first = try Self.open(folder)
            try await Self.fill(first, "u1", Self.resource("/a/1", note: "as it was"))
            try await first.keep()
            let spool = try Self.open(folder, at: "2026-07-01T12:00:00Z")
            // As the collection sees it: the protocol has answers of its own for sinks that keep nothing.
            let sink: any CollectionSink = spool
            #expect(await spool.resumed == 0)
            #expect(await spool.finished("u1") == nil)
            #expect(await sink.earlierStart() == Self.started)
            let earlier = try #require(try await sink.earlier("u1"))
            #expect(earlier.unit == Self.unit("u1", 1))
            #expect(earlier.resources.map(\.id) == ["/a/1"])
            #expect(try await sink.earlier("u2") == nil)
            #expect(try await sink.isUnchanged(Self.resource("/a/1", note: "as it was")))
            #expect(try await !sink.isUnchanged(Self.resource("/a/1", note: "otherwise")))
            #expect(try await !sink.isUnchanged(Self.resource("/a/1", scope: ["/tenants/t1"], note: "as it was")))
            #expect(try await !sink.isUnchanged(Self.resource("/a/2", note: "as it was")))
        }
    }

    @Test("what was kept for another purpose, or cannot be read whole, is not built on", arguments: [true, false])
    func keepsNothing(_ isOtherPurpose: Bool) async throws {
        try await Self.withFolder { folder in
            let first = try Self.open(folder)
            try await Self.fill(first, "u1", Self.resource("/a/1"))
            try await first.keep()
            let path = folder + ".last/resources.jsonl"
            if !isOtherPurpose {
                try FileText.write(Array(repeating: 0, count: try FileText.read(path).count), to: path)
            }
            let sink: any CollectionSink = try Self.open(folder, isOtherPurpose ? "other" : Self.purpose)
            if isOtherPurpose { #expect(await sink.earlierStart() == nil) }
            #expect(try await sink.earlier("u1") == nil)
            #expect(try await !sink.isUnchanged(Self.resource("/a/1")))
        }
    }

    @Test("an interrupted run that goes on keeps the time when it began")
    func keepsStart() async throws {
        try await Self.withFolder { folder in
            try await Self.fill(try Self.open(folder), "u1", Self.resource("/a/1"))
            try await Self.open(folder, at: "2026-07-01T12:00:00Z").keep()
            let sink: any CollectionSink = try Self.open(folder, at: "2026-07-02T12:00:00Z")
            #expect(await sink.earlierStart() == Self.started)
        }
    }

    @Test("nothing is left when the folder is removed")
    func removes() async throws {
        try await Self.withFolder { folder in
            let spool = try Self.open(folder)
            try await Self.fill(spool, "u1", Self.resource("/a/1"))
            await spool.remove()
            #expect(!FileManager.default.fileExists(atPath: folder))
        }
    }

    @Test("the files are for their owner alone")
    func isPrivate() async throws {
        try await Self.withFolder { folder in
            let spool = try Self.open(folder)
            try await Self.fill(spool, "u1", Self.resource("/a/1"))
            for name in ["resources.jsonl", "units.jsonl", "calls.jsonl", "purpose", "started"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(name)")
            }
        }
    }
}
