extension Digest {
    /// The length of every digest in bytes.
    public static let byteCount = 32

    /// A digest as it was stored; nil unless there are 32 bytes.
    public init?(stored bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.byteCount else { return nil }
        self.init(bytes: bytes)
    }
}
