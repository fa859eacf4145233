/// Scheme, host and port of a service that tokens may be sent to.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// `https`, or `http` for this machine alone.
    public let scheme: String
    /// In lower case; an IPv6 address stands in brackets.
    public let host: String
    /// The scheme's own unless another is given.
    public let port: Int
    /// What follows the host, without a final slash; mostly empty.
    public let path: String

    /// A host of the provider's own over https.
    init(https host: String) {
        scheme = "https"
        self.host = host
        port = 443
        path = ""
    }

    private init(scheme: String, host: String, port: Int, path: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }

    /// The address without a final slash and without the scheme's own port.
    public var url: String {
        scheme + "://" + host + (port == Self.ports[scheme] ? "" : ":\(port)") + path
    }

    /// The address.
    public var description: String { url }

    // MARK: Reading

    private static let ports = ["https": 443, "http": 80]

    /// Reads an address as a user or a provider gives it.
    ///
    /// - Throws: `EndpointError` for anything but https (plain http to this machine is let through), for a name and
    ///   password before the host, and for a host that different readers could read differently.
    public static func validated(_ url: String) throws(EndpointError) -> Endpoint {
        let endpoint = try read(url)
        guard endpoint.scheme == "https" || endpoint.isThisMachine else {
            throw EndpointError(
                "`\(endpoint.scheme)://\(endpoint.host)` is not https",
                hint: "use https; plain http is for this machine alone (127.0.0.0/8, ::1, localhost)")
        }
        return endpoint
    }

    /// Reads the address of the platform's own token service beside the workload, which speaks plain http on this
    /// machine or on a link-local address.
    static func local(_ url: String) throws(EndpointError) -> Endpoint {
        let endpoint = try read(url)
        guard endpoint.scheme == "https" || endpoint.isThisMachine || endpoint.isLinkLocal else {
            throw EndpointError(
                "`\(endpoint.scheme)://\(endpoint.host)` is neither https nor an address of this machine",
                hint: "a managed identity is asked for at a local or link-local address (169.254.0.0/16)")
        }
        return endpoint
    }

    private static func read(_ url: String) throws(EndpointError) -> Endpoint {
        // Control characters and spaces end a request line; others than ASCII have two spellings.
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw EndpointError("the address holds a space or a character that is not ASCII", hint: wanted)
        }
        guard let mark = url.firstRange(of: "://") else {
            throw EndpointError("`\(shown(url))` has no scheme", hint: wanted)
        }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard let standard = ports[scheme] else {
            throw EndpointError("`\(shown(scheme))` is not a scheme that is spoken here", hint: wanted)
        }
        let rest = url[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else {
            throw EndpointError("the address holds a name before its host", hint: wanted)
        }
        var host = authority
        var port = standard
        let afterAddress = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[afterAddress...].firstIndex(of: ":") {
            host = authority[..<colon]
            let digits = authority[authority.index(after: colon)...]
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
                (1...65_535).contains(number)
            else { throw EndpointError("`\(shown(String(authority)))` has no port that exists", hint: wanted) }
            port = number
        }
        let name = host.lowercased()
        guard isName(name) || isBracketed(name) else {
            throw EndpointError("`\(shown(String(authority)))` is not a host", hint: wanted)
        }
        var path = rest[authority.endIndex...].prefix { $0 != "?" && $0 != "#" }
        while path.last == "/" { path = path.dropLast() }
        return Endpoint(scheme: scheme, host: name, port: port, path: String(path))
    }

    private static let wanted = "give an address such as `https://management.azure.com`"

    private static func shown(_ text: String) -> String { String(text.prefix(100)) }

    private static func isName(_ host: String) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            !label.isEmpty
                && label.utf8.allSatisfy { $0 == 0x2D || $0 == 0x5F || isDigit($0) || (0x61...0x7A).contains($0) }
        }
    }

    private static func isBracketed(_ host: String) -> Bool {
        guard host.utf8.count > 4, host.first == "[", host.last == "]" else { return false }
        return host.dropFirst().dropLast().utf8.allSatisfy {
            $0 == 0x3A || $0 == 0x2E || isDigit($0) || (0x61...0x66).contains($0)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Percent-encodes what an address may not hold as it is (RFC 3986): ids of resources come with spaces, `#` and
    /// letters of every language.
    ///
    /// What is encoded already stays; a `%` that encodes nothing is encoded itself. A fragment has no place in a
    /// request, so that every `#` belongs to a name.
    static func percentEncoded(_ url: String) -> String {
        let source = Array(url.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        for (index, byte) in source.enumerated() {
            let isEscape =
                byte == UInt8(ascii: "%") && index + 2 < source.count && isHexadecimal(source[index + 1])
                && isHexadecimal(source[index + 2])
            if isEscape || (byte > 0x20 && byte < 0x7F && !notInAddresses.contains(byte)) {
                bytes.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                bytes += (byte < 16 ? "%0" : "%").utf8
                bytes += digits.utf8
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let notInAddresses = Set("%#\"<>\\^`{|}".utf8)

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    // MARK: Rules

    /// True for 127.0.0.0/8, ::1 and localhost.
    var isThisMachine: Bool { host == "localhost" || host == "[::1]" || octets?.first == 127 }

    /// True for 169.254.0.0/16, which no router passes on.
    var isLinkLocal: Bool { octets.map { $0[0] == 169 && $0[1] == 254 } ?? false }

    private var octets: [UInt8]? {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let octets = parts.compactMap { $0.first == "0" && $0.utf8.count > 1 ? nil : UInt8($0) }
        return parts.count == 4 && octets.count == 4 ? octets : nil
    }

    /// Hosts of the provider below which a Region has a host of its own.
    private static let regional: Set<String> = [
        AzureCloud.public.resourceManager.host, AzureCloud.usGovernment.resourceManager.host,
        AzureCloud.china.resourceManager.host,
    ]

    /// True when a token for this service may go to the address: same scheme, host and port.
    ///
    /// Resource Manager of a cloud of Microsoft also has hosts below its own (`westeurope.management.azure.com`),
    /// which links to next pages name; only these are let through beside it.
    public func admits(_ url: String) -> Bool {
        guard let other = try? Endpoint.validated(url), other.scheme == scheme, other.port == port else { return false }
        return other.host == host || (Self.regional.contains(host) && other.host.hasSuffix("." + host))
    }

    /// Gives the address back when a token may go there.
    ///
    /// - Throws: `EndpointError` that names both hosts; nothing of the query.
    public func admitted(_ url: String) throws(EndpointError) -> String {
        let other = try Endpoint.validated(url)
        guard admits(url) else {
            throw EndpointError(
                "`\(other.scheme)://\(other.host):\(other.port)` is not the service at `\(self.url)`; nothing was sent",
                hint: "a token goes to the configured service alone; check that no proxy rewrites answers")
        }
        return url
    }
}

/// An address that nothing is sent to.
public struct EndpointError: Error, Sendable, Hashable, CustomStringConvertible {
    /// In lower case, with the address's host at most.
    public let message: String
    /// What the user does next.
    public let hint: String

    init(_ message: String, hint: String) {
        self.message = message
        self.hint = hint
    }

    /// Message and next step.
    public var description: String { "\(message)\nhint: \(hint)" }
}
