/// Why a text is not an IP address or an address block.
public struct NetworkError: Error, Hashable, Sendable {
    /// The kinds of reasons.
    public enum Kind: Hashable, Sendable {
        /// The text does not have the form of an address.
        case malformedAddress
        /// The text does not have the form of an address, a slash and a prefix length that fits it.
        case malformedBlock
        /// The address names a zone (`fe80::1%eth0`), which has no meaning outside one machine.
        case zoneNotAllowed
        /// The text is an IPv4 address in IPv6 dress (`::ffff:192.0.2.1`), which two readers may judge differently.
        case mappedNotAllowed
    }

    /// The kind of reason.
    public let kind: Kind
    /// The reason in words.
    public let message: String
}

extension NetworkError: CustomStringConvertible {
    /// The same as ``message``.
    public var description: String { message }
}
