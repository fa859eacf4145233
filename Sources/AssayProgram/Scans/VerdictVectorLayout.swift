public import AssayCore

/// The places of a verdict vector's parts (`assay.verdicts`, version 1), all integers with the lowest byte first.
///
/// ```
/// header     magic 8 · version 4 · lines a block 4 · bytes of the order's text 8 · its SHA-256 32 · environment 32
/// order      the text
/// blocks     lines 4 · bytes of states 4 · type of each line 2 (65535: none) · states
/// directory  position of each block 8
/// trailer    lines 8 · pairs 8 · lines of each state 5 × 8 · position of the directory 8 · resources 32
///            SHA-256 of all before it 32 · magic 8
/// ```
/// States take 4 bits, the first of a byte in its low half; each line starts with a byte of its own, so an odd number
/// of pairs leaves a high half zero.
enum VerdictVectorLayout {
    static let kind = "verdict vector"
    static let magic = Array("ASSAYVEC".utf8)
    static let endMagic = Array("VECASSAY".utf8)
    static let version = 1
    static let blockLines = 4096
    static let noType: UInt16 = 65_535
    static let headerCount = 88
    static let blockHeaderCount = 8
    static let trailerCount = 136
    /// From the file's end: the SHA-256 and the magic behind it.
    static let sealCount = Digest.byteCount + 8
}

/// What a vector counts and is known by.
public struct VerdictVectorSummary: Sendable, Hashable {
    /// SHA-256 of the whole file, as `sha256sum` prints it: what the evidence names.
    public let digest: Digest
    /// Number of lines.
    public let lines: Int
    /// Number of verdicts.
    public let pairs: Int
    /// Verdicts of each code, 1 to 5, at its index; index 0 is zero.
    public let counts: [Int]
    /// SHA-256 of the sealed snapshot, whose lines give the order of resources.
    public let resources: Digest
}
