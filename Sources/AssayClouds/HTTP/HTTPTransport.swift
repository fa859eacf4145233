/// A request to a provider's API.
public struct HTTPRequest: Sendable {
    /// In capitals.
    public var method: String
    /// Absolute, with query.
    public var url: String
    /// In order; names in any case.
    public var headers: [(name: String, value: String)]
    /// What is sent; nil for a request without a body.
    public var body: [UInt8]?
    /// How long the whole answer may take, in milliseconds.
    public var timeout: Int

    /// A request; a GET without headers unless said otherwise.
    public init(
        _ method: String = "GET", _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        timeout: Int = 60_000
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

/// An answer, whole.
public struct HTTPResponse: Sendable {
    /// The HTTP status.
    public var status: Int
    /// As the server sent them.
    public var headers: [(name: String, value: String)]
    /// Decompressed.
    public var body: [UInt8]

    /// An answer as a transport or a test makes it.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of a name, found without regard to case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Sends one request and gives its answer; retries, tokens and pages are others' work.
public protocol HTTPTransport: Sendable {
    /// Sends the request.
    ///
    /// - Throws: `TransportError` when no whole answer came.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}

/// Why no whole answer came.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What can be done about it.
    public enum Kind: Sendable, Hashable {
        /// The host could not be reached or broke off; trying again may help.
        case connection
        case timeout
        /// TLS was refused: a certificate that is not trusted, a wrong name.
        case trust
        /// The answer is larger than what is read.
        case tooLarge
        /// The request itself cannot be sent: plain http to a host that is not this machine, an address that is none.
        case refused
        case cancelled
    }

    /// What can be done about it.
    public let kind: Kind
    /// In lower case; never holds a token or a body.
    public let message: String

    /// An error as a transport makes it.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The message alone.
    public var description: String { message }
}
