/// What goes wrong at the simulator; nothing unless a test says so.
struct Faults: Sendable {
    /// What the identity may not read.
    enum Denial: Sendable, Hashable {
        /// A type in any letter case; `Microsoft.Storage/storageAccounts/*` is everything below the accounts.
        case type(String)
        /// Paths that begin so, in any letter case.
        case path(String)
    }

    /// A bucket of tokens; every read takes one.
    struct Allowance: Sendable {
        var capacity: Double
        var refillPerSecond: Double

        /// More than any test uses.
        static let roomy = Allowance(capacity: 16_000, refillPerSecond: 1_000)
        /// What Azure Resource Manager grants a principal in a subscription.
        static let azure = Allowance(capacity: 250, refillPerSecond: 25)
    }

    /// Elements on a page of Azure Resource Manager, Resource Graph and policy states.
    var pageSize = 3
    /// Elements on a page of Microsoft Graph, where `$top` asks for more.
    var graphPageSize = 3
    /// The share of requests that are answered 429 without need.
    var tooMany = 0.0
    /// The share of requests that are answered 503.
    var unavailable = 0.0
    /// The share of good answers that break off in the middle.
    var cut = 0.0
    /// No request fails more often in a row than this by the shares above.
    var longestRun = 4
    /// The seed of the shares.
    var seed: UInt64 = 1
    /// Seconds that a 429 and a 503 ask to wait.
    var retryAfter = 1
    /// Reads of a subscription, and of Microsoft Graph.
    var allowance = Allowance.roomy
    /// Queries of Resource Graph within five seconds.
    var graphQueries = 10_000
    var denied: [Denial] = []
    /// Paths whose next answers break off in the middle, and how often.
    var cutPaths: [String: Int] = [:]
    /// Milliseconds that each answer takes.
    var latency: Int64 = 0
    /// Milliseconds that answers of paths with this part take.
    var slowPaths: [String: Int64] = [:]
    /// Seconds that a token lives.
    var tokenSeconds = 3_600
    /// Requests that a token bears before it is as good as expired; nil for no bound.
    var tokenRequests: Int?
    /// Types whose ids are answered in capitals.
    var capitalIds: [String] = []

    /// True when the identity may not read a type at a path.
    func denies(type: String, path: String) -> Bool {
        let type = type.lowercased()
        let path = path.lowercased()
        return denied.contains { denial in
            switch denial {
            case .type(let pattern):
                let pattern = pattern.lowercased()
                return pattern.hasSuffix("/*") ? type.hasPrefix(pattern.dropLast()) : pattern == type
            case .path(let prefix): return path.hasPrefix(prefix.lowercased())
            }
        }
    }
}
