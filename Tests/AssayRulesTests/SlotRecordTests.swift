import AssayCore
import Testing

@testable import AssayRules

/// Slot records: a replay says what a scan says, whatever was recorded and whatever is asked.
@Suite("slot records")
struct SlotRecordTests {
    /// A file of records of some chunks, as its writer made it.
    struct Recorded {
        var file: [UInt8]
        var chunks: [[UInt8]]

        func opened() throws -> SlotRecord { try Self.open(file) }

        static func open(_ file: [UInt8]) throws -> SlotRecord {
            try SlotRecord(size: file.count) { Array(file[$0..<$0 + $1]) }
        }

        /// A block and what stands behind it in the file.
        func block(_ place: SlotRecord.Block) -> [UInt8] {
            Array(file[place.position..<place.position + place.count + BulkWorker.spare])
        }
    }

    /// A program over conditions for resources of type `T`.
    private static func program(
        _ conditions: [String], type: String = "T", layout: LineLayout = .sealed
    ) throws -> BulkProgram {
        var catalogue = try RuleCatalogue(files: [])
        catalogue.add(
            try conditions.enumerated().map { index, text in
                try RuleReader.read(
                    .object([
                        ("rule", .string("assay.rule/1")), ("id", .string("r-\(10 + index)")), ("title", .string("t")),
                        ("rationale", .string("r")), ("severity", .string("high")), ("severityReason", .string("s")),
                        ("applies_to", .object([("type", .string(type))])),
                        ("assert", .array([.object([("that", .string(text)), ("message", .string("m"))])])),
                        ("fix", .object([("portal", .string("p"))])),
                    ]), file: "r.yaml")
            })
        let evaluator = try RuleEvaluator(catalogue: catalogue, frameworks: [], asOf: RuleTester.defaultNow)
        return BulkProgram(evaluator, layout: layout)
    }

    /// Scans chunks on a worker each in turn and writes their records.
    static func record(_ program: BulkProgram, _ chunks: [[UInt8]], workers: Int = 1) -> Recorded {
        var writer = SlotRecordWriter(program, source: Array("snapshot".utf8))
        var buffers = Array(repeating: SlotRecordBuffer(program), count: workers)
        var file = writer.head
        var block = BulkBlock()
        var offset = 0
        for (index, chunk) in chunks.enumerated() {
            var worker = BulkWorker(program)
            worker.scan(
                chunk + [UInt8](repeating: 0, count: BulkWorker.spare), 0..<chunk.count, into: &block,
                recording: &buffers[index % workers])
            file += writer.block(buffers[index % workers], worker: index % workers, offset: offset)
            offset += chunk.count
        }
        file += writer.end(buffers)
        return Recorded(file: file, chunks: chunks)
    }

    /// Compares a replay of records with a scan of the same lines, both by one program; gives how many states agree.
    private static func compare(_ recorded: Recorded, _ program: BulkProgram) throws -> Int {
        let record = try recorded.opened()
        var replay = try BulkReplay(program, record)
        #expect(replay.needsSnapshot.isEmpty, "\(replay.needsSnapshot.prefix(3))")
        #expect(record.blocks.count == recorded.chunks.count)
        var worker = BulkWorker(program)
        var (scanned, replayed) = (BulkBlock(), BulkBlock())
        var offset = 0
        var states = 0
        for (index, chunk) in recorded.chunks.enumerated() {
            worker.scan(
                chunk + [UInt8](repeating: 0, count: BulkWorker.spare), 0..<chunk.count, into: &scanned)
            try replay.replay(recorded.block(record.blocks[index]), block: index, into: &replayed)
            #expect(record.blocks[index].sourceOffset == offset)
            offset += chunk.count
            #expect(scanned.lines.map(\.offset) == replayed.lines.map(\.offset))
            #expect(scanned.lines.map(\.length) == replayed.lines.map(\.length))
            for ((line, found), (place, other)) in zip(
                zip(scanned.lines, BulkLines.results(scanned, program)),
                zip(replayed.lines, BulkLines.results(replayed, program)))
            {
                let text = String(decoding: chunk[Int(line.offset)..<Int(line.offset + line.length)], as: UTF8.self)
                #expect(place.type == line.type && found == other, "\(text)")
                states += found.states.count
            }
        }
        return states
    }

    /// Lines of the catalogue's cases with changed bodies, some of their strings and keys written with escapes.
    private static func lines(seed: UInt64, _ wanted: Int) throws -> [[UInt8]] {
        let catalogue = try BulkCatalogue.catalogue()
        let resources = catalogue.rules.flatMap { rule in
            rule.cases.flatMap { test in
                test.resources.enumerated().compactMap { CaseResource.read($1, number: $0) }
            }
        }
        var mutator = DocumentMutator(seed: seed, corpus: resources.map { Tree($0.body) })
        return try (0..<wanted).map { index in
            var resource = resources[index % resources.count]
            var body = mutator.mutate(Tree(resource.body), changes: Int.random(in: 0...3, using: &mutator.numbers))
            if body.members == nil { body = .object([("value", body)]) }
            if mutator.numbers.once(in: 10) { body = mutator.hidden(body) }
            resource.body = Document(body).root
            let line = BulkLines.line(resource)
            guard mutator.numbers.once(in: 3) else { return line }
            return mutator.written(
                Tree(try JSONReader.read(line).root), escapes: true, plainKeys: ["resource", "type"])
        }
    }

    private static func chunks(_ lines: [[UInt8]], of count: Int) -> [[UInt8]] {
        stride(from: 0, to: lines.count, by: count).map { first in
            lines[first..<min(first + count, lines.count)].flatMap { $0 + [0x0A] }
        }
    }

    @Test("a replay of the catalogue equals a scan, under the profiles recorded and under others")
    func replaysCatalogue() throws {
        let (_, program) = try BulkCatalogue.engine()
        let lines = try Self.lines(seed: 41, 1500)
        let recorded = Self.record(program, Self.chunks(lines, of: 97), workers: 2)
        #expect(try Self.compare(recorded, program) > 1500)
        #expect(try recorded.opened().lineCount == lines.count)
        // Other parameters, over the same paths.
        let (_, framed) = try BulkCatalogue.engine(isUnderFrameworks: true)
        #expect(framed.types.flatMap(\.pairs).count > program.types.flatMap(\.pairs).count)
        #expect(try Self.compare(recorded, framed) > 1500)
    }

    private static let conditions = [
        "resource.a == 1", "resource.b.c == 'x'", "resource.list.all(e, e.on)", "has(resource.z)",
        "resource.list.exists(e, e.name == 'n' || e.tags.exists(t, t == 'p'))", "resource.b.d in ['p', 'q']",
        "resource.n > 5", "meta.name == 'n'", "resource.a == resource.n", "size(resource.list) == 2",
    ]

    private static let bodies =
        BulkWalkerTests.bodies + [
            #"{"list":[{"name":"o","tags":["p","p"]},{"tags":[]},{"tags":"p"},{"tags":{}}],"n":7}"#,
            #"{"list":[[["p"]]],"b":{"c":{"d":1},"d":["p"]}}"#, #"{"b":{"c":"x\"y","d":"p\u0000"},"n":1e3}"#,
            #"{"list":[\#(Array(repeating: #"{"on":true}"#, count: 4100).joined(separator: ","))],"a":1}"#,
        ]

    private static func chunk(times: Int) -> [UInt8] {
        var lines = Array(repeating: bodies.map { BulkWalkerTests.sealed($0) }, count: times).flatMap { $0 }
        lines += [
            "", #"{"coverage":{}}"#, #"{"resource":{"id":"i"}}"#, #"{"resource":{"type":"W","id":"i"}}"#,
            BulkWalkerTests.sealed(#"{"a":1}"#).replacing(
                "\"unknown\":[]", with: #""unknown":[{"path":"a","reason":"denied"}]"#),
            String(BulkWalkerTests.sealed(#"{"a":1,"b":{"c":"x"}}"#).dropLast(3)),
        ]
        return lines.flatMap { Array($0.utf8) + [0x0A] }
    }

    @Test("other conditions over recorded paths are answered without the lines")
    func answersOtherRules() throws {
        let recorded = Self.record(
            try Self.program(Self.conditions),
            // A line that ends inside a string makes its whole chunk unreadable.
            [Self.chunk(times: 1), Self.chunk(times: 3), Array("{\"a\n{}".utf8), Self.chunk(times: 2)])
        let others = [
            Self.conditions, Self.conditions.map { "!(\($0))" }, Self.conditions.reversed(),
            ["resource.a == 2", "resource.n <= 6", "resource.a >= 0 && resource.n >= 0"],
            ["resource.b.c.startsWith('x')", "resource.b.c.matches('^x.$')", "resource.?b.?d.orValue('p') != 'q'"],
            ["resource.list.exists(e, !e.on)", "resource.list.all(e, e.tags.all(t, t.startsWith('p')))"],
            ["size(resource.list) > 0", "type(resource.b.c) == string", "has(resource.b.c)", "true"],
            ["resource.list.exists(e, e.name == 'o')", "resource.z == null", "meta.name.endsWith('n')"],
        ]
        for conditions in others { #expect(try Self.compare(recorded, Self.program(conditions)) > 0, "\(conditions)") }
    }

    @Test("what was not recorded is named, and its lines are left to the snapshot")
    func namesGaps() throws {
        let recorded = Self.record(
            try Self.program(["resource.a == 1", "has(resource.list)", "has(resource.b)"]), [Self.chunk(times: 1)])
        let record = try recorded.opened()
        let wanted: [(condition: String, type: String, gap: String)] = [
            ("resource.c == 1", "T", "T: body.c (value)"), ("resource.b.c == 1", "T", "T: body.b.c (value)"),
            ("size(resource.list) == 2", "T", "T: body.list (container)"),
            ("resource.list.all(e, e.on)", "T", "T: body.list (elements)"), ("resource.a == 1", "W", "W:  (type)"),
        ]
        for (condition, type, gap) in wanted {
            let program = try Self.program([condition], type: type)
            var replay = try BulkReplay(program, record)
            #expect(replay.needsSnapshot.map(\.description) == [gap])
            var block = BulkBlock()
            try replay.replay(recorded.block(record.blocks[0]), block: 0, into: &block)
            let lines = block.lines.filter { $0.type == BulkBlock.Line.notRecorded }
            let isNew = type == "W"
            #expect(lines.count == (isNew ? 1 : Self.bodies.count + 2), "\(condition)")
            for line in lines {
                let text = String(
                    decoding: recorded.chunks[0][Int(line.offset)..<Int(line.offset + line.length)], as: UTF8.self)
                #expect(text.hasPrefix(#"{"resource":{"type":"\#(type)""#))
            }
            #expect(block.states.isEmpty)
        }
        let bare = try Self.program(["resource.a == 1"], layout: .bare)
        #expect(throws: SlotRecordError.otherLayout) { _ = try BulkReplay(bare, record).needsSnapshot }
    }

    /// Opens a file and replays all of it.
    private static func replay(_ file: [UInt8], _ program: BulkProgram) throws {
        let recorded = Recorded(file: file, chunks: [])
        let record = try recorded.opened()
        var replay = try BulkReplay(program, record)
        var block = BulkBlock()
        for (index, place) in record.blocks.enumerated() {
            try replay.replay(recorded.block(place), block: index, into: &block)
        }
    }

    @Test("a file cut anywhere and a file with a bit turned in any byte are refused by name")
    func refusesDamage() throws {
        let program = try Self.program(["resource.a == 1", "resource.b.c == 'x'"])
        let chunk: [UInt8] = Self.bodies.prefix(12).flatMap { Array(BulkWalkerTests.sealed($0).utf8) + [0x0A] }
        let file = Self.record(program, [chunk, chunk]).file
        try Self.replay(file, program)
        for count in 0..<file.count {
            #expect(throws: SlotRecordError.truncated(size: count)) {
                try Self.replay(Array(file.prefix(count)), program)
            }
        }
        let record = try Recorded.open(file)
        for place in file.indices {
            var turned = file
            turned[place] ^= 1 << UInt8(place % 8)
            #expect(throws: SlotRecordError.self, "byte \(place)") { try Self.replay(turned, program) }
        }
        var turned = file
        turned[record.blocks[1].position] ^= 1
        #expect(throws: SlotRecordError.damaged(part: "block 1", position: record.blocks[1].position)) {
            try Self.replay(turned, program)
        }
        turned = file
        turned[8] = 2
        #expect(throws: SlotRecordError.damaged(part: "head", position: 0)) { try Self.replay(turned, program) }
    }

    @Test("events that no scan wrote are damage or states, never more")
    func survivesForeignEvents() throws {
        let program = try Self.program(Self.conditions)
        let chunk: [UInt8] = Self.bodies.dropLast().flatMap { Array(BulkWalkerTests.sealed($0).utf8) + [0x0A] }
        let recorded = Self.record(program, [chunk + chunk])
        let record = try recorded.opened()
        let map = SlotReplayMap(record.schema, program)
        let tables = ReplayTables(map, record, program)
        var scanner = LineScanner(program)
        let place = record.blocks[0]
        let bytes = Array(recorded.file[place.position..<place.position + place.count])
        var numbers = SeededGenerator(seed: 3)
        var block = BulkBlock()
        var (damaged, whole) = (0, 0)
        for _ in 0..<3000 * BulkCatalogue.rounds {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...6, using: &numbers) {
                let index = Int.random(in: changed.indices, using: &numbers)
                changed[index] = numbers.once(in: 2) ? UInt8.random(in: 0...20, using: &numbers) : 0xFF
            }
            changed += [UInt8](repeating: numbers.once(in: 2) ? 0xFF : 0, count: BulkWorker.spare)
            // SAFETY: the spare bytes stand behind the part.
            let damage = unsafe changed.withUnsafeBytes { buffer in
                unsafe scanner.replay(
                    UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count]), lines: place.lineCount, dictionary: 0,
                    tables, into: &block)
            }
            if let damage {
                damaged += 1
                #expect(damage <= bytes.count)
            } else {
                whole += 1
                #expect(block.states.allSatisfy { $0 <= BulkState.notApplicable.rawValue })
            }
        }
        #expect(damaged > 0 && whole > 0)
    }

    @Test(
        "the checksum is XXH64",
        arguments: [
            (0, 0xEF46_DB37_51D8_E999), (3, 0xE5C7_BB45_33BC_65DD), (7, 0x14CC_643F_630C_72D2),
            (31, 0xC346_D2B5_9B4D_8EE1), (32, 0xCBF5_9C51_16FF_32B4), (45, 0x10FD_D84D_6409_ABDF),
            (200, 0x50DC_1079_B99E_879C),
        ] as [(Int, UInt64)])
    func sums(count: Int, expected: UInt64) {
        #expect(BlockChecksum.of((0..<count).map { UInt8($0) }) == expected)
        let shifted = [7] + (0..<count).map { UInt8($0) }
        #expect(BlockChecksum.of(shifted, 1..<count + 1) == expected)
    }
}
