public import AssayCore
import Crypto

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
    public consuming func finish() -> AssayCore.Digest { AssayCore.Digest(bytes: Array(hasher.finalize())) }
}

extension AssayCore.Digest {
    /// The digest of these bytes.
    public init(of content: some Sequence<UInt8>) {
        var hasher = StreamingDigest()
        hasher.update(Array(content))
        self = hasher.finish()
    }
}
