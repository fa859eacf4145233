import AssayCore
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on this machine that plays Azure for one tenant: the token endpoints, Azure Resource Manager and Microsoft
/// Graph, all under one address.
///
/// It knows nothing of the client: what it accepts and refuses comes from recorded and published answers and from the
/// documentation. It only reads; every write is refused and noted.
final class AzureSimulator: Sendable {
    private struct State: Sendable {
        var estate: Estate
        var faults: Faults
        var authority = TokenAuthority()
        var observations = Observations()
        var buckets: [String: ThrottleBucket] = [:]
        /// Queries of Resource Graph in the current five seconds, and when they began.
        var queries = (count: 0, since: Int64(0))
        /// How often a request was seen, and how often it failed in a row.
        var attempts: [String: (count: Int, run: Int)] = [:]
    }

    private let state: Mutex<State>
    let clock: SimulatorClock
    /// `http://127.0.0.1:port`, without a slash at the end.
    let url: String
    private let channel: any Channel

    /// Starts a server on a port of the system's choice.
    static func start(
        _ estate: Estate, faults: Faults = Faults(), clock: SimulatorClock = SimulatorClock()
    ) async throws -> AzureSimulator {
        let box = HandlerBox()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(ChannelOptions.backlog, value: 512)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(SimulatorHandler(box))
                }
            }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let simulator = AzureSimulator(estate, faults, clock, channel)
        box.set(simulator)
        return simulator
    }

    /// Runs with a server that is gone afterwards.
    static func with<Result>(
        _ estate: Estate, faults: Faults = Faults(), clock: SimulatorClock = SimulatorClock(),
        _ body: (AzureSimulator) async throws -> Result
    ) async throws -> Result {
        let simulator = try await start(estate, faults: faults, clock: clock)
        do {
            let result = try await body(simulator)
            try await simulator.stop()
            return result
        } catch {
            try await simulator.stop()
            throw error
        }
    }

    private init(_ estate: Estate, _ faults: Faults, _ clock: SimulatorClock, _ channel: any Channel) {
        state = Mutex(State(estate: estate, faults: faults))
        self.clock = clock
        self.channel = channel
        url = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
    }

    /// Takes no more connections; those that are open end with their clients.
    func stop() async throws {
        try await channel.close().get()
    }

    // MARK: For tests

    var observations: Observations { state.withLock { $0.observations } }
    var estate: Estate { state.withLock { $0.estate } }
    var tenantId: String { state.withLock { $0.estate.tenantId } }

    /// Forgets what was seen; what is on its way is still counted.
    func forgetObservations() {
        state.withLock { state in
            let inFlight = state.observations.inFlight
            state.observations = Observations()
            state.observations.inFlight = inFlight
        }
    }

    /// Changes the tenant; requests that come later see it.
    func change(_ body: (inout Estate) throws -> Void) throws {
        var estate = self.estate
        try body(&estate)
        let changed = estate
        state.withLock { $0.estate = changed }
    }

    /// Changes what goes wrong from now on.
    func fail(_ body: (inout Faults) -> Void) {
        var faults = state.withLock { $0.faults }
        body(&faults)
        let changed = faults
        state.withLock { $0.faults = changed }
    }

    /// Makes all tokens worthless.
    func expireTokens() {
        state.withLock { $0.authority.expireAll() }
    }

    // MARK: For the handler

    /// Notes that a request has come in.
    func arrived() {
        state.withLock { state in
            state.observations.inFlight += 1
            state.observations.highestInFlight = max(state.observations.highestInFlight, state.observations.inFlight)
        }
    }

    /// Notes that a request has been answered or given up.
    func left() {
        state.withLock { $0.observations.inFlight -= 1 }
    }

    /// The answer to a request.
    func answer(_ request: SimulatedRequest) -> SimulatedAnswer {
        var answer = decide(request)
        let faults = state.withLock { $0.faults }
        answer.milliseconds = faults.latency
        for (part, milliseconds) in faults.slowPaths where request.path.lowercased().contains(part.lowercased()) {
            answer.milliseconds = max(answer.milliseconds, milliseconds)
        }
        let version = request.parameter("api-version")
        let seen = Observations.Seen(
            method: request.method, path: request.path, apiVersion: version, status: answer.status, code: answer.code)
        state.withLock { $0.observations.requests.append(seen) }
        return answer
    }

    private func decide(_ request: SimulatedRequest) -> SimulatedAnswer {
        let now = clock.now
        let path = request.path.lowercased()
        if path.hasSuffix("/oauth2/v2.0/token") {
            return issue { authority, estate, faults in
                authority.token(request, estate: estate, faults: faults, now: now)
            }
        }
        if path == "/metadata/identity/oauth2/token" || path == "/msi/token" {
            return issue { authority, estate, faults in
                authority.managedIdentity(request, estate: estate, faults: faults, now: now)
            }
        }
        let isGraph = path.hasPrefix("/v1.0/") || path.hasPrefix("/beta/")
        if let refusal = signedIn(request, isGraph, now) { return refusal }
        if let refusal = throttled(request, isGraph, now) { return refusal }
        let (estate, faults) = state.withLock { ($0.estate, $0.faults) }
        var answer =
            isGraph
            ? GraphService(directory: estate.directory, faults: faults).answer(request)
            : ResourceManager(estate: estate, faults: faults).answer(request)
        answer.headers += remaining(request, isGraph, path, now)
        answer.isCut = answer.status == 200 && isCut(request)
        return answer
    }

    private func issue(
        _ body: (inout TokenAuthority, Estate, Faults) -> (answer: SimulatedAnswer, token: String?)
    ) -> SimulatedAnswer {
        state.withLock { state in
            let (answer, token) = body(&state.authority, state.estate, state.faults)
            if let token { state.observations.issuedTokens.append(token) }
            return answer
        }
    }

    /// The refusal of a request without a good token.
    private func signedIn(_ request: SimulatedRequest, _ isGraph: Bool, _ now: Int64) -> SimulatedAnswer? {
        let header = request.header("authorization")
        let refusal = state.withLock { state in
            if let header { state.observations.seenTokens.insert(String(header.dropFirst(7))) }
            return state.authority.refusal(header, for: isGraph ? .graph : .resourceManager, now: now)
        }
        guard let refusal else { return nil }
        if isGraph {
            let text: String =
                switch refusal {
                case .missing: "Access token is empty."
                case .expired: "Lifetime validation failed, the token is expired."
                case .wrongAudience: "Access token validation failure. Invalid audience."
                case .unknown: "CompactToken parsing failed with error code: 80049217"
                }
            var answer = SimulatedAnswer.graphError(401, "InvalidAuthenticationToken", text)
            answer.headers.append(("WWW-Authenticate", "Bearer realm=\"\", error=\"invalid_token\""))
            return answer
        }
        let (code, text): (String, String) =
            switch refusal {
            case .missing: ("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.")
            case .expired:
                ("ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than current UTC time.")
            case .wrongAudience:
                ("InvalidAuthenticationTokenAudience", "The access token has been obtained for wrong audience.")
            case .unknown: ("InvalidAuthenticationToken", "The access token is invalid.")
            }
        var answer = SimulatedAnswer.error(401, code, text)
        let challenge =
            "Bearer authorization_uri=\"\(url)/\(tenantId)\", error=\"invalid_token\", error_description=\"\(text)\""
        answer.headers.append(("WWW-Authenticate", challenge))
        return answer
    }

    // MARK: Throttling

    private static func bucketName(_ request: SimulatedRequest, _ isGraph: Bool) -> String {
        isGraph ? "graph" : ArmPath(request.path).subscription ?? "tenant"
    }

    /// A refusal by chance, or because a bucket is empty.
    private func throttled(_ request: SimulatedRequest, _ isGraph: Bool, _ now: Int64) -> SimulatedAnswer? {
        let name = Self.bucketName(request, isGraph)
        let isQuery = request.path.lowercased().hasSuffix("/microsoft.resourcegraph/resources")
        return state.withLock { state -> SimulatedAnswer? in
            let faults = state.faults
            if faults.tooMany + faults.unavailable > 0, let status = Self.unlucky(&state.attempts, request, faults) {
                return Self.refusal(status, isGraph, seconds: faults.retryAfter)
            }
            if isQuery {
                if now - state.queries.since >= 5_000 { state.queries = (0, now) }
                guard state.queries.count < faults.graphQueries else {
                    var answer = SimulatedAnswer.error(429, "RateLimiting", "Please retry after the quota resets.")
                    answer.headers = [("x-ms-user-quota-remaining", "0"), ("x-ms-user-quota-resets-after", "00:00:05")]
                    return answer
                }
                state.queries.count += 1
            }
            var bucket = state.buckets[name] ?? ThrottleBucket(faults.allowance, now: now)
            let (left, wait) = bucket.take(faults.allowance, now: now)
            state.buckets[name] = bucket
            guard left == nil else { return nil }
            return Self.refusal(429, isGraph, seconds: wait)
        }
    }

    /// The status of a failure by chance; the same for the same request however requests are ordered.
    private static func unlucky(
        _ attempts: inout [String: (count: Int, run: Int)], _ request: SimulatedRequest, _ faults: Faults
    ) -> Int? {
        let key = request.method + request.target + String(decoding: request.body, as: UTF8.self)
        var attempt = attempts[key] ?? (0, 0)
        let value = SeededChance(seed: faults.seed).value(key, attempt.count)
        let fails = value < faults.tooMany + faults.unavailable && attempt.run < faults.longestRun
        attempt = (attempt.count + 1, fails ? attempt.run + 1 : 0)
        attempts[key] = attempt
        guard fails else { return nil }
        return value < faults.tooMany ? 429 : 503
    }

    private static func refusal(_ status: Int, _ isGraph: Bool, seconds: Int) -> SimulatedAnswer {
        var answer: SimulatedAnswer
        switch (status, isGraph) {
        case (429, true): answer = .graphError(429, "TooManyRequests", "Too Many Requests")
        case (429, false):
            answer = .error(
                429, "SubscriptionRequestsThrottled",
                "Number of requests for subscription exceeded the limit. Please try again after '\(seconds)' seconds.")
            answer.headers.append(("x-ms-ratelimit-remaining-subscription-reads", "0"))
        case (_, true): answer = .graphError(503, "ServiceUnavailable", "The service is temporarily unavailable.")
        default: answer = .error(503, "ServerTimeout", "The request timed out. Please try again.")
        }
        answer.headers.append(("Retry-After", String(seconds)))
        return answer
    }

    /// The headers that tell how much is left.
    private func remaining(
        _ request: SimulatedRequest, _ isGraph: Bool, _ path: String, _ now: Int64
    ) -> [(name: String, value: String)] {
        guard !isGraph else { return [] }
        if path.hasSuffix("/microsoft.resourcegraph/resources") {
            let (left, since) = state.withLock { ($0.faults.graphQueries - $0.queries.count, $0.queries.since) }
            let seconds = max(0, 5 - (now - since) / 1000)
            return [
                ("x-ms-user-quota-remaining", String(max(0, left))),
                ("x-ms-user-quota-resets-after", "00:00:0\(seconds)"),
            ]
        }
        let name = Self.bucketName(request, isGraph)
        let left = state.withLock { $0.buckets[name]?.left ?? 0 }
        let header =
            name == "tenant"
            ? "x-ms-ratelimit-remaining-tenant-reads" : "x-ms-ratelimit-remaining-subscription-reads"
        return [(header, String(left))]
    }

    /// True when the answer is to break off.
    private func isCut(_ request: SimulatedRequest) -> Bool {
        state.withLock { state in
            for (part, count) in state.faults.cutPaths
            where count > 0 && request.path.lowercased().contains(part.lowercased()) {
                state.faults.cutPaths[part] = count - 1
                return true
            }
            guard state.faults.cut > 0 else { return false }
            let key = "cut " + request.target
            var attempt = state.attempts[key] ?? (0, 0)
            let chance = SeededChance(seed: state.faults.seed).value(key, attempt.count)
            let cuts = chance < state.faults.cut && attempt.run < state.faults.longestRun
            attempt = (attempt.count + 1, cuts ? attempt.run + 1 : 0)
            state.attempts[key] = attempt
            return cuts
        }
    }
}
