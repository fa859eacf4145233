/// A bucket of tokens that fills with time; every request takes one.
struct ThrottleBucket: Sendable {
    private var tokens: Double
    private var filled: Int64

    init(_ allowance: Faults.Allowance, now: Int64) {
        tokens = allowance.capacity
        filled = now
    }

    /// Whole tokens that are left.
    var left: Int { Int(tokens) }

    /// Takes one token.
    ///
    /// - Returns: what is left, or nil when there was none; then the seconds until there is one.
    mutating func take(_ allowance: Faults.Allowance, now: Int64) -> (left: Int?, wait: Int) {
        let grown = tokens + Double(max(0, now - filled)) / 1000 * allowance.refillPerSecond
        tokens = min(allowance.capacity, grown)
        filled = max(filled, now)
        guard tokens >= 1 else {
            return (nil, max(1, Int(((1 - tokens) / max(allowance.refillPerSecond, 0.001)).rounded(.up))))
        }
        tokens -= 1
        return (Int(tokens), 0)
    }
}
