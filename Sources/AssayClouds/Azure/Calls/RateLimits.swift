/// The buckets of all subscriptions, of Graph and of Resource Graph.
actor RateLimits {
    private let pacing: any Pacing
    private var buckets: [String: TokenBucket] = [:]

    init(pacing: any Pacing) {
        self.pacing = pacing
    }

    /// The bucket that an address draws from.
    func bucket(of url: String, _ service: CollectionEntry.Service) -> TokenBucket {
        let path = CallAddress.pathAndQuery(url).lowercased()
        var key = service.rawValue
        var rate = TokenBucket.Rate.graph
        if service == .arm {
            rate = .subscriptionReads
            let segments = path.split(separator: "/", maxSplits: 3)
            if segments.count > 1, segments[0] == "subscriptions" { key += "/" + segments[1].prefix { $0 != "?" } }
            if path.hasPrefix("/providers/microsoft.resourcegraph/") {
                key = "resourcegraph"
                rate = .resourceGraph
            }
        }
        if let bucket = buckets[key] { return bucket }
        let bucket = TokenBucket(rate, pacing: pacing)
        buckets[key] = bucket
        return bucket
    }

    /// Takes over what an answer says of the rest.
    func observe(_ response: HTTPResponse, _ bucket: TokenBucket) async {
        for name in [
            "x-ms-ratelimit-remaining-subscription-reads", "x-ms-ratelimit-remaining-tenant-reads",
            "x-ms-user-quota-remaining",
        ] {
            guard let left = response.header(name).flatMap({ Double($0) }), left.isFinite else { continue }
            await bucket.limit(remaining: left)
            // Resource Graph's quota comes back as a whole: `00:00:05`.
            if left < 1, let reset = response.header("x-ms-user-quota-resets-after") {
                let parts = reset.split(separator: ":").compactMap { Int64($0) }
                if parts.count == 3 {
                    await bucket.close(milliseconds: (parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1000)
                }
            }
        }
        // Others under way are likely to be sent away too.
        if response.status == 429 { await bucket.limit(remaining: 0) }
    }
}
