import Glibc

/// Runs the same work on a number of threads and waits for all of them.
///
/// Plain threads: the work is long, never suspends, and must not hold up the pool that serves the network.
public enum WorkerThreads {
    private final class Job: Sendable {
        let index: Int
        let body: @Sendable (Int) -> Void

        init(index: Int, body: @escaping @Sendable (Int) -> Void) {
            self.index = index
            self.body = body
        }
    }

    /// How many processors there are to use.
    public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Calls the body once a thread with its index; the calling thread is the first.
    public static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        var threads: [pthread_t] = []
        var left: [Int] = []
        for index in 1..<max(count, 1) {
            var thread = pthread_t()
            let job = unsafe Unmanaged.passRetained(Job(index: index, body: body))
            // SAFETY: the job is retained for the thread, which releases it.
            let failed = unsafe pthread_create(
                &thread, nil,
                { argument in
                    guard let argument = unsafe argument else { return nil }
                    let job = unsafe Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
                    job.body(job.index)
                    return nil
                }, unsafe job.toOpaque())
            if failed == 0 {
                threads.append(thread)
            } else {
                unsafe job.release()
                left.append(index)
            }
        }
        body(0)
        // A thread that could not be made costs time, not work.
        for index in left { body(index) }
        for thread in threads { pthread_join(thread, nil) }
    }
}
