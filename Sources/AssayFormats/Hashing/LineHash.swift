/// 128 bits of a line's content under the secret of one workspace.
///
/// Two lines with the same hash are taken for the same bytes, so a hash means nothing outside the workspace whose
/// secret made it: who does not know the secret cannot make two lines that collide.
public struct LineHash: Hashable, Sendable {
    /// Bits 0 to 63.
    public let low: UInt64
    /// Bits 64 to 127.
    public let high: UInt64

    /// A hash as it was stored.
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}
