public import AssayFormats

/// One line of a sealed snapshot as the index knows it, 32 bytes.
public struct SnapshotIndexRecord: Sendable, Hashable {
    /// Where the line starts in the snapshot.
    public let offset: Int
    /// Its length without the line end.
    public let length: Int
    /// The ordinal of its type in the scan's order; -1 for a line that no rule judges.
    public let type: Int
    /// Of the line's bytes without the line end.
    public let hash: LineHash

    /// A record of its parts.
    public init(offset: Int, length: Int, type: Int, hash: LineHash) {
        self.offset = offset
        self.length = length
        self.type = type
        self.hash = hash
    }
}

/// The places of a snapshot index's parts (`assay.index`, version 1), all integers with the lowest byte first.
///
/// ```
/// header     magic 8 · version 4 · records a block 4 · SHA-256 of the order's text 32 · fingerprint of the secret 32
/// records    offset 8 · length 4 · type 4 (4294967295: none) · hash 16
/// directory  hash of each block's records 16
/// trailer    records 8 · SHA-256 of the snapshot 32 · hash of header, directory and trailer 16 · magic 8
/// ```
/// Hashes are those of the workspace's secret: whoever can skip a line by a forged index could forge the hash of the
/// line as well, so a cryptographic digest would cost time and add nothing.
enum SnapshotIndexLayout {
    static let kind = "snapshot index"
    static let magic = Array("ASSAYIDX".utf8)
    static let endMagic = Array("IDXASSAY".utf8)
    static let version = 1
    static let blockRecords = 2048
    static let recordWords = 4
    static let recordCount = 32
    static let noType: UInt32 = .max
    static let headerCount = 80
    static let hashCount = 16
    static let trailerCount = 64
}
