import AssayCore
import AssayRules

/// Evaluates the lines of one chunk after the other on one thread.
struct ChunkEvaluator: ~Copyable {
    /// What all threads share.
    struct Plan: Sendable {
        let program: BulkProgram
        let judge: LineJudge
        let lines: VerdictLines
        /// By rule: whether it is at or over the threshold.
        let isOverThreshold: [String: Bool]
        let selection: EvaluateRequest.Selection
        let includesTrace: Bool
        /// False for lines that must be read strictly and written anew before they are scanned.
        let isTrusted: Bool
    }

    /// What became of one chunk.
    struct Outcome {
        var output: [UInt8] = []
        var totals = EvaluateTotals()
        /// Faults by the offset of their line.
        var faults: [(offset: Int, message: String)] = []
        var end: SnapshotEnd?
        /// True when lines stand behind the snapshot's end.
        var hasLinesBehindEnd = false
    }

    private let plan: Plan
    private var worker: BulkWorker
    private var block = BulkBlock()

    init(_ plan: Plan) {
        self.plan = plan
        worker = BulkWorker(plan.program)
    }

    /// Evaluates the lines in a part of a buffer that has spare bytes behind it.
    ///
    /// - Parameter offset: where the part begins in the input, for messages.
    mutating func evaluate(_ buffer: [UInt8], _ part: Range<Int>, offset: Int) -> Outcome {
        var outcome = Outcome()
        if plan.isTrusted {
            scan(buffer, part, offsets: nil, resources: [], base: offset, &outcome)
        } else {
            let sealed = seal(buffer[part], offset: offset, &outcome)
            let text = sealed.bytes + [UInt8](repeating: 0, count: BulkWorker.spare)
            scan(
                text, 0..<sealed.bytes.count, offsets: sealed.offsets, resources: sealed.resources, base: 0, &outcome)
        }
        return outcome
    }

    // MARK: - Foreign lines

    /// Reads lines strictly and writes their resources anew, without spaces and needless escapes.
    private func seal(
        _ text: ArraySlice<UInt8>, offset: Int, _ outcome: inout Outcome
    ) -> (bytes: [UInt8], offsets: [Int], resources: [Resource]) {
        var sealed: (bytes: [UInt8], offsets: [Int], resources: [Resource]) = ([], [], [])
        for line in text.split(separator: 0x0A) where line != [0x0D] {
            let place = offset + line.startIndex - text.startIndex
            do {
                guard let resource = try resource(Array(line), &outcome) else { continue }
                var writer = JSONWriter()
                if plan.program.layout == .bare {
                    writer.value(resource.body)
                } else {
                    writer.beginObject()
                    writer.key("resource")
                    resource.write(to: &writer)
                    writer.endObject()
                }
                sealed.bytes += writer.bytes
                sealed.bytes.append(0x0A)
                sealed.offsets.append(place)
                sealed.resources.append(resource)
            } catch {
                fault(error, at: place, &outcome)
            }
        }
        return sealed
    }

    /// The resource of a line; counts what other lines say.
    private func resource(_ line: [UInt8], _ outcome: inout Outcome) throws -> Resource? {
        guard plan.program.layout == .sealed else { return try plan.judge.resource(ofLine: line) }
        outcome.hasLinesBehindEnd = outcome.hasLinesBehindEnd || outcome.end != nil
        switch try SnapshotLine(json: try JSONReader.read(line).root) {
        case .resource(let resource): return resource
        case .header: break
        case .coverage: outcome.totals.coverage += 1
        case .end(let end): outcome.end = end
        }
        return nil
    }

    private func fault(_ error: any Error, at offset: Int, _ outcome: inout Outcome) {
        outcome.totals.unreadable += 1
        // Places inside a line count from its start.
        let message = (error as? DocumentError).map { "\($0.message) (column \($0.position.column))" } ?? "\(error)"
        outcome.faults.append((offset, message))
    }

    // MARK: - Scanning

    private mutating func scan(
        _ buffer: [UInt8], _ part: Range<Int>, offsets: [Int]?, resources: [Resource], base: Int,
        _ outcome: inout Outcome
    ) {
        worker.scan(buffer, part, into: &block)
        for (index, line) in block.lines.enumerated() where line.length > 0 {
            let start = part.lowerBound + Int(line.offset)
            let bytes = buffer[start..<start + Int(line.length)]
            let known = offsets == nil ? nil : resources[index]
            do {
                try evaluate(line, bytes, known, &outcome)
            } catch {
                fault(error, at: offsets?[index] ?? base + Int(line.offset), &outcome)
            }
        }
    }

    private func evaluate(
        _ line: BulkBlock.Line, _ bytes: ArraySlice<UInt8>, _ known: Resource?, _ outcome: inout Outcome
    ) throws {
        if line.type == BulkBlock.Line.none {
            outcome.totals.resources += 1
            return
        }
        guard plan.program.types.indices.contains(Int(line.type)) else {
            // The scan cannot follow the line, or it is none of a resource: the general reader says.
            guard let resource = try known ?? resource(Array(bytes), &outcome) else { return }
            outcome.totals.resources += 1
            for verdict in plan.judge.verdicts(of: resource) { add(verdict, &outcome) }
            return
        }
        let type = Int(line.type)
        let pairs = plan.program.types[type].pairs
        let states = block.states
        let first = Int(line.firstState)
        let asked = pairs.indices.filter { isAsked(states[first + $0]) }
        var judged: [Verdict] = []
        if !asked.isEmpty {
            let resource = try known ?? plan.judge.resource(ofLine: Array(bytes))
            guard let resource else { return }
            judged = plan.judge.verdicts(of: resource, pairs: asked)
        }
        outcome.totals.resources += 1
        let members: ArraySlice<UInt8>
        if plan.program.layout == .sealed, let found = VerdictLines.resource(ofSealed: bytes) {
            members = found
        } else {
            guard let resource = try known ?? plan.judge.resource(ofLine: Array(bytes)) else { return }
            members = VerdictLines.members(of: resource)
        }
        var next = judged.makeIterator()
        for index in pairs.indices {
            let state = states[first + index]
            if isAsked(state), let verdict = next.next() {
                add(verdict, &outcome)
                continue
            }
            count(Self.state(state), rule: pairs[index].rule, &outcome.totals)
            guard plan.selection == .all || state == BulkState.fail.rawValue else { continue }
            plan.lines.append(state, type: type, pair: index, resource: members, to: &outcome.output)
        }
    }

    /// True for what only the general reader can say: undecided, unknown (it has a reason), and what wants a trace.
    private func isAsked(_ state: UInt8) -> Bool {
        switch BulkState(rawValue: state) {
        case .pass, .manual, .notApplicable: false
        case .fail: plan.includesTrace
        case .undecided, .unknown, nil: true
        }
    }

    private static func state(_ state: UInt8) -> VerdictState {
        switch BulkState(rawValue: state) {
        case .pass: .pass
        case .fail: .fail
        case .manual: .manual
        case .notApplicable: .notApplicable
        case .undecided, .unknown, nil: .unknown
        }
    }

    private func add(_ verdict: Verdict, _ outcome: inout Outcome) {
        outcome.totals.handedOver += 1
        count(verdict.state, rule: verdict.rule, &outcome.totals)
        guard plan.selection == .all || verdict.state == .fail else { return }
        VerdictLines.append(verdict, includesTrace: plan.includesTrace, to: &outcome.output)
    }

    private func count(_ state: VerdictState, rule: String, _ totals: inout EvaluateTotals) {
        totals.verdicts[state, default: 0] += 1
        guard state == .fail || state == .unknown, plan.isOverThreshold[rule] == true else { return }
        if state == .fail { totals.findings += 1 } else { totals.unknowns += 1 }
    }
}
