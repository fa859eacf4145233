import Glibc
import Synchronization

/// The simulator's time: the machine's until a test takes it over.
final class SimulatorClock: Sendable {
    private let start: Int64?
    private let ahead = Atomic<Int64>(0)

    /// A clock that runs with the machine's, or one that stands at a moment (milliseconds since 1970).
    init(standingAt start: Int64? = nil) {
        self.start = start
    }

    /// Milliseconds since 1970.
    var now: Int64 {
        (start ?? Self.machine) + ahead.load(ordering: .relaxed)
    }

    /// Seconds since 1970.
    var seconds: Int64 { now / 1000 }

    /// Puts the clock forward.
    func advance(milliseconds: Int64) {
        ahead.add(milliseconds, ordering: .relaxed)
    }

    private static var machine: Int64 {
        var time = timespec()
        // SAFETY: the call writes the struct that it is handed and keeps no pointer.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
