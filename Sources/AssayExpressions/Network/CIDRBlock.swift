/// An address and a prefix length, such as `10.1.2.3/8`: a block of addresses and one address in it (RFC 4632 §3.1).
///
/// Bits after the prefix are kept and count for equality; ``masked`` clears them.
public struct CIDRBlock: Hashable, Sendable {
    /// The address before the slash.
    public let address: IPAddress
    /// The number of leading bits that the addresses of the block share.
    public let prefixLength: Int

    /// Reads an address, a slash and a decimal prefix length without sign or leading zeros.
    ///
    /// - Throws: ``NetworkError``; also for zones and for IPv4-mapped IPv6 addresses in any form, since their prefix
    ///   length counts from another start than that of the IPv4 address.
    public init(_ text: String) throws(NetworkError) {
        let bytes = Array(text.utf8)
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { throw CIDRBlock.malformed(text) }
        var addressBytes = bytes[..<slash]
        let lengthBytes = bytes[(slash + 1)...]
        let zoneStart = addressBytes.firstIndex(of: UInt8(ascii: "%"))
        if let zoneStart { addressBytes = addressBytes[..<zoneStart] }
        guard let parsed = IPAddress.parse(addressBytes) else { throw CIDRBlock.malformed(text) }
        if zoneStart != nil {
            throw NetworkError(kind: .zoneNotAllowed, message: "CIDR with zone value is not allowed: `\(text)`")
        }
        if parsed.address.family == .v4, addressBytes.contains(UInt8(ascii: ":")) {
            throw NetworkError(
                kind: .mappedNotAllowed, message: "IPv4-mapped IPv6 address is not allowed: `\(text)`")
        }
        guard (1...3).contains(lengthBytes.count),
            lengthBytes.count == 1 || lengthBytes.first != UInt8(ascii: "0"),
            lengthBytes.allSatisfy({ byte in byte.decimalDigit != nil })
        else { throw CIDRBlock.malformed(text) }
        let length = lengthBytes.reduce(0) { length, byte in length * 10 + (byte.decimalDigit ?? 0) }
        guard length <= parsed.address.bitWidth else { throw CIDRBlock.malformed(text) }
        address = parsed.address
        prefixLength = length
    }

    // INVARIANT: the length is not negative and not greater than the address's width.
    private init(_ address: IPAddress, _ prefixLength: Int) {
        self.address = address
        self.prefixLength = prefixLength
    }

    private static func malformed(_ text: String) -> NetworkError {
        NetworkError(
            kind: .malformedBlock, message: "network address parse error during conversion from string: `\(text)`")
    }

    /// The same block with all bits after the prefix cleared.
    public var masked: CIDRBlock {
        // Swift's shifts by the full width and more give zero, as a prefix of no bits needs.
        let hostBits = UInt128(address.bitWidth - prefixLength)
        return CIDRBlock(IPAddress(address.family, (address.bits >> hostBits) << hostBits), prefixLength)
    }

    /// Whether the address is one of the block; never for another family.
    public func contains(_ other: IPAddress) -> Bool {
        let hostBits = UInt128(address.bitWidth - prefixLength)
        return address.family == other.family && address.bits >> hostBits == other.bits >> hostBits
    }

    /// Whether every address of the other block is one of this block.
    public func contains(_ other: CIDRBlock) -> Bool {
        prefixLength <= other.prefixLength && contains(other.address)
    }

    /// Whether the blocks have an address in common.
    public func overlaps(_ other: CIDRBlock) -> Bool {
        contains(other) || other.contains(self)
    }
}

extension CIDRBlock: CustomStringConvertible {
    /// The canonical address, a slash and the prefix length.
    public var text: String { "\(address.text)/\(prefixLength)" }

    /// The same as ``text``.
    public var description: String { text }
}
