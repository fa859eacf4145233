import Crypto

/// A SHA-256 digest (FIPS 180-4), 32 bytes.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes in the order that the standard gives them.
    public let bytes: [UInt8]

    /// The digest of these bytes.
    public init(of content: some Sequence<UInt8>) {
        var hasher = StreamingDigest()
        hasher.update(Array(content))
        self = hasher.finish()
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Lower-case hexadecimal.
    public var hexadecimal: String { Hexadecimal.encode(bytes) }

    /// The hexadecimal form with the algorithm's name, `sha256:…`.
    public var description: String { "sha256:" + hexadecimal }
}

/// A SHA-256 that is fed in pieces.
public struct StreamingDigest: Sendable {
    private var hasher = SHA256()

    /// A digest to which nothing was added yet.
    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    }

    /// The digest of all that was added.
    public consuming func finish() -> Digest { Digest(bytes: Array(hasher.finalize())) }
}
