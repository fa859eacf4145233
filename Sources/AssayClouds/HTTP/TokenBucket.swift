/// A token bucket as Resource Manager keeps one a subscription and principal: so many calls at once, so many a second
/// after that.
///
/// The server's own count, where it tells it, goes over ours.
public actor TokenBucket {
    /// Size and refill of a bucket.
    public struct Rate: Sendable, Hashable {
        /// Calls that may be made at once.
        public let burst: Double
        /// Calls that come back a second.
        public let perSecond: Double

        /// A rate; both numbers are at least a thousandth.
        public init(burst: Double, perSecond: Double) {
            self.burst = max(1, burst)
            self.perSecond = max(0.001, perSecond)
        }

        /// Reads of a subscription (learn.microsoft.com, request limits and throttling, since 2024).
        public static let subscriptionReads = Rate(burst: 250, perSecond: 25)
        /// Resource Graph: 15 queries in 5 seconds a user and tenant.
        public static let resourceGraph = Rate(burst: 15, perSecond: 3)
        /// Graph's limits differ by service; this stays under the smallest for reads of policies and directory.
        public static let graph = Rate(burst: 150, perSecond: 30)
    }

    private let rate: Rate
    private let pacing: any Pacing
    private var tokens: Double
    private var filledAt: Int64
    private var closedUntil: Int64 = 0

    /// A full bucket.
    public init(_ rate: Rate, pacing: any Pacing) {
        self.rate = rate
        self.pacing = pacing
        tokens = rate.burst
        filledAt = pacing.milliseconds()
    }

    /// Takes one token, and waits for it where there is none.
    public func take() async throws(CancellationError) {
        while true {
            let now = pacing.milliseconds()
            refill(now)
            let wait: Int64
            if closedUntil > now {
                wait = closedUntil - now
            } else if tokens >= 1 {
                tokens -= 1
                return
            } else {
                wait = Int64((1 - tokens) / rate.perSecond * 1000) + 1
            }
            try await pacing.sleep(milliseconds: wait)
        }
    }

    /// Takes over what the server says is left, more or less than we counted.
    public func limit(remaining: Double) {
        refill(pacing.milliseconds())
        tokens = max(0, remaining)
    }

    /// Lets nobody through for so long.
    public func close(milliseconds: Int64) {
        closedUntil = max(closedUntil, pacing.milliseconds() + milliseconds)
    }

    private func refill(_ now: Int64) {
        // More than a full bucket only where the server granted it.
        tokens = max(tokens, min(rate.burst, tokens + Double(now - filledAt) / 1000 * rate.perSecond))
        filledAt = now
    }
}
