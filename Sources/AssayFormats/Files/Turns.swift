import Glibc

/// Lets threads do something one after the other in the order of their numbers, whatever order they come in.
///
/// Numbers are handed out in ascending order and each thread holds one at a time, so that the lowest never waits.
///
/// INVARIANT: `turn` is read and written under the mutex alone; mutex and condition live from init to deinit at one
/// address each.
@safe public final class Turns: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var turn = 0

    /// The first turn is number 0.
    public init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe condition.initialize(to: pthread_cond_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(condition, nil)
    }

    deinit {
        // SAFETY: the last reference is gone, so no thread holds or waits for either.
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Waits until every lower number had its turn, then calls the body and ends this one.
    public func take<Result>(_ number: Int, _ body: () throws -> Result) rethrows -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer {
            turn = number + 1
            unsafe pthread_cond_broadcast(condition)
            unsafe pthread_mutex_unlock(mutex)
        }
        while turn < number { unsafe pthread_cond_wait(condition, mutex) }
        return try body()
    }
}
