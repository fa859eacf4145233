/// Bounds how many requests are under way at once; whoever waits longest goes first.
public actor InFlightLimit {
    private let limit: Int
    private var running = 0
    private var waiting: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    private var nextID = 0
    /// The most that were under way at once.
    public private(set) var highest = 0

    /// A limit of at least one.
    public init(_ limit: Int) {
        self.limit = max(1, limit)
    }

    /// Runs the body when there is room.
    ///
    /// - Throws: `TransportError` of kind `cancelled` when the task was cancelled while it waited.
    public func run<Result: Sendable>(
        _ body: @Sendable () async throws(TransportError) -> Result
    ) async throws(TransportError) -> Result {
        guard await enter() else { throw TransportError(.cancelled, "stopped before the request was sent") }
        defer { leave() }
        return try await body()
    }

    private func enter() async -> Bool {
        if Task.isCancelled { return false }
        if running < limit {
            running += 1
            highest = max(highest, running)
            return true
        }
        let id = nextID
        nextID += 1
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Cancelled between the check above and here: nobody would wake it.
                if Task.isCancelled {
                    continuation.resume(returning: false)
                } else {
                    waiting.append((id, continuation))
                }
            }
        } onCancel: {
            Task { await self.giveUp(id) }
        }
    }

    private func giveUp(_ id: Int) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: index).continuation.resume(returning: false)
    }

    /// Hands the place on: the count stays as it is when somebody waits.
    private func leave() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().continuation.resume(returning: true) }
    }
}
