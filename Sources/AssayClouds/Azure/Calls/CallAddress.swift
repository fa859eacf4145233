import AssayCore

/// Addresses of calls: made whole, and checked before a token goes along.
enum CallAddress {
    /// The whole address of a call.
    ///
    /// - Throws: an error of state `failed` for a link to another host: a token goes to its own service only.
    static func whole(_ call: AzureClient.Call, in cloud: AzureCloud) throws(AzureCallError) -> String {
        let base = endpoint(call.service, cloud)
        var url = call.target
        if !url.contains("://") {
            url = base.description + (url.hasPrefix("/") ? "" : "/") + url
        }
        url = Endpoint.percentEncoded(url)
        guard base.admits(url) else {
            throw AzureCallError(
                state: .failed, status: nil, code: "link-to-another-host",
                message:
                    "the next page is said to be at \(NetworkTransport.place(url)), which is not \(base); nothing was sent"
            )
        }
        guard let version = call.apiVersion, !url.lowercased().contains("api-version=") else { return url }
        return url + (url.contains("?") ? "&" : "?") + "api-version=\(version)"
    }

    static func endpoint(_ service: CollectionEntry.Service, _ cloud: AzureCloud) -> Endpoint {
        service == .arm ? cloud.resourceManager : cloud.graph
    }

    static func audience(_ service: CollectionEntry.Service, _ cloud: AzureCloud) -> String {
        service == .arm ? cloud.resourceManagerAudience : cloud.graphAudience
    }

    /// Path and query of an address.
    static func pathAndQuery(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }
}
