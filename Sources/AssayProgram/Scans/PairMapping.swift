/// A pair of the program that judges now, with what its verdict depends on besides the resource's own bytes.
public struct DeltaPair: Sendable, Hashable {
    /// What a verdict may depend on that changes while the resource's bytes do not.
    public struct Dependencies: OptionSet, Sendable, Hashable {
        /// The flags as bits.
        public let rawValue: UInt8

        /// A set of these flags.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Other resources, through `related`.
        public static let relations = Dependencies(rawValue: 1)
        /// The evaluation date, `now`.
        public static let date = Dependencies(rawValue: 2)
        /// The classification or facts that are derived from other resources.
        public static let facts = Dependencies(rawValue: 4)
    }

    /// What makes it the same pair as one of an earlier scan.
    public let identity: PairIdentity
    /// What forbids carrying its verdict over.
    public let dependencies: Dependencies

    /// A pair of its parts.
    public init(identity: PairIdentity, dependencies: Dependencies = []) {
        self.identity = identity
        self.dependencies = dependencies
    }
}

/// One type of the program that judges now.
public struct DeltaType: Sendable, Hashable {
    /// The canonical type.
    public let name: String
    /// In the order of the states of a line of this type.
    public let pairs: [DeltaPair]

    /// A type of its parts.
    public init(name: String, pairs: [DeltaPair]) {
        self.name = name
        self.pairs = pairs
    }
}

/// Where the verdicts of one type's pairs come from.
public struct PairMapping: Sendable, Hashable {
    /// The type's ordinal in the previous order; -1 when it was not there.
    public let previousType: Int
    /// For each pair, the pair of the previous scan whose verdict may be carried over; -1 when it must be evaluated.
    public let sources: [Int]
    /// For each pair, the previous pair of the same rule and profile in any version; -1 when there was none.
    public let formers: [Int]
    /// One bit a pair, the first in bit 0 of the first word: it must be evaluated even for unchanged bytes.
    public let evaluatedMask: [UInt64]
    /// True when all pairs of an unchanged line are carried over.
    public let isWhole: Bool
    /// True when no pair of an unchanged line is carried over though there are pairs.
    public let isEmpty: Bool
    /// True when all pairs are carried over and stand in the order they stood in, with none left out.
    let isIdentity: Bool

    /// A mapping onto the pairs of the previous scan.
    ///
    /// - Parameters:
    ///   - type: the type as it is judged now.
    ///   - previous: the order of the previous scan.
    ///   - keeps: false evaluates every pair.
    init(_ type: DeltaType, previous: VerdictOrder, ordinal: Int, keeps: Bool) {
        let pairs = ordinal < 0 ? [] : previous.types[ordinal].pairs
        var byName: [[String]: Int] = [:]
        for (index, pair) in pairs.enumerated() { byName[[pair.rule, pair.profile]] = index }
        let formers = type.pairs.map { byName[[$0.identity.rule, $0.identity.profile]] ?? -1 }
        let sources = zip(type.pairs, formers).map { pair, former in
            keeps && former >= 0 && pairs[former] == pair.identity && pair.dependencies.isEmpty ? former : -1
        }
        var mask = [UInt64](repeating: 0, count: (sources.count + 63) / 64)
        for (index, source) in sources.enumerated() where source < 0 { mask[index / 64] |= 1 << UInt64(index % 64) }
        previousType = ordinal
        self.formers = formers
        self.sources = sources
        evaluatedMask = mask
        isWhole = !sources.contains(-1)
        isEmpty = !sources.isEmpty && sources.allSatisfy { $0 < 0 }
        isIdentity = sources.count == pairs.count && sources.elementsEqual(sources.indices)
    }

    /// True when a pair must be evaluated even for unchanged bytes.
    public func mustEvaluate(_ pair: Int) -> Bool { sources[pair] < 0 }
}
