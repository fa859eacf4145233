/// One rule under one profile, asked of every resource of a type.
public struct BulkPair: Sendable, Hashable {
    /// The rule's id.
    public let rule: String
    /// The rule's version.
    public let version: String
    /// The profile whose parameters hold.
    public let profile: String
    /// True when the verdict depends on other resources or on what was collected of them.
    public let isRelational: Bool
    /// True when the verdict depends on the evaluation date.
    public let readsNow: Bool
    /// True when the verdict depends on the resource's classification.
    public let readsClassification: Bool
    /// What only the general reader can tell of it, and why; empty when values alone decide.
    public internal(set) var leftOver: [String]
}

/// The pairs that are asked of one resource type.
public struct BulkType: Sendable {
    /// The type as rules spell it.
    public let name: String
    /// In the order of their states in a block.
    public let pairs: [BulkPair]
}

/// What a pair is known to be of one resource; the raw values are what verdict vectors hold.
public enum BulkState: UInt8, Sendable {
    /// Left to the general reader.
    case undecided = 0
    case pass = 1
    case fail = 2
    case unknown = 3
    case manual = 4
    case notApplicable = 5
}
