import Synchronization

/// Receives what threads made, one part after the other in the order of the file.
protocol PartSink<Part>: ~Copyable {
    associatedtype Part: Sendable

    mutating func take(_ part: Part) throws
}

/// Hands parts that threads finish in any order to a sink in theirs, under one lock.
///
/// Parts wait for those before them; as threads share one counter, few do.
final class InOrder<Sink: PartSink & ~Copyable>: Sendable {
    private struct State: ~Copyable {
        var sink: Sink
        var next = 0
        var waiting: [Int: Sink.Part] = [:]
        var failure: String?
    }

    private let state: Mutex<State>

    init(_ sink: consuming sending Sink) {
        state = Mutex(State(sink: sink))
    }

    /// False once something failed, so that threads stop.
    func deliver(_ index: Int, _ part: Sink.Part) -> Bool {
        state.withLock { state in
            guard state.failure == nil else { return false }
            state.waiting[index] = part
            do {
                while let part = state.waiting.removeValue(forKey: state.next) {
                    try state.sink.take(part)
                    state.next += 1
                }
            } catch {
                state.failure = "\(error)"
            }
            return state.failure == nil
        }
    }

    /// Keeps the first failure of any thread.
    func fail(_ error: any Error) {
        state.withLock { $0.failure = $0.failure ?? "\(error)" }
    }

    /// Ends the run: all parts of `count` were taken, or what failed is thrown.
    func finish<Result: Sendable>(parts count: Int, _ body: (inout Sink) throws -> Result) throws -> Result {
        try state.withLock { state in
            if let failure = state.failure { throw BenchFailure(failure) }
            guard state.next == count else { throw BenchFailure("\(state.next) of \(count) parts came") }
            return try body(&state.sink)
        }
    }
}
