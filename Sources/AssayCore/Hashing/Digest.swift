/// A SHA-256 digest (FIPS 180-4), 32 bytes.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes in the order that the standard gives them.
    public let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Lower-case hexadecimal.
    public var hexadecimal: String { Hexadecimal.encode(bytes) }

    /// The hexadecimal form with the algorithm's name, `sha256:…`.
    public var description: String { "sha256:" + hexadecimal }
}
