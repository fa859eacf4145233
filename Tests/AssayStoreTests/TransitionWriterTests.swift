import AssayCore
import Foundation
import GRDB
import Testing

@testable import AssayStore

@Suite("transition store")
struct TransitionWriterTests {
    private static let pairs = [
        (rule: "r1", profile: "default"), (rule: "r1", profile: "hipaa"), (rule: "r2", profile: "default"),
    ]

    private func inStore(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "assay-store-\(UUID().uuidString).sqlite")
            .path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        try DatabaseQueue(path: path).write { try VerdictTransitionSchema.createVerdictTransitions($0) }
        try body(path)
    }

    private func kept(_ path: String, _ scan: String) throws -> [KeptTransition] {
        var kept: [KeptTransition] = []
        try TransitionReader(path: path).forEach(ofScan: scan) { kept.append($0) }
        return kept
    }

    private func count(_ path: String, _ table: String) throws -> Int? {
        try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
    }

    @Test("what a scan hands in is there in its order, with its traces")
    func keeps() throws {
        try inStore { path in
            var first = try TransitionWriter(path: path, scan: "s1", pairs: Self.pairs)
            first.begin(resource: Array("a".utf8).span)
            try first.append(pair: 0, former: nil, present: .pass)
            first.begin(resource: Array("a".utf8).span)
            try first.append(
                pair: 2, former: nil, present: .fail, trace: Array("[1]".utf8))
            first.begin(resource: Array("ü/b".utf8).span)
            try first.append(pair: 1, former: nil, present: .manual)
            try first.finish()
            var second = try TransitionWriter(path: path, scan: "s2", pairs: Self.pairs)
            second.begin(resource: Array("a".utf8).span)
            try second.append(pair: 2, former: .fail, present: .notApplicable)
            second.begin(resource: Array("ü/b".utf8).span)
            try second.append(pair: 1, former: .manual, present: nil)
            try second.finish()
            #expect(
                try kept(path, "s1") == [
                    KeptTransition(rule: "r1", profile: "default", resource: "a", former: nil, present: .pass),
                    KeptTransition(
                        rule: "r2", profile: "default", resource: "a", former: nil, present: .fail, trace: "[1]"),
                    KeptTransition(rule: "r1", profile: "hipaa", resource: "ü/b", former: nil, present: .manual),
                ])
            #expect(
                try kept(path, "s2") == [
                    KeptTransition(
                        rule: "r2", profile: "default", resource: "a", former: .fail, present: .notApplicable),
                    KeptTransition(rule: "r1", profile: "hipaa", resource: "ü/b", former: .manual, present: nil),
                ])
            #expect(try count(path, "verdictResource") == 2)
            #expect(try count(path, "verdictPair") == 3)
        }
    }

    @Test("batches do not show in what is kept")
    func batches() throws {
        try inStore { path in
            let total = TransitionWriter.batchRows * 2 + 17
            var writer = try TransitionWriter(path: path, scan: "s", pairs: Self.pairs)
            for number in 0..<total {
                writer.begin(resource: Array("r\(number / 3)".utf8).span)
                try writer.append(
                    pair: number % 3, former: .pass, present: .fail,
                    trace: number % 1_000 == 0 ? Array("t\(number)".utf8) : nil)
            }
            try writer.finish()
            var number = 0
            try TransitionReader(path: path).forEach(ofScan: "s") { kept in
                let pair = Self.pairs[number % 3]
                let expected = KeptTransition(
                    rule: pair.rule, profile: pair.profile, resource: "r\(number / 3)", former: .pass, present: .fail,
                    trace: number % 1_000 == 0 ? "t\(number)" : nil)
                try #require(kept == expected, "row \(number)")
                number += 1
            }
            #expect(number == total)
        }
    }

    @Test("a scan that was killed counts for nothing, and the next one removes it")
    func removesAbandoned() throws {
        try inStore { path in
            func abandon() throws {
                var killed = try TransitionWriter(path: path, scan: "killed", pairs: Self.pairs)
                for number in 0...TransitionWriter.batchRows {
                    killed.begin(resource: Array("r\(number)".utf8).span)
                    try killed.append(
                        pair: 0, former: nil, present: .fail,
                        trace: Array("t".utf8))
                }
            }
            try abandon()
            #expect(try count(path, "verdictTransition") == TransitionWriter.batchRows)
            #expect(try kept(path, "killed").isEmpty)
            var next = try TransitionWriter(path: path, scan: "next", pairs: Self.pairs)
            next.begin(resource: Array("x".utf8).span)
            try next.append(pair: 0, former: nil, present: .fail)
            try next.finish()
            #expect(try count(path, "verdictTransition") == 1)
            #expect(try count(path, "verdictTrace") == 0)
            #expect(try kept(path, "next").count == 1)
        }
    }

    @Test("a resource without transitions leaves nothing behind")
    func forgetsEmpty() throws {
        try inStore { path in
            var writer = try TransitionWriter(path: path, scan: "s", pairs: Self.pairs)
            for name in ["first", "second", "third", "fourth"] {
                writer.begin(resource: Array(name.utf8).span)
                if name == "second" || name == "third" { try writer.append(pair: 0, former: nil, present: .fail) }
            }
            try writer.finish()
            #expect(try kept(path, "s").map(\.resource) == ["second", "third"])
            #expect(try count(path, "verdictResource") == 2)
        }
    }

    @Test("a scan whose transitions are complete is not written again")
    func refusesTwice() throws {
        try inStore { path in
            var writer = try TransitionWriter(path: path, scan: "s", pairs: Self.pairs)
            try writer.finish()
            #expect(throws: TransitionError.kept("s")) {
                _ = try TransitionWriter(path: path, scan: "s", pairs: Self.pairs)
            }
        }
    }

    @Test("a writer that another one displaced says so")
    func noticesDisplacement() throws {
        try inStore { path in
            var slow = try TransitionWriter(path: path, scan: "slow", pairs: Self.pairs)
            slow.begin(resource: Array("x".utf8).span)
            try slow.append(pair: 0, former: nil, present: .fail)
            var quick = try TransitionWriter(path: path, scan: "quick", pairs: Self.pairs)
            try quick.finish()
            #expect(throws: TransitionError.displaced) { try slow.finish() }
            #expect(try kept(path, "slow").isEmpty)
        }
    }

    @Test("the schema refuses a transition that is none")
    func refusesSame() throws {
        try inStore { path in
            var writer = try TransitionWriter(path: path, scan: "s", pairs: Self.pairs)
            writer.begin(resource: Array("x".utf8).span)
            try writer.append(pair: 0, former: .fail, present: .fail)
            #expect(throws: DatabaseError.self) { try writer.finish() }
        }
    }
}
