import AssayCore
import AssayFormats
import AssayHashing
import AssayProgram
import Foundation
import Testing

@Suite("delta scan")
struct DeltaEquivalenceTests {
    /// A thousand seeds in all, or eight times `ASSAY_DELTA_SEEDS`.
    private static let seedsAShard = ProcessInfo.processInfo.environment["ASSAY_DELTA_SEEDS"].flatMap(Int.init) ?? 125

    private static func scan() throws -> DeltaScan {
        DeltaScan(
            folder: try ScratchFolder(),
            hasher: try #require(LineHasher(key: [UInt8](repeating: 5, count: LineHasher.keyCount))))
    }

    /// What changed by the plain way: both worlds judged whole, joined by resource, rule and profile.
    private static func transitions(_ before: DeltaWorld, _ after: DeltaWorld) -> [VerdictTransition] {
        struct Key: Hashable {
            var id: Int
            var type: String
            var rule: String
            var profile: String
        }
        func key(_ line: DeltaWorld.Line, _ pair: DeltaPair) -> Key {
            Key(id: line.id, type: line.type, rule: pair.identity.rule, profile: pair.identity.profile)
        }
        var former: [Key: UInt8] = [:]
        let estates = (before.estate, after.estate)
        let types = (before.types, after.types)
        for line in before.lines {
            for pair in types.0.first(where: { $0.name == line.type })?.pairs ?? [] {
                former[key(line, pair)] = before.code(pair, line, estate: estates.0)
            }
        }
        var transitions: [VerdictTransition] = []
        for (number, line) in after.lines.enumerated() {
            guard let type = types.1.firstIndex(where: { $0.name == line.type }) else { continue }
            for (place, pair) in types.1[type].pairs.enumerated() {
                let old = former[key(line, pair)]
                let new = after.code(pair, line, estate: estates.1)
                guard old != new, let present = VerdictState(code: new) else { continue }
                transitions.append(
                    VerdictTransition(
                        line: number, type: type, pair: place, former: old.flatMap(VerdictState.init(code:)),
                        present: present))
            }
        }
        return transitions
    }

    private static func check(seed: Int, lineCount: Int, steps: Int) throws {
        var numbers = SeededNumbers(seed: seed)
        let scan = try scan()
        var world = DeltaWorld(lineCount: lineCount, ruleCount: numbers.below(12), &numbers)
        var kept = try scan.full(world, "0")
        for step in 1...steps {
            let before = world
            for _ in 0...numbers.below(4) { world.edit(&numbers) }
            let full = try scan.full(world, "full\(step)")
            let tableAfter = [nil, 0, 3][numbers.below(3)]
            let delta = try scan.delta(from: kept, before, to: world, "delta\(step)", tableAfter: tableAfter)
            try #require(delta.kept.vector.summary == full.vector.summary, "seed \(seed), step \(step)")
            try #require(delta.transitions == transitions(before, world), "seed \(seed), step \(step)")
            let remaining = Set(world.lines.map(\.id))
            let gone = before.lines.indices.filter {
                before.lines[$0].id >= 0 && !remaining.contains(before.lines[$0].id)
            }
            try #require(delta.former.gone == gone, "seed \(seed), step \(step)")
            let known = Set(before.lines.map(\.id))
            let appeared = world.lines.count { $0.id >= 0 && !known.contains($0.id) }
            try #require(delta.former.appearedCount == appeared, "seed \(seed), step \(step)")
            kept = delta.kept
        }
    }

    @Test("after random edits it ends in the bytes of a full scan, and names the same transitions", arguments: 0..<8)
    func equalsFull(_ shard: Int) throws {
        for seed in 0..<Self.seedsAShard {
            try Self.check(seed: seed * 8 + shard, lineCount: seed % 40, steps: 3)
        }
    }

    @Test("it ends in the bytes of a full scan beyond one block of every file", arguments: 0..<4)
    func equalsFullBeyondBlocks(_ seed: Int) throws {
        try Self.check(seed: 10_000 + seed, lineCount: 4_000 + seed * 1_500, steps: 2)
    }

    @Test("an unchanged estate judges only what reads other resources, facts or the date")
    func keepsUnchanged() throws {
        var numbers = SeededNumbers(seed: 1)
        let scan = try Self.scan()
        let world = DeltaWorld(lineCount: 200, ruleCount: 20, &numbers)
        let kept = try scan.full(world, "0")
        let delta = try scan.delta(from: kept, world, to: world, "1", tableAfter: nil)
        let types = world.types
        let dependent = world.lines.reduce(0) { sum, line in
            sum + (types.first { $0.name == line.type }?.pairs.count { !$0.dependencies.isEmpty } ?? 0)
        }
        #expect(delta.judgedPairs == dependent)
        #expect(dependent > 0)
        #expect(delta.judgedPairs < kept.vector.summary.pairs)
        #expect(delta.transitions.isEmpty)
    }

    @Test("a changed environment and a forced scan carry nothing over")
    func obeysObstacles() throws {
        var numbers = SeededNumbers(seed: 2)
        let scan = try Self.scan()
        let world = DeltaWorld(lineCount: 20, ruleCount: 20, &numbers)
        let kept = try scan.full(world, "0")
        for (isForced, environment) in [(true, world.environmentDigest), (false, Digest(of: [1]))] {
            let plan = try DeltaPlan(
                previous: kept.vector, index: kept.index, types: world.types, environment: environment,
                isForced: isForced)
            #expect(plan.obstacle == (isForced ? .forced : .environmentChanged))
            #expect(plan.mappings.allSatisfy { $0.sources.allSatisfy { $0 < 0 } })
            #expect(plan.decision(type: 0, previous: 3) == .evaluate(former: 3))
        }
    }

    @Test("an index and a vector of different scans are refused")
    func refusesOtherScan() throws {
        var numbers = SeededNumbers(seed: 3)
        let scan = try Self.scan()
        let world = DeltaWorld(lineCount: 20, ruleCount: 5, &numbers)
        var other = world
        other.lines[0].content += 1
        let kept = try scan.full(world, "0")
        let index = try scan.index(other, "other")
        #expect(throws: ScanFileError.self) {
            _ = try DeltaPlan(
                previous: kept.vector, index: index, types: world.types, environment: world.environmentDigest)
        }
    }

    @Test("pairs whose rule is no more are listed")
    func listsDropped() throws {
        var numbers = SeededNumbers(seed: 4)
        let scan = try Self.scan()
        var world = DeltaWorld(lineCount: 5, ruleCount: 6, &numbers)
        let kept = try scan.full(world, "0")
        let removed = world.rules.removeFirst()
        world.rules[0].version += 1
        let plan = try DeltaPlan(
            previous: kept.vector, index: kept.index, types: world.types, environment: world.environmentDigest)
        #expect(plan.dropped.map(\.pair.rule) == removed.profiles.map { _ in removed.name })
        #expect(plan.dropped.allSatisfy { $0.type == removed.type })
    }
}
