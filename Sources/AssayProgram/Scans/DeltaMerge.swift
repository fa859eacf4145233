public import AssayCore

/// Puts carried-over and new verdicts together: the vector of the new scan, and what changed, line after line.
///
/// The result is the same, byte for byte, as if everything had been judged.
public struct DeltaMerge: ~Copyable {
    private let plan: DeltaPlan
    private let formerLines: FormerLines
    private var previous: VerdictVectorCursor
    private var writer: VerdictVectorWriter
    private let transition: (VerdictTransition) throws -> Void
    private var merged: [UInt8] = []
    private var line = 0

    /// A merge at the first line.
    ///
    /// - Parameters:
    ///   - plan: what is carried over.
    ///   - previous: the previous scan's verdicts, those that the plan was made of.
    ///   - formerLines: where the resources of changed lines stood.
    ///   - writer: receives all lines; its order must be the plan's.
    ///   - transition: receives every verdict that is not what it was, and all of those that were not there.
    public init(
        _ plan: DeltaPlan, previous: VerdictVector, formerLines: FormerLines, writer: consuming VerdictVectorWriter,
        transition: @escaping (VerdictTransition) throws -> Void
    ) {
        self.plan = plan
        self.formerLines = formerLines
        self.previous = previous.cursor()
        self.writer = writer
        self.transition = transition
    }

    /// Adds the next line of the new snapshot.
    ///
    /// - Parameters:
    ///   - type: its type's ordinal in the order of now; -1 for a line that no rule judges.
    ///   - decision: the plan's.
    ///   - codes: one code a pair; not read for pairs that are carried over, and empty for a line that is kept.
    /// - Throws: `ScanFileError`, and what `transition` throws.
    public mutating func append(type: Int, decision: DeltaPlan.Decision, codes: Span<UInt8>) throws {
        defer { line += 1 }
        switch decision {
        case .keep(let source):
            try checkType(of: source, type)
            if type < 0 {
                try writer.append(type: type, codes: [UInt8]().span)
            } else if plan.mappings[type].isIdentity {
                try previous.copy(line: source, type: type, to: &writer)
            } else {
                var merged = emptied()
                for pair in plan.mappings[type].sources {
                    merged.append(try previous.code(ofLine: source, pair: pair))
                }
                try writer.append(type: type, codes: merged.span)
                self.merged = merged
            }
        case .partly(let source):
            try checkType(of: source, type)
            guard codes.count == plan.order.width(ofType: type) else { throw Self.wrongCount(line, codes.count) }
            var merged = emptied()
            for (pair, place) in plan.mappings[type].sources.enumerated() {
                guard place < 0 else {
                    merged.append(try previous.code(ofLine: source, pair: place))
                    continue
                }
                merged.append(codes[pair])
                try report(type, pair, codes[pair], former: source)
            }
            try writer.append(type: type, codes: merged.span)
            self.merged = merged
        case .evaluate(let same):
            guard codes.count == plan.order.width(ofType: type) else { throw Self.wrongCount(line, codes.count) }
            var former = same ?? formerLines.former(ofLine: line)
            if let place = former, type >= 0, try previous.type(ofLine: place) != plan.mappings[type].previousType {
                former = nil
            }
            for pair in 0..<codes.count { try report(type, pair, codes[pair], former: former) }
            try writer.append(type: type, codes: codes)
        }
    }

    /// The buffer of merged codes, taken out while it is filled.
    private mutating func emptied() -> [UInt8] {
        var codes: [UInt8] = []
        swap(&codes, &merged)
        codes.removeAll(keepingCapacity: true)
        return codes
    }

    private static func wrongCount(_ line: Int, _ count: Int) -> ScanFileError {
        .refused("line \(line) has \(count) verdicts, which is not the number of its type's pairs")
    }

    /// Equal bytes have one type, so another one means that index and vector do not belong together.
    private mutating func checkType(of source: Int, _ type: Int) throws {
        let wanted = type < 0 ? nil : plan.mappings[type].previousType
        guard let wanted, wanted >= 0 || !plan.mappings[type].sources.isEmpty else { return }
        guard try previous.type(ofLine: source) == wanted else {
            throw previous.vector.damaged("line \(source) is not of the type that its bytes name")
        }
    }

    private mutating func report(_ type: Int, _ pair: Int, _ code: UInt8, former: Int?) throws {
        guard let present = VerdictState(code: code) else {
            throw ScanFileError.refused("line \(line) has a verdict that is not decided")
        }
        let place = plan.mappings[type].formers[pair]
        guard let former, place >= 0 else {
            try transition(VerdictTransition(line: line, type: type, pair: pair, former: nil, present: present))
            return
        }
        let code = try previous.code(ofLine: former, pair: place)
        guard code != present.code else { return }
        try transition(
            VerdictTransition(line: line, type: type, pair: pair, former: VerdictState(code: code), present: present))
    }

    /// Finishes the vector, as `VerdictVectorWriter.finish` does.
    @discardableResult
    public mutating func finish(resources: Digest, isSynced: Bool = true) throws -> VerdictVectorSummary {
        try writer.finish(resources: resources, isSynced: isSynced)
    }
}
