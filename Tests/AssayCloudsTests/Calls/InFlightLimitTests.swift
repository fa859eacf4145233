import Synchronization
import Testing

@testable import AssayClouds

@Suite("requests under way", .timeLimit(.minutes(1)))
struct InFlightLimitTests {
    /// Holds whoever comes until it is opened, or until so many are there.
    private actor Gate {
        private let size: Int
        private var isOpen = false
        private var here: [CheckedContinuation<Void, Never>] = []
        private(set) var arrived = 0

        init(size: Int = .max) {
            self.size = size
        }

        func pass() async {
            arrived += 1
            if isOpen { return }
            if here.count + 1 == size {
                let others = here
                here = []
                for other in others { other.resume() }
                return
            }
            await withCheckedContinuation { here.append($0) }
        }

        func open() {
            isOpen = true
            for one in here { one.resume() }
            here = []
        }
    }

    private final class Counter: Sendable {
        private let state = Mutex<(now: Int, most: Int)>((0, 0))
        var most: Int { state.withLock { $0.most } }
        var now: Int { state.withLock { $0.now } }
        func enter() {
            state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
        }
        func leave() { state.withLock { $0.now -= 1 } }
    }

    private final class Log: Sendable {
        private let kept = Mutex<[Int]>([])
        var all: [Int] { kept.withLock { $0 } }
        func add(_ number: Int) { kept.withLock { $0.append(number) } }
    }

    @Test("as many as the limit run at once, and never more", arguments: [1, 2, 7])
    func bounds(_ limit: Int) async throws {
        let inFlight = InFlightLimit(limit)
        let counter = Counter()
        // Nobody gets on before the limit is reached, so a lower one would hang here.
        let gate = Gate(size: limit)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<limit * 30 {
                group.addTask {
                    try await inFlight.run { () throws(TransportError) in
                        counter.enter()
                        await gate.pass()
                        await Task.yield()
                        counter.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(counter.most == limit)
        #expect(await inFlight.highest == limit)
    }

    @Test("a limit of none is one")
    func atLeastOne() async throws {
        let result = try await InFlightLimit(0).run { () throws(TransportError) in 7 }
        #expect(result == 7)
    }

    @Test("an error is handed on and gives the place back")
    func handsOnErrors() async throws {
        let inFlight = InFlightLimit(1)
        for _ in 0..<3 {
            await #expect(throws: TransportError(.timeout, "late")) {
                try await inFlight.run { () throws(TransportError) -> Int in throw TransportError(.timeout, "late") }
            }
        }
        #expect(await inFlight.highest == 1)
    }

    @Test("whoever waits longest goes first")
    func keepsOrder() async throws {
        let inFlight = InFlightLimit(1)
        let gate = Gate()
        let log = Log()
        // Runs up to its first wait before the next begins, so that they queue in this order.
        let first = Task.immediate { try await inFlight.run { () throws(TransportError) in await gate.pass() } }
        while await gate.arrived == 0 { await Task.yield() }
        let others = (1...20).map { number in
            Task.immediate { try await inFlight.run { () throws(TransportError) in log.add(number) } }
        }
        await gate.open()
        try await first.value
        for other in others { try await other.value }
        #expect(log.all == Array(1...20))
    }

    @Test("one who is cancelled while waiting ends without running, and the others go on")
    func leavesQueue() async throws {
        let inFlight = InFlightLimit(1)
        let gate = Gate()
        let log = Log()
        let first = Task.immediate { try await inFlight.run { () throws(TransportError) in await gate.pass() } }
        while await gate.arrived == 0 { await Task.yield() }
        let cancelled = Task.immediate { try await inFlight.run { () throws(TransportError) in log.add(1) } }
        let patient = Task.immediate { try await inFlight.run { () throws(TransportError) in log.add(2) } }
        cancelled.cancel()
        // Ends while the place is still taken: it does not wait for its turn to give up.
        await #expect(throws: TransportError(.cancelled, "stopped before the request was sent")) {
            try await cancelled.value
        }
        await gate.open()
        try await first.value
        try await patient.value
        #expect(log.all == [2])
        // The place is free again.
        try await inFlight.run { () throws(TransportError) in log.add(3) }
        #expect(log.all == [2, 3])
    }

    @Test("many who are cancelled at any moment neither hang nor leave the limit", arguments: 0..<10)
    func survivesCancellation(_ seed: UInt64) async throws {
        var numbers = SteadyNumbers(seed)
        let inFlight = InFlightLimit(3)
        let counter = Counter()
        let tasks = (0..<200).map { _ in
            Task {
                try? await inFlight.run { () throws(TransportError) in
                    counter.enter()
                    await Task.yield()
                    counter.leave()
                }
            }
        }
        for task in tasks where Bool.random(using: &numbers) { task.cancel() }
        for task in tasks { await task.value }
        #expect(counter.now == 0)
        #expect(counter.most <= 3)
        // All places came back.
        let gate = Gate(size: 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask { try await inFlight.run { () throws(TransportError) in await gate.pass() } }
            }
            try await group.waitForAll()
        }
    }
}
