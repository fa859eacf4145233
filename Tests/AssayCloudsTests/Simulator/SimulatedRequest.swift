/// A request as it reached the simulator.
struct SimulatedRequest: Sendable {
    let method: String
    /// Path and query as sent.
    let target: String
    /// The path, percent decoded.
    let path: String
    /// The query's parameters, decoded, in order.
    let query: [(name: String, value: String)]
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    init(method: String, target: String, headers: [(name: String, value: String)], body: [UInt8]) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = PercentCoding.decoded(String(parts[0]))
        query = parts.count > 1 ? PercentCoding.pairs(String(parts[1])) : []
    }

    /// A parameter of the query; names are told apart without regard to case.
    func parameter(_ name: String) -> String? {
        query.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Where the client thinks that it is: the start of links to further pages.
    var base: String { "http://" + (header("host") ?? "127.0.0.1") }

    /// The path and all of the query that says what is asked, apart from the place in a list.
    var subject: String {
        let rest = query.filter { !$0.name.lowercased().hasPrefix("$skiptoken") }
        return path.lowercased() + "?"
            + rest.map { $0.name.lowercased() + "=" + $0.value }.sorted().joined(separator: "&")
    }
}
