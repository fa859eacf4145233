import Synchronization
import Testing

@testable import AssayClouds

@Suite("token buckets", .timeLimit(.minutes(1)))
struct TokenBucketTests {
    @Test("as many as the burst go at once, and the next waits for one token")
    func burst() async throws {
        let pacing = JumpingPacing()
        let bucket = TokenBucket(TokenBucket.Rate(burst: 5, perSecond: 2), pacing: pacing)
        for _ in 0..<5 { try await bucket.take() }
        #expect(pacing.pauses.isEmpty)
        try await bucket.take()
        #expect(pacing.pauses == [501])
    }

    @Test("tokens come back with time, and never more than the burst")
    func refill() async throws {
        let pacing = JumpingPacing()
        let bucket = TokenBucket(TokenBucket.Rate(burst: 4, perSecond: 2), pacing: pacing)
        for _ in 0..<4 { try await bucket.take() }
        pacing.advance(seconds: 1)
        for _ in 0..<2 { try await bucket.take() }
        #expect(pacing.pauses.isEmpty)
        pacing.advance(seconds: 3600)
        for _ in 0..<4 { try await bucket.take() }
        #expect(pacing.pauses.isEmpty)
        try await bucket.take()
        #expect(pacing.pauses.count == 1)
    }

    @Test("what the server says is left goes over our count, less or more")
    func remaining() async throws {
        let pacing = JumpingPacing()
        let bucket = TokenBucket(TokenBucket.Rate(burst: 10, perSecond: 1), pacing: pacing)
        await bucket.limit(remaining: 2)
        for _ in 0..<2 { try await bucket.take() }
        #expect(pacing.pauses.isEmpty)
        try await bucket.take()
        #expect(pacing.pauses.count == 1)
        await bucket.limit(remaining: 15)
        for _ in 0..<15 { try await bucket.take() }
        #expect(pacing.pauses.count == 1)
        await bucket.limit(remaining: -7)
        try await bucket.take()
        #expect(pacing.pauses.last == 1001)
    }

    @Test("what the server grants beyond a full bucket does not grow with time")
    func granted() async throws {
        let pacing = JumpingPacing()
        let bucket = TokenBucket(TokenBucket.Rate(burst: 2, perSecond: 1), pacing: pacing)
        await bucket.limit(remaining: 5)
        pacing.advance(seconds: 3600)
        for _ in 0..<5 { try await bucket.take() }
        #expect(pacing.pauses.isEmpty)
        try await bucket.take()
        #expect(pacing.pauses.count == 1)
    }

    @Test("a closed bucket lets nobody through until its time, and the later of two times counts")
    func closed() async throws {
        let pacing = JumpingPacing()
        let bucket = TokenBucket(TokenBucket.Rate(burst: 10, perSecond: 1), pacing: pacing)
        await bucket.close(milliseconds: 5000)
        await bucket.close(milliseconds: 200)
        try await bucket.take()
        #expect(pacing.pauses == [5000])
        try await bucket.take()
        #expect(pacing.pauses == [5000])
    }

    @Test("a rate of nothing is taken for a thousandth a second")
    func smallest() async throws {
        let pacing = JumpingPacing()
        let bucket = TokenBucket(TokenBucket.Rate(burst: 0, perSecond: 0), pacing: pacing)
        for _ in 0..<2 { try await bucket.take() }
        #expect(pacing.pauses == [1_000_001])
    }

    @Test("somebody who is cancelled while waiting takes nothing")
    func cancelled() async throws {
        let pacing = JumpingPacing()
        let bucket = TokenBucket(TokenBucket.Rate(burst: 1, perSecond: 1), pacing: pacing)
        try await bucket.take()
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            try await bucket.take()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(pacing.pauses.isEmpty)
    }

    @Test(
        "in no span of time more go than the burst and the rate allow, where the server grants no more",
        arguments: 0..<20)
    func neverMore(_ seed: UInt64) async throws {
        var numbers = SteadyNumbers(seed)
        let burst = Double(Int.random(in: 1...30, using: &numbers))
        let perSecond = Double(Int.random(in: 1...50, using: &numbers)) / 2
        let pacing = JumpingPacing()
        let bucket = TokenBucket(TokenBucket.Rate(burst: burst, perSecond: perSecond), pacing: pacing)
        var times: [Int64] = []
        for _ in 0..<300 {
            switch Int.random(in: 0..<20, using: &numbers) {
            case 0: try await pacing.sleep(milliseconds: Int64.random(in: 0...3000, using: &numbers))
            case 1: await bucket.limit(remaining: Double.random(in: -5...0, using: &numbers))
            case 2: await bucket.close(milliseconds: Int64.random(in: 0...800, using: &numbers))
            default: break
            }
            try await bucket.take()
            times.append(pacing.milliseconds())
        }
        var worst = 0.0
        for first in times.indices {
            for last in first..<times.count {
                let allowed = burst + perSecond * Double(times[last] - times[first]) / 1000
                worst = max(worst, Double(last - first + 1) - allowed)
            }
        }
        #expect(worst < 0.001, "burst \(burst), \(perSecond) a second")
    }

    @Test("many who take at once stay within burst and rate together")
    func concurrent() async throws {
        let pacing = JumpingPacing()
        let start = pacing.milliseconds()
        let bucket = TokenBucket(TokenBucket.Rate(burst: 10, perSecond: 5), pacing: pacing)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 { group.addTask { try await bucket.take() } }
            try await group.waitForAll()
        }
        #expect(10 + 5 * Double(pacing.milliseconds() - start) / 1000 >= 200)
    }
}
