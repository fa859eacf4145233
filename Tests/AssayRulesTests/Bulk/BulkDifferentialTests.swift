import AssayCore
import Testing

@testable import AssayRules

/// The scan and the general reader over the catalogue's own cases and mutations of them.
@Suite("bulk evaluation agrees with the general reader")
struct BulkDifferentialTests {
    /// The resources of one case, the first of which its rule judges.
    private struct Given {
        let rule: String
        let resources: [Resource]
        let coverage: [Coverage]
    }

    private static func corpus() throws -> [Given] {
        let catalogue = try BulkCatalogue.catalogue()
        return catalogue.rules.flatMap { rule in
            rule.cases.map { test in
                Given(
                    rule: rule.id,
                    resources: test.resources.enumerated().compactMap { CaseResource.read($1, number: $0) },
                    coverage: test.coverage.compactMap { try? Coverage(json: Document($0).root) })
            }
        }
    }

    /// A resource with another body, and sometimes other tags and API version.
    private static func changed(_ resource: Resource, _ mutator: inout DocumentMutator) -> Resource {
        var body = mutator.mutate(Tree(resource.body), changes: Int.random(in: 0...3, using: &mutator.numbers))
        if body.members == nil { body = .object([("value", body)]) }
        if mutator.numbers.once(in: 10) { body = mutator.hidden(body) }
        if mutator.numbers.once(in: 100) { body = .unknown(.denied) }
        var changed = resource
        changed.body = Document(body).root
        if mutator.numbers.once(in: 8) { changed.tags["phi"] = mutator.numbers.pick(["true", "no", "é\""]) }
        if mutator.numbers.once(in: 8) { changed.apiVersion = mutator.numbers.pick(["2019-06-01", "2024-01-01", ""]) }
        if mutator.numbers.once(in: 8) { changed.region = nil }
        return changed
    }

    /// A sealed line, some of whose strings and keys are written with escapes.
    private static func line(_ resource: Resource, _ mutator: inout DocumentMutator) throws -> [UInt8] {
        let sealed = BulkLines.line(resource)
        guard mutator.numbers.once(in: 2) else { return sealed }
        let tree = Tree(try JSONReader.read(sealed).root)
        return mutator.written(tree, escapes: true, plainKeys: ["resource", "type"])
    }

    private struct Disagreement: CustomStringConvertible {
        let line: [UInt8]
        let pair: BulkPair
        let fast: BulkState?
        let general: Verdict

        var description: String {
            "\(pair.rule) (\(pair.profile)): the scan says \(fast.map { "\($0)" } ?? "nothing"), the general reader "
                + "\(general.state.rawValue) \(general.reason?.code ?? "") of \(String(decoding: line, as: UTF8.self))"
        }
    }

    /// What became of the comparison of some lines.
    private struct Tally {
        var pairs = 0
        var decided = 0
        /// Pairs that values alone can decide, on resources where they do.
        var decidable = 0
        var decidedOfThose = 0
        var found: [Disagreement] = []

        mutating func compare(
            _ line: [UInt8], _ scanned: (type: Int32, states: [UInt8]), _ general: [Verdict], _ judge: LineJudge,
            _ program: BulkProgram
        ) throws {
            guard scanned.type >= 0 else {
                // What the scan cannot follow, the general reader is asked whole.
                #expect(scanned.type == BulkBlock.Line.none ? general.isEmpty : true)
                return
            }
            let pairs = program.types[Int(scanned.type)].pairs
            #expect(pairs.map(\.rule) == general.map(\.rule) && pairs.map(\.profile) == general.map(\.profile))
            let open = pairs.indices.filter { scanned.states[$0] == 0 }
            let settled = try judge.verdicts(ofLine: line, type: scanned.type, pairs: open)
            #expect(settled.count == open.count)
            for (index, verdict) in zip(open, settled) where verdict != general[index] {
                found.append(Disagreement(line: line, pair: pairs[index], fast: nil, general: general[index]))
            }
            for index in pairs.indices {
                self.pairs += 1
                let isDecidable = pairs[index].leftOver.isEmpty && general[index].state != .unknown
                if isDecidable { decidable += 1 }
                guard scanned.states[index] != 0 else { continue }
                decided += 1
                if isDecidable { decidedOfThose += 1 }
                let fast = BulkState(rawValue: scanned.states[index])
                if fast != BulkLines.state(general[index].state) {
                    found.append(
                        Disagreement(line: line, pair: pairs[index], fast: fast, general: general[index]))
                }
            }
        }
    }

    @Test("lines without context: every state that the scan gives is the general reader's", arguments: [false, true])
    func agreesAlone(underFrameworks: Bool) throws {
        let (evaluator, program) = try BulkCatalogue.engine(isUnderFrameworks: underFrameworks)
        let corpus = try Self.corpus()
        let judge = LineJudge(evaluator, program: program)
        var mutator = DocumentMutator(
            seed: underFrameworks ? 11 : 7, corpus: corpus.flatMap { $0.resources.map { Tree($0.body) } })
        var tally = Tally()
        for round in 0..<BulkCatalogue.rounds {
            let step = underFrameworks ? 5 : 1
            var lines: [[UInt8]] = []
            for (index, given) in corpus.enumerated() where (index + round) % step == 0 {
                guard let first = given.resources.first else { continue }
                lines.append(try Self.line(Self.changed(first, &mutator), &mutator))
            }
            for (line, scanned) in zip(lines, BulkLines.scan(lines, program)) {
                guard let resource = try judge.resource(ofLine: line) else { continue }
                let alone = JudgedResource(alone: resource, classifier: Classifier())
                try tally.compare(line, scanned, evaluator.evaluate(alone, pairs: nil), judge, program)
            }
        }
        #expect(tally.found.isEmpty, "\(tally.found.count) of \(tally.pairs): \(tally.found.prefix(3))")
        // A scan that left everything to the general reader would agree too.
        #expect(
            tally.decidedOfThose * 100 > tally.decidable * 95,
            "\(tally.decidedOfThose) of \(tally.decidable) decidable, \(tally.decided) of \(tally.pairs)")
    }

    @Test("lines of an estate: every state that the scan gives holds with relations too")
    func agreesInEstate() throws {
        let (evaluator, program) = try BulkCatalogue.engine()
        let catalogue = try BulkCatalogue.catalogue()
        let corpus = try Self.corpus()
        var mutator = DocumentMutator(
            seed: 23, corpus: corpus.flatMap { $0.resources.map { Tree($0.body) } })
        var tally = Tally()
        for round in 0..<BulkCatalogue.rounds {
            for (index, given) in corpus.enumerated() where given.resources.count > 1 || (index + round) % 6 == 0 {
                let lines = try given.resources.map { try Self.line(Self.changed($0, &mutator), &mutator) }
                let reader = LineJudge(evaluator, program: program)
                let resources = try lines.compactMap { try reader.resource(ofLine: $0) }
                guard let rule = catalogue.rule(given.rule) else { continue }
                let others = evaluator.rules[rule.appliesTo.type.lowercased()]?.map(\.rule) ?? []
                let estate = Estate(resources: resources, coverage: given.coverage, rules: others)
                let judge = LineJudge(evaluator, program: program, estate: estate)
                let scanned = BulkLines.scan(lines, program)
                let isDoubled = resources.count > 1 && resources[0].id == resources[1].id
                guard !isDoubled, let line = lines.first, let first = scanned.first else { continue }
                try tally.compare(line, first, evaluator.evaluate(0, in: estate), judge, program)
            }
        }
        #expect(tally.found.isEmpty, "\(tally.found.count) of \(tally.pairs): \(tally.found.prefix(3))")
        #expect(tally.decided > 0 && tally.decided < tally.pairs)
    }

    @Test("bare documents: every state that the scan gives is the general reader's")
    func agreesOnBareDocuments() throws {
        let (evaluator, program) = try BulkCatalogue.engine(layout: .bare)
        let corpus = try Self.corpus()
        let judge = LineJudge(evaluator, program: program)
        var mutator = DocumentMutator(seed: 31, corpus: corpus.flatMap { $0.resources.map { Tree($0.body) } })
        var tally = Tally()
        var lines: [[UInt8]] = []
        for given in corpus {
            guard let first = given.resources.first else { continue }
            var body = mutator.mutate(Tree(first.body), changes: Int.random(in: 0...2, using: &mutator.numbers))
            if body.members == nil { body = .object([]) }
            body["type"] = nil
            body["id"] = .string(first.id)
            var members = body.members ?? []
            // The type stands anywhere.
            members.insert(
                Tree.Member("type", .string(first.type)),
                at: Int.random(in: 0...members.count, using: &mutator.numbers))
            let escapes = mutator.numbers.once(in: 2)
            lines.append(mutator.written(Tree(.object(members)), escapes: escapes, plainKeys: ["type"]))
        }
        for (line, scanned) in zip(lines, BulkLines.scan(lines, program)) {
            guard let resource = try judge.resource(ofLine: line) else { continue }
            let alone = JudgedResource(alone: resource, classifier: Classifier())
            try tally.compare(line, scanned, evaluator.evaluate(alone, pairs: nil), judge, program)
        }
        #expect(tally.found.isEmpty, "\(tally.found.count) of \(tally.pairs): \(tally.found.prefix(3))")
        #expect(
            tally.decidedOfThose * 100 > tally.decidable * 95,
            "\(tally.decidedOfThose) of \(tally.decidable) decidable, \(tally.decided) of \(tally.pairs)")
    }
}
