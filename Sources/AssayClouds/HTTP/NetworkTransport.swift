import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL

/// Requests over the network, with TLS of the system's or a given certificate authority.
///
/// Plain http is sent to this machine alone, and redirects are never followed: both would show a token to others.
public final class NetworkTransport: HTTPTransport {
    private let client: HTTPClient
    private let limit: Int

    /// A transport; `close` ends it.
    ///
    /// - Parameters:
    ///   - authorities: a file of certificates (PEM) to trust beside the system's.
    ///   - connections: the most connections to one host.
    ///   - limit: the largest answer in bytes.
    /// - Throws: `TransportError` when the file holds no certificate.
    public init(authorities: String? = nil, connections: Int = 32, limit: Int = 64 << 20) throws(TransportError) {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let authorities {
            do {
                let certificates = try NIOSSLCertificate.fromPEMFile(authorities)
                guard !certificates.isEmpty else {
                    throw TransportError(.trust, "`\(authorities)` holds no certificate")
                }
                tls.additionalTrustRoots = [.certificates(certificates)]
            } catch {
                throw TransportError(.trust, "cannot read certificates from `\(authorities)`: \(Self.words(error))")
            }
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(60))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, connections)
        configuration.httpVersion = .automatic
        configuration.decompression = .enabled(limit: .size(limit))
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        self.limit = limit
    }

    /// Ends all connections.
    public func close() async {
        // Nothing is left to do when an idle connection does not close in order.
        try? await client.shutdown()
    }

    /// Sends the request and waits for its whole answer.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        // The token service of a managed identity is at a link-local address and speaks plain http.
        guard (try? Endpoint.local(request.url)) != nil else {
            throw TransportError(
                .refused, "`\(Self.place(request.url))` is not https; plain http goes to this machine only")
        }
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
        if let body = request.body { outgoing.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let answer = try await client.execute(outgoing, timeout: .milliseconds(Int64(request.timeout)))
            let body = try await answer.body.collect(upTo: limit)
            return HTTPResponse(
                status: Int(answer.status.code), headers: answer.headers.map { ($0.name, $0.value) },
                body: Array(body.readableBytesView))
        } catch {
            throw Self.transportError(error, request.url)
        }
    }

    private static func transportError(_ error: any Error, _ url: String) -> TransportError {
        let place = place(url)
        if error is CancellationError || Task.isCancelled { return TransportError(.cancelled, "stopped") }
        if error is NIOTooManyBytesError { return TransportError(.tooLarge, "the answer of \(place) is too large") }
        if let error = error as? HTTPClientError {
            switch error {
            case .cancelled: return TransportError(.cancelled, "stopped")
            case .deadlineExceeded, .readTimeout, .connectTimeout, .getConnectionFromPoolTimeout, .writeTimeout:
                return TransportError(.timeout, "\(place) did not answer in time")
            case .invalidURL, .emptyHost, .emptyScheme: return TransportError(.refused, "`\(place)` is not an address")
            default: return TransportError(.connection, "no whole answer from \(place): \(words(error))")
            }
        }
        if let error = error as? NIOSSLError, case .handshakeFailed = error {
            return TransportError(.trust, "TLS with \(place) failed: \(words(error))")
        }
        return TransportError(.connection, "no whole answer from \(place): \(words(error))")
    }

    /// Scheme and host: the query can hold what nobody should read.
    static func place(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return "the address" }
        return String(url[..<scheme.upperBound] + url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" })
    }

    private static func words(_ error: any Error) -> String { String(String(describing: error).prefix(200)) }
}
