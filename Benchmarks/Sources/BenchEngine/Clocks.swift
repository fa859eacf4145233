import Glibc

/// Time and memory of this process.
package enum Clocks {
    /// Processor seconds of the calling thread.
    package static var thread: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }
    /// Processor seconds of the whole process.
    package static var process: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }
    package static var wall: Double { seconds(CLOCK_MONOTONIC) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Peak resident memory in bytes.
    package static var peakMemory: Int {
        var usage = rusage()
        _ = unsafe getrusage(0, &usage)
        return usage.ru_maxrss * 1024
    }

    package static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}
