import CXXHash

/// XXH3 of 128 bits (xxHash 0.8) keyed by a workspace's secret.
///
/// It is not a cryptographic hash: it decides what may be skipped, never what is evidence.
public struct LineHasher: Sendable {
    /// Length of the secret in bytes, the default of XXH3.
    public static let secretCount = 192
    /// The fewest bytes that a key may have.
    public static let keyCount = 32

    package let secret: [UInt8]

    /// A hasher of a secret that is already expanded.
    ///
    /// - Parameter secret: 192 bytes of high entropy; nil is returned for any other length.
    public init?(secret: [UInt8]) {
        guard secret.count == Self.secretCount else { return nil }
        self.secret = secret
    }

    /// A hasher of a key that XXH3's own generator expands to a secret.
    ///
    /// - Parameter key: at least 32 random bytes; nil is returned for fewer.
    public init?(key: [UInt8]) {
        guard key.count >= Self.keyCount else { return nil }
        var secret = [UInt8](repeating: 0, count: Self.secretCount)
        // SAFETY: both buffers are alive for the call and passed with their own lengths.
        let isDone = unsafe secret.withUnsafeMutableBytes { secret in
            unsafe key.withUnsafeBytes { key in
                unsafe assay_xxh3_secret(secret.baseAddress, secret.count, key.baseAddress, key.count)
            }
        }
        guard isDone == 1 else { return nil }
        self.secret = secret
    }

    /// The hash of these bytes; no byte is kept.
    @unsafe public func hash(_ bytes: UnsafeRawBufferPointer) -> LineHash {
        // SAFETY: the caller's buffer and the secret are alive for the call and passed with their own lengths; an
        // empty buffer may have no address, and XXH3 reads nothing then.
        let value = unsafe secret.withUnsafeBytes { secret in
            unsafe assay_xxh3_128(bytes.baseAddress, bytes.count, secret.baseAddress, secret.count)
        }
        return LineHash(low: value.low64, high: value.high64)
    }

    /// The hash of these bytes.
    public func hash(_ bytes: Span<UInt8>) -> LineHash {
        // SAFETY: the span keeps its bytes alive for the closure.
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }

    /// The hash of these bytes.
    public func hash(_ bytes: [UInt8]) -> LineHash {
        // SAFETY: the array keeps its bytes alive for the closure.
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }
}
