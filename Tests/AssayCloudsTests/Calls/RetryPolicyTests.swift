import Testing

@testable import AssayClouds

@Suite("retries")
struct RetryPolicyTests {
    private static func pause(
        _ policy: RetryPolicy = RetryPolicy(), status: Int?, tries: Int = 1, waited: Int64 = 0, asked: Int64? = nil,
        random: Double = 0
    ) -> Int64? {
        policy.pause(status: status, tries: tries, waited: waited, asked: asked, random: random)
    }

    @Test("only throttling, time-outs, server errors and silence are tried again", arguments: 100..<600)
    func retriesByStatus(_ status: Int) {
        let isTried = [408, 429, 500, 502, 503, 504].contains(status)
        #expect((Self.pause(status: status) != nil) == isTried)
    }

    @Test("no answer at all is tried again")
    func retriesSilence() {
        #expect(Self.pause(status: nil) != nil)
    }

    @Test(
        "the number of tries is bounded, and larger where the server says to come back",
        arguments: [
            (429, 20), (503, 20), (408, 6), (500, 6), (502, 6), (504, 6), (nil, 6),
        ] as [(Int?, Int)])
    func boundsTries(_ status: Int?, _ tries: Int) {
        #expect(Self.pause(status: status, tries: tries - 1) != nil)
        #expect(Self.pause(status: status, tries: tries) == nil)
    }

    @Test("a pause of ours doubles up to a limit and lies between its half and the whole")
    func doubles() throws {
        var policy = RetryPolicy()
        policy.throttledTries = 100
        for tries in 1...80 {
            let whole = tries < 8 ? Int64(250) << Int64(tries - 1) : 30_000
            let shortest = try #require(Self.pause(policy, status: 429, tries: tries, random: 0))
            let longest = try #require(Self.pause(policy, status: 429, tries: tries, random: 0.999_999))
            #expect(shortest == whole / 2)
            #expect(longest <= whole && longest >= whole - 1)
        }
    }

    @Test("what the server asks for goes first, with at most a first pause on top")
    func honoursAsked() {
        #expect(Self.pause(status: 429, tries: 9, asked: 17_000, random: 0) == 17_000)
        #expect(Self.pause(status: 429, asked: 17_000, random: 0.999_999) == 17_249)
        #expect(Self.pause(status: 503, asked: 40, random: 0.5) == 60)
        #expect(Self.pause(status: 500, asked: 2000, random: 0) == 2000)
    }

    @Test("a longer wait than the limit ends the call")
    func refusesLongWaits() {
        #expect(Self.pause(status: 429, asked: 300_000, random: 0) == 300_000)
        #expect(Self.pause(status: 429, asked: 300_001, random: 0) == nil)
    }

    @Test("all pauses together are bounded")
    func boundsAllPauses() {
        #expect(Self.pause(status: 429, waited: 890_000, asked: 10_000, random: 0) == 10_000)
        #expect(Self.pause(status: 429, waited: 890_001, asked: 10_000, random: 0) == nil)
        #expect(Self.pause(status: 429, waited: 900_000, random: 0) == nil)
    }

    @Test("asking for a wait does not make an error worth another try")
    func keepsRefusals() {
        #expect(Self.pause(status: 403, asked: 1000) == nil)
        #expect(Self.pause(status: 401, asked: 1000) == nil)
    }

    // MARK: Headers

    private static func asked(_ headers: [(name: String, value: String)], now: Int64 = 784_111_777) -> Int64? {
        RetryPolicy.asked(by: HTTPResponse(status: 429, headers: headers), now: now)
    }

    @Test("Retry-After is read as seconds, in any case")
    func readsSeconds() {
        #expect(Self.asked([("Retry-After", "17")]) == 17_000)
        #expect(Self.asked([("retry-after", " 5 ")]) == 5000)
        #expect(Self.asked([("RETRY-AFTER", "0")]) == 0)
    }

    @Test("Retry-After is read as a date, and one that has passed asks for nothing")
    func readsDate() {
        #expect(Self.asked([("Retry-After", "Sun, 06 Nov 1994 08:50:37 GMT")]) == 60_000)
        #expect(Self.asked([("Retry-After", "Sun, 06 Nov 1994 08:48:37 GMT")]) == 0)
    }

    @Test("a header in milliseconds is finer and goes first")
    func readsMilliseconds() {
        #expect(Self.asked([("Retry-After", "17"), ("x-ms-retry-after-ms", "1500")]) == 1500)
        #expect(Self.asked([("Retry-After", "17"), ("retry-after-ms", "250")]) == 250)
        #expect(Self.asked([("x-ms-retry-after-ms", "many"), ("Retry-After", "2")]) == 2000)
    }

    @Test(
        "what cannot be read asks for nothing",
        arguments: ["", "soon", "-1", "1.5", "99999999999999999999", "Sun, 06 Nov 1994 08:49:37 CET"])
    func ignoresNonsense(_ text: String) {
        #expect(Self.asked([("Retry-After", text)]) == nil)
    }

    @Test("a number of seconds that no clock holds does not overflow")
    func boundsSeconds() throws {
        let asked = try #require(Self.asked([("Retry-After", "9223372036854775807")]))
        #expect(Self.pause(status: 429, asked: asked) == nil)
    }

    @Test("an answer without a header asks for nothing")
    func isSilent() {
        #expect(Self.asked([]) == nil)
    }
}
