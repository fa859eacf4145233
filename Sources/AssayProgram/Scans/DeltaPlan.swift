public import AssayCore

/// Which verdicts of the previous scan hold still, so that the next one judges only what changed.
///
/// A verdict is carried over when the line's bytes, the rule, its version, profile and parameters are those of the
/// previous scan, the environment is the same, and the rule reads neither other resources nor derived facts nor the
/// date. All else is judged again.
public struct DeltaPlan: Sendable {
    /// What is to be done for one line.
    public enum Decision: Sendable, Hashable {
        /// All its verdicts are those of this previous line.
        case keep(previous: Int)
        /// The pairs in its type's mask are judged, the others are those of this previous line.
        case partly(previous: Int)
        /// All its pairs are judged; `former` is a previous line with the same bytes.
        case evaluate(former: Int?)
    }

    /// Why nothing at all is carried over.
    public enum Obstacle: String, Sendable, Hashable {
        /// The evaluator, a table of defaults or a setting changed.
        case environmentChanged
        /// It was asked for.
        case forced
    }

    /// A verdict that the previous scan had and this one has no pair for.
    public struct DroppedPair: Sendable, Hashable {
        /// The canonical type.
        public let type: String
        /// The pair.
        public let pair: PairIdentity
    }

    /// Types and pairs as they are judged now.
    public let order: VerdictOrder
    /// For each type of the order, where its verdicts come from.
    public let mappings: [PairMapping]
    /// Set when nothing is carried over.
    public let obstacle: Obstacle?
    /// Pairs whose rule, profile or type is no more, in the previous order.
    public let dropped: [DroppedPair]

    /// A plan for the step from one scan to the next.
    ///
    /// - Parameters:
    ///   - vector: the previous scan's verdicts.
    ///   - index: the previous snapshot's index.
    ///   - types: what judges now.
    ///   - environment: digest of all else that verdicts depend on now.
    ///   - isForced: true carries nothing over.
    /// - Throws: `ScanFileError.refused` when vector and index are not of the same scan, or the types are no order.
    public init(
        previous vector: VerdictVector, index: SnapshotIndex, types: [DeltaType], environment: Digest,
        isForced: Bool = false
    ) throws(ScanFileError) {
        guard vector.summary.lines == index.count, vector.order.digest == index.order,
            vector.summary.resources == index.snapshot
        else {
            throw .refused("the index and the verdict vector are not of the same scan")
        }
        var names: [VerdictOrder.TypePairs] = []
        for type in types { names.append(.init(name: type.name, pairs: type.pairs.map(\.identity))) }
        order = try VerdictOrder(types: names)
        let obstacle: Obstacle? =
            isForced ? .forced : vector.environment == environment ? nil : .environmentChanged
        var ordinals: [String: Int] = [:]
        for (ordinal, type) in vector.order.types.enumerated() { ordinals[type.name] = ordinal }
        mappings = types.map { type in
            PairMapping(
                type, previous: vector.order, ordinal: ordinals[type.name] ?? -1, keeps: obstacle == nil)
        }
        self.obstacle = obstacle
        dropped = Self.dropped(vector.order, mappings)
    }

    private static func dropped(_ previous: VerdictOrder, _ mappings: [PairMapping]) -> [DroppedPair] {
        var kept: [Int: Set<Int>] = [:]
        for mapping in mappings where mapping.previousType >= 0 { kept[mapping.previousType] = Set(mapping.formers) }
        return previous.types.enumerated().flatMap { ordinal, type in
            type.pairs.enumerated().compactMap { index, pair in
                kept[ordinal, default: []].contains(index) ? nil : DroppedPair(type: type.name, pair: pair)
            }
        }
    }

    /// What is to be done for a line.
    ///
    /// - Parameters:
    ///   - type: its type's ordinal in the order of now; -1 for a line that no rule judges.
    ///   - previous: the previous line with the same bytes, nil when there is none.
    public func decision(type: Int, previous: Int?) -> Decision {
        guard let previous else { return .evaluate(former: nil) }
        guard type >= 0 else { return .keep(previous: previous) }
        if mappings[type].isWhole { return .keep(previous: previous) }
        return mappings[type].isEmpty ? .evaluate(former: previous) : .partly(previous: previous)
    }
}
