import Glibc

/// Time as retries and rate limits see it; tests put one in that jumps.
public protocol Pacing: Sendable {
    /// Milliseconds that only grow, from any start.
    func milliseconds() -> Int64
    /// Seconds since 1970 in UTC.
    func seconds() -> Int64
    /// Waits; returns early only by throwing when the task is cancelled.
    func sleep(milliseconds: Int64) async throws(CancellationError)
}

/// The machine's clocks.
public struct SystemPacing: Pacing {
    private let clock = ContinuousClock()
    private let start = ContinuousClock.now

    /// The machine's clocks, counted from now.
    public init() {}

    /// The machine's steady clock.
    public func milliseconds() -> Int64 {
        let elapsed = (clock.now - start).components
        return elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000
    }

    /// The machine's calendar clock.
    public func seconds() -> Int64 { Int64(time(nil)) }

    /// Waits as long; a cancelled task ends it.
    public func sleep(milliseconds: Int64) async throws(CancellationError) {
        do {
            try await Task.sleep(for: .milliseconds(milliseconds))
        } catch {
            throw CancellationError()
        }
    }
}
