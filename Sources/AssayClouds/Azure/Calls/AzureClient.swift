public import AssayCore
import AssayHashing

/// Calls Resource Manager and Graph: token, rate, retries, pages; read-only requests alone.
///
/// Cost: one answer is in memory at a time for each request under way.
public struct AzureClient: Sendable {
    /// What the calls need from outside.
    public struct Parts: Sendable {
        let transport: any HTTPTransport
        let tokens: TokenStore
        let cloud: AzureCloud
        let pacing: any Pacing
        let retry: RetryPolicy
        let limit: InFlightLimit
        let clock: any WallClock

        /// The parts as the workspace or a test puts them together.
        public init(
            transport: any HTTPTransport, tokens: TokenStore, cloud: AzureCloud, pacing: any Pacing,
            retry: RetryPolicy = RetryPolicy(), limit: InFlightLimit, clock: any WallClock
        ) {
            self.transport = transport
            self.tokens = tokens
            self.cloud = cloud
            self.pacing = pacing
            self.retry = retry
            self.limit = limit
            self.clock = clock
        }
    }

    let parts: Parts
    private let buckets: RateLimits
    private let limits: DocumentLimits
    /// Receives every answered request.
    private let record: @Sendable (CallRecord) async -> Void

    /// A client.
    public init(
        _ parts: Parts, limits: DocumentLimits = DocumentLimits(),
        record: @escaping @Sendable (CallRecord) async -> Void = { _ in }
    ) {
        self.parts = parts
        self.limits = limits
        self.record = record
        buckets = RateLimits(pacing: parts.pacing)
    }

    /// A request before it has a host, a token and an api-version.
    struct Call: Sendable {
        var service: CollectionEntry.Service
        var method = "GET"
        /// Path and query, or an absolute address that an answer gave.
        var target: String
        var apiVersion: String?
        var body: [UInt8]?
        var headers: [(name: String, value: String)] = []
        var licenceCodes: Set<String> = []
    }

    /// One answer and how it was asked for.
    struct Answer: Sendable {
        let document: Tree
        /// The path, `GET /subscriptions/…?api-version=…`, for origins and coverage.
        let call: String
        /// The version that was accepted.
        let apiVersion: String?
        let at: String
        let headers: [(name: String, value: String)]
    }

    // MARK: One call

    /// Makes one call; tries again where that can help, and with another api-version where the service names those it
    /// knows.
    func answer(_ call: Call) async throws(AzureCallError) -> Answer {
        do throws(AzureCallError) {
            return try await send(call)
        } catch {
            guard let version = call.apiVersion, let known = APIVersions.better(than: version, in: error) else {
                throw error
            }
            var other = call
            other.apiVersion = known
            if let link = other.target.firstRange(of: "api-version=\(version)") {
                other.target.replaceSubrange(link, with: "api-version=\(known)")
            }
            return try await send(other)
        }
    }

    private func send(_ call: Call) async throws(AzureCallError) -> Answer {
        let url = try CallAddress.whole(call, in: parts.cloud)
        let bucket = await buckets.bucket(of: url, call.service)
        var tries = 0
        var waited: Int64 = 0
        var hasNewToken = false
        while true {
            do { try await bucket.take() } catch { throw .cancelled }
            tries += 1
            let outcome = try await exchange(call, url)
            var status: Int?
            var asked: Int64?
            let failure: AzureCallError
            switch outcome {
            case .answer(let response, let token):
                await buckets.observe(response, bucket)
                if (200..<300).contains(response.status) { return try read(response, call, url) }
                let document = try? JSONReader.read(response.body, limits: limits)
                failure = AzureCallError(
                    status: response.status, document: document.map { Tree($0.root) }, licenceCodes: call.licenceCodes)
                if response.status == 401, !hasNewToken {
                    // Expired on the way, or revoked: one new token, then it is a refusal.
                    hasNewToken = true
                    await parts.tokens.invalidate(token, for: CallAddress.audience(call.service, parts.cloud))
                    continue
                }
                status = response.status
                asked = RetryPolicy.asked(by: response, now: parts.pacing.seconds())
            case .broken(let error):
                guard error.kind == .connection || error.kind == .timeout else { throw AzureCallError(error) }
                failure = AzureCallError(error)
            }
            guard
                let pause = parts.retry.pause(
                    status: status, tries: tries, waited: waited, asked: asked, random: Double.random(in: 0..<1))
            else { throw failure }
            waited += pause
            do { try await parts.pacing.sleep(milliseconds: pause) } catch { throw .cancelled }
        }
    }

    private enum Outcome: Sendable {
        case answer(HTTPResponse, AccessToken)
        case broken(TransportError)
    }

    private func exchange(_ call: Call, _ url: String) async throws(AzureCallError) -> Outcome {
        let token: AccessToken
        do {
            token = try await parts.tokens.token(for: CallAddress.audience(call.service, parts.cloud))
        } catch {
            throw AzureCallError(error)
        }
        var headers: [(name: String, value: String)] = [
            ("Authorization", "Bearer \(token.text)"), ("Accept", "application/json"), ("User-Agent", "assay"),
        ]
        headers += call.headers
        if call.body != nil { headers.append(("Content-Type", "application/json")) }
        let request = HTTPRequest(call.method, url, headers: headers, body: call.body)
        let transport = parts.transport
        do {
            let response = try await parts.limit.run { () throws(TransportError) in try await transport.send(request) }
            await record(
                CallRecord(
                    method: call.method, call: CallAddress.pathAndQuery(url),
                    query: call.body.map { String(decoding: $0.prefix(8192), as: UTF8.self) }, status: response.status,
                    received: Digest(of: response.body), bytes: response.body.count,
                    requestID: response.header("x-ms-request-id") ?? response.header("request-id"),
                    at: parts.clock.now()))
            return .answer(response, token)
        } catch {
            return .broken(error)
        }
    }

    private func read(_ response: HTTPResponse, _ call: Call, _ url: String) throws(AzureCallError) -> Answer {
        func answer(_ tree: Tree) -> Answer {
            Answer(
                document: tree, call: "\(call.method) \(CallAddress.pathAndQuery(url))", apiVersion: call.apiVersion,
                at: parts.clock.now(), headers: response.headers)
        }
        if response.status == 204 || response.body.isEmpty { return answer(Tree(.null)) }
        // `$count` answers a bare number as text.
        if response.header("content-type")?.lowercased().hasPrefix("text/plain") == true {
            let text = String(decoding: response.body, as: UTF8.self).filter { $0.isNumber }
            return answer(.string(text))
        }
        do {
            return answer(Tree(try JSONReader.read(response.body, limits: limits).root))
        } catch {
            throw AzureCallError(
                state: .failed, status: response.status, code: error.code.rawValue,
                message: "the answer is not JSON that can be used: \(error.message)")
        }
    }

    // MARK: Pages

    /// One page of a list.
    struct Page: Sendable {
        let elements: [Tree]
        let answer: Answer
        /// Counted from 1.
        let number: Int
    }

    /// Reads a list to its end and hands over page by page; the next is asked for when the one before was taken.
    ///
    /// - Returns: how many pages and elements there were.
    /// - Throws: `AzureCallError`, and what the taker throws.
    func pages(
        _ first: Call, limit: Int? = nil, _ take: (Page) async throws -> Void
    ) async throws -> (pages: Int, count: Int) {
        var call = first
        var pages = 0
        var count = 0
        var visited: Set<String> = []
        while true {
            let answer = try await answer(call)
            let document = answer.document
            guard let elements = document["value"]?.elements ?? document.elements else {
                throw AzureCallError(
                    state: .failed, status: 200, code: "answer-without-list",
                    message: "the answer holds no list `value`")
            }
            pages += 1
            count += elements.count
            try await take(Page(elements: elements, answer: answer, number: pages))
            let links = ["nextLink", "@odata.nextLink"].compactMap { document[$0] }.filter { $0.content != .null }
            guard links.allSatisfy({ $0.stringValue != nil }) else {
                throw AzureCallError(
                    state: .failed, status: 200, code: "link-unreadable",
                    message: "the link to the next page is not text")
            }
            guard let next = links.compactMap(\.stringValue).first(where: { !$0.isEmpty }) else {
                return (pages, count)
            }
            guard visited.insert(next).inserted else {
                throw AzureCallError(
                    state: .failed, status: 200, code: "pages-repeat",
                    message: "page \(pages) names a page that was read")
            }
            if let limit, pages >= limit {
                throw AzureCallError(
                    state: .interrupted, status: 200, code: "page-limit",
                    message: "there are more than \(limit) pages; the rest was not asked for")
            }
            call.target = next
            if call.apiVersion != nil { call.apiVersion = answer.apiVersion }
        }
    }
}
